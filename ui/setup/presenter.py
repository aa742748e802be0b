"""Decides what the first start asks, checks it, and sets the counter up. Qt-free."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.domain.catalogue import UseLevel
from app.domain.operators import Operator, Role
from app.domain.station import Station
from app.services.accounts import MINIMUM_PASSWORD_LENGTH
from app.services.counter import Counter
from app.services.ports import Runner
from app.services.starting import FirstStart, Starter
from ui.text import _, sentence

LONGEST_TEXT = 60
LONGEST_PREFIX = 12
LEVELS = (UseLevel.TOWNSHIP, UseLevel.VILLAGE, UseLevel.COUNTY)


@dataclass(frozen=True, slots=True)
class SetupState:
    """What the first start shows; ``problems`` holds a sentence a field that must be mended."""

    asks_passphrase: bool
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    busy: bool = False
    message: str = ""


class SetupView(Protocol):
    """The screen of the first start."""

    def render(self, state: SetupState) -> None:
        """Show ``state``; the first field with a problem gets the focus."""
        ...


class SetupPresenter:
    """Leads from an empty folder to an open counter."""

    def __init__(self, starter: Starter, runner: Runner, view: SetupView, finished: Callable[[Counter], None]) -> None:
        self._starter = starter
        self._runner = runner
        self._view = view
        self._finished = finished
        self._state = SetupState(asks_passphrase=starter.needs_passphrase(), values={"level": UseLevel.TOWNSHIP})

    def start(self) -> None:
        """Show the empty form."""
        self._view.render(self._state)

    def edit(self, place: str, value: str) -> None:
        """Take note of one field; a remark on it goes away while it is being mended."""
        problems = {name: words for name, words in self._state.problems.items() if name != place}
        self._show(values={**self._state.values, place: value}, problems=problems)

    def finish(self) -> None:
        """Set the counter up when everything is there; otherwise show what is not."""
        if self._state.busy:
            return
        problems = dict(_problems(self._state))
        if problems:
            self._show(problems=problems, message="")
            return
        first = _first_start(self._state)
        self._show(busy=True, problems={}, message="")
        self._runner.run(lambda: self._starter.set_up(first), self._finished, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)


def _problems(state: SetupState) -> Iterator[tuple[str, str]]:
    """Yield a sentence for every field that cannot stay as it is, in the order of the screen."""
    values = {name: value.strip() for name, value in state.values.items()}
    for place in ("service_point", "body", "window", "phone", "operator_name", "login"):
        text = values.get(place, "")
        if not text:
            yield place, _("请填写")
        elif len(text) > LONGEST_TEXT:
            yield place, _("最多 %(count)d 个字") % {"count": LONGEST_TEXT}
    if not re.fullmatch(r"[0-9]{6}", values.get("code", "")):
        yield "code", _("应为 6 位数字，由中心分配")
    if not re.fullmatch(r"[0-9]{12}", values.get("division", "")):
        yield "division", _("应为 12 位数字")
    if not 1 <= len(values.get("paper_prefix", "")) <= LONGEST_PREFIX:
        yield "paper_prefix", _("请填写 1 到 %(count)d 个字，各窗口不得相同") % {"count": LONGEST_PREFIX}
    yield from _secret_problems(state)


def _secret_problems(state: SetupState) -> Iterator[tuple[str, str]]:
    values = state.values
    secrets = ["password", "passphrase"] if state.asks_passphrase else ["password"]
    for place in secrets:
        secret = values.get(place, "")
        if len(secret) < MINIMUM_PASSWORD_LENGTH or len(set(secret)) == 1:
            yield place, _("至少 %(count)d 个字符，不要只用一个字符") % {"count": MINIMUM_PASSWORD_LENGTH}
        elif secret != values.get(f"{place}_again", ""):
            yield f"{place}_again", _("两次输入不一样")


def _first_start(state: SetupState) -> FirstStart:
    values = {name: value.strip() for name, value in state.values.items()}
    station = Station(
        code=values["code"],
        service_point=values["service_point"],
        body=values["body"],
        window=values["window"],
        phone=values["phone"],
        division=values["division"],
        level=UseLevel(values["level"]),
        paper_prefix=values["paper_prefix"],
    )
    operator = Operator(values["login"], values["operator_name"], (Role.CLERK, Role.ADMINISTRATOR))
    return FirstStart(station, operator, state.values["password"], state.values.get("passphrase", ""))
