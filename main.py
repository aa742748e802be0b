"""The command line of Lideng 立等; without a command it opens the window."""

import argparse
import sys

from app.config import VERSION, Settings, read_settings
from app.domain.errors import BrokenRule
from app.domain.verdict import Ruling
from app.services.errors import BadInput, Corrupt, Refused, ServiceError
from commands import backups, central, demo, health, journal, keys, papers, window
from commands.exit_codes import CANNOT_TELL, ENVIRONMENT, GOOD, REFUSED, UNSOUND
from ui import terminal, text
from ui.command_line import parser
from ui.sentences import sentence
from ui.text import _

RULINGS = {Ruling.REFUSED: UNSOUND, Ruling.UNKNOWN: CANNOT_TELL, Ruling.VALID: GOOD}
"""What ``verify`` ends with: the worst of its papers decides."""


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


COMMANDS = {
    "": window.window,
    "demo": demo.demo,
    "journal verify": journal.verify,
    "journal export": journal.export,
    "journal check": journal.check,
    "backup": backups.back_up,
    "backup check": backups.check,
    "restore": backups.restore,
    "recovery-sheet": keys.recovery_sheet,
    "recover": keys.recover,
    "rotate-key": keys.rotate,
    "rebuild": journal.rebuild,
    "papers check": papers.check,
    "papers show": papers.show,
    "verify": _verify,
    "verify-page": _verify_page,
    "central": central.central,
    "doctor": health.doctor,
    "support": health.support,
}

if __name__ == "__main__":
    sys.exit(main())
