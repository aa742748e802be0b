"""The words of ``central …``: the commands of a centre's administrator, and what they take. Qt-free."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.domain.case import CaseState
from app.domain.numbering import is_case_number
from app.services.ports import LEAST_DAYS, CasesOf
from ui.text import _

Commands = argparse._SubParsersAction
TOPICS = ("catalogue", "calendar", "papers", "operators", "revocations")


def add_central(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add ``central`` and its commands."""
    words = _("管理中心数据库（PostgreSQL）")
    acts = commands.add_parser("central", help=words, description=words).add_subparsers(
        title=_("命令"), metavar="", required=True
    )
    words = _("建立中心数据库，或升级它；需要 PostgreSQL 的超级用户")
    init = acts.add_parser("init", help=words, description=words)
    init.add_argument("url", metavar="URL", help=_("如 postgresql://postgres@db.example/lideng"))
    init.set_defaults(command="central init", json=False)
    central_command(acts, "status", _("中心数据库的状态"))
    central_command(acts, "stations", _("各窗口：入网、最近上报、验签到哪里、待处理"))
    _add_enrolment(acts)
    _add_stations(acts)
    _add_journal(acts)
    _add_cases(acts)
    _add_retention(acts)


def central_command(acts: "Commands[argparse.ArgumentParser]", word: str, words: str) -> argparse.ArgumentParser:
    """Add one command that works on a centre that is there."""
    command = acts.add_parser(word, help=words, description=words)
    command.add_argument(
        "--url", metavar="URL", default="", help=_("中心数据库的地址；也可用环境变量 LIDENG_CENTRAL 指定")
    )
    command.add_argument("--json", action="store_true", help=_("以 JSON 输出，供脚本使用"))
    command.set_defaults(command=f"central {word}")
    return command


def _add_enrolment(acts: "Commands[argparse.ArgumentParser]") -> None:
    words = _("建立中心的签发密钥，写入用口令封存的文件；不要放在数据库旁边")
    authority = acts.add_parser("authority", help=words, description=words)
    authority.add_argument("file", type=Path, metavar="FILE")
    authority.add_argument("--name", required=True, metavar="TEXT", help=_("中心的名称，写在证书里"))
    authority.set_defaults(command="central authority", json=False)
    invite = central_command(acts, "invite", _("邀请一个窗口入网，写出给它的邀请文件；只能用一次"))
    invite.add_argument("station", metavar="STATION", help=_("6 位窗口编号"))
    invite.add_argument("file", type=Path, metavar="FILE")
    invite.add_argument("--authority", type=Path, required=True, metavar="FILE", help=_("签发密钥文件，另问口令"))
    invite.add_argument("--name", default="", metavar="TEXT", help=_("窗口名；已有的窗口可以不写"))
    invite.add_argument("--service-point", default="", metavar="TEXT", help=_("服务点"))
    invite.add_argument("--division", default="", metavar="CODE", help=_("所在区划的 12 位代码，写进窗口名录"))
    invite.add_argument(
        "--host", action="append", default=[], metavar="HOST", help=_("窗口用来连接的主机名，可以写几个；默认同 URL")
    )
    invite.add_argument("--ca", type=Path, metavar="FILE.pem", help=_("服务器证书的签发者证书；不在本机时必须有"))
    invite.add_argument(
        "--days", type=int, default=14, choices=range(1, 91), metavar="N", help=_("几天内有效，1 到 90")
    )
    invite.add_argument("--again", action="store_true", help=_("窗口已经入网或停用时仍然邀请：它原来的密码和证书作废"))
    enrol = central_command(acts, "enrol", _("列出等待签发证书的窗口；加 --sign 时签发，并发布窗口名录和停用名单"))
    enrol.add_argument("--sign", action="store_true", help=_("签发"))
    enrol.add_argument("--authority", type=Path, metavar="FILE", help=_("签发密钥文件，另问口令"))
    enrol.add_argument("--every", type=float, default=0.0, metavar="S", help=_("每隔几秒做一遍，不指定时只做一遍"))
    words = _(
        "接收一个窗口导出的台账（journal export），补上中心没有的部分，旁边的 FILE.images 里的图片一起收；窗口已停用也可以"
    )
    central_command(acts, "take-in", words).add_argument("file", type=Path, metavar="FILE")


