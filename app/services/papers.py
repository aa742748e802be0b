"""Papers (文书): their PDFs, and what becomes of each: printed, spoiled, printed again, void.

A number is used by the fact that names it. The PDF is drawn afterwards, from the journal alone, so that a crash
between the two costs nothing: whoever asks for the paper next has it drawn. Every print is a fact, and so is what the
clerk says of it.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from app.domain.blanks import BlankState
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.errors import AlreadyDone, OnBlank, SamePerson, ensure_given
from app.domain.facts import (
    Fact,
    FormPrepared,
    PaperMade,
    PaperPrinted,
    PaperRecalled,
    PaperVoided,
    PrintConfirmed,
    PrintSpoiled,
)
from app.domain.operators import Act, Operator
from app.domain.paper import Paper, PaperKind, PaperState
from app.domain.station import Station
from app.services.document_signing import DocumentSigning, SigningStanding
from app.services.errors import DiskFull, MissingGlyphs, NotFound, PaperVoid, ReadOnlyStore
from app.services.paper_content import PaperContent
from app.services.paper_drawing import imagine, told
from app.services.paper_numbers import PaperNumbers
from app.services.paper_signed import written
from app.services.paper_told import Witness
from app.services.paper_words import end_words, local_date, reprint_words
from app.services.permits import ensure_may
from app.services.ports import PageReader, PaperMaker, Picture, Store, UnitOfWork
from app.services.proving import ProvingService
from app.services.recording import Recorder, load_case, load_case_in_hand
from app.services.snapshots import PaperCounts, PaperMark, PaperRow, PaperSignature
from app.services.sync_images import ImageService, digest_of

WAITING_DAYS = 1
"""How far back papers that never came out of a printer are asked about."""
MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as it is drawn; ``made`` is what the journal will say of it, None where the PDF is kept."""

    pdf: bytes
    made: PaperMade | None = None


