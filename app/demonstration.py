"""A demonstration counter: a fictitious township with two weeks of fictitious cases behind it.

The history is recorded through the ordinary services, on a clock that is set to past days; nothing is written past
the rules. Every person, place and number is made up, and the keys are thrown away with the folder.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from stdnum.iso7064 import mod_11_2

from app.at_devices import THIS_PC, PageSources
from app.bootstrap import open_counter, set_up
from app.clock import SystemClock
from app.config import Settings
from app.domain.application import Application, HandedIn
from app.domain.catalogue import ApplicantKind, FieldKind, FormField, Material, Need, ServiceItem, UseLevel
from app.domain.clock import CHINA, BothClocks
from app.domain.operators import Operator, Role
from app.domain.people import Organisation, Person
from app.domain.station import Station
from app.evenings import Evenings
from app.open_profile import open_profile
from app.pretended.camera import PretendedCameras
from app.pretended.scanner import PretendedScanner
from app.scenes import Scenes
from app.security.authority import STATION_FOR, Authority
from app.security.central_keys import KeptCentralKeys
from app.security.custody import ThrowAwayCustody
from app.services.accounts import enrol
from app.services.counter import Counter
from app.services.enrolment import Offer
from app.services.errors import ProfileInUse
from app.services.membership import Certified, keep_certified
from app.services.ports import Clock, Draft
from app.services.starting import FirstStart, ProfileState

STATION = Station(
    code="000731",
    service_point="云溪镇便民服务中心",
    body="云溪镇人民政府",
    window="3 号窗口",
    phone="0899-555 0123",
    division="519901101000",
    level=UseLevel.TOWNSHIP,
    paper_prefix="云溪3",
)
CLERK = Operator("hechangning", "何长宁", (Role.CLERK, Role.ADMINISTRATOR))
SUPERVISOR = Operator("qinyizhou", "覃一舟", (Role.CLERK, Role.SUPERVISOR))
PASSWORD = "yunxi-2026"  # noqa: S105  it opens nothing but a demonstration, which shows it on its log-in
CENTRE = "示范县政务服务中心（演示）"
SEED = 20260518
DAYS = 14
CASES_A_DAY = 4
DRAFTS = 2
SURNAMES = "林黎覃欧沈邓龚罗谢吴许周阿韦蒙麦"
GIVEN = ("小禾", "若谷", "长青", "晚晴", "守田", "静秋", "一舟", "云帆", "半夏", "望舒", "青禾", "知远", "素问", "南星")
RARE = ("𬱖宁", "䶮", "㛃", "𬭎")
COOPERATIVE = Organisation("云溪镇柳湾村春笋种植专业合作社", "93519900MA6CDEF0X1", "云溪镇柳湾村2组")
VILLAGES = ("柳湾村", "石桥村", "青杠村", "白鹤村", "大堰村", "磨坊村")


BESIDE = PageSources(PretendedScanner, PretendedCameras)
ALONE = PageSources(lambda _own: PretendedScanner(page_s=0.5), lambda _own: PretendedCameras())
"""For a demonstration that plays by itself."""


class SetClock:
    """A clock for the history: it stands at the moment it was set to and carries on from there with the real one."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._shift = timedelta(0)

    def now(self) -> datetime:
        """Return the moment that was set, plus the time that has really gone by since."""
        return self._real.now() + self._shift

    def uptime_ms(self) -> int:
        """Return milliseconds of the real monotonic clock."""
        return self._real.uptime_ms()

    def reading(self) -> BothClocks:
        """Return the time with the PC's clock, which was set along."""
        real = self._real.reading()
        return BothClocks(real.now + self._shift, real.wall + self._shift)

    def carry_on(self, at: datetime) -> None:
        """Go on from ``at``; the PC's clock stays where it is."""
        self._real.carry_on(at - self._shift)

    def set(self, at: datetime) -> None:
        """Go to ``at``, with the PC's clock."""
        self._shift = at - self._real.now()

    def release(self) -> None:
        """Go back to the real time."""
        self._shift = timedelta(0)


