"""Decides what the part of publishing shows and does: a file, what it would change, and what went out. Qt-free."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.services.errors import BadAttachment, BadInput
from app.services.ports import CalledBack, CentreOffice, Changes, PublishedBulletin, Signed
from app.services.progress import Tell
from ui.central_words import list_words
from ui.office.work import Around
from ui.office_words import topic_words
from ui.text import _, listed, ngettext

TOPICS = ("catalogue", "calendar", "papers", "operators")
"""What is published from a file; the other topics the centre puts together itself."""
SHOWN = 50
LARGEST = 4 * 1024 * 1024
LIST_NAME = "revocations.ldr"
LIST_DAYS = 7
"""For how long a list of what was called back counts as fresh."""


@dataclass(frozen=True, slots=True)
class BulletinsState:
    """What the part shows."""

    topic: str = TOPICS[0]
    file: str = ""
    """Name of the file that was chosen."""
    changes: Changes | None = None
    """What it would change, None until it was compared."""
    bulletins: tuple[PublishedBulletin, ...] | None = None
    """None until they were read."""
    waiting: tuple[str, ...] = ()
    """Stations whose certificate requests wait."""

    @property
    def can_publish(self) -> bool:
        """Tell whether there is a file that changes something."""
        return self.changes is not None and self.changes.are_any


class BulletinsView(Protocol):
    """The part of publishing."""

    def render(self, state: BulletinsState) -> None:
        """Show ``state``."""
        ...


class BulletinsPresenter:
    """A file is looked at whole before anything is signed; nothing that a counter could not use goes out."""

    def __init__(self, around: Around, view: BulletinsView) -> None:
        self._around = around
        self._view = view
        self._payload = b""
        self.state = BulletinsState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._drop()
        self.refresh()

    def refresh(self) -> None:
        """Read again what went out and what waits."""
        self._around.work.read(
            lambda office: (tuple(office.bulletins(SHOWN)), tuple(one.station for one in office.waiting())), self._took
        )

    def step_back(self) -> bool:
        """Have nothing to take back: Esc leaves the room."""
        return False

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self._payload = b""
        self.state = BulletinsState()

    def choose_topic(self, topic: str) -> None:
        """Publish of another topic; a file that was chosen is none of it."""
        self._show(topic=topic)
        self._drop()

    def choose_file(self) -> None:
        """Ask for a file and show what it would change."""
        kinds = _("人员 (*.json)") if self.state.topic == "operators" else "YAML, ZIP (*.yaml *.yml *.zip)"
        path = None if self._around.work.is_busy else self._around.files.choose_source(kinds)
        if path is not None:
            self._compare(path)

    def publish(self) -> None:
        """Sign and publish the file that was looked at."""
        if self.state.can_publish:
            self._around.sign(self._publish)

    def sign(self) -> None:
        """Sign certificate requests and publish directory and revocations where they changed."""
        self._around.sign(
            lambda: self._around.work.act(_("正在签发并发布"), lambda office, _tell: office.sign(), self._signed)
        )

    def call_back(self) -> None:
        """Write the list of what was called back into a file, and publish it where it says anything new."""
        kinds = f"{topic_words('called_back')} (*.ldr)"
        path = None if self._around.work.is_busy else self._around.files.choose_target(LIST_NAME, kinds)
        if path is not None:
            self._around.sign(lambda: self._call_back(path))

    def _call_back(self, path: Path) -> None:
        def write(office: CentreOffice, tell: Tell) -> CalledBack:
            return office.call_back(path, LIST_DAYS, tell, to_stations=True)

        self._around.work.act(_("正在核对全部台账"), write, self._called_back, can_stop=True)

    def _called_back(self, made: CalledBack) -> None:
        said = list_words(made)
        if made.version:
            said += _("已向所有窗口发布") + "。"
        self._around.work.say(said, "warn" if made.remarks else "good")
        self.refresh()

    def _compare(self, path: Path) -> None:
        topic = self.state.topic

        def look(office: CentreOffice, _tell: Tell) -> tuple[bytes, Changes]:
            payload = _read(path)
            return payload, office.compare(topic, payload)

        self._drop()
        self._show(file=path.name)
        self._around.work.act(_("正在核对文件"), look, self._compared)

    def _compared(self, found: tuple[bytes, Changes]) -> None:
        self._payload, changes = found
        self._show(changes=changes)
        if not changes.are_any:
            self._around.work.say(_("与已经发布的相同，不用再发布。"))

    def _publish(self) -> None:
        topic, payload = self.state.topic, self._payload
        self._around.work.act(
            _("正在签名并发布"), lambda office, _tell: office.publish(topic, payload), self._published
        )

    def _published(self, version: int) -> None:
        said = {"topic": topic_words(self.state.topic), "version": version}
        self._around.work.say(_("%(topic)s第 %(version)d 版已发布，窗口下次同步时收到。") % said)
        self._drop()
        self.refresh()

    def _signed(self, signed: list[Signed]) -> None:
        topics = [topic_words(one.station) for one in signed if one.fault == "published"]
        good = sum(not one.fault for one in signed)
        bad = [one.station for one in signed if one.fault not in {"", "published"}]
        words = []
        if good:
            words.append(ngettext("已签发 %(count)d 份证书", "已签发 %(count)d 份证书", good) % {"count": good})
        if topics:
            words.append(_("已发布%(topics)s") % {"topics": listed(topics)})
        if bad:
            words.append(_("申请不合格，没有签发：%(stations)s") % {"stations": listed(bad)})
        self._around.work.say(listed(words, "；") or _("没有等待签发的，名录也没有变化。"), "warn" if bad else "good")
        self.refresh()

    def _took(self, read: tuple[tuple[PublishedBulletin, ...], tuple[str, ...]]) -> None:
        self._show(bulletins=read[0], waiting=read[1])

    def _drop(self) -> None:
        self._payload = b""
        self._show(file="", changes=None)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _read(path: Path) -> bytes:
    """Return a file's bytes; BadInput when it is larger than a bulletin or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput("the file cannot be read") from error
    if len(data) > LARGEST:
        raise BadAttachment("size", LARGEST // (1024 * 1024))
    return data
