"""Decides what the section of the centre shows and does: an invitation is looked at, then accepted, then used. Qt-free."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.operators import Act, Operator
from app.services.enrolment import EnrolmentState, EnrolmentStatus, Step
from ui.enrolling import kinds, offer_words, read_file, step_words
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class CentreState:
    """How it stands with the centre, what an opened file offers, and what came of the last act."""

    status: EnrolmentStatus
    offered: str = ""
    """What the file that was opened is for, empty without one."""
    doing: str = ""
    """What the enrolment does now, empty for nothing."""
    why_not: str = ""
    """Why the operator may not, empty when they may."""
    why_no_office: str = ""
    """Why the operator may not run a centre, empty when they may."""
    message: str = ""
    tone: str = "good"
    key_message: str = ""
    """What came of changing the signing key."""
    key_tone: str = "good"

    @property
    def can_try(self) -> bool:
        """Tell whether there is something to ask the centre for."""
        uncertified = self.status.state is EnrolmentState.ENROLLED and self.status.certified_until is None
        return self.status.state is EnrolmentState.PENDING or uncertified


class CentreView(Protocol):
    """The section of the centre."""

    def render(self, state: CentreState) -> None:
        """Show ``state``; while something is done, ask for ``poll`` a few times a second."""
        ...


class CentrePresenter:
    """What asks the centre runs beside the window; the counter works on whatever comes of it."""

    def __init__(self, around: Around, view: CentreView) -> None:
        self._around = around
        self._view = view
        self._data = b""
        self._is_another = False
        """Whether the file that was looked at is of another centre than the counter's."""
        self._step = Step.KEYS
        self.state = CentreState(around.counter.enrolment.status())

    def start(self) -> None:
        """Show how it stands, without remarks of an earlier visit."""
        self._show(message="", key_message="")

    def leave(self) -> None:
        """Forget a file that was not accepted: it has a secret in it."""
        self._data = b""
        self.state = replace(self.state, offered="")

    def open_invitation(self) -> None:
        """Ask for an invitation file and show what it offers; nothing is kept of it yet."""
        path = None if self.state.doing else self._around.files.choose_source(kinds())
        if path is not None:
            self._look_at(path)

    def accept(self) -> None:
        """Keep the invitation that was looked at, and use it."""
        if not self._data or self.state.doing:
            return
        if self._is_another:
            self._around.navigator.ask_second_person(_("登记到另一个中心"), self._accept)
        else:
            self._accept()

    def _accept(self, confirmed_by: Operator | None = None) -> None:
        try:
            self._around.counter.enrolment.accept(self._data, self._around.session.clerk, confirmed_by)
        except Exception as error:  # noqa: BLE001  told beside the buttons
            self._failed(error)
            return
        self.drop()
        self.enrol()

    def drop(self) -> None:
        """Forget the file that was looked at."""
        self._data = b""
        self._show(offered="", message="")

    def enrol(self) -> None:
        """Ask the centre now: to let this counter in, or for its certificate."""
        if self.state.doing:
            return
        self._step = Step.CONNECTING
        self._show(doing=step_words(self._step), message="")
        enrolment = self._around.counter.enrolment
        self._around.runner.run(lambda: enrolment.enrol(self._tell), self._done, self._failed)

    def open_office(self) -> None:
        """Go where a centre is run."""
        if not self.state.doing:
            self._around.navigator.open_office()

    def rotate_key(self) -> None:
        """Have somebody else confirm, then give the journal a new signing key."""
        if not self.state.doing:
            self._around.navigator.ask_second_person(_("更换签名密钥"), self._rotate)

    def poll(self) -> None:
        """Show how far it is."""
        if self.state.doing and self.state.doing != step_words(self._step):
            self._show(doing=step_words(self._step))

    def _rotate(self, _confirmed: Operator) -> None:
        by = self._around.session.clerk
        rotation = self._around.counter.rotation
        self._around.runner.run(lambda: rotation.rotate(by), self._rotated, self._not_rotated)

    def _rotated(self, epoch: int) -> None:
        words = _("已换用新的签名密钥，台账另起第 %(epoch)d 段；编号照旧连续。") % {"epoch": epoch}
        self._show(key_message=words, key_tone="good")

    def _not_rotated(self, error: Exception) -> None:
        self._show(key_message=sentence(error).text, key_tone="danger")

    def _look_at(self, path: Path) -> None:
        try:
            data = read_file(path)
            offer = self._around.counter.enrolment.read(data)
        except Exception as error:  # noqa: BLE001  told beside the buttons
            self._data = b""
            self._failed(error)
            return
        self._data, self._is_another = data, bool(offer.replaces)
        self._show(offered=offer_words(offer), message="")

    def _tell(self, step: Step) -> None:
        """Take note of a step, on the thread that does it."""
        self._step = step

    def _done(self, status: EnrolmentStatus) -> None:
        words = _("已登记到中心。") if status.certified_until else _("已登记到中心，证书等中心签发后自动领取。")
        self._show(doing="", message=words, tone="good")

    def _failed(self, error: Exception) -> None:
        self._show(doing="", offered="", message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        status = self._around.counter.enrolment.status()
        clerk = self._around.session.clerk
        reasons = {"why_not": why_not(clerk, Act.CHANGE_STATION), "why_no_office": why_not(clerk, Act.SUPERVISE)}
        self.state = replace(self.state, status=status, **{**reasons, **changes})  # type: ignore[arg-type]
        self._view.render(self.state)
