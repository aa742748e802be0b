"""What is shown of pages beside their thumbnails: the scan, how it is done, remarks, the page looked at closely. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.application import HandedIn, Page, PageRemark
from app.services.device_settings import DeviceSettings
from app.services.ports.scanning import Colours
from ui.dates import clock_time
from ui.scan_news import Scan
from ui.text import _, listed


class Look(StrEnum):
    """As what a scanned page is kept."""

    ORIGINAL = "original"
    AUTOMATIC = "automatic"
    COLOUR = "colour"
    GREY = "grey"
    BLACK_AND_WHITE = "black_and_white"

    @property
    def colours(self) -> Colours | None:
        """Return what the cleaner is asked for; None lets what is on the page decide."""
        return None if self in {Look.ORIGINAL, Look.AUTOMATIC} else Colours(self.value)


@dataclass(frozen=True, slots=True)
class Zoomed:
    """The page that is looked at closely; ``picture`` is empty as long as it is being drawn."""

    material: str
    page: Page
    index: int
    count: int
    picture: bytes = b""
    is_busy: bool = False
    """Whether it is being cleaned again."""

    @property
    def was_scanned(self) -> bool:
        """Tell whether there is something to go back to."""
        return bool(self.page.original)


@dataclass(frozen=True, slots=True)
class PagesShown:
    """The part of a room's state that is about pages."""

    scan: Scan | None = None
    scanned: str = ""
    """Name of the material that the scan is about."""
    awaited: str = ""
    """Name of the material for which the files of a scanner are waited for, empty for none."""
    settings: DeviceSettings | None = None
    """How it is scanned, as long as the clerk looks at that."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of operators by login."""
    zoomed: Zoomed | None = None

    def remarks_of(self, page: Page) -> str:
        """Return in words what the clerk should look at, empty for nothing."""
        words = {
            PageRemark.BLANK: _("空白"),
            PageRemark.BLURRED: _("模糊"),
            PageRemark.NO_EDGES: _("没找到纸边"),
        }
        return listed([words[remark] for remark in page.remarks], "，")

    def look_of(self, page: Page) -> Look:
        """Return as what a scanned page is kept now."""
        if page.digest == page.original:
            return Look.ORIGINAL
        return Look(page.kept_as or Look.AUTOMATIC)

    def checked_words(self, handed_in: HandedIn) -> str:
        """Return who saw the original and when, empty for nobody."""
        if not handed_in.is_checked or handed_in.checked_at is None:
            return ""
        name = self.names.get(handed_in.checked_by, handed_in.checked_by)
        return _("已核对原件·%(name)s %(time)s") % {"name": name, "time": clock_time(handed_in.checked_at)}
