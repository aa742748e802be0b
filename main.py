"""The command line of Lideng 立等; without a command it opens the window."""

import argparse
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import VERSION, Settings, read_settings
from app.domain.errors import BrokenRule
from app.domain.verdict import Ruling
from app.services.errors import BadInput, Corrupt, Refused, ServiceError
from app.services.findings import Outcome, outcome
from ui import terminal, text
from ui.backup_words import backup_words
from ui.command_line import parser
from ui.findings import as_json, as_lines
from ui.sentences import sentence
from ui.sync_words import unsent_words
from ui.text import _, ngettext

if TYPE_CHECKING:
    from app.at_devices import PageSources
    from app.bootstrap import ProfileStarter

GOOD, UNSOUND, CANNOT_TELL, ENVIRONMENT, REFUSED = 0, 1, 2, 3, 4
OUTCOMES = {
    Outcome.SOUND: GOOD,
    Outcome.UNSOUND: UNSOUND,
    Outcome.ENVIRONMENT: ENVIRONMENT,
    Outcome.REFUSED: REFUSED,
}

RULINGS = {Ruling.REFUSED: UNSOUND, Ruling.UNKNOWN: CANNOT_TELL, Ruling.VALID: GOOD}
"""What ``verify`` ends with: the worst of its papers decides."""

# Each command loads what it needs, no more: checking a journal needs no window, the window no report on the machine.


def main(arguments: list[str] | None = None) -> int:
    """Carry out what ``arguments`` (the process's own when not given) ask for; return the exit code."""
    text.use(read_settings().language)
    called = parser(VERSION).parse_args(arguments)
    settings = read_settings(called.profile)
    try:
        return COMMANDS["central" if called.command.startswith("central ") else called.command](called, settings)
    except (ServiceError, BrokenRule) as error:
        print(_words_of(error, called.command), file=sys.stderr)
        return _exit_code(error)
    except KeyboardInterrupt:
        return ENVIRONMENT


def _words_of(error: Exception, command: str) -> str:
    """Return what is told of an error: to an administrator of the centre it is another matter than at a counter."""
    if not command.startswith("central "):
        return sentence(error).text
    from ui.office_words import office_sentence  # noqa: PLC0415

    return office_sentence(error)


def _exit_code(error: Exception) -> int:
    if isinstance(error, Corrupt | BadInput):
        return UNSOUND
    return REFUSED if isinstance(error, Refused) else ENVIRONMENT


def _window(_called: argparse.Namespace, settings: Settings) -> int:
    from ui.start import run_window  # noqa: PLC0415

    def starter() -> "ProfileStarter":
        from app.bootstrap import ProfileStarter  # noqa: PLC0415

        return ProfileStarter(settings, sources=_sources())

    return run_window(starter, settings.cache)


def _sources() -> "PageSources":
    """Return where pages come from and go to; on Windows it is Qt that prints."""
    from app.at_devices import THIS_PC  # noqa: PLC0415

    if sys.platform != "win32":
        return THIS_PC
    from ui.qt_printers import QtPrinters  # noqa: PLC0415

    return replace(THIS_PC, printers=lambda _own, pages: QtPrinters(pages))


