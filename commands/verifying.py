"""Papers and receipts that somebody brings, for anyone who checks them, and the page that checks them in a browser."""

import argparse
import sys
from collections.abc import Iterable

from app.config import Settings
from app.domain.verdict import Ruling, Verdict
from app.services.errors import NoProfile, NotInvited
from commands.exit_codes import CANNOT_TELL, GOOD, UNSOUND
from ui import terminal
from ui.text import _

RULINGS = {Ruling.REFUSED: UNSOUND, Ruling.UNKNOWN: CANNOT_TELL, Ruling.VALID: GOOD}
"""What ``verify`` ends with: the worst of its papers decides."""


def verify(called: argparse.Namespace, settings: Settings) -> int:
    """Tell what each paper is worth: all that is known of a single one, a line of each of several and how many there are."""
    from app.verifying import opened_judge  # noqa: PLC0415
    from ui.verdict_words import no_root_words, total_words  # noqa: PLC0415

    if called.journal or called.centre or called.url:
        return _receipts(called, settings)
    rulings: list[Ruling] = []
    try:
        with opened_judge(settings, called.root, called.list, terminal.passphrase) as judge:
            for paper in called.papers:
                for verdict in judge.of_typed(paper):
                    print(_words(called, paper, verdict), flush=True)
                    rulings.append(verdict.ruling)
    except (NoProfile, NotInvited):
        print(no_root_words(), file=sys.stderr)
        return CANNOT_TELL
    if len(called.papers) > 1 and not called.json:
        print(total_words(rulings))
    return _worst(rulings)


def write_page(called: argparse.Namespace, _settings: Settings) -> int:
    """Make the page with which anyone checks papers in a browser."""
    from app import verification_page  # noqa: PLC0415

    for file in verification_page.write_page(called.file.absolute(), called.root, called.list):
        print(_("已写入 %(file)s") % {"file": file})
    return GOOD


def _words(called: argparse.Namespace, paper: str, verdict: Verdict) -> str:
    from ui.verdict_words import as_json, shortened, verdict_line, verdict_lines  # noqa: PLC0415

    if called.json:
        return as_json(paper, verdict)
    words = verdict_line(verdict) if len(called.papers) > 1 else "\n".join(verdict_lines(verdict))
    return f"{shortened(paper)}: {words}"


def _receipts(called: argparse.Namespace, settings: Settings) -> int:
    from app.verifying import opened_centre, receipt_verdicts, receipt_verdicts_of_centre  # noqa: PLC0415
    from ui.verdict_words import receipt_words, shortened  # noqa: PLC0415

    if called.journal:
        verdicts = receipt_verdicts(called.journal, called.papers)
    else:
        with opened_centre(settings, called.url, terminal.passphrase) as ask:
            verdicts = receipt_verdicts_of_centre(ask, called.papers)
    for paper, verdict in zip(called.papers, verdicts, strict=True):
        print(f"{shortened(paper)}: {receipt_words(verdict)}")
    return _worst(verdict.ruling for verdict in verdicts)


def _worst(rulings: Iterable[Ruling]) -> int:
    there = set(rulings)
    return next(code for ruling, code in RULINGS.items() if ruling in there)