def _add_stations(acts: "Commands[argparse.ArgumentParser]") -> None:
    revoke = central_command(acts, "revoke", _("停用一个窗口，不能撤销"))
    revoke.add_argument("station", metavar="STATION")
    revoke.add_argument("--reason", required=True, metavar="TEXT", help=_("原因，留作记录"))
    revoke.add_argument(
        "--authority", type=Path, metavar="FILE", help=_("签发密钥文件；给出时马上向所有窗口发布停用名单")
    )
    publish = central_command(acts, "publish", _("向所有窗口发布，由中心的签发密钥签名"))
    publish.add_argument(
        "topic",
        choices=TOPICS,
        metavar="TOPIC",
        help=_("事项目录、日历、文书模板、人员或停用名单：") + " ".join(TOPICS),
    )
    publish.add_argument("file", type=Path, metavar="FILE")
    publish.add_argument("--authority", type=Path, required=True, metavar="FILE", help=_("签发密钥文件，另问口令"))
    publish.add_argument("--number", type=int, default=0, metavar="N", help=_("版本号，不指定时为上一版加一"))
    listed = central_command(acts, "revocation-list", _("写出不再作数的证照和停用窗口的名单（撤销名单），给核验的人用"))
    listed.add_argument("file", type=Path, metavar="OUT", help=_("已有的名单会接着写，其中的证照保留"))
    listed.add_argument("--authority", type=Path, required=True, metavar="FILE", help=_("签发密钥文件，另问口令"))
    listed.add_argument("--publish", action="store_true", help=_("有变化时向所有窗口发布"))
    listed.add_argument(
        "--days", type=int, default=7, choices=range(1, 91), metavar="N", help=_("几天内要再写一份，1 到 90")
    )


def _add_journal(acts: "Commands[argparse.ArgumentParser]") -> None:
    aside = central_command(acts, "quarantine", _("违反办件归属而搁置的记录"))
    aside.add_argument(
        "--settle",
        action=_Place,
        nargs=4,
        metavar=("STATION", "EPOCH", "SEQ", "TEXT"),
        help=_("写明一条怎样处理；记录本身不改"),
    )
    found = central_command(acts, "findings", _("签名不符的记录；有没处理的时以 1 结束"))
    found.add_argument(
        "--settle",
        action=_Place,
        nargs=4,
        metavar=("STATION", "EPOCH", "SEQ", "TEXT"),
        help=_("写明一条怎样处理，验签从它后面继续；记录本身不改"),
    )
    keys = central_command(acts, "keys", _("没有旧密钥担保的新签名密钥；有没处理的时以 1 结束"))
    keys.add_argument(
        "--believe",
        action=_Place,
        nargs=3,
        metavar=("STATION", "EPOCH", "TEXT"),
        help=_("认可一段的密钥：先当面或在电话里和窗口核对"),
    )
    keys.add_argument(
        "--refuse",
        action=_Place,
        nargs=4,
        metavar=("STATION", "EPOCH", "SEQ", "TEXT"),
        help=_("不认这一段从这一条起的记录（口令被盗时）；记录留在台账里，链从它前面继续"),
    )
    audit = central_command(acts, "audit", _("重建每个窗口的台账链，核对哈希、签名、归属、编号和时间"))
    audit.add_argument(
        "--settle",
        action=_Place,
        nargs=5,
        metavar=("STATION", "EPOCH", "SEQ", "WORD", "TEXT"),
        help=_("写明一处怎样处理，以后另计；说数据库本身被改动的不能写"),
    )
    audit.add_argument("station", nargs="*", metavar="STATION", help=_("只核对这些窗口"))
    words = _("各窗口的空白凭证：每种结存、使用、作废、退回各多少张")
    blanks = central_command(acts, "blanks", words)
    blanks.add_argument("station", nargs="*", metavar="STATION", help=_("只数这些窗口"))
    watch = central_command(acts, "watch", _("值守：核验签名，结束挂起的连接，建下一年的分区，写监控指标"))
    watch.add_argument("--once", action="store_true", help=_("只做一遍"))
    watch.add_argument("--every", type=float, default=5.0, metavar="S", help=_("每隔几秒做一遍"))
    watch.add_argument("--metrics", type=Path, metavar="FILE", help=_("Prometheus 文本格式的指标文件"))
    watch.add_argument("--disk", type=Path, metavar="DIR", help=_("数据库所在的磁盘上的任一文件夹，用来看剩余空间"))


