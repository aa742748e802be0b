"""Printing onto pre-numbered blank forms (套打): which papers, how far it is moved, and the print that uses up a blank.

The ledger of the blanks is told in ``blanks``, the way to the printer in ``printing``. What is printed onto a blank is
drawn when it is printed; the paper that is kept and signed is the whole one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import LimitExceeded
from app.domain.facts import read_fact
from app.domain.operators import Operator
from app.domain.paper import MOST_MOVED, NOT_MOVED, PageSize, PaperKind, PaperState, Shift
from app.domain.paper_template import PaperTemplate
from app.services.blanks import BlankService, BlankUse
from app.services.paper_words import reprint_words
from app.services.papers import PaperService
from app.services.ports import PaperMaker, Store, UnitOfWork
from app.services.printing import PrintingService, Sent
from app.services.recording import Recorder
from app.services.snapshots import PaperRow

PREFIX = "overlay/"


@dataclass(frozen=True, slots=True)
class NextBlank:
    """A paper that is to be printed onto a blank of ``form``; ``number`` is the one to take, empty where none is left."""

    paper: PaperRow
    form: str
    number: str


class OverlayService:
    """Use cases of printing onto blank forms."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: str,
        templates: Mapping[str, PaperTemplate],
        papers: PaperService,
        maker: PaperMaker,
        printing: PrintingService,
        blanks: BlankService,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._forms = {name: template.blank for name, template in templates.items() if template.blank}
        self._kinds = {template.blank: template.kind for template in templates.values() if template.blank}
        self._papers = papers
        self._maker = maker
        self._printing = printing
        self._blanks = blanks

    # --- which and how far -------------------------------------------------------------------------------------

    def forms_of(self, papers: Iterable[PaperRow]) -> dict[str, str]:
        """Return the blank form that each of this counter's ``papers`` is printed onto, by its number; others are left out."""
        kinds = set(self._kinds.values())
        own = [row for row in papers if row.kind in kinds and row.station == self._station]
        if not own:
            return {}
        with self._store.read() as uow:
            templates = {row.number: _template(uow, row) for row in own}
        return {number: self._forms[name] for number, name in templates.items() if name in self._forms}

    def with_blanks(self, papers: Iterable[PaperRow]) -> frozenset[str]:
        """Return the numbers of those of ``papers`` that have a blank form, or for which one is left at this counter."""
        forms = self.forms_of(papers)
        left = {form for form in set(forms.values()) if self._blanks.next(form)}
        return frozenset(number for number, form in forms.items() if form in left or self._blanks.held_by(number))

    def next_blank(self, papers: Sequence[PaperRow]) -> NextBlank | None:
        """Return the first of ``papers`` that belongs onto a blank form and is on none, with the blank to take; None for none.

        One of which nothing came out is printed onto the blank that it has.
        """
        forms = self.forms_of(row for row in papers if not row.state.is_over)
        for row in papers:
            held = self._blanks.held_by(row.number) if row.number in forms else ""
            if row.number in forms and (not held or row.state is PaperState.TO_PRINT):
                form = forms[row.number]
                return NextBlank(row, form, held or self._blanks.next(form))
        return None

    def printer_of(self, form: str) -> str:
        """Return the name of the printer that prints onto ``form``, empty where no printer was chosen."""
        choice = self._printing.settings.read().of(self._kind(form))
        return choice.name or choice.printer

    def shift(self, form: str) -> Shift:
        """Return how far what is printed onto ``form`` is moved on the printer that prints it."""
        with self._store.read() as uow:
            return _shift(uow.preferences.all().get(self._key(form), ""))

    def keep_shift(self, form: str, shift: Shift) -> None:
        """Move by ``shift`` from now on, on the printer that prints onto ``form``; LimitExceeded."""
        if max(abs(shift.right), abs(shift.down)) > MOST_MOVED:
            raise LimitExceeded("shift", MOST_MOVED // 10)
        with self._store.write() as uow:
            uow.preferences.set(self._key(form), json.dumps([shift.right, shift.down]))
            uow.commit()

    # --- printing ----------------------------------------------------------------------------------------------

    def drawn(self, paper: PaperRow, form: str, operator: Operator) -> bytes:
        """Return what would be printed onto the blank form; MissingGlyphs, PaperVoid.

        Once the paper came out on a blank, every further one says 补打第 n 次, as other papers do.
        """
        row = self._papers.find_in_force(paper.number)
        pdf = self._maker.overlay(self._papers.said_on(row), self.shift(form))
        came_out = row.state is PaperState.PRINTED and bool(self._blanks.of_paper(row.number))
        if not came_out:
            return pdf
        return self._maker.marked(pdf, reprint_words(row.printed, self._recorder.now(), operator.name))

    def print(self, paper: PaperRow, use: BlankUse, operator: Operator) -> Sent:
        """Print ``paper`` onto a blank; the print and what became of blanks are one transaction.

        Errors of ``BlankService.use`` and of printing; then no blank is used.
        """
        pdf = self.drawn(paper, use.form, operator)
        row = self._papers.find(paper.number)
        return self._printing.send_onto(row, operator, pdf, lambda uow: self._blanks.use(uow, row, use, operator))

    def print_test(self, form: str, size: PageSize) -> Sent:
        """Print the sheet by which the shift of ``form`` is measured, on its printer; PrinterFault."""
        return self._printing.send_plain(
            self._maker.test_sheet(size, self.shift(form)), self._kind(form), is_exact=True
        )

    def _kind(self, form: str) -> PaperKind:
        return self._kinds.get(form, PaperKind.CERTIFICATE)

    def _key(self, form: str) -> str:
        choice = self._printing.settings.read().of(self._kind(form))
        return f"{PREFIX}{choice.printer}/{form}"


def _template(uow: UnitOfWork, row: PaperRow) -> str:
    """Return the name of a paper's template; its own entry tells it, without everything that stands on the paper."""
    return getattr(read_fact(uow.journal.at(row.epoch, row.seq).read()), "template", "") or row.kind


def _shift(text: str) -> Shift:
    try:
        right, down = json.loads(text) if text else (0, 0)
        kept = Shift(int(right), int(down))
    except (TypeError, ValueError):
        return NOT_MOVED
    return kept if max(abs(kept.right), abs(kept.down)) <= MOST_MOVED else NOT_MOVED