class PaperService:
    """Use cases around papers that have a number, and the guide, which has none."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: Station,
        maker: PaperMaker,
        content: PaperContent,
        pages: PageReader,
        images: ImageService,
        proving: ProvingService,
        signing: DocumentSigning,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._content = content
        self._pages = pages
        self._images = images
        self._proving = proving
        self._signing = signing
        self.numbers = PaperNumbers(station, maker)
        """For whoever makes a fact that names a paper."""

    # --- reading -----------------------------------------------------------------------------------------------

    def of_case(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        return self._store.views.papers(number)

    def find(self, number: str) -> PaperRow:
        """Return the paper of that number; NotFound when there is none."""
        row = self._store.views.paper(number)
        if row is None:
            raise NotFound("paper")
        return row

    def find_in_force(self, number: str) -> PaperRow:
        """Return the paper of that number; PaperVoid, which says how it ended, when it counts no more."""
        row = self.find(number)
        if row.state.is_over:
            raise PaperVoid(row.number, row.state, row.ground, row.replaced_by)
        return row

    def waiting(self, days: int = WAITING_DAYS) -> list[PaperRow]:
        """Return papers of the last days that have not come out of a printer yet (待打印), oldest first.

        Asked at a start: after a crash the clerk says of each whether it came out, or has it printed.
        """
        since = self._recorder.now().date() - timedelta(days=days)
        return self._store.views.papers_to_print(since, MOST_WAITING)

    def counts(self) -> PaperCounts:
        """Return how many papers the centre has not confirmed yet, and how many must be called back."""
        return self._store.views.paper_counts()

    def said_on(self, paper: PaperRow) -> Paper:
        """Return what stands on a paper, as it would be drawn now."""
        return self._drawn(self.find(paper.number))

    def pdf(self, paper: PaperRow, operator: Operator) -> bytes:
        """Return the PDF of a numbered paper as it is now, drawn and kept at the first call.

        With the signature of who signed it on the screen; a void one says so across it.
        ImageElsewhere when it is kept at the centre alone and that is not reached.
        """
        row = self.find(paper.number)
        return self._as_it_is(row, self._original(row, operator))

    def looked_at(self, paper: PaperRow) -> bytes:
        """Return what ``pdf`` would, for the screen alone: a paper that was never printed or signed is not kept by it."""
        row = self.find(paper.number)
        is_kept = row.digest or row.station != self._station.code
        return self._as_it_is(row, self.as_drawn(row).pdf if is_kept else self._maker.make(self._drawn(row)))

    def as_drawn(self, paper: PaperRow) -> "Drawn":
        """Return the PDF without what was signed or happened to it afterwards; errors as of ``pdf``.

        What is not kept yet is drawn as it would be, with the fact that whoever keeps it records.
        """
        row = self.find(paper.number)
        if row.digest:
            return Drawn(self._images.get(row.digest))
        if row.station != self._station.code:
            raise NotFound("paper")  # it is drawn where it was given its number, and comes from there
        paper_drawn = self._drawn(row)
        pdf, template = self._sealed(paper_drawn, self._maker.make(paper_drawn)), paper_drawn.template
        digest = self._maker.template(template).digest
        return Drawn(pdf, PaperMade(row.kind, row.number, digest_of(pdf).hex(), template, digest))

    def with_signatures(
        self, row: PaperRow, pdf: bytes, more: Sequence[PaperSignature], pictures: Sequence[bytes]
    ) -> bytes:
        """Return a paper with the signatures that belong to it, and ``more`` with their ``pictures``."""
        both = (*row.signatures, *more)
        if not both:
            return pdf
        known = [self._images.get(one.picture) for one in row.signatures]
        lines = written(replace(row, signatures=both), [*known, *pictures])
        return self._maker.signed(pdf, lines, local_date(both[-1].signed_at))

    def save(self, paper: PaperRow, path: Path, operator: Operator) -> None:
        """Write the PDF of ``paper`` to ``path``; errors as of ``pdf`` and ``write``."""
        self.write(self.pdf(paper, operator), path)

    def write(self, pdf: bytes, path: Path) -> None:
        """Write any PDF to ``path``; DiskFull or ReadOnlyStore when that cannot be written."""
        with _file_errors():
            path.write_bytes(pdf)

    def picture(self, pdf: bytes, page: int, width_px: int) -> Picture:
        """Return one page (from 0) of a PDF as a picture ``width_px`` wide."""
        return self._pages.paper(pdf, page, width_px)

    def preview(self, paper: Paper, page: int, width_px: int) -> Picture:
        """Return one page of a paper that has no number yet; MissingGlyphs names what no font can draw."""
        return self.picture(self._maker.make(paper), page, width_px)

    def with_room_for_proof(self, certificate: Paper) -> Paper:
        """Return the preview of a certificate with the place of the code that will prove it, where one will."""
        with self._store.read() as uow:
            signs = self._signing.standing(uow, self._recorder.now()).signs
            expected = self._proving.expected(uow, certificate) if signs else certificate
            return self._with_signature(uow, PaperKind.CERTIFICATE, expected)

    def signing(self) -> SigningStanding:
        """Return whether certificates and decisions that are made now are signed, and why not."""
        with self._store.read() as uow:
            return self._signing.standing(uow, self._recorder.now())

    def guide(self, item: ServiceItem, operator: Operator) -> bytes:
        """Return the one-page guide (办事指南) of an item as PDF; it is no numbered paper and leaves no fact."""
        return self._maker.make(self._content.guide(item, operator, self._recorder.now()))

    def imagined(
        self, case: Case, item: ServiceItem, fact: Fact, operator: Operator, before: Case | None = None
    ) -> Paper:
        """Return the paper that ``fact`` would make, without number, bar code and witness; NotFound when it makes none.

        ``before`` is the case before the fact where the journal does not have it yet.
        """
        if before is None:
            with self._store.read() as uow:
                before = load_case(uow, case.number)
        witness = Witness(operator.name, self._recorder.now(), "")
        source = imagine(case, before, item, fact, witness)
        with self._store.read() as uow:
            paper = self._with_signature(uow, source.kind, self._content.paper(source))
        values = {**paper.values, "number": ""}
        copies = self._maker.template(paper.template).copies[:1]
        return replace(paper, values=values, barcode="", copies=copies, preview=True)

    def warm_up(self) -> None:
        """Load what the first paper needs; call it beside the window at start."""
        self._maker.warm_up()

    # --- forms -------------------------------------------------------------------------------------------------

    def form_preview(self, kind: PaperKind, values: Mapping[str, str], operator: Operator, template: str = "") -> Paper:
        """Return a form as it would be prepared now, without a number; see ``paper_forms`` for its values."""
        return self._content.form_preview(kind, dict(values), operator, self._recorder.now(), template)

    def prepare(
        self,
        kind: PaperKind,
        values: Mapping[str, str],
        operator: Operator,
        *,
        case_number: str = "",
        template: str = "",
    ) -> PaperRow:
        """Give a form a number and keep what stands on it; with ``case_number`` it belongs to that case.

        MissingGlyphs or UnknownTemplate before anything is written; NotFound when there is no such case.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        name = self._maker.template(template or kind).title
        if missing := self._maker.missing_glyphs("".join(values.values())):
            raise MissingGlyphs(missing)
        now = self._recorder.now()
        with self._store.write() as uow:
            if case_number:
                load_case(uow, case_number)
            number = self.numbers.next(uow, kind, now.year)
            fact = FormPrepared(kind, number, name, dict(values), template)
            self._recorder.record(uow, operator.login, fact, now, number=case_number)
            uow.commit()
        return self.find(number.text)

    # --- the life of a paper -----------------------------------------------------------------------------------

    def to_print(self, paper: PaperRow, operator: Operator, *, printer: str = "", reason: str = "") -> bytes:
        """Return what is to be printed and record that it goes to a printer; PaperVoid for a void paper.

        The first print is the very PDF that is kept. Once a print came out, every further one says 补打第 n 次 at the
        foot of each page, with time and clerk.
        """
        pdf = self.drawn_to_print(paper, operator)
        row = self.find(paper.number)
        self._record(row, operator, PaperPrinted(row.number, printer, row.printed, reason))
        return pdf

    def drawn_to_print(self, paper: PaperRow, operator: Operator) -> bytes:
        """Return what ``to_print`` would, without recording anything: whoever hands it over records it."""
        row = self.find_in_force(paper.number)
        pdf = self.with_signatures(row, self._original(row, operator), (), ())
        if not row.printed:
            return pdf
        return self._maker.marked(pdf, reprint_words(row.printed, self._recorder.now(), operator.name))

    def confirm(self, paper: PaperRow, operator: Operator) -> PaperRow:
        """Record that the print came out well (已打印); said twice it is recorded once."""
        return self._say(paper, operator, PrintConfirmed(paper.number))

    def spoil(self, paper: PaperRow, operator: Operator, reason: str = "") -> PaperRow:
        """Record that the print was spoiled (重打): the paper is to be printed again, and that is no 补打.

        OnBlank for one that was printed onto a blank form: that blank is void then, which is said with the next.
        """
        with self._store.read() as uow:
            held = [one.number for one in uow.blanks.of_paper(paper.number) if one.state is BlankState.USED]
        if held:
            raise OnBlank(held[-1])
        return self._say(paper, operator, PrintSpoiled(paper.number, reason))

    def void(
        self,
        paper: PaperRow,
        operator: Operator,
        reason: str,
        approved_by: Operator,
        *,
        original_recovered: bool = True,
    ) -> PaperRow:
        """Declare a paper void with the consent of a second person; its number stays used.

        A voided certificate that was not handed over lets the case be issued anew. One that must be called back can be
        declared void in whatever hands the case is: it is none of its papers. ReasonMissing, SamePerson, NotPermitted,
        NotHeldHere, AlreadyDone.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        ensure_given(reason=reason)
        if approved_by.login == operator.login:
            raise SamePerson
        ensure_may(approved_by, Act.CONFIRM)
        row = self.find(paper.number)
        if row.state.is_over:
            raise AlreadyDone("void_paper")
        known = self._store.views.case(row.case_number) if row.case_number else None
        is_here = known is not None and known.holder == self._station.code
        void = PaperVoided if is_here or row.mark is not PaperMark.TO_RECALL else PaperRecalled
        self._record(row, operator, void(row.number, reason.strip(), approved_by.login, original_recovered))
        return self.find(row.number)

    def _say(self, paper: PaperRow, operator: Operator, fact: Fact) -> PaperRow:
        row = self.find(paper.number)
        if row.state is PaperState.SENT:
            self._record(row, operator, fact)
        return self.find(row.number)

    def _record(self, row: PaperRow, operator: Operator, fact: Fact) -> None:
        now = self._recorder.now()
        with self._store.write() as uow:
            case = None
            if row.case_number and isinstance(fact, PaperVoided):
                case = load_case_in_hand(uow, row.case_number, self._station.code).after(fact, now)
            self._recorder.record(uow, operator.login, fact, now, number=row.case_number, case=case)
            uow.commit()

    # --- drawing -----------------------------------------------------------------------------------------------

    def _original(self, row: PaperRow, operator: Operator) -> bytes:
        drawn = self.as_drawn(row)
        if drawn.made is not None:
            self._keep(row, drawn.pdf, drawn.made, operator)
        return drawn.pdf

    def _drawn(self, row: PaperRow) -> Paper:
        """Return what stands on a paper; a certificate with its proof where this station can prove it."""
        with self._store.read() as uow:
            source = told(uow, row)
            paper = self._content.paper(source)
            proven = self._proving.proven(uow, source, paper, self._maker.template(paper.template))
            return self._with_signature(uow, row.kind, proven)

    def _with_signature(self, uow: UnitOfWork, kind: PaperKind, paper: Paper) -> Paper:
        """Return a paper that says it is signed where it will be; a picture of a seal goes onto those alone."""
        signed = self._signing.expected(uow, kind, paper, self._recorder.now())
        seal = self._station.seal_of(paper.values.get("issuer", "")) if signed.is_signed else ""
        return replace(signed, seal=self._images.get(seal) if seal else b"")

    def _sealed(self, paper: Paper, pdf: bytes) -> bytes:
        """Return the PDF that others can check, where the paper says that it is signed."""
        if not paper.is_signed:
            return pdf
        with self._store.read() as uow:
            title = self._maker.template(paper.template).title
            return self._signing.signed(uow, paper, title, pdf, self._recorder.now())

    def _as_it_is(self, row: PaperRow, original: bytes) -> bytes:
        pdf = self.with_signatures(row, original, (), ())
        if not row.state.is_over:
            return pdf
        across, why = end_words(row)
        return self._maker.marked(pdf, why, across=across)

    def _keep(self, row: PaperRow, pdf: bytes, made: PaperMade, operator: Operator) -> None:
        """Keep a PDF that was drawn, unless another window of the program did so in the meantime."""
        with self._store.write() as uow:
            if self.find(row.number).digest:
                return
            uow.blobs.put(pdf)
            self._recorder.record(uow, operator.login, made, self._recorder.now(), number=row.case_number)
            uow.commit()


@contextmanager
def _file_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from error
        raise ReadOnlyStore from error
