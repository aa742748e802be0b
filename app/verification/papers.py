"""Papers as they come, texts and files: read by ``files``, judged by ``judging``; what ``verify`` and the window ask."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.domain.verdict import Reason, Verdict
from app.security.proof_text import as_written, claims_to_be_proof
from app.security.revocation_list import RevocationList, read_list
from app.security.trust import RootTrust
from app.services.errors import BadCertificate, BadRevocationList
from app.services.revocations import Published
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
        self._read: tuple[Published, str, RevocationList | None, Mapping[int, datetime]] = (Published(), "", None, {})

    def proof_in(self, typed: str) -> str:
        """Return the proof, or the beginning of one, that was typed; empty for any other text."""
        return proof_in(typed)

    def judge(self, root: str, now: datetime, known: Known, published: Published) -> PaperJudge:
        """Return who judges by a root (PEM) at a moment; lists that are none of that root's count for nothing."""
        read = self._read
        if read[:2] != (published, root):
            called_back = readable_list(published.called_back, root)
            self._read = read = (published, root, called_back, revoked_in(published.crl, root))
        return PaperJudge(Judge(root, now, read[2], known, read[3]), self._files)

    def stop(self) -> None:
        """Break off the file that is being read."""
        self._files.close()


def readable_list(called_back: bytes, root: str) -> RevocationList | None:
    """Return what a centre published as called back, None for nothing and for what is no list of that root's."""
    try:
        return read_list(called_back.decode(), root) if called_back else None
    except (BadRevocationList, UnicodeDecodeError):
        return None


def revoked_in(crl: bytes, root: str) -> Mapping[int, datetime]:
    """Return the certificates that a centre revoked, and since when; none for what is no list of that root's."""
    try:
        return RootTrust(root).revoked_since(crl) if crl else {}
    except BadCertificate:
        return {}


def proof_in(typed: str) -> str:
    """Return the proof, or the beginning of one, that was typed, as its code says it; empty for any other text."""
    text = as_written(typed)
    return text if claims_to_be_proof(text) else ""


def _unreadable(error: Unreadable) -> list[Verdict]:
    return [Verdict(Reason.UNREADABLE, unread=error.why)]