def _demo(called: argparse.Namespace, settings: Settings) -> int:
    if called.central:
        return _demo_central(called.out, settings)
    from app.demonstration import PASSWORD, DemonstrationStarter  # noqa: PLC0415

    print(_("演示数据均为虚构，密钥用完即弃，结束后删除。"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is told to be removed is removed at any end
    with DemonstrationStarter(settings.cache, alone=called.out is not None) as starter:
        if called.out is None:
            from ui.start import run_window  # noqa: PLC0415

            return run_window(lambda: starter, settings.cache, _("演示密码 %(password)s") % {"password": PASSWORD})
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.walkthrough import Walkthrough  # noqa: PLC0415

        Walkthrough(starter, PASSWORD, called.out, settings.cache, later=starter.let_pass).play()
        (called.out / "root.pem").write_text(starter.root, encoding="ascii")
    print(_("演示完毕，图片、PDF 和台账在 %(folder)s") % {"folder": called.out})
    return GOOD


def _demo_central(out: Path | None, settings: Settings) -> int:
    """Show two counters and their centre, or play what they do together and leave it in ``out``."""
    from app.demonstration import PASSWORD  # noqa: PLC0415
    from app.two_counters import ending, server  # noqa: PLC0415

    if not server.is_installed():
        print(_("演示用的数据库没有安装，请运行 uv run --group demo-central main.py demo --central"), file=sys.stderr)
        return ENVIRONMENT
    from app.two_counters.place import TwoCounters  # noqa: PLC0415
    from app.two_counters.story import begin, tell  # noqa: PLC0415

    print(_("演示数据均为虚构，密钥用完即弃，结束后删除。正在建立数据库和两个柜台…"), flush=True)
    place = TwoCounters(settings.cache)
    ending.call_at_the_end(place.remove, place.folder)
    with place:
        if out is None:
            from ui.start import run_windows  # noqa: PLC0415

            begin(place)
            hint = _("%(place)s，演示密码 %(password)s")
            asked = [(one, hint % {"place": name, "password": PASSWORD}) for name, one in place.starters.items()]
            return run_windows(asked, settings.cache)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.walkthrough_central import CentralWalkthrough  # noqa: PLC0415

        starters = list(place.starters.values())
        told = partial(tell, place, out)
        CentralWalkthrough(starters, PASSWORD, out, settings.cache, told, place.office_url).play()
    print(_("演示完毕，图片、PDF 和台账在 %(folder)s") % {"folder": out})
    return GOOD


def _journal_verify(_called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在核对台账")) as tell:
        verified = profile.ledger.verify(tell)
    head = verified.head.hash.hex() if verified.head else "—"
    print(_entries(verified.entries) % {"count": verified.entries})
    print(_("末条哈希 %(hash)s") % {"hash": head})
    return GOOD


def _journal_export(called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在导出台账")) as tell:
        if called.images:
            handed = profile.unsent.export(called.file, tell=tell)
            print(unsent_words(handed))
            return GOOD
        exported = profile.ledger.export(called.file, tell=tell)
    words = ngettext("已导出 %(count)d 条", "已导出 %(count)d 条", exported.entries)
    print(words % {"count": exported.entries})
    return GOOD


def _journal_check(called: argparse.Namespace, _settings: Settings) -> int:
    from app.security.keys import verify  # noqa: PLC0415
    from app.storage.journal_file import check_export  # noqa: PLC0415

    checked = check_export(called.file, verify, called.key, called.witness)
    print(_entries(checked.entries) % {"count": checked.entries})
    print(_("窗口 %(station)s，末条哈希 %(hash)s") % {"station": checked.station, "hash": checked.head})
    print(_("公钥 %(key)s") % {"key": checked.public_key})
    if not called.witness:
        return GOOD
    if checked.witnessed is None:
        print(_("没有哪一条的哈希以 %(digits)s 开头") % {"digits": called.witness}, file=sys.stderr)
        return UNSOUND
    body = checked.witnessed.read()
    where = {"seq": body["seq"], "at": body["at"], "case": body["case"] or "—"}
    print(_("凭据指第 %(seq)d 条，%(at)s，办件 %(case)s") % where)
    return GOOD


def _rebuild(_called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在重建")) as tell:
        count = profile.ledger.rebuild(tell)
    print(ngettext("已用 %(count)d 条重建", "已用 %(count)d 条重建", count) % {"count": count})
    return GOOD


def _doctor(called: argparse.Namespace, settings: Settings) -> int:
    from app.doctor import examine  # noqa: PLC0415

    findings = examine(settings, terminal.passphrase)
    print(as_json(findings) if called.json else as_lines(findings))
    return OUTCOMES[outcome(findings)]


def _support(called: argparse.Namespace, settings: Settings) -> int:
    from app.doctor import write_support  # noqa: PLC0415

    findings = write_support(settings, terminal.passphrase, called.file)
    print(as_lines(findings))
    print(_("已写入 %(file)s，其中没有个人信息，可以交给维护人员") % {"file": called.file})
    return GOOD


def _papers_check(called: argparse.Namespace, settings: Settings) -> int:
    from app.paper_tools import check_papers  # noqa: PLC0415

    read = check_papers(settings, called.folder)
    words = {"count": len(read.templates), "own": len(read.own)}
    print(_("%(count)d 个模板都能用，其中自己的 %(own)d 个") % words)
    return GOOD


def _papers_show(called: argparse.Namespace, settings: Settings) -> int:
    from app.domain.paper import PageSize  # noqa: PLC0415
    from app.paper_tools import show_paper  # noqa: PLC0415

    called.out.write_bytes(show_paper(settings, called.template, PageSize(called.size)))
    print(_("样张在 %(file)s") % {"file": called.out})
    return GOOD


def _verify(called: argparse.Namespace, settings: Settings) -> int:
    from app.verifying import opened_judge, verdicts  # noqa: PLC0415
    from ui.verdict_words import shortened, verdict_lines  # noqa: PLC0415

    if called.journal:
        return _verify_receipts(called)
    rulings = set()
    with opened_judge(settings, called.root, called.list, terminal.passphrase) as judge:
        for paper in called.papers:
            for verdict in verdicts(judge, paper):
                print(f"{shortened(paper)}: " + "\n".join(verdict_lines(verdict)))
                rulings.add(verdict.ruling)
    return next(code for ruling, code in RULINGS.items() if ruling in rulings)


def _verify_receipts(called: argparse.Namespace) -> int:
    from app.verifying import receipt_verdict  # noqa: PLC0415
    from ui.verdict_words import receipt_words, shortened  # noqa: PLC0415

    verdicts = [receipt_verdict(called.journal, paper) for paper in called.papers]
    for paper, verdict in zip(called.papers, verdicts, strict=True):
        print(f"{shortened(paper)}: {receipt_words(verdict)}")
    rulings = {verdict.ruling for verdict in verdicts}
    return next(code for ruling, code in RULINGS.items() if ruling in rulings)


def _verify_page(called: argparse.Namespace, _settings: Settings) -> int:
    from app.verification_page import write_page  # noqa: PLC0415

    for file in write_page(called.file.absolute(), called.root, called.list):
        print(_("已写入 %(file)s") % {"file": file})
    return GOOD


def _entries(count: int) -> str:
    return ngettext("共 %(count)d 条，链与签名完好", "共 %(count)d 条，链与签名完好", count)


def _backup(called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("备份")) as tell:
        manifest = profile.backups.back_up(called.file.absolute(), tell)
    print(_("已备份到 %(file)s") % {"file": called.file})
    print(backup_words(manifest))
    if not manifest.sheet:
        print(_("还没有恢复单：密钥丢失后，这份备份只能在本机打开。请用 recovery-sheet 做一张。"), file=sys.stderr)
    return GOOD


def _backup_check(called: argparse.Namespace, settings: Settings) -> int:
    from app.restoring import check_backup  # noqa: PLC0415

    with terminal.progress(_("演练")) as tell:
        drilled = check_backup(settings, called.file.absolute(), terminal, by_sheet=called.by_sheet, tell=tell)
    print(backup_words(drilled.manifest))
    print(_entries(drilled.entries) % {"count": drilled.entries})
    print(_("这份备份可以恢复。"))
    return GOOD


def _restore(called: argparse.Namespace, settings: Settings) -> int:
    from app.clock import SystemClock  # noqa: PLC0415
    from app.restoring import restore  # noqa: PLC0415

    with terminal.progress(_("恢复")) as tell:
        restored = restore(
            settings,
            called.file.absolute(),
            terminal,
            SystemClock(),
            replace=called.replace,
            by_sheet=called.by_sheet,
            tell=tell,
        )
    print(backup_words(restored.manifest))
    print(_entries(restored.entries) % {"count": restored.entries})
    if restored.aside:
        print(_("原来的数据移到了 %(folder)s") % {"folder": restored.aside})
    print(_("已恢复。备份以后办的件不在其中，请凭纸质存档补录；各种编号已跳过可能用过的部分，不会重号。"))
    return GOOD


def _recovery_sheet(called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile, recovery_service  # noqa: PLC0415
    from app.security.sealing import write_private  # noqa: PLC0415
    from app.whole_files import place_errors  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile:
        service = recovery_service(profile)
        sheet = service.draw()
        with place_errors(called.file.absolute().parent):
            write_private(called.file.absolute(), sheet.pdf)
        service.put_in_force(sheet)
    print(_("恢复单 %(sheet)s 已写入 %(file)s") % {"sheet": sheet.name, "file": called.file})
    print(_("请打印两份，离开本机分开保管，然后删除此文件。以前的恢复单不能打开今后的备份。"))
    return GOOD


def _recover(_called: argparse.Namespace, settings: Settings) -> int:
    from app.clock import SystemClock  # noqa: PLC0415
    from app.restoring import recover  # noqa: PLC0415

    recover(settings, terminal, SystemClock())
    print(_("密钥已重新保存，台账另起一段；各种编号已跳过可能用过的部分。"))
    return GOOD


def _central(called: argparse.Namespace, settings: Settings) -> int:
    """Carry out a command of a centre's administrator; ``--json`` gives the answer to a script."""
    from app.central_commands import carry_out  # noqa: PLC0415
    from app.tables.writer import write_table  # noqa: PLC0415
    from ui.central_words import as_json, as_lines  # noqa: PLC0415
    from ui.supervising_words import case_table  # noqa: PLC0415

    sound = True
    asks = terminal.authority_passphrase if called.command == "central authority" else terminal.passphrase
    for answer in carry_out(called.command, settings, vars(called), asks):
        if getattr(called, "csv", None):
            write_table(case_table(answer.value), called.csv)
        else:
            print(as_json(answer.value) if called.json else as_lines(called.command, answer.value), flush=True)
        sound = answer.is_sound
    return GOOD if sound else UNSOUND


def _rotate_key(_called: argparse.Namespace, settings: Settings) -> int:
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase, alone=True) as profile:
        epoch = profile.rotation.rotate()
    print(_("已换用新的签名密钥，台账另起第 %(epoch)d 段；编号照旧连续。") % {"epoch": epoch})
    return GOOD


COMMANDS = {
    "": _window,
    "demo": _demo,
    "journal verify": _journal_verify,
    "journal export": _journal_export,
    "journal check": _journal_check,
    "backup": _backup,
    "backup check": _backup_check,
    "restore": _restore,
    "recovery-sheet": _recovery_sheet,
    "recover": _recover,
    "rotate-key": _rotate_key,
    "rebuild": _rebuild,
    "papers check": _papers_check,
    "papers show": _papers_show,
    "verify": _verify,
    "verify-page": _verify_page,
    "central": _central,
    "doctor": _doctor,
    "support": _support,
}

if __name__ == "__main__":
    sys.exit(main())
