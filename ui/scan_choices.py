"""How a window scans, as a few choices side by side: where from, colours, how fine, how large."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.device_settings import AUTOMATIC, RESOLUTIONS, DeviceSettings
from app.services.ports.scanning import Colours, Feeding, SheetSize
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import column_layout
from ui.widgets.choices import Segments
from ui.widgets.flow import Flow, together
from ui.widgets.texts import label


def feeding_choices() -> Segments:
    """Return where sheets come from."""
    return Segments(
        [(Feeding.FLATBED, _("平板")), (Feeding.FEEDER, _("进纸器")), (Feeding.BOTH_SIDES, _("进纸器双面"))]
    )


def colour_choices() -> Segments:
    """Return as what pages are kept."""
    return Segments(
        [
            (AUTOMATIC, _("自动")),
            (Colours.COLOUR, _("彩色")),
            (Colours.GREY, _("灰度")),
            (Colours.BLACK_AND_WHITE, _("黑白")),
        ]
    )


def resolution_choices() -> Segments:
    """Return how fine it is scanned, in dpi."""
    return Segments([(str(dpi), str(dpi)) for dpi in RESOLUTIONS])


def size_choices() -> Segments:
    """Return what is scanned of the glass."""
    return Segments(
        [
            (SheetSize.A4, "A4"),
            (SheetSize.A5, "A5"),
            (SheetSize.A3, "A3"),
            (SheetSize.CARD, _("证件")),
            (SheetSize.WHOLE, _("最大")),
        ]
    )


class ScanChoices(QWidget):
    """``changed`` names a setting and its new value; every choice takes effect at once and is remembered."""

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._feeding, self._colours = feeding_choices(), colour_choices()
        self._dpi, self._size = resolution_choices(), size_choices()
        self._feeding.chosen.connect(lambda value: self.changed.emit("feeding", Feeding(value)))
        self._colours.chosen.connect(lambda value: self.changed.emit("colours", Colours(value) if value else None))
        self._dpi.chosen.connect(lambda value: self.changed.emit("dpi", int(value)))
        self._size.chosen.connect(lambda value: self.changed.emit("size", SheetSize(value)))
        self._lines = Flow(
            *(
                together(label(name, "small"), choice)
                for name, choice in (
                    (_("进纸"), self._feeding),
                    (_("颜色"), self._colours),
                    (_("清晰度 dpi"), self._dpi),
                    (_("幅面"), self._size),
                )
            ),
            spacing=16,
        )
        inside = column_layout(spacing=4)
        inside.addLayout(self._lines)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 4, 16, 8)))
        self.setLayout(inside)

    def show_settings(self, settings: DeviceSettings) -> None:
        """Show what is chosen."""
        self._feeding.set_value(settings.feeding)
        self._colours.set_value(settings.colours or AUTOMATIC)
        self._dpi.set_value(str(settings.dpi))
        self._size.set_value(settings.size)

    def take_focus(self) -> None:
        """Put the focus on where sheets come from."""
        self._feeding.take_focus()
