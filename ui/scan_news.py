"""What rooms are told of scanning: how a scan stands, which pages came, were cleaned or stayed as they were. Qt-free."""

from dataclasses import dataclass

from app.domain.application import Page
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import ScanWish


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan as it stands: what it is about, how far it is, how it ended."""

    place: PagePlace
    wish: ScanWish
    instead_of: Page | None = None
    is_running: bool = True
    page: int = 1
    percent: int = 0
    kept: int = 0
    error: Exception | None = None
    """Why it ended early; None as long as it runs, when it is done, and when the clerk stopped it."""


@dataclass(frozen=True, slots=True)
class PageCame:
    """A page was scanned; ``instead_of`` another one, or behind all that were there."""

    material: str
    page: Page
    instead_of: Page | None = None


@dataclass(frozen=True, slots=True)
class PageChanged:
    """A page was cleaned: ``after`` takes its place."""

    material: str
    before: Page
    after: Page


@dataclass(frozen=True, slots=True)
class PageWent:
    """A page went elsewhere."""

    material: str
    page: Page


@dataclass(frozen=True, slots=True)
class PageStayed:
    """A page could not be kept in the way that the clerk chose; it is as it was."""

    page: Page


News = PageCame | PageChanged | PageWent | PageStayed


def key_of(place: PagePlace) -> str:
    """Return what tells a draft or form from any other, as rooms know it."""
    return place.draft or f"{place.about}:{place.form}"
