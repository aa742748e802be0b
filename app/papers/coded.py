"""Sets a large QR code in the middle of the sheet, for papers that are read by scanners."""

from collections.abc import Iterator

from app.domain.paper_template import Code
from app.papers import qr
from app.papers.flow import Piece
from app.papers.job import Job
from app.papers.pen import Pen
from app.papers.sheets import MM


def code(job: Job, block: Code) -> Iterator[Piece]:
    """Yield the code; nothing without a text."""
    text = job.fill(block.text)
    if not text:
        return
    side, runs = qr.modules(text)
    size = block.size * MM * job.sheet.scale
    module = size / side
    left = job.sheet.side + (job.sheet.room - size) / 2

    def draw(pen: Pen, top: float) -> None:
        pen.squares(runs, module, left, top + qr.QUIET * module)

    yield Piece(size + 2 * qr.QUIET * module, draw)
