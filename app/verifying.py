"""What ``verify`` does: papers are judged by the root in a file, or by this counter's own centre and what is known here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from app.clock import SystemClock
from app.config import Settings
from app.domain.journal import Entry
from app.domain.verdict import ReceiptVerdict
from app.security.keys import verify
from app.security.revocation_list import RevocationList, read_list_file
from app.security.root_files import root_in
from app.services.errors import BadRevocationList, NoRoot
from app.services.recording import load_station
from app.services.revocations import published_in
from app.services.verifying import KnownHere, believed_root
from app.storage.journal_file import check_export
from app.verification.files import PaperFiles, Unreadable, contents
from app.verification.judging import Judge
from app.verification.papers import PaperJudge, readable_list, revoked_in
from app.verification.receipts import Ask, Receipt, Search, asked, receipt_in, typed_receipt

NO_ROOT = ""
"""A receipt stands on the journal's own key: no centre is asked."""


@contextmanager
def opened_judge(
    settings: Settings, root_file: Path | None, list_file: Path | None, ask_passphrase: Callable[[], str]
) -> Iterator[PaperJudge]:
    """Yield who judges papers; without a root in a file by the counter's own centre, or the authority of a demonstration.

    NoRoot, BadRevocationList; NotInvited, NoProfile and what else opening a profile raises.
    """
    now = SystemClock().now()
    with closing(PaperFiles()) as files:
        if root_file is not None:
            root = _root_in(root_file)
            yield PaperJudge(Judge(root, now, _list_in(list_file, root)), files)
            return
        from app.open_profile import opened_profile  # noqa: PLC0415  a stranger's machine has none

        with opened_profile(settings, ask_passphrase) as profile:
            with profile.store.read() as uow:
                root = believed_root(uow)
                published = published_in(uow)
            called_back = _newer(_list_in(list_file, root), readable_list(published.called_back, root))
            known = KnownHere(profile.store, load_station(profile.store).code)
            revoked = revoked_in(published.crl, root)
            yield PaperJudge(Judge(root, profile.recorder.now(), called_back, known.standing, revoked), files)


def receipt_verdicts(journal: Path, papers: Sequence[str]) -> list[ReceiptVerdict]:
    """Return what an exported journal says of each receipt; each is its file, its 16 digits, or its case number.

    NotAJournal, BrokenJournal: a journal that does not check proves nothing. It is read once.
    """
    searches = [Search(receipt) for receipt in _receipts(papers)]

    def see(entry: Entry) -> None:
        for search in searches:
            search.look(entry)

    check_export(journal, verify, see=see)
    return [search.verdict() for search in searches]


def receipt_verdicts_of_centre(ask: Ask, papers: Sequence[str]) -> list[ReceiptVerdict]:
    """Return what the centre says of receipts; each is its file, or its case number and 16 digits. CentralUnavailable."""
    return [asked(receipt, ask) for receipt in _receipts(papers)]


@contextmanager
def opened_centre(settings: Settings, url: str, ask_passphrase: Callable[[], str]) -> Iterator[Ask]:
    """Yield what asks the centre for receipts: a supervisor's log-in at ``url``, or without one this counter's own.

    NotInvited, NoProfile and what else opening a profile raises; BadInput for what is no address.
    """
    from app.central.connection import Address  # noqa: PLC0415  whoever checks papers without a centre needs no driver
    from app.central.receipts import AS_STATION, AS_SUPERVISOR, CentreReceipts  # noqa: PLC0415
    from app.central.reception import address_of  # noqa: PLC0415
    from app.open_profile import opened_profile  # noqa: PLC0415

    if url or settings.central:
        with closing(CentreReceipts(Address.of_url(url or settings.central), AS_SUPERVISOR)) as receipts:
            yield receipts.ask
        return
    with opened_profile(settings, ask_passphrase) as profile:
        address = address_of(profile.centre.enrolment.login(), settings.profile)
        with closing(CentreReceipts(address, AS_STATION)) as receipts:
            yield receipts.ask


def _receipts(papers: Sequence[str]) -> list[Receipt]:
    with closing(PaperFiles()) as files:
        return [_receipt(files, paper) for paper in papers]


def _receipt(files: PaperFiles, paper: str) -> Receipt:
    receipt = typed_receipt(paper)
    if receipt is not None:
        return receipt
    try:
        return receipt_in(files.found(contents(Path(paper)), NO_ROOT, bars=True))
    except Unreadable:
        return Receipt()


def _root_in(path: Path) -> str:
    try:
        return root_in(path)
    except OSError as error:
        raise NoRoot from error


def _newer(given: RevocationList | None, published: RevocationList | None) -> RevocationList | None:
    """Return the list that says more: an old one in a file hides nothing that this counter was told since."""
    lists = [one for one in (given, published) if one]
    return max(lists, key=lambda one: one.made, default=None)


def _list_in(path: Path | None, root: str) -> RevocationList | None:
    if path is None:
        return None
    try:
        return read_list_file(path, root)
    except OSError as error:
        raise BadRevocationList from error
