"""What a section of the settings may need of the world. Qt-free, so that presenters can hold it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.services.counter import Counter
from app.services.ports import Runner
from app.services.preferences import Preferences
from ui.navigation import Navigator, PaperOutlet, Session


@dataclass(frozen=True, slots=True)
class Around:
    """The open counter, who is at the window, where work, messages and files go."""

    counter: Counter
    session: Session
    runner: Runner
    navigator: Navigator
    files: PaperOutlet
    apply: Callable[[Preferences], None]
    """Lets the whole window follow changed preferences."""
    renew: Callable[[], None]
    """Lets the whole window go on with the station as it is now."""
