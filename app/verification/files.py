"""Reads files from outside: the text of a code as it is, pictures and PDFs in a process that may take 20 s and 1.3 GB."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from app.capture.limits import LARGEST_FILE, LONGEST_S
from app.config import ROOT
from app.security.proof_text import LONGEST_TEXT, claims_to_be_proof
from app.verification.found import Found, Seal

UTF8_MARK = "\ufeff"


class Unreadable(Exception):
    """A file is not there, too large, damaged, or of no kind that is read here."""


def found_in(path: Path, root: str, *, bars: bool = False) -> Found:
    """Return what can be checked in a file, for whoever believes ``root`` (PEM); with ``bars`` bar codes too; Unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unreadable from error
    if not 0 < len(data) <= LARGEST_FILE:
        raise Unreadable
    if (text := _as_proof(data)) is not None:
        return Found(codes=(text,))
    return _asked(data, root, bars)


def _as_proof(data: bytes) -> str | None:
    """Return the text of a code, None where the file is something else."""
    if len(data) > 4 * LONGEST_TEXT:
        return None
    try:
        text = data.decode().removeprefix(UTF8_MARK).strip()
    except UnicodeDecodeError:
        return None
    return text if claims_to_be_proof(text) else None


def _asked(data: bytes, root: str, bars: bool) -> Found:
    command = [sys.executable, "-m", "app.verification.finding"]
    asked = json.dumps({"root": root, "bars": bars}).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603  our own program, without a shell
            command, input=asked, capture_output=True, timeout=LONGEST_S, check=False, cwd=ROOT
        )
        told = json.loads(done.stdout) if done.returncode == 0 else {"unreadable": True}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Unreadable from error
    if "unreadable" in told:
        raise Unreadable
    return _found(told)


def _found(told: dict[str, Any]) -> Found:
    return Found(
        codes=tuple(told["codes"]),
        bars=tuple(told.get("bars", ())),
        text=told.get("text", ""),
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
