"""What every block needs to be set: the paper's values, the template's sizes on this sheet, and the typesetter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.paper import Paper
from app.domain.paper_template import PaperTemplate
from app.domain.wording import Wording
from app.papers.places import DATE, note_of, place_of
from app.papers.sheets import Sheet
from app.papers.typesetting import Typesetter

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

STILL_TO_COME = frozenset({"number", "case_number"})
"""Places that get their value with acceptance; a preview says so where they will stand."""
SEAL_PLACE = "seal"
"""What the place of a body's seal is called in the PDF."""
STRUCK_OUT = "／"
"""Stands where a paper has nothing to say, so that nothing is written in later."""


@dataclass(frozen=True, slots=True)
class Job:
    """One copy of one paper on its way to be set."""

    paper: Paper
    template: PaperTemplate
    sheet: Sheet
    setter: Typesetter
    values: Mapping[str, str]
    seal: "ImageReader | None" = None
    """The picture of the body's seal where it is not stamped by hand."""
    is_bare: bool = False
    """Whether ruling and fixed words stand on the blank form already, so that only values are drawn."""

    @property
    def size(self) -> float:
        """Return the size of running text."""
        return self.template.text_size * self.sheet.scale

    @property
    def small(self) -> float:
        """Return the size of notes."""
        return self.size * 0.8

    @property
    def title_size(self) -> float:
        """Return the size of the title."""
        return self.template.title_size * self.sheet.scale

    @property
    def leading(self) -> float:
        """Return the height of a line of running text."""
        return self.size * self.template.line_height

    def fill(self, wording: Wording) -> str:
        """Return a wording with this copy's values."""
        return wording.fill(self.values)

    def place_of(self, label: Wording) -> str:
        """Return what the place behind a label of the template is called where it serves who signs, else nothing."""
        lines = dict(enumerate(self.template.signatures, start=1))
        dated = [number for number, line in lines.items() if line.date == label.text]
        if dated:
            return note_of(dated[0]) if len(dated) == 1 else DATE
        return next((place_of(number, line) for number, line in lines.items() if line.label == label.text), "")

    def note_of(self, label: Wording) -> str:
        """Return what a place for a note is called that belongs to the line behind a label, nothing where it needs none.

        A line that has a place for the date to itself has its note there.
        """
        dates = [line.date for line in self.template.signatures]
        for number, line in enumerate(self.template.signatures, start=1):
            if line.label == label.text and (not line.date or dates.count(line.date) > 1):
                return note_of(number)
        return ""

    def is_open(self, wording: Wording) -> bool:
        """Tell whether ``wording`` waits for values that come later, which only a preview may show."""
        return self.paper.preview and wording.is_empty(self.values)

    def pending(self, wording: Wording) -> str:
        """Return what stands where ``wording`` will be, empty for a mere frame."""
        return self.template.pending if STILL_TO_COME & set(wording.places) else ""
