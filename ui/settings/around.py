"""What a section of the settings may need of the world. Qt-free, so that presenters can hold it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.services.ports import Runner
from app.services.preferences import Preferences
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Around(Surroundings):
    """Where files go besides, and what changes the whole window."""

    files: PaperOutlet
    apply: Callable[[Preferences], None]
    """Lets the whole window follow changed preferences."""
    renew: Callable[[Callable[[], None]], None]
    """Lets the whole window go on with the station as it is now, in rooms of its own, and then calls what it is given."""
    lasting: Runner
    """Runs what has to be answered also when the rooms that asked are gone, such as the undoing of what built them anew."""
