"""Papers as they come, texts and files: read by ``files``, judged by ``judging``; what ``verify`` and the window ask."""

from datetime import datetime
from pathlib import Path

from app.domain.verdict import Reason, Verdict
from app.security.proof_text import as_written, claims_to_be_proof
from app.security.revocation_list import RevocationList, read_list
from app.services.errors import BadRevocationList
from app.verification.files import PaperFiles, Unreadable, contents
from app.verification.judging import Judge, Known


class PaperJudge:
    """Implements ``Judge`` of the services; whoever made ``files`` closes them."""

    def __init__(self, judge: Judge, files: PaperFiles) -> None:
        self._judge = judge
        self._files = files

    def of_text(self, text: str) -> Verdict:
        """Return what the text of a code is worth."""
        return self._judge.of_text(text)

    def of_file(self, data: bytes) -> list[Verdict]:
        """Return what each paper in a file is worth, one verdict at least."""
        try:
            return self._judge.of_found(self._files.found(data, self._judge.root))
        except Unreadable as unreadable:
            return _unreadable(unreadable)

    def of_typed(self, paper: str) -> list[Verdict]:
        """Return what the papers in a file are worth; ``paper`` is its path, or the text of a code itself."""
        text = proof_in(paper)
        if text:
            return [self.of_text(text)]
        try:
            return self.of_file(contents(Path(paper)))
        except Unreadable as unreadable:
            return _unreadable(unreadable)


class Judges:
    """Implements ``Judges`` of the services."""

    def __init__(self) -> None:
        self._files = PaperFiles()
        self._read: tuple[bytes, str, RevocationList | None] = (b"", "", None)

    def proof_in(self, typed: str) -> str:
        """Return the proof, or the beginning of one, that was typed; empty for any other text."""
        return proof_in(typed)

    def judge(self, root: str, now: datetime, known: Known, called_back: bytes = b"") -> PaperJudge:
        """Return who judges by a root (PEM) at a moment; a list that is none of that root's counts for nothing."""
        read = self._read
        if read[:2] != (called_back, root):
            self._read = read = (called_back, root, readable_list(called_back, root))
        return PaperJudge(Judge(root, now, read[2], known), self._files)

    def stop(self) -> None:
        """Break off the file that is being read."""
        self._files.close()


def readable_list(called_back: bytes, root: str) -> RevocationList | None:
    """Return what a centre published as called back, None for nothing and for what is no list of that root's."""
    try:
        return read_list(called_back.decode(), root) if called_back else None
    except (BadRevocationList, UnicodeDecodeError):
        return None


def proof_in(typed: str) -> str:
    """Return the proof, or the beginning of one, that was typed, as its code says it; empty for any other text."""
    text = as_written(typed)
    return text if claims_to_be_proof(text) else ""


def _unreadable(error: Unreadable) -> list[Verdict]:
    return [Verdict(Reason.UNREADABLE, unread=error.why)]
