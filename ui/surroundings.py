"""What whoever decides in a room stands among. Qt-free."""

from dataclasses import dataclass

from app.services.counter import Counter
from app.services.ports import Runner
from ui.navigation import Navigator, Session


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The open counter, who is at the window, where work and messages go. They last as long as the rooms."""

    counter: Counter
    session: Session
    runner: Runner
    navigator: Navigator
