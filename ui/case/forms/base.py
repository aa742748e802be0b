"""What all forms of acts on a case share: the case, and the paper shown from a rehearsal of the act."""

from abc import abstractmethod
from datetime import datetime

from app.domain.case import Case
from app.domain.errors import BrokenRule
from app.domain.operators import Operator
from app.services.counter import Counter
from app.services.desk import CaseFile
from app.services.ports import Picture
from app.services.rehearsal import CaseServices, Outlook
from ui.forms.base import Form
from ui.forms.form import Filled
from ui.text import _

TO_FILL_IN = "……"
"""Stands on the preview where something is still to be written."""


class ActForm(Form):
    """One act on the case that lies open."""

    def __init__(self, file: CaseFile, counter: Counter, clerk: Operator) -> None:
        self._file = file
        self._counter = counter
        self._clerk = clerk
        self.key = f"{file.case.number}:{type(self).__name__}"
        self.item, self.case_number = file.item.code, file.case.number
        self._describe()

    @abstractmethod
    def _describe(self) -> None:
        """Set title, word, law and the like, in the language that is spoken now."""

    @property
    def case(self) -> Case:
        """Return the case as it stood when the form was opened."""
        return self._file.case

    @property
    def now(self) -> datetime:
        """Return the counter's time."""
        return self._counter.desk.now()

    def done_words(self, case: Case) -> str:
        """Return what is said when it is done."""
        return _("已记入台账：%(act)s") % {"act": self.title}

    @abstractmethod
    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Carry the act out with ``services``: those of the counter, or those of a rehearsal."""

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Carry the act out and return the case after it."""
        return self.act(self._counter, filled, clerk, second)

    def outlook(self, filled: Filled) -> Outlook | None:
        """Return what the act would make, None when a rule is in the way of it."""
        try:
            return self._counter.rehearsal.outlook(lambda services: self.act(services, filled, self._clerk, None))
        except BrokenRule:
            return None

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of the notice as it would be made now, with dots where something is still to be written."""
        whole = self._filled_up(filled)
        outlook = self._counter.rehearsal.outlook(lambda services: self.act(services, whole, clerk, None))
        paper = self._counter.papers.imagined(outlook.case, outlook.item, outlook.fact, clerk)
        return self._counter.papers.preview(paper, page, width_px)

    def _filled_up(self, filled: Filled) -> Filled:
        for field in self.fields(filled):
            if field.required and not filled.value(field.code):
                filled = filled.with_value(field.code, field.choices[0][0] if field.choices else TO_FILL_IN)
        return filled
