"""Somebody else gives a password at this window: as a second person, or to take the window over. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Operator, Role
from app.services.errors import LogInDelayed
from app.services.operators import OperatorService
from app.services.ports import Runner
from ui.sentences import sentence
from ui.text import _


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of whom, and what a password does."""

    title: str
    what: str
    word: str
    """On the button."""
    people: tuple[Operator, ...]
    nobody: str
    """Said when there is nobody to ask."""
    confirm: Callable[[str, str], Operator]
    """Takes login and password beside the window and returns who that is."""


@dataclass(frozen=True, slots=True)
class ConfirmState:
    """What the panel shows; ``wait_s`` counts down the seconds until the next try."""

    question: Question
    login: str = ""
    busy: bool = False
    message: str = ""
    wait_s: int = 0

    @property
    def can_try(self) -> bool:
        """Tell whether a password may be sent now."""
        return not self.busy and self.wait_s == 0 and bool(self.question.people)


class ConfirmView(Protocol):
    """The panel over the window."""

    def render(self, state: ConfirmState) -> None:
        """Show ``state``."""
        ...

    def clear_password(self) -> None:
        """Forget what was typed and put the focus back."""
        ...

    def open(self) -> None:
        """Lie over the window."""
        ...

    def dismiss(self) -> None:
        """Go away."""
        ...


class ConfirmPresenter:
    """Leads from a question to who confirmed it; giving up calls nothing."""

    def __init__(self, runner: Runner, view: ConfirmView) -> None:
        self._runner = runner
        self._view = view
        self._state: ConfirmState | None = None
        self._then: Callable[[Operator], None] = lambda _operator: None

    def ask(self, question: Question, then: Callable[[Operator], None]) -> None:
        """Open the panel with ``question``; ``then`` gets the operator who gave the right password."""
        self._then = then
        first = question.people[0].login if question.people else ""
        self._state = ConfirmState(question, first)
        self._view.render(self._state)
        self._view.open()
        self._view.clear_password()

    def choose(self, login: str) -> None:
        """Take note of who confirms."""
        self._show(login=login, message="", wait_s=0)

    def confirm(self, password: str) -> None:
        """Try the password of whoever was chosen; nothing happens while a try runs or a delay is waited out."""
        state = self._state
        if state is None or not state.can_try:
            return
        if not password:
            self._show(message=_("请输入密码"))
            return
        confirm, login = state.question.confirm, state.login
        self._show(busy=True, message="")
        self._runner.run(
            lambda: confirm(login, password),
            lambda operator: self._confirmed(state.question, operator),
            lambda error: self._refused(state.question, error),
        )

    def give_up(self) -> None:
        """Close the panel; whatever comes of a password that is still being tried is dropped."""
        self._state = None
        self._view.dismiss()

    def tick(self) -> None:
        """Count one second of a delay down; the view calls it while ``wait_s`` is not 0."""
        if self._state is not None:
            left = max(0, self._state.wait_s - 1)
            self._show(wait_s=left, message=_wait_words(left) if left else "")

    def _confirmed(self, question: Question, operator: Operator) -> None:
        if self._state is None or self._state.question is not question:
            return
        self.give_up()
        self._then(operator)

    def _refused(self, question: Question, error: Exception) -> None:
        if self._state is None or self._state.question is not question:
            return
        wait_s = error.wait_s if isinstance(error, LogInDelayed) else 0
        self._show(busy=False, wait_s=wait_s, message=_wait_words(wait_s) if wait_s else sentence(error).text)
        self._view.clear_password()

    def _show(self, **changes: object) -> None:
        if self._state is not None:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._view.render(self._state)


def second_person(operators: OperatorService, first: Operator, what: str, role: Role = Role.SUPERVISOR) -> Question:
    """Return the question for another operator with ``role`` to confirm ``what`` that ``first`` does."""
    people = tuple(other for other in operators.everyone() if other.login != first.login and other.may(role))
    return Question(
        title=_("请第二人确认"),
        what=what,
        word=_("确认"),
        people=people,
        nobody=_("没有可以确认的另一个人；请管理员在“设置→账号”中给一位同事加上督办员角色。"),
        confirm=lambda login, password: operators.second_person(login, password, first, role),
    )


def hand_over(operators: OperatorService, giver: Operator) -> Question:
    """Return the question for another operator to take the window over from ``giver``."""
    return Question(
        title=_("换岗"),
        what=_("%(name)s 交出窗口；打开的办件和草稿都留在原处。") % {"name": giver.name},
        word=_("接手"),
        people=tuple(other for other in operators.everyone() if other.login != giver.login),
        nobody=_("没有别的账号；请管理员在“设置→账号”中开通。"),
        confirm=lambda login, password: operators.hand_over(giver, login, password),
    )


def _wait_words(wait_s: int) -> str:
    return _("密码错误次数过多，请等 %(seconds)d 秒再试") % {"seconds": wait_s}
