"""What whoever comes to the window is offered: a day that was left open, papers that are yet to be sorted, the recovery sheet, the guided first case."""

from collections.abc import Callable

from app.domain.operators import Operator
from app.services.counter import Counter
from app.services.ports import Runner
from ui.dates import day_words
from ui.navigation import Navigator
from ui.text import _, ngettext


class Greeting:
    """One offer at a time; each is made once."""

    def __init__(
        self,
        counter: Counter,
        runner: Runner,
        navigator: Navigator,
        to_backups: Callable[[], None],
        to_coach: Callable[[], None],
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._to_backups = to_backups
        self._to_coach = to_coach
        self._reminds = False
        self._offers_day = True

    def use(self, counter: Counter) -> None:
        """Speak of another counter from the next time on."""
        self._counter = counter

    def remind_of_recovery(self) -> None:
        """Offer to make the recovery sheet when the next one comes."""
        self._reminds = True

    def greet(self, operator: Operator) -> None:
        """Offer ``operator`` what is still to be offered."""
        was_told = self._offer_unclosed_day() or self._offer_stack()
        if self._reminds:
            self._reminds, was_told = False, True
            self._navigator.notify(_("电脑坏了或密钥丢了，要靠恢复单打开备份。"), _("现在做一张"), self._to_backups)
        if not was_told:
            self._offer_coaching(operator)

    def _offer_unclosed_day(self) -> bool:
        """Say once a start that a day was not closed, with the way there; tell whether it was said."""
        if not self._offers_day:
            return False
        self._offers_day = False
        day = self._counter.days.offered()
        if day is not None:
            words = _("%(day)s 还没有日结。") % {"day": day_words(day)}
            self._navigator.notify(words, _("去日结"), lambda: self._navigator.open_day(day))
        return day is not None

    def _offer_stack(self) -> bool:
        """Say that papers are yet to be sorted, with the way there; tell whether there are any."""
        count = self._counter.stacks.count()
        if count:
            words = ngettext("有 %(count)d 页扫进来的纸还没分好", "有 %(count)d 页扫进来的纸还没分好", count)
            self._navigator.notify(words % {"count": count}, _("打开"), self._navigator.open_stack)
        return bool(count)

    def _offer_coaching(self, operator: Operator) -> None:
        """Offer the guided first case, once to everybody at this counter."""
        preferences = self._counter.preferences
        if preferences.was_coached(operator.login):
            return
        self._runner.run(lambda: preferences.note_coached(operator.login), lambda _result: None, self._navigator.report)
        self._navigator.notify(_("第一次用？按 Shift+F1 跟着做一件，不留记录。"), _("跟着做一件"), self._to_coach)
