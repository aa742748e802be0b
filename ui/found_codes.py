"""What is offered when a page that came in bears the bar code of a case, or a number of one of its papers. Qt-free."""

from collections.abc import Callable

from app.domain.numbering import is_case_number
from app.services.counter import Counter
from app.services.errors import NotFound
from app.services.ports import Runner
from ui.navigation import Navigator, Session
from ui.text import _
from ui.words import short_number


class FoundCodes:
    """Looks the codes up beside the window; one that names nothing that is known here is no news."""

    def __init__(self, counter: Counter, session: Session, runner: Runner, navigator: Navigator) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._navigator = navigator

    def use(self, counter: Counter) -> None:
        """Look things up at another counter from the next time on."""
        self._counter = counter

    def look_up(self, code: str, save: Callable[[], None]) -> None:
        """Offer to open the case that ``code`` names; ``save`` keeps what is typed before it is left."""
        counter = self._counter
        self._runner.run(
            lambda: _case_of(counter, code), lambda number: self._offer(number, save), self._navigator.report
        )

    def _offer(self, number: str, save: Callable[[], None]) -> None:
        if number and self._session.operator is not None:
            words = _("这一页上有办件 %(number)s 的条码") % {"number": short_number(number)}
            self._navigator.notify(words, _("打开"), lambda: self._open(number, save))

    def _open(self, number: str, save: Callable[[], None]) -> None:
        save()
        self._navigator.open_case(number)


def _case_of(counter: Counter, code: str) -> str:
    """Return the number of the case that a bar code names, empty for none that is known here."""
    text = code.strip()
    if is_case_number(text):
        found = counter.desk.find(text.replace(" ", ""), 1)
        return found[0].row.number if found else ""
    try:
        return counter.papers.find(text).case_number
    except NotFound:
        return ""
