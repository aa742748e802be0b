"""The program's log: rotating files in the profile, for support; no personal data and no secret goes in.

That does not rest on the care of whoever writes a log line. The formatter lets through what cannot hold a citizen's
data and puts ``‹…›`` for the rest:

- of our own lines the constant words, and figures, enumerations and short names of code as their arguments;
- of other libraries' lines only whose they are, how grave, and where they were written;
- of an error its class, its error numbers, and the places it came through: no message and no variable.

Times are China's, as in the journal, by the PC's clock.
"""

import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from app.domain.clock import CHINA, stamp

LARGEST_BYTES = 1_000_000
KEPT_FILES = 5
FILE = "lideng.log"
HIDDEN = "‹…›"
OURS = ("app", "commands", "ui", "main", "__main__")
NAME_OF_CODE = re.compile(r"[A-Za-z_<>][A-Za-z0-9_.<>]{0,79}|[a-z]{1,20}( [a-z]{1,20}){1,4}|[0-9]{1,4}(\.[0-9]{1,3})*")
"""A class, a function, a job, a version; no path, and nothing that a Chinese name could stand in."""
MANY_DIGITS = re.compile(r"[0-9]{6}")
"""A telephone number, an identity number, a case number; a version or a schema has fewer in a row."""
LARGEST_FIGURE = 10**10
"""Bytes and milliseconds are below it; telephone numbers are not."""
NUMBERS_OF_ERRORS = ("errno", "winerror", "sqlite_errorcode")
MOST_CAUSES = 5

log = logging.getLogger(__name__)


def log_to(folder: Path) -> None:
    """Write the log of this process to ``folder`` and nowhere else.

    A folder that cannot be written leaves the program without a log.
    """
    stop_logging()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(folder / FILE, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError:
        log.warning("no log can be written")
        return
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def stop_logging() -> None:
    """Close the log of this process, if it has one."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _LogFile)]:
        root.removeHandler(handler)
        with suppress(OSError):  # a full disk: the last lines could not be written
            handler.close()


def log_uncaught(tell: Callable[[Exception], None]) -> None:
    """Log what no code caught, on any thread, before it is told where it always was.

    ``tell`` gets what happened on the main thread too, where the window waits for something to come of a key.
    """
    usual, usual_on_thread = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("uncaught", exc_info=(kind, error, trace))
        usual(kind, error, trace)
        if isinstance(error, Exception):
            tell(error)

    def caught_on_thread(what: threading.ExceptHookArgs) -> None:
        log.error("uncaught on a thread", exc_info=what.exc_value)
        usual_on_thread(what)

    sys.excepthook, threading.excepthook = caught, caught_on_thread


class _LogFile(RotatingFileHandler):
    """Our own handler among those of a test runner or a library; a full disk costs the line and nothing else."""

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Say nothing: whoever looks for room will find the disk full."""


class DiscreetFormatter(logging.Formatter):
    """Writes a record without anything that a person could have typed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of one record."""
        at = stamp(datetime.fromtimestamp(record.created, CHINA))
        head = f"{at} {record.levelname} {record.name} {_words(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([head, *_error_lines(error)]) if error else head


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in OURS:
        return f"({record.module}:{record.lineno})"
    if not isinstance(record.msg, str):
        return HIDDEN
    arguments = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return record.msg % tuple(map(discreet, arguments)) if record.args else record.msg
    except (TypeError, ValueError):
        return HIDDEN


def discreet(value: object) -> object:
    """Return ``value`` when it cannot hold what a person typed, else what kind of thing it is or ``‹…›``."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, int | float):
        return value if abs(value) < LARGEST_FIGURE else HIDDEN
    if isinstance(value, BaseException):
        return _name(value)
    if isinstance(value, str) and NAME_OF_CODE.fullmatch(value) and not MANY_DIGITS.search(value):
        return value
    return HIDDEN


def _error_lines(error: BaseException) -> Iterator[str]:
    for place, cause in enumerate(_chain(error)):
        yield f"  {'because of ' if place else ''}{_name(cause)}"
        for frame in extract_tb(cause.__traceback__, limit=-30):
            yield f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _n in range(MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _name(error: BaseException) -> str:
    kind = type(error)
    numbers = [(name, getattr(error, name, None)) for name in NUMBERS_OF_ERRORS]
    told = "".join(f" {name}={number}" for name, number in numbers if isinstance(number, int))
    return f"{kind.__module__}.{kind.__qualname__}{told}"
