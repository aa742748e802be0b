"""How papers come in, played in the window: scanned, looked at, read, photographed, signed; and the devices for it.

The scanner and the camera are those of the demonstration; cleaning and reading are the real ones.
"""

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QScrollArea

from app.domain.paper import PaperKind
from app.services.ports import Feeding
from app.services.snapshots import CaseFilter, CaseScope, PaperRow
from ui.camera.panel import CameraPanel
from ui.intake.attachments import Attachments
from ui.intake.view import IntakeRoom
from ui.player import Player
from ui.signing.pad import SignaturePad

ITEM = "居住登记"
CARD, LEASE = "id_card", "lease"
CARD_PAGES = 1
ROUNDS = 12
"""Of events, in which lines that came find their height."""
LOOKED_THROUGH = 60
"""Newest cases among which one has a receipt to sign."""
STROKES = (
    ((0.18, 0.40), (0.30, 0.36)),
    ((0.24, 0.24), (0.24, 0.52), (0.17, 0.70)),
    ((0.25, 0.50), (0.32, 0.62)),
    ((0.36, 0.34), (0.46, 0.31), (0.44, 0.66)),
    ((0.36, 0.34), (0.38, 0.66), (0.46, 0.64)),
    ((0.56, 0.26), (0.60, 0.34)),
    ((0.52, 0.42), (0.74, 0.38), (0.70, 0.48)),
    ((0.63, 0.44), (0.62, 0.74), (0.56, 0.68)),
    ((0.55, 0.56), (0.74, 0.54)),
)
"""A signature that nobody has, in parts of the pad's width and height."""


class Pages:
    """Plays on with ``player``, from the counter and back to it."""

    def __init__(self, player: Player) -> None:
        self._p = player

    def play(self) -> None:
        """Play every scene; the draft is thrown away."""
        self._open()
        self._scan()
        self._read_card()
        self._look_closely()
        self._photograph()
        self._p.rooms.built.intake.discard()
        self._p.settle()
        self._sign()
        self._devices()
        self._p.rooms.home()
        self._p.settle()

    @property
    def _pages(self) -> Attachments:
        return self._p.rooms.built.intake.attachments

    def _open(self) -> None:
        self._p.commit(ITEM)
        self._p.until(lambda: self._p.rooms.built.counter.has_found, "results")
        self._p.key("Return")
        self._p.until(lambda: self._p.shows("IntakeRoom"), "the intake")
        self._p.settle()

    def _scan(self) -> None:
        """Scan the card from the flatbed, and what else there is from the feeder."""
        with self._p.timed("a scanned page"):
            self._begin_scan(CARD, Feeding.FLATBED)
            self._p.until(lambda: self._count >= CARD_PAGES, "the scanned page")
        self._until_clean()
        self._begin_scan(LEASE, Feeding.FEEDER)
        self._p.until(lambda: self._count > CARD_PAGES, "a page from the feeder")
        self._picture_of_materials("scanning")
        self._until_clean()
        self._pages.check(CARD)
        self._p.settle()
        self._picture_of_materials("scanned")

    def _begin_scan(self, material: str, feeding: Feeding) -> None:
        self._p.counter.devices.keep(feeding=feeding)
        self._go_to(material)
        self._p.key("F10")

    def _go_to(self, material: str) -> None:
        """Put the cursor on a line of the materials."""
        self._room.focus_place(f"materials.{material}")

    def _picture_of_materials(self, name: str) -> None:
        """Take a picture with the materials in sight, as a clerk's wheel brings them there."""
        part = self._room.materials.parentWidget()
        while part is not None and not isinstance(part, QScrollArea):
            part = part.parentWidget()
        for _round in range(ROUNDS if part else 0):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            part.verticalScrollBar().setValue(part.verticalScrollBar().maximum())
        self._p.picture(name)

    @property
    def _room(self) -> IntakeRoom:
        (room,) = self._p.start.window.stage.findChildren(IntakeRoom)
        return room

    @property
    def _count(self) -> int:
        return self._p.rooms.built.intake.page_count

    def _until_clean(self) -> None:
        self._p.until(self._is_clean, "clean pages")
        self._p.settle()

    def _is_clean(self) -> bool:
        state = self._p.rooms.built.intake.state
        scan, handed_in = state.pages.scan, state.application.materials.values()
        is_scanning = scan is not None and scan.is_running
        return not is_scanning and all(page.original for one in handed_in for page in one.pages)

    def _read_card(self) -> None:
        with self._p.timed("a card read off its page"):
            self._p.rooms.built.intake.proposals.read(CARD)
            self._p.until(lambda: self._p.rooms.built.intake.state.proposed_values, "what stands on the card")
        self._p.settle()
        self._p.picture("card-read")
        self._p.key("Return")
        self._p.settle()

    def _look_closely(self) -> None:
        self._pages.zoom(LEASE, 1)
        self._p.settle()
        self._p.picture("page")
        self._p.key("Escape")

    def _photograph(self) -> None:
        """Let the camera take the first paper by itself, and look at the second one."""
        before = self._count
        self._pages.photograph(LEASE)
        self._p.until(lambda: self._count > before and not self._sees_paper(), "a page of the camera")
        self._p.until(self._sees_paper, "the next paper before the camera")
        self._p.picture("camera")
        self._p.key("Escape")
        self._p.settle()
        self._until_clean()

    def _sees_paper(self) -> bool:
        (panel,) = self._p.start.window.stage.findChildren(CameraPanel)
        return panel.sees_sheet

    def _sign(self) -> None:
        """Let whoever was handed a decision sign for it on the screen."""
        receipt = self._unsigned_receipt()
        self._p.rooms.open_case(receipt.case_number)
        self._p.settle()
        self._p.rooms.open_signing(receipt, lambda _signed: None)
        self._p.settle()
        (pad,) = self._p.start.window.stage.findChildren(SignaturePad)
        for stroke in STROKES:
            self._draw(pad, stroke)
        self._p.picture("signature")
        self._p.key("Escape")
        self._p.settle()

    def _unsigned_receipt(self) -> PaperRow:
        cases = self._p.counter.desk.page(CaseFilter(CaseScope.DONE), 0, LOOKED_THROUGH)
        papers = (paper for one in cases for paper in self._p.counter.papers.of_case(one.row.number))
        return next(paper for paper in papers if paper.kind is PaperKind.SERVICE_RECEIPT)

    def _draw(self, pad: SignaturePad, stroke: tuple[tuple[float, float], ...]) -> None:
        """Draw with the mouse."""
        points = [QPointF(x * pad.width(), y * pad.height()) for x, y in stroke]
        steps = [a + (b - a) * part / 8 for a, b in pairwise(points) for part in range(8)] + points[-1:]
        kinds = [
            QEvent.Type.MouseButtonPress,
            *[QEvent.Type.MouseMove] * (len(steps) - 2),
            QEvent.Type.MouseButtonRelease,
        ]
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for kind, at in zip(kinds, steps, strict=True):
            button = none if kind is QEvent.Type.MouseMove else left
            held = none if kind is QEvent.Type.MouseButtonRelease else left
            event = QMouseEvent(kind, at, QPointF(pad.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(pad, event)

    def _devices(self) -> None:
        self._p.rooms.open_settings()
        self._p.until(lambda: self._p.shows("SettingsRoom"), "the settings")
        self._p.rooms.built.settings.choose("devices")
        self._p.settle()
        self._p.picture("devices")
