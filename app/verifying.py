"""What ``verify`` does: papers are judged by the root in a file, or by this counter's own centre and what is known here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import SystemClock
from app.config import Settings
from app.domain.verdict import Reason, ReceiptVerdict, Verdict
from app.security.keys import verify
from app.security.proof_text import claims_to_be_proof
from app.security.revocation_list import RevocationList, read_list_file
from app.security.root_files import root_in
from app.services.errors import BadRevocationList, NoRoot, NotInvited
from app.services.recording import load_station
from app.services.revocations import CALLED_BACK
from app.services.verifying import KnownHere
from app.storage.journal_file import check_export, read_export
from app.verification.files import Unreadable, found_in
from app.verification.judging import Judge, Judges
from app.verification.receipts import Receipt, judged, receipt_in, typed_receipt

NO_ROOT = ""
"""A receipt stands on the journal's own key: no centre is asked."""


@contextmanager
def opened_judge(
    settings: Settings, root_file: Path | None, list_file: Path | None, ask_passphrase: Callable[[], str]
) -> Iterator[Judge]:
    """Yield who judges papers; without a root in a file by the counter's own centre.

    NoRoot, BadRevocationList; NotInvited, NoProfile and what else opening a profile raises.
    """
    now = SystemClock().now()
    if root_file is not None:
        root = _root_in(root_file)
        yield Judge(root, now, _list_in(list_file, root))
        return
    from app.open_profile import opened_profile  # noqa: PLC0415  a stranger's machine has none

    with opened_profile(settings, ask_passphrase) as profile:
        kept = profile.centre.enrolment.membership()
        if kept is None:
            raise NotInvited
        known = KnownHere(profile.store, load_station(profile.store).code)
        now = profile.recorder.now()
        if list_file is not None:
            yield Judge(kept.root, now, _list_in(list_file, kept.root), known.standing)
            return
        with profile.store.read() as uow:
            published = uow.directory.payload(CALLED_BACK) or b""
        yield Judges().judge(kept.root, now, known.standing, published)


def verdicts(judge: Judge, paper: str) -> list[Verdict]:
    """Return what the papers in a file are worth; ``paper`` is its path, or the text of a code itself."""
    if claims_to_be_proof(paper):
        return [judge.of_text(paper)]
    try:
        return judge.of_file(found_in(Path(paper), judge.root))
    except Unreadable:
        return [Verdict(Reason.UNREADABLE)]


def receipt_verdict(journal: Path, paper: str) -> ReceiptVerdict:
    """Return what an exported journal says of a receipt; ``paper`` is its file, its 16 digits, or its case number.

    NotAJournal, BrokenJournal: a journal that does not check proves nothing.
    """
    receipt = typed_receipt(paper)
    if receipt is None:
        try:
            receipt = receipt_in(found_in(Path(paper), NO_ROOT, bars=True))
        except Unreadable:
            receipt = Receipt()
    check_export(journal, verify)
    return judged(receipt, (entry for entry, _key in read_export(journal)))


def _root_in(path: Path) -> str:
    try:
        return root_in(path)
    except OSError as error:
        raise NoRoot from error


def _list_in(path: Path | None, root: str) -> RevocationList | None:
    if path is None:
        return None
    try:
        return read_list_file(path, root)
    except OSError as error:
        raise BadRevocationList from error
