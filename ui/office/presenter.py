"""Leads an administrator or a supervisor to a centre, from part to part, and to the authority that signs. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from app.domain.operators import Act, Operator
from app.services.administering import Connected, OfficePlace, has_password
from app.services.ports import CentreOffice, CentrePlan
from app.services.progress import Tell
from ui.navigation import PaperOutlet
from ui.office.presenters.aside import AsidePresenter
from ui.office.presenters.audit import AuditPresenter
from ui.office.presenters.bulletins import BulletinsPresenter
from ui.office.presenters.cases import CasesPresenter
from ui.office.presenters.keeping import KeepingPresenter
from ui.office.presenters.overview import OverviewPresenter
from ui.office.presenters.stations import StationsPresenter
from ui.office.presenters.templates import TemplatesPresenter
from ui.office.work import Around, Work, WorkState
from ui.surroundings import Surroundings
from ui.text import _
from ui.words import why_not

OVERVIEW, CASES, STATIONS, BULLETINS, TEMPLATES, AUDIT, ASIDE, KEEPING = PARTS = (
    "overview",
    "cases",
    "stations",
    "bulletins",
    "templates",
    "audit",
    "aside",
    "keeping",
)
"""In the order of the screen."""


class Stage(StrEnum):
    """How far one has come into the office."""

    OUTSIDE = "outside"
    """No centre is reached yet."""
    UNPREPARED = "unprepared"
    """A database was reached that is no centre yet, or an older one."""
    INSIDE = "inside"


class Part(Protocol):
    """One part of the room."""

    def start(self) -> None:
        """Show what is known, and read anew."""
        ...

    def refresh(self) -> None:
        """Read again."""
        ...

    def step_back(self) -> bool:
        """Take one step back; False when there is none to take."""
        ...

    def forget(self) -> None:
        """Forget what was read at another centre."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What the frame of the room shows."""

    stage: Stage = Stage.OUTSIDE
    place: OfficePlace = field(default_factory=OfficePlace)
    """As it is typed."""
    keeps: bool = False
    """Whether the password shall be kept in the keyring."""
    remarks: dict[str, str] = field(default_factory=dict)
    plan: CentrePlan | None = None
    part: str = OVERVIEW
    parts: tuple[str, ...] = PARTS
    """Those that are open to operator and log-in: a supervisor sees the cases alone."""
    is_asking: bool = False
    """Whether the authority's passphrase is asked for."""
    fingerprint: str = ""
    """Of the authority that is open, empty while none is."""
    why_not: str = ""
    """Why the operator may not be here, empty when they may."""
    work: WorkState = field(default_factory=WorkState)


class OfficeView(Protocol):
    """The screen of the office."""

    def render(self, state: OfficeState) -> None:
        """Show ``state``; while something runs, ask for ``poll`` a few times a second."""
        ...

    def part(self, key: str) -> Any:  # noqa: ANN401  each presenter knows its own
        """Return the view of a part."""
        ...

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        ...

    def forget_secrets(self) -> None:
        """Empty every field that a password or a passphrase was typed into."""
        ...


