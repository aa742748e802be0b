"""The words of the command line: which commands there are and what they take. Qt-free; ``main`` carries them out."""

import argparse
from pathlib import Path
from typing import Any

from ui.central_command_line import add_central
from ui.text import _

Commands = argparse._SubParsersAction


def parser(version: str) -> argparse.ArgumentParser:
    """Return the parser; what it parsed names its ``command``, empty for the window."""
    words = argparse.ArgumentParser(
        prog="main.py",
        description=_("立等：乡镇和村服务窗口的柜台程序。不带命令时打开窗口。"),
        epilog=_(
            "退出码：0 成功；1 核对不通过或文件不能用；2 命令有误；"
            "3 环境不允许（没有数据、磁盘已满、正被占用）；4 被拒绝（口令不对）。"
        ),
    )
    words.add_argument("--version", action="version", version=version)
    words.add_argument("--profile", type=Path, metavar="DIR", help=_profile_words())
    words.set_defaults(command="")
    commands = words.add_subparsers(title=_("命令"), metavar="")
    demo = _command(commands, "demo", _("用虚构的数据打开一个演示柜台"))
    out_words = _("不显示窗口，自动演示一遍主要业务，把图片、PDF 和台账留在此文件夹")
    demo.add_argument("--out", type=Path, metavar="DIR", help=out_words)
    central_words = _("在本机演示一个村、一个镇两个柜台和它们的中心，数据库自带")
    demo.add_argument("--central", action="store_true", help=central_words)
    _add_journal(commands)
    _add_backup(commands)
    _add_papers(commands)
    _add_verify(commands)
    _add_verification_page(commands)
    add_central(commands)
    _command(commands, "rebuild", _("用台账重建全部列表和检索"))
    doctor = _command(commands, "doctor", _("检查字体、打印机、密钥、磁盘、时钟和台账，说明怎么办"))
    doctor.add_argument("--json", action="store_true", help=_("以 JSON 输出，供脚本使用"))
    support = _command(commands, "support", _("生成一个交给维护人员的文件：检查结果、日志和数量，没有个人信息"))
    support.add_argument("file", type=Path, metavar="FILE.zip")
    return words


def _add_journal(commands: "Commands[argparse.ArgumentParser]") -> None:
    words = _("核对或导出台账")
    acts = commands.add_parser("journal", help=words, description=words).add_subparsers(
        title=_("命令"), metavar="", required=True
    )
    _command(acts, "verify", _("核对本柜台台账的每一条"), name="journal verify")
    export = _command(acts, "export", _("导出台账，供任何人核对"), name="journal export")
    export.add_argument("file", type=Path, metavar="FILE")
    words = _("连同中心还没有的图片，写在旁边的 FILE.images 里，供 central take-in 收入")
    export.add_argument("--images", action="store_true", help=words)
    check = _command(acts, "check", _("核对导出的台账，不需要本柜台的数据"), name="journal check")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--key", type=bytes.fromhex, metavar="HEX", help=_("应有的公钥（64 位十六进制）"))
    check.add_argument("--witness", metavar="HEX", help=_("文书上的 16 位凭据，指出它是台账中的哪一条"))