@dataclass(frozen=True, slots=True)
class History:
    """Plays two weeks of work at the counter."""

    counter: Counter
    clock: SetClock
    chance: random.Random

    def play(self, items: list[ServiceItem]) -> None:
        """Record cases of ``items`` on the working days before today, then leave some drafts."""
        usual = [item for item in items if item.can_be_opened and self._is_for_here(item)]
        today = self.clock.now().date()
        days = list(_weekdays_before(today, DAYS))
        stage = Scenes(self.counter, self.clock, CLERK, SUPERVISOR, {item.code: item for item in items}, self._whole)
        scenes = stage.start(len(days))
        evenings = Evenings(self.counter, self.clock, CLERK, SUPERVISOR)
        for place, day in enumerate(days):
            for at in self._moments(day):
                now = self.clock.now()  # the citizen before may still be here
                self.clock.set(max(at, now) if now.date() == day else at)
                self._case(self.chance.choices(usual, [_weight(item) for item in usual])[0])
            scenes = stage.play_day(day, scenes, place)
            evenings.play(day, place, is_last=place == len(days) - 1)
        self.clock.release()
        for item in self.chance.sample(usual, DRAFTS):
            self._draft(item)

    def _is_for_here(self, item: ServiceItem) -> bool:
        return not item.is_immediate or self.counter.station.level in item.issuers

    def _moments(self, day: date) -> list[datetime]:
        """Return when citizens came on ``day``, in order."""
        opened = datetime.combine(day, time(9), CHINA)
        minutes = sorted(self.chance.sample(range(170), CASES_A_DAY))
        return [opened + timedelta(minutes=minute) for minute in minutes]

    def _case(self, item: ServiceItem) -> None:
        intake, issuance = self.counter.intake, self.counter.issuance
        draft = self._whole(item)
        person = draft.application.applicant
        self.clock.set(self.clock.now() + timedelta(minutes=self.chance.randint(3, 9)))
        case = intake.accept(draft, item, CLERK).case
        if item.is_immediate and self.counter.station.level in item.issuers:
            issuance.issue(case.number, CLERK)
            issuance.deliver(case.number, CLERK, person.name, in_person=True)

    def _whole(self, item: ServiceItem) -> Draft:
        """Return a saved draft with everything that ``item`` asks for."""
        draft = self.counter.intake.begin(item, CLERK)
        application = whole_application(item, self._person(), draft.started_at.date())
        return self.counter.intake.save(replace(draft, application=application))

    def _draft(self, item: ServiceItem) -> None:
        draft = self.counter.intake.begin(item, CLERK)
        person = self._person()
        half = Application(applicant=Person(person.name, person.id_number), form=draft.application.form)
        self.counter.intake.save(replace(draft, application=half))

    def _person(self) -> Person:
        given = RARE if self.chance.random() < 0.1 else GIVEN
        name = self.chance.choice(SURNAMES) + self.chance.choice(given)
        born = date(1950, 1, 1) + timedelta(days=self.chance.randrange(20_000))
        stem = f"519900{born:%Y%m%d}{self.chance.randrange(1000):03d}"
        address = f"云溪镇{self.chance.choice(VILLAGES)}{self.chance.randint(1, 9)}组{self.chance.randint(1, 99)}号"
        phone = f"1380555{self.chance.randrange(10_000):04d}"
        return Person(name, stem + mod_11_2.calc_check_digit(stem), phone, address)


class FictitiousStarter:
    """Implements ``Starter`` on a fictitious counter in ``folder``, whose keys lie beside it unprotected."""

    def __init__(self, folder: Path, cache: Path, sources: PageSources = THIS_PC) -> None:
        self._folder = folder
        self._sources = sources
        self._settings = Settings(profile=folder, cache=cache)
        self._custody = ThrowAwayCustody(folder)
        self._clock = SetClock(SystemClock())

    def make(self, first: FirstStart, colleague: Operator) -> None:
        """Set the counter up, with an account for a colleague, so that what needs two persons can be tried."""
        set_up(self._settings, self._custody, first, self._clock)
        opened = open_profile(self._settings, self._custody, self._clock)
        with opened.store.write() as uow:
            enrol(uow, opened.recorder, opened.passwords, first.operator.login, colleague, PASSWORD)
            uow.commit()
        opened.store.close()

    def let_pass(self, span: timedelta) -> None:
        """Let time go by on the demonstration's clock."""
        self._clock.set(self._clock.now() + span)

    def state(self) -> ProfileState:
        """Return that the counter is there."""
        return ProfileState.READY

    def needs_passphrase(self) -> bool:
        """Return that nothing is asked."""
        return False

    def read_invitation(self, data: bytes) -> Offer:  # noqa: ARG002  nothing is asked
        """Refuse: a demonstration is set up already."""
        raise ProfileInUse(self._folder)

    def set_up(self, first: FirstStart) -> Counter:  # noqa: ARG002  nothing is asked
        """Refuse: a demonstration is set up already."""
        raise ProfileInUse(self._folder)

    def open(self, passphrase: str = "") -> Counter:  # noqa: ARG002  the keys of a demonstration are not sealed
        """Open the demonstration counter."""
        return open_counter(self._settings, self._custody, self._clock, self._sources)


