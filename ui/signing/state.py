"""What the panel shows in which papers are signed, and what it is asked for. Qt-free."""

from dataclasses import dataclass
from typing import Protocol

from app.services.device_settings import OWN_SCREEN
from app.services.ports import Picture
from app.services.signers import Signer


@dataclass(frozen=True, slots=True)
class SigningState:
    """What the panel shows beside what is being written."""

    title: str
    signers: tuple[Signer, ...] = ()
    """Empty until the paper lies there."""
    signed: frozenset[int] = frozenset()
    """Places of those who signed; nothing of it is kept yet."""
    now: int = 0
    """Place of who is asked; behind the last one when nobody is left."""
    screen: str = ""
    """Name of the screen before the applicant on which they read and sign; empty for the window's own."""
    screens: tuple[str, ...] = ()
    """Other screens that are attached."""
    page: int = 0
    picture: Picture | None = None
    is_busy: bool = True
    message: str = ""

    @property
    def signer(self) -> Signer | None:
        """Return who is asked to sign, None when nobody is left."""
        return self.signers[self.now] if self.now < len(self.signers) else None

    @property
    def waits_for_clerk(self) -> bool:
        """Tell whether what was signed is kept only when the clerk says so: it may be signed anew until then."""
        return len(self.signers) > 1 or bool(self.screen)


class SigningView(Protocol):
    """The panel over the window, and what the applicant sees on a screen of their own."""

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels."""
        ...

    @property
    def other_screens(self) -> tuple[str, ...]:
        """Return the names of the attached screens beside that of the window."""
        ...

    def render(self, state: SigningState) -> None:
        """Show ``state``."""
        ...

    def open(self) -> None:
        """Lie over the window."""
        ...

    def begin_afresh(self) -> None:
        """Let the next one write on an empty pad."""
        ...

    def dismiss(self) -> None:
        """Go away, from every screen."""
        ...


def screen_for(chosen: str, others: tuple[str, ...]) -> str:
    """Return on which of the ``others`` the applicant signs: the chosen one, else the first; empty for the window's own.

    A chosen screen that is not attached is waited for: another one may face the clerk.
    """
    if chosen == OWN_SCREEN or not others:
        return ""
    return next((name for name in others if name == chosen), "") if chosen else others[0]
