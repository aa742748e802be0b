"""The command line of Lideng 立等; without a command it opens the window."""

import sys

from app.config import VERSION, read_settings
from app.domain.errors import BrokenRule
from app.services.errors import BadInput, Corrupt, Refused, ServiceError
from commands import backups, central, demo, health, journal, keys, papers, verifying, window
from commands.exit_codes import CANNOT_TELL, ENVIRONMENT, GOOD, REFUSED, UNSOUND  # noqa: F401  what ``main`` ends with
from ui import text
from ui.command_line import parser
from ui.sentences import sentence


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
    "verify": verifying.verify,
    "verify-page": verifying.write_page,
    "central": central.central,
    "doctor": health.doctor,
    "support": health.support,
}

if __name__ == "__main__":
    sys.exit(main())
