"""Decides what the first start asks, checks it, and sets the counter up. Qt-free."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from app.domain.catalogue import UseLevel
from app.domain.operators import Operator, Role
from app.domain.station import Station
from app.services.accounts import MINIMUM_PASSWORD_LENGTH
from app.services.counter import Counter
from app.services.enrolment import Offer, Step
from app.services.ports import Handle, Runner
from app.services.starting import FirstStart, Starter
from ui.enrolling import kinds, offer_words, read_file, step_words
from ui.sentences import sentence
from ui.text import _

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
    offered: str = ""
    """What the invitation that was opened is for, empty without one."""
    refused: str = ""
    """Why the file that was chosen last cannot be used."""
    doing: str = ""
    """What the enrolment does now, empty while there is none."""


class SetupView(Protocol):
    """The screen of the first start."""

    def render(self, state: SetupState) -> None:
        """Show ``state``; the first field with a problem gets the focus."""
        ...


class SetupPresenter:
    """Leads from an empty folder to an open counter, which enrols at once where there is an invitation.

    ``finished`` gets the counter and why it is not enrolled yet, None when it is or stands alone.
    """

    def __init__(
        self,
        starter: Starter,
        runner: Runner,
        view: SetupView,
        finished: Callable[[Counter, Exception | None], None],
        choose_source: Callable[[str], Path | None],
    ) -> None:
        self._starter = starter
        self._runner = runner
        self._view = view
        self._finished = finished
        self._choose_source = choose_source
        self._invitation = b""
        self._step = Step.KEYS
        self._counter: Counter | None = None
        self._enrolling: Handle | None = None
        self._state = SetupState(asks_passphrase=starter.needs_passphrase(), values={"level": UseLevel.TOWNSHIP})

    def start(self) -> None:
        """Show the empty form."""
        self._view.render(self._state)

    def edit(self, place: str, value: str) -> None:
        """Take note of one field; a remark on it goes away while it is being mended."""
        problems = {name: words for name, words in self._state.problems.items() if name != place}
        self._show(values={**self._state.values, place: value}, problems=problems)

    def open_invitation(self) -> None:
        """Ask for a centre's invitation file and fill in what it says of this window."""
        path = None if self._state.busy else self._choose_source(kinds())
        if path is None:
            return
        try:
            data = read_file(path)
            offer = self._starter.read_invitation(data)
        except Exception as error:  # noqa: BLE001  told on the screen
            self._show(refused=sentence(error).text)
            return
        self._invitation = data
        self._take(offer)

    def forget_invitation(self) -> None:
        """Let the counter stand alone after all; what was filled in stays."""
        self._invitation = b""
        self._show(offered="", refused="")

    def finish(self) -> None:
        """Set the counter up when everything is there; otherwise show what is not."""
        if self._state.busy:
            return
        problems = dict(_problems(self._state))
        if problems:
            self._show(problems=problems, message="")
            return
        first = replace(_first_start(self._state), invitation=self._invitation)
        self._show(busy=True, problems={}, message="")
        self._runner.run(lambda: self._starter.set_up(first), self._set_up, self._fail)

    def poll(self) -> None:
        """Show how far the enrolment is."""
        if self._enrolling and self._state.doing != step_words(self._step):
            self._show(doing=step_words(self._step))

    def stop_waiting(self) -> None:
        """Begin to work before the centre has answered; the counter tries again by itself."""
        if self._enrolling and self._counter:
            self._enrolling.cancel()
            self._enrolling = None
            self._finished(self._counter, None)

    def _take(self, offer: Offer) -> None:
        invitation = offer.invitation
        said = {"code": invitation.station, "service_point": invitation.service_point, "window": invitation.name}
        problems = {name: words for name, words in self._state.problems.items() if name not in said}
        values = {**self._state.values, **said}
        self._show(values=values, problems=problems, offered=offer_words(offer), refused="")

    def _set_up(self, counter: Counter) -> None:
        if not self._invitation:
            self._finished(counter, None)
            return
        self._counter = counter
        self._show(doing=step_words(self._step))
        self._enrolling = self._runner.run(
            lambda: counter.enrolment.enrol(self._tell),
            lambda _status: self._end(counter, None),
            lambda error: self._end(counter, error),
        )

    def _tell(self, step: Step) -> None:
        """Take note of a step, on the thread that does it."""
        self._step = step

    def _end(self, counter: Counter, error: Exception | None) -> None:
        self._enrolling = None
        self._finished(counter, error)

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
