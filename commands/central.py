"""Commands of a centre's administrator and of a supervisor."""

import argparse

from app.config import Settings
from commands.exit_codes import GOOD, UNSOUND
from ui import terminal


def central(called: argparse.Namespace, settings: Settings) -> int:
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
