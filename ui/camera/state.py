"""What the live view of a document camera shows. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.domain.application import Page
from app.services.ports import CameraInfo, Corner, Corners, Frame, Photo

INSET = 0.06
WHOLE: Corners = (
    Corner(INSET, INSET),
    Corner(1 - INSET, INSET),
    Corner(1 - INSET, 1 - INSET),
    Corner(INSET, 1 - INSET),
)
"""Where corners begin that were not found."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A picture that stands still while its corners are looked at."""

    photo: Photo
    corners: Corners
    chosen: int = 0
    """The corner that arrow keys move, from 0."""


@dataclass(frozen=True, slots=True)
class CameraState:
    """Everything but the frames, which are shown apart from it."""

    name: str
    """Of the material whose pages are taken."""
    cameras: tuple[CameraInfo, ...] = ()
    camera: str = ""
    """Key of the one that is on or being switched on."""
    is_on: bool = False
    is_automatic: bool = True
    is_busy: bool = False
    """Whether a picture is being taken or kept."""
    frozen: Frozen | None = None
    hint: str = ""
    message: str = ""
    """What went wrong."""
    taken: int = 0
    can_bring_back: bool = False
    """Whether a page was taken away that can be had back."""
    can_read: bool = False
    """Whether what was taken can be read as a card or a licence."""


class CameraView(Protocol):
    """The panel over the window."""

    def render(self, state: CameraState) -> None:
        """Show ``state``."""
        ...

    def show_frame(self, frame: Frame) -> None:
        """Show a frame of the live view with the sheet that was found."""
        ...

    def add_taken(self, photo: Photo, corners: Corners) -> None:
        """Show a page among those that were taken."""
        ...

    def remove_taken(self, index: int) -> None:
        """Show a page no more among those that were taken."""
        ...

    def bring_back_taken(self, index: int) -> None:
        """Show the page again that was removed last, at its place."""
        ...

    def open(self) -> None:
        """Lie over the window."""
        ...

    def dismiss(self) -> None:
        """Go away."""
        ...


def _nothing() -> None:
    """Need not know that no more pages come."""


@dataclass(frozen=True, slots=True)
class PhotoLook:
    """Somebody who looks at one picture, which is kept nowhere; the panel goes away for it."""

    name: str
    """Of what is looked at."""
    seen: Callable[[Photo], None]


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """Where the pages go that are taken."""

    name: str
    """Of the material."""
    keep: Callable[[Photo], Page]
    """Makes a picture durable, beside the window."""
    kept: Callable[[Page, Corners | None], None]
    """Hears on the window's thread of each page that was kept, and where the clerk saw the sheet lie in it.

    None leaves it to whoever cleans the page to find the sheet, with more care than a live view has time for.
    """
    take_away: Callable[[Page], Callable[[], None]]
    """Takes a page away that was kept, and returns what brings it back."""
    closed: Callable[[], None] = _nothing
    """Hears that no more pages come."""
    read: Callable[[], None] | None = None
    """Reads what was taken as a card or a licence, once the panel is gone; None where nothing is read."""
