"""Papers (文书): their numbers, their PDFs, and where they are kept.

A number is used by the fact that names it. The PDF is drawn afterwards, from the journal alone, so that a crash
between the two costs nothing: whoever asks for the paper next has it drawn.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import parse_stamp
from app.domain.facts import CaseAccepted, CaseReceived, CertificateIssued, Fact, NumberedPaper, PaperMade, read_fact
from app.domain.journal import Entry
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.skipping import room_of
from app.domain.station import Station
from app.services.errors import DiskFull, NotFound, ReadOnlyStore
from app.services.paper_content import PaperContent, Witness
from app.services.ports import PageReader, PaperMaker, Picture, Store, UnitOfWork
from app.services.recording import Recorder, load_case
from app.services.snapshots import PaperRow

ORIGIN = {
    PaperKind.MATERIALS_RECEIPT: CaseReceived,
    PaperKind.ACCEPTANCE_NOTICE: CaseAccepted,
    PaperKind.CERTIFICATE: CertificateIssued,
}
"""The fact that uses the number of each kind of paper."""


class PaperService:
    """Use cases around papers that have a number."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: Station,
        maker: PaperMaker,
        content: PaperContent,
        pages: PageReader,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._content = content
        self._pages = pages

    def next_number(self, uow: UnitOfWork, kind: PaperKind, year: int) -> NumberedPaper:
        """Return the next number of this window's series; it counts as used when a fact in ``uow`` names it."""
        series = self._station.series(kind, year)
        serial = uow.numbers.next(series.key, room_of(self._station.pattern(kind)))
        return NumberedPaper(series.key, serial, self._station.paper_number(kind, year, serial))

    def of_case(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        return self._store.views.papers(number)

    def pdf(self, paper: PaperRow, operator: Operator) -> bytes:
        """Return the PDF of a numbered paper, drawn and kept at the first call."""
        with self._store.read() as uow:
            if digest := _drawn(uow, paper):
                return uow.blobs.get(digest)
            content = self._fill(uow, paper)
        pdf = self._maker.make(content)
        self._keep(paper, pdf, operator)
        return pdf

    def save(self, paper: PaperRow, path: Path, operator: Operator) -> None:
        """Write the PDF of ``paper`` to ``path``; DiskFull or ReadOnlyStore when that cannot be written."""
        pdf = self.pdf(paper, operator)
        with _file_errors():
            path.write_bytes(pdf)

    def picture(self, pdf: bytes, page: int, width_px: int) -> Picture:
        """Return one page (from 0) of a PDF as a picture ``width_px`` wide."""
        return self._pages.paper(pdf, page, width_px)

    def preview(self, paper: Paper, page: int, width_px: int) -> Picture:
        """Return one page of a paper that has no number yet; MissingGlyphs names what no font can draw."""
        return self.picture(self._maker.make(paper), page, width_px)

    def imagined(self, case: Case, item: ServiceItem, fact: Fact, operator: Operator) -> Paper:
        """Return the paper that ``fact`` would make, without number, bar code and witness; NotFound when it makes none."""
        paper = self._draw(case, item, fact, Witness(operator.name, self._recorder.now(), ""))
        return replace(paper, barcode="", witness="", copies=paper.copies[:1], preview=True)

    def warm_up(self) -> None:
        """Load what the first paper needs; call it beside the window at start."""
        self._maker.warm_up()

    def _keep(self, paper: PaperRow, pdf: bytes, operator: Operator) -> None:
        with self._store.write() as uow:
            if _drawn(uow, paper):
                return
            fact = PaperMade(paper.kind, paper.number, uow.blobs.put(pdf))
            self._recorder.record(uow, operator.login, fact, self._recorder.now(), number=paper.case_number)
            uow.commit()

    def _fill(self, uow: UnitOfWork, paper: PaperRow) -> Paper:
        case = load_case(uow, paper.case_number)
        item = uow.items.get(case.item, case.item_version)
        entries = [(entry, read_fact(entry.read())) for entry in uow.journal.of_case(case.number)]
        origin, fact = _origin(entries, paper)
        witness = self._witness(uow, origin, entries)
        return self._draw(case, item, fact, witness)

    def _draw(self, case: Case, item: ServiceItem, fact: Fact, witness: Witness) -> Paper:
        match fact:
            case CaseReceived():
                return self._content.receipt(case, item, witness)
            case CaseAccepted():
                return self._content.notice(case, item, witness)
            case CertificateIssued():
                return self._content.certificate(case, item, fact, witness)
        raise NotFound("paper")

    def _witness(self, uow: UnitOfWork, origin: Entry, entries: list[tuple[Entry, Fact]]) -> Witness:
        body = origin.read()
        at: datetime = parse_stamp(body["at"])
        account = uow.accounts.get(body["operator"])
        clerk = account.operator.name if account else body["operator"]
        accepted = next((entry.witness for entry, fact in entries if isinstance(fact, CaseAccepted)), "")
        return Witness(clerk, at, accepted)


def _drawn(uow: UnitOfWork, paper: PaperRow) -> str:
    """Return the digest of the PDF that was drawn of ``paper``, empty when none was."""
    for entry in uow.journal.of_case(paper.case_number):
        fact = read_fact(entry.read())
        if isinstance(fact, PaperMade) and fact.paper_number == paper.number:
            return fact.digest
    return ""


def _origin(entries: list[tuple[Entry, Fact]], paper: PaperRow) -> tuple[Entry, Fact]:
    for entry, fact in entries:
        if isinstance(fact, ORIGIN[paper.kind]):
            return entry, fact
    raise NotFound("paper")


@contextmanager
def _file_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from error
        raise ReadOnlyStore from error
