"""Reads files from outside: the text of a code as it is, pictures and PDFs in a process that may take 1.3 GB, and 20 s a file.

One process reads many files, for it takes a second to start. A file over which it dies or hangs costs that file alone:
the next one gets another process.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from app.capture.limits import LARGEST_FILE, LONGEST_S
from app.capture.messages import Message
from app.capture.shared_helper import SharedHelper
from app.domain.verdict import Unread
from app.security.proof_text import LONGEST_TEXT, as_written, claims_to_be_proof
from app.services.errors import BadAttachment, ReadingFailed
from app.verification.found import Found, Seal

UTF8_MARK = "\ufeff"
MOST_FILES = 200
"""After so many a fresh process goes on: what pdfium and zxing do not give back stays bounded."""


class Unreadable(Exception):
    """A file is not there, too large, damaged, or of no kind that is read here."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why)
        self.why = why


def contents(path: Path) -> bytes:
    """Return the bytes of a file, which is not larger than any that is read here; Unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise Unreadable(Unread.MISSING) from error
    except IsADirectoryError as error:
        raise Unreadable(Unread.FOLDER) from error
    except PermissionError as error:  # which is what Windows says of folders too
        raise Unreadable(Unread.FOLDER if path.is_dir() else Unread.FORBIDDEN) from error
    except (OSError, ValueError) as error:  # the second for a name that no file can have
        raise Unreadable(Unread.MISSING) from error
    return data


class PaperFiles:
    """Finds what can be checked in files; safe to use from any thread, one file at a time."""

    def __init__(self) -> None:
        self._helper = SharedHelper("app.verification.finding", LONGEST_S, most_answers=MOST_FILES)

    def found(self, data: bytes, root: str, *, bars: bool = False) -> Found:
        """Return what can be checked in a file, for whoever believes ``root`` (PEM); with ``bars`` bar codes too; Unreadable."""
        if not data:
            raise Unreadable(Unread.EMPTY)
        if (text := _as_proof(data)) is not None:
            return Found(codes=(text,))
        try:
            answer = self._helper.ask(Message({"root": root, "bars": bars}, [data]))
        except BadAttachment as error:
            raise Unreadable(Unread(error.fault)) from error
        except ReadingFailed as error:
            raise Unreadable(Unread.LOST) from error
        return _found(json.loads(answer.parts[0]))

    def close(self) -> None:
        """Break off what is being read, which is lost then, and end the process; the next file starts another."""
        self._helper.close()


def _as_proof(data: bytes) -> str | None:
    """Return the text of a code, None where the file is something else."""
    if len(data) > 4 * LONGEST_TEXT:
        return None
    try:
        text = as_written(data.decode().removeprefix(UTF8_MARK))
    except UnicodeDecodeError:
        return None
    return text if claims_to_be_proof(text) else None


def _found(told: dict[str, Any]) -> Found:
    return Found(
        codes=tuple(told["codes"]),
        bars=tuple(told.get("bars", ())),
        text=told.get("text", ""),
        is_longer=told.get("is_longer", False),
        seal=Seal(told.get("seal", Seal.NONE)),
        certificate=bytes.fromhex(told.get("certificate", "")),
        signed_at=datetime.fromisoformat(told["signed_at"]) if "signed_at" in told else None,
        claims=_claims(told.get("claims", "")),
    )


def _claims(text: str) -> dict[str, str]:
    """Return what a signed file says for machines; nothing where it says it in another way than ours."""
    try:
        said = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {str(name): value for name, value in said.items() if isinstance(value, str)}