class OfficePresenter:
    """Secrets pass through and are kept nowhere here; the service lets administrators alone into the office."""

    def __init__(self, around: Surroundings, view: OfficeView, files: PaperOutlet) -> None:
        self._counter, self._session, self._navigator = around.counter, around.session, around.navigator
        self._view = view
        self._files = files
        self._work = Work(around.counter, around.session, around.runner, self._follow)
        self._then: Callable[[], None] | None = None
        """What waits for the authority to be opened."""
        self._visitor: Operator | None = None
        self.state = OfficeState()
        signing = (self.sign, lambda: bool(self.state.fingerprint))
        inside = Around(around.counter, around.session, around.navigator, files, self._work, *signing)
        self.overview = OverviewPresenter(inside, view.part(OVERVIEW))
        self.cases = CasesPresenter(inside, view.part(CASES), self._may_supervise)
        self.stations = StationsPresenter(inside, view.part(STATIONS))
        self.bulletins = BulletinsPresenter(inside, view.part(BULLETINS))
        self.templates = TemplatesPresenter(inside, view.part(TEMPLATES))
        self.audit = AuditPresenter(inside, view.part(AUDIT))
        self.aside = AsidePresenter(inside, view.part(ASIDE))
        self.keeping = KeepingPresenter(inside, view.part(KEEPING), self._authority_opened)
        self._parts: dict[str, Part] = {
            OVERVIEW: self.overview,
            CASES: self.cases,
            STATIONS: self.stations,
            BULLETINS: self.bulletins,
            TEMPLATES: self.templates,
            AUDIT: self.audit,
            ASIDE: self.aside,
            KEEPING: self.keeping,
        }

    def start(self) -> None:
        """Show the office, from outside to whoever was not at the window when it was entered."""
        clerk = self._session.clerk
        if self._visitor != clerk:
            self.leave()
            self._visitor = clerk
        place = self.state.place if self.state.place.url else self._counter.administering.place()
        self._show(place=place, why_not=why_not(clerk, Act.SUPERVISE), remarks={})
        if self.state.stage is Stage.INSIDE:
            self._parts[self.state.part].start()
        self._view.focus_first()

    def leave(self) -> None:
        """Forget centre, authority and everything that was read; somebody else may come to the window."""
        self._counter.administering.leave()
        self._work.forget()
        self._then = None
        self._visitor = None
        for part in self._parts.values():
            part.forget()
        self.state = OfficeState()
        self._view.forget_secrets()

    # --- to the centre -----------------------------------------------------------------------------------------

    def edit(self, name: str, value: str) -> None:
        """Take note of what was typed of the address."""
        remarks = {key: words for key, words in self.state.remarks.items() if key != name}
        place = replace(self.state.place, **{name: value})  # type: ignore[arg-type]
        self._show(place=place, remarks=remarks)

    def choose_ca(self) -> None:
        """Ask for the file of the server's CA."""
        path = self._files.choose_source(_("证书 (*.pem *.crt)"))
        if path is not None:
            self.edit("ca", str(path))

    def keep_password(self, keeps: bool) -> None:
        """Take note of whether the password shall be kept."""
        self._show(keeps=keeps)

    def connect(self, password: str) -> None:
        """Reach the centre that was named."""
        place, by, keeps = self.state.place, self._session.clerk, self.state.keeps
        place = replace(place, url=place.url.strip(), ca=place.ca.strip())
        remarks = {}
        if not place.url:
            remarks["url"] = _("请填写数据库的地址")
        elif has_password(place.url):
            remarks["url"] = _("地址里不要写密码，写在下面的密码栏")
        self._show(remarks=remarks, place=place)
        if not remarks:
            connect = self._counter.administering.connect
            self._work.run(_("正在连接"), lambda _progress: connect(place, password, by, keep=keeps), self._connected)

    def disconnect(self) -> None:
        """End the connection and stand outside again."""
        visitor, place = self._visitor, self.state.place
        self.leave()
        self._visitor = visitor
        self._show(place=place)
        self._view.focus_first()

    def prepare(self) -> None:
        """Make the centre, or bring it up to date; what that does was said."""
        self._work.act(_("正在建立或升级，请不要断电"), _prepare, self._prepared)

    def _connected(self, connected: Connected) -> None:
        self._view.forget_secrets()
        if self.state.keeps and not connected.is_kept:
            self._work.say(_("本机没有系统密钥环，密码没有记住，下次再问。"), "warn")
        self._enter(connected.plan)

    def _prepared(self, plan: CentrePlan) -> None:
        self._work.say(_("中心已就绪，结构版本 %(version)s。") % {"version": plan.current})
        self._enter(plan)

    def _enter(self, plan: CentrePlan) -> None:
        if not plan.is_ready:
            self._show(plan=plan, stage=Stage.UNPREPARED)
        else:
            parts = PARTS if plan.may_run and self._session.clerk.can(Act.RUN_CENTRE) else (CASES,)
            part = self.state.part if self.state.part in parts else parts[0]
            self._show(plan=plan, stage=Stage.INSIDE, parts=parts, part=part)
            self._parts[part].start()
        self._view.focus_first()

    # --- from part to part -------------------------------------------------------------------------------------

    def choose_part(self, key: str) -> None:
        """Show another part."""
        if self.state.stage is Stage.INSIDE and key in self.state.parts:
            if not self._work.is_busy:
                self._work.say("")
            self._show(part=key)
            self._parts[key].start()

    def step(self, by: int) -> None:
        """Show the part before or after the present one."""
        parts = self.state.parts
        self.choose_part(parts[(parts.index(self.state.part) + by) % len(parts)])
        self._view.focus_first()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self.state.stage is Stage.INSIDE:
            self._parts[self.state.part].refresh()

    def stop(self) -> None:
        """Let what runs stop at its next step."""
        self._work.stop()

    def poll(self) -> None:
        """Show how far it is."""
        self._work.poll()

    def escape(self) -> None:
        """Go one step back, and at last leave; the key of the authority does not stay open behind."""
        if self.state.is_asking:
            self.give_up_authority()
        elif self.state.stage is Stage.INSIDE and self._parts[self.state.part].step_back():
            return
        elif not self._work.is_busy:
            self.close_authority()
            self._navigator.open_centre()

    # --- the authority -----------------------------------------------------------------------------------------

    def sign(self, then: Callable[[], None]) -> None:
        """Call ``then`` once the authority is open."""
        if self._work.is_busy:
            return
        if self.state.fingerprint:
            then()
            return
        self._then = then
        self.ask_authority()

    def ask_authority(self) -> None:
        """Ask for the authority's file and passphrase."""
        if not self._work.is_busy and self.state.parts == PARTS:
            self._show(is_asking=True, remarks={})

    def choose_authority(self) -> None:
        """Ask for the authority's file."""
        path = self._files.choose_source(_("签发密钥 (*.lideng *.json)"))
        if path is not None:
            self.edit("authority", str(path))

    def open_authority(self, passphrase: str) -> None:
        """Open the authority in the file that was named, and go on with what waits for it."""
        path = Path(self.state.place.authority)
        if not self.state.place.authority:
            self._show(remarks={"authority": _("请选签发密钥文件")})
            return
        self._work.act(
            _("正在打开签发密钥"),
            lambda office, _tell: office.open_authority(path, passphrase),
            lambda fingerprint: self._authority_opened(path, fingerprint),
        )

    def give_up_authority(self) -> None:
        """Ask no more; what waited is not done."""
        self._then = None
        self._view.forget_secrets()
        self._show(is_asking=False, remarks={})

    def close_authority(self) -> None:
        """Forget the authority's key."""
        if self.state.fingerprint:
            self._counter.administering.office(self._session.clerk).close_authority()
            self._show(fingerprint="")

    def _authority_opened(self, path: Path, fingerprint: str) -> None:
        self._view.forget_secrets()
        place = replace(self.state.place, authority=str(path), hosts=self._counter.administering.place().hosts)
        self._counter.administering.remember(place, self._session.clerk)
        self._show(place=place, fingerprint=fingerprint, is_asking=False, remarks={})
        then, self._then = self._then, None
        if then is not None:
            then()

    # --- inside ------------------------------------------------------------------------------------------------

    def _may_supervise(self) -> bool:
        return self.state.plan is not None and self.state.plan.may_supervise

    def _follow(self) -> None:
        """Show what the work says."""
        self._show()

    def _show(self, **changes: object) -> None:
        if self._session.operator is None:
            return
        self.state = replace(self.state, work=self._work.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _prepare(office: CentreOffice, _tell: Tell) -> CentrePlan:
    office.prepare()
    return office.plan()