class DemonstrationStarter(FictitiousStarter):
    """A demonstration counter in a folder of its own that is removed on leaving the block.

    Fictitious papers lie in a scanner and before a camera of its own, beside those of this PC unless it is ``alone``.
    ``root`` (PEM) is the certificate of the authority that certified it, which is forgotten.
    """

    root: str

    def __init__(self, cache: Path, *, alone: bool = False) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="lideng-demo-")), cache, ALONE if alone else BESIDE)

    def __enter__(self) -> "DemonstrationStarter":
        """Set the demonstration up, with its history; nothing is left of one that is broken off."""
        try:
            self._set_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _set_up(self) -> None:
        # Set up before its history begins: the journal's time never goes back.
        self._clock.set(self._clock.now() - timedelta(days=DAYS + 1))
        self.make(FirstStart(STATION, CLERK, PASSWORD), SUPERVISOR)
        self._certify()
        counter = self.open()
        self._clock.release()
        try:
            play_history(counter, self._clock, counter.catalogue.items())
        finally:
            counter.close()

    def _certify(self) -> None:
        """Let an authority that nobody else knows certify the station: its certificates are signed as real ones are."""
        now = self._clock.now()
        authority = Authority.make(CENTRE, now)
        self.root = authority.root
        keys = KeptCentralKeys(self._custody, None)
        keys.renew()
        certificate = authority.sign_request(keys.request(STATION.code), STATION.code, now)
        opened = open_profile(self._settings, self._custody, self._clock)
        with opened.store.write() as uow:
            keep_certified(uow, Certified(authority.root, certificate.hex(), now + STATION_FOR))
            uow.commit()
        opened.store.close()

    def __exit__(self, *_error: object) -> None:
        """Remove the demonstration with its keys."""
        shutil.rmtree(self._folder, ignore_errors=True)


def play_history(counter: Counter, clock: SetClock, items: list[ServiceItem]) -> None:
    """Fill a new demonstration counter; the same fictitious people come every time."""
    History(counter, clock, random.Random(SEED)).play(items)  # noqa: S311  nothing here is a secret


def _weight(item: ServiceItem) -> int:
    """Return how often citizens come for an item: simple matters far more often than others."""
    if item.makes_certificate and UseLevel.TOWNSHIP in item.issuers:
        return 30
    return 5 if item.is_immediate else 1


def _weekdays_before(today: date, days: int) -> Iterator[date]:
    earlier = (today - timedelta(days=n) for n in range(days, 0, -1))
    return (day for day in earlier if day.weekday() < 5)


def whole_application(item: ServiceItem, person: Person, today: date) -> Application:
    """Return an application of ``person`` with everything that ``item`` asks for."""
    return Application(
        applicant=person,
        organisation=None if ApplicantKind.PERSON in item.applicants else COOPERATIVE,
        form={entry.code: _value(entry, person, today) for entry in item.form},
        materials={m.code: _handed_in(m) for m in item.materials if m.need is not Need.OPTIONAL},
    )


def _handed_in(material: Material) -> HandedIn:
    return HandedIn(material.originals or int(not material.copies), material.copies)


def _value(entry: FormField, person: Person, today: date) -> str:
    match entry.kind:
        case FieldKind.ADDRESS:
            return person.address
        case FieldKind.DATE:
            return (today - timedelta(days=400)).isoformat() if entry.past_only else today.isoformat()
        case FieldKind.CHOICE:
            return entry.choices[0]
        case FieldKind.NUMBER:
            return str(entry.minimum if entry.minimum is not None else 1)
        case _:
            return entry.default or ("汉" if entry.code == "ethnicity" else "演示内容")
