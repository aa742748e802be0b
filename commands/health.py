"""How this counter is: told to whoever stands before it, and written down for whoever mends it."""

import argparse

from app.config import Settings
from app.services.findings import Outcome, outcome
from commands.exit_codes import ENVIRONMENT, GOOD, REFUSED, UNSOUND
from ui import terminal
from ui.findings import as_json, as_lines
from ui.text import _

OUTCOMES = {
    Outcome.SOUND: GOOD,
    Outcome.UNSOUND: UNSOUND,
    Outcome.ENVIRONMENT: ENVIRONMENT,
    Outcome.REFUSED: REFUSED,
}


def doctor(called: argparse.Namespace, settings: Settings) -> int:
    """Look at everything and say what to do; what is worst decides the exit code."""
    from app.doctor import examine  # noqa: PLC0415

    findings = examine(settings, terminal.passphrase)
    print(as_json(findings) if called.json else as_lines(findings))
    return OUTCOMES[outcome(findings)]


def support(called: argparse.Namespace, settings: Settings) -> int:
    """Write a file without personal data for whoever mends it."""
    from app.doctor import write_support  # noqa: PLC0415

    findings = write_support(settings, terminal.passphrase, called.file)
    print(as_lines(findings))
    print(_("已写入 %(file)s，其中没有个人信息，可以交给维护人员") % {"file": called.file})
    return GOOD