class _BackupWords(argparse.Action):
    """Reads ``FILE``, or ``check FILE``, which is another command."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,  # noqa: ANN401  argparse's own signature
        _option: str | None = None,
    ) -> None:
        """Keep the file and the command that the words mean."""
        *acts, file = values
        if acts not in ([], ["check"]) or values == ["check"]:
            parser.error(_("应写作 backup FILE 或 backup check FILE，选项写在后面"))
        if acts:
            namespace.command = "backup check"
        namespace.file = Path(file)


def _add_backup(commands: "Commands[argparse.ArgumentParser]") -> None:
    words = _("备份本柜台到 FILE；写作 check FILE 时演练恢复一份备份，不碰柜台的数据")
    backup = _command(commands, "backup", words)
    backup.add_argument("file", nargs="+", metavar="FILE", action=_BackupWords, help=_("备份文件；前面可以加 check"))
    _add_sheet_choice(backup)
    restore = _command(commands, "restore", _("用备份恢复柜台，台账另起一段"))
    restore.add_argument("file", type=Path, metavar="FILE")
    replace_words = _("已有柜台时，先把它的文件夹移到旁边，不删除")
    restore.add_argument("--replace", action="store_true", help=replace_words)
    _add_sheet_choice(restore)
    sheet = _command(commands, "recovery-sheet", _("新做一张恢复单（PDF）；旧的不能打开以后的备份"))
    sheet.add_argument("file", type=Path, metavar="FILE")
    _command(commands, "recover", _("密钥丢失时，用恢复单上的恢复码重新保存密钥"))
    _command(commands, "rotate-key", _("更换台账的签名密钥，台账另起一段；窗口要先关闭"))


def _add_sheet_choice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--recovery-sheet", action="store_true", dest="by_sheet", help=_("用恢复单上的恢复码打开备份"))


def _add_papers(commands: "Commands[argparse.ArgumentParser]") -> None:
    words = _("检查文书模板，或者画一张样张")
    acts = commands.add_parser("papers", help=words, description=words).add_subparsers(
        title=_("命令"), metavar="", required=True
    )
    check = _command(acts, "check", _("检查文书模板，逐条指出文件、行和字段"), name="papers check")
    check.add_argument("folder", type=Path, metavar="DIR", nargs="?", help=_("不指定时检查本柜台的 papers 文件夹"))
    show = _command(acts, "show", _("用样例内容画一张文书"), name="papers show")
    show.add_argument("template", metavar="TEMPLATE", help=_("模板的名称，或者模板文件"))
    show.add_argument("--out", type=Path, metavar="FILE.pdf", required=True)
    show.add_argument("--size", choices=("A4", "A5"), default="A4")


def _add_verify(commands: "Commands[argparse.ArgumentParser]") -> None:
    words = _("核验证照：PDF、照片、扫描件、二维码的文字；退出码 0 有效，1 不能作数，2 无法判断")
    verify = _command(commands, "verify", words)
    verify.add_argument("papers", nargs="+", metavar="FILE", help=_("文件，或者二维码的文字本身"))
    root_words = _("中心的根证书，也可以是中心的密钥文件或邀请文件；不指定时用本柜台的中心")
    verify.add_argument("--root", type=Path, metavar="FILE", help=root_words)
    verify.add_argument("--list", type=Path, metavar="FILE", help=_("撤销名单"))
    journal_words = _("导出的台账：核对收件凭证、受理通知书，可写文件、16 位存证码或办件编号")
    sources = verify.add_mutually_exclusive_group()
    sources.add_argument("--journal", type=Path, metavar="FILE", help=journal_words)
    verify.add_argument("--json", action="store_true", help=_("以 JSON 输出，供脚本使用"))
    centre_words = _("到中心核对收件凭证、受理通知书，可写文件，或者办件编号加 16 位存证码；用本柜台的登记，或者 --url")
    sources.add_argument("--centre", action="store_true", help=centre_words)
    url_words = _("中心数据库的地址，督办人员用；也可用环境变量 LIDENG_CENTRAL 指定")
    verify.add_argument("--url", metavar="URL", default="", help=url_words)


def _add_verification_page(commands: "Commands[argparse.ArgumentParser]") -> None:
    page = _command(commands, "verify-page", _("做一张核验网页：任何人用浏览器就能核验本中心的证照，不需要服务器"))
    page.add_argument("file", type=Path, metavar="FILE.html")
    root_words = _("中心的根证书，也可以是中心的密钥文件或邀请文件")
    page.add_argument("--root", type=Path, metavar="FILE", required=True, help=root_words)
    page.add_argument("--list", type=Path, metavar="FILE", help=_("撤销名单，检查后放在网页旁边"))


def _command(
    commands: "Commands[argparse.ArgumentParser]", word: str, words: str, name: str = ""
) -> argparse.ArgumentParser:
    command = commands.add_parser(word, help=words, description=words)
    command.add_argument("--profile", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=_profile_words())
    command.set_defaults(command=name or word)
    return command


def _profile_words() -> str:
    return _("本柜台数据所在的文件夹；也可用环境变量 LIDENG_PROFILE 指定")