def _add_cases(acts: "Commands[argparse.ArgumentParser]") -> None:
    cases = central_command(acts, "cases", _("全部办件（督办）：姓名遮盖，先列最急的"))
    where = _("6 位窗口编号，或 12 位区划代码（含下级）")
    cases.add_argument("--taken-in", metavar="PLACE", default="", help=_("在哪里收件：") + where)
    cases.add_argument("--held", metavar="PLACE", default="", help=_("现在在谁手里：") + where)
    cases.add_argument(
        "--scope",
        choices=[scope.value for scope in CasesOf],
        default=CasesOf.OPEN.value,
        help=_("未办结、已办结或全部"),
    )
    states = [state.value for state in CaseState]
    cases.add_argument("--state", choices=states, metavar="STATE", default="", help=_("状态：") + " ".join(states))
    cases.add_argument("--overdue", action="store_true", help=_("已经超期的"))
    cases.add_argument("--due-within", type=_up_to(366), metavar="N", help=_("N 个工作日内到期的"))
    cases.add_argument("--untaken", action="store_true", help=_("交出后还没有被接收的"))
    cases.add_argument("--still", type=_up_to(3660), metavar="N", help=_("N 天没有动静的"))
    cases.add_argument("--aside", action="store_true", help=_("有记录搁置、没有处理的"))
    cases.add_argument("--most", type=_up_to(1_000_000), metavar="N", default=1000, help=_("最多列几件"))
    cases.add_argument(
        "--count", choices=("city", "county", "township", "station"), default="", help=_("不列办件，按持有地数一数")
    )
    cases.add_argument("--csv", type=Path, metavar="FILE", help=_("写成 CSV 文件"))
    case = central_command(acts, "case", _("打开一件的全部经过；谁在什么时候打开，中心会记下"))
    case.add_argument("number", metavar="NUMBER", type=_case_number, help=_("20 位办件编号"))
    openings = central_command(acts, "openings", _("谁打开过哪一件，给中心管理员看"))
    openings.add_argument("--most", type=_up_to(10_000), metavar="N", default=100, help=_("最多列几条"))


def _up_to(most: int) -> Callable[[str], int]:
    """Return what reads a whole number from 0 to ``most``."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) > most:
            raise argparse.ArgumentTypeError(_("应为 0 到 %(most)d 的整数") % {"most": most})
        return int(text)

    return read


def _case_number(text: str) -> str:
    """Return a number as it is kept; people write it in groups."""
    number = "".join(text.split())
    if not is_case_number(number):
        raise argparse.ArgumentTypeError(_("应为 20 位办件编号"))
    return number


def _add_retention(acts: "Commands[argparse.ArgumentParser]") -> None:
    keep = central_command(acts, "keep", _("规定内容保存多少天（至少 365）"))
    keep.add_argument("days", type=_days, metavar="DAYS")
    central_command(acts, "erase", _("清除保存期满的办结件内容，只留摘要，链仍可核对"))
    detach = central_command(acts, "detach", _("把一整年从台账和图像中移出，以便归档"))
    detach.add_argument("year", type=int, metavar="YEAR")


class _Place(argparse.Action):
    """A place of a journal and what was decided about it; EPOCH and SEQ are whole numbers."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Keep the words as what they are, or end with the usage."""
        try:
            read = [
                int(word) if name in {"EPOCH", "SEQ"} else word
                for name, word in zip(self.metavar or (), values or (), strict=True)
            ]
        except ValueError:
            parser.error(_("EPOCH 和 SEQ 是台账里的段号和序号，都是整数"))
        setattr(namespace, self.dest, read)


def _days(word: str) -> int:
    if not word.isdecimal() or int(word) < LEAST_DAYS:
        raise argparse.ArgumentTypeError(_("至少 365 天"))
    return int(word)
