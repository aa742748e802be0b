"""Sets the remarks above everything else on every page: 补录, a replaced paper. No template can leave them out."""

from dataclasses import dataclass

from app.papers.job import Job
from app.papers.pen import Pen
from app.papers.typesetting import Line

PAD_EMS = 0.4
GAP_EMS = 0.9
"""White between the remarks and the paper itself."""


@dataclass(frozen=True, slots=True)
class Head:
    """A header that is set; without lines it takes no room."""

    job: Job
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Return how much of each page the header takes below the upper margin."""
        return self._box_height + GAP_EMS * self.job.small if self.lines else 0.0

    def draw(self, pen: Pen, above: float = 0.0) -> None:
        """Draw the remarks in a ruled box, ``above`` points higher than the upper margin."""
        if not self.lines:
            return
        sheet, top = self.job.sheet, self.job.sheet.top - above
        for y in (top, top + self._box_height):
            pen.rule(sheet.side, y, sheet.right, y)
        for x in (sheet.side, sheet.right):
            pen.rule(x, top, x, top + self._box_height)
        for index, line in enumerate(self.lines):
            at = top + PAD_EMS * self.job.small + index * self._leading
            pen.text(line, sheet.side + (sheet.room - line.width) / 2, at, self._leading)

    @property
    def _leading(self) -> float:
        return self.job.small * 1.35

    @property
    def _box_height(self) -> float:
        return len(self.lines) * self._leading + 2 * PAD_EMS * self.job.small


def header(job: Job) -> Head:
    """Return the header of a copy."""
    room = job.sheet.room - 2 * PAD_EMS * job.small
    lines = [line for remark in job.paper.remarks for line in job.setter.filled(remark, job.small, room, justify=False)]
    return Head(job, tuple(lines))
