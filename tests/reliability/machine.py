"""The whole counter as a state machine: any command on any case in any state at any time, held against ``law``.

Hypothesis invents sequences of commands and, when one breaks a promise, the shortest that does. The services and the
papers' numbers are the real ones; time stands still unless the machine lets it go by. ``EncryptedMachine`` has the real
store, ``MemoryMachine`` the fake.
"""

import shutil
import tempfile
from collections import Counter as Count
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app import bootstrap
from app.config import RESOURCES, Settings
from app.definitions.calendar import read_calendar
from app.definitions.catalogue import read_catalogue
from app.demonstration import CLERK, PASSWORD, STATION
from app.domain.application import HandedIn, LateEntry
from app.domain.case import Case
from app.domain.deadline import Light
from app.domain.errors import BrokenRule, SilenceOver
from app.domain.operators import Operator, Role
from app.domain.outcomes import Defect, NonAcceptanceGround, Result, SpecialProcedure
from app.security.custody import ThrowAwayCustody
from app.services.catalogue import CatalogueService
from app.services.counter import Counter
from app.services.ledger import LedgerService
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from app.services.starting import FirstStart
from app.services.timekeeping import ClockService
from app.storage.journal_file import write_export
from tests.fakes.clock import FakeClock
from tests.fakes.keys import FakeStationKey, PlainPasswords, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore
from tests.reliability.law import AFTER, LEADS_TO, LONGEST_EXTENSION, RUNNING, Expected, WorkingDays
from tests.reliability.readers import read_once
from tests.support import CERTIFICATE, COMMITTED, MONDAY, filled, marked_late

SHEN = Operator("shenqing", "沈青", tuple(Role))
ONE = HandedIn(originals=1)
BASIS = "《中华人民共和国行政许可法》"
DAYS = {CERTIFICATE: 1, COMMITTED: 12}
WHICH = st.integers(0, 99)
MOST_CASES = 6
MOST_QUESTIONS = 2
MOST_STARTS = 3


class CounterMachine(RuleBasedStateMachine):
    """Commands as rules; what the law says of each case is kept beside the counter and compared after each."""

    kinds: ClassVar[Count[str]] = Count()
    """How many facts of each kind were recorded in all sequences together."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock(MONDAY)
        self.counter: Counter = self.open_first()
        self.cases: list[Expected] = []
        self.touched: list[Expected] = []
        self.starts = 1
        self.read = 0
        self.last: dict[str, int] = defaultdict(int)
        self.states: dict[str, str] = {}
        self.kinds_here: Count[str] = Count()
        self.working = _working_days()

    def open_first(self) -> Counter:
        """Return the counter that the machine begins with."""
        raise NotImplementedError

    def open_again(self) -> Counter:
        """Close the counter and open it again."""
        raise NotImplementedError

    # --- time ----------------------------------------------------------------------------------------------------

    @rule(minutes=st.integers(1, 600))
    def some_time_goes_by(self, minutes: int) -> None:
        self.clock.pass_by(timedelta(minutes=minutes))

    @rule(days=st.integers(1, 12))
    def days_go_by(self, days: int) -> None:
        self.clock.pass_by(timedelta(days=days))

    @rule()
    def the_program_looks_for_silence(self) -> None:
        now = self.clock.now()
        silent = [case for case in self.cases if case.is_silent(now)]
        assert self.counter.acceptance.sweep() == [case.number for case in silent]
        for case in silent:
            case.accept(case.complete)

    @precondition(lambda self: self.starts < MOST_STARTS)
    @rule()
    def the_window_is_opened_again(self) -> None:
        self.starts += 1
        self.counter = self.open_again()

    @rule()
    def the_views_are_built_again(self) -> None:
        assert self.counter.ledger.rebuild() == self.counter.ledger.verify().entries

    # --- the usual way ------------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, choice=WHICH)
    def a_case_goes_on(self, which: int, choice: int) -> None:
        """Do something that is allowed: by themselves most sequences would be refused most of the time."""
        case = self._case(which)
        ways = [act for act in self._acts() if case.state in AFTER.get(act, {})]
        if case.state in {"accepted", "decided"} and case.immediate:
            ways += ["issue"] * 3
        if case.state in {"issued", "decided"}:
            ways += ["deliver"] * 3
        if ways:
            self._acts()[ways[choice % len(ways)]](which)

    a_case_goes_on_2 = a_case_goes_on_3 = a_case_goes_on_4 = a_case_goes_on_5 = a_case_goes_on

    def _acts(self) -> dict[str, Callable[[int], None]]:
        """Return a way to do each act that needs no choice of its own."""
        return {
            "accept": self.a_received_case_is_accepted,
            "ask": self.something_is_asked_for,
            "supplement": self.the_supplement_is_handed_in,
            "review": self.a_review_begins,
            "suspend": lambda which: self.a_special_procedure_begins(which, SpecialProcedure.INSPECTION),
            "resume": self.the_procedure_ends,
            "extend": lambda which: self.the_limit_is_extended(which, 1 + which % LONGEST_EXTENSION),
            "decide": lambda which: self.the_body_decides(which, which % 3 > 0),
            "issue": self.a_certificate_is_made,
            "deliver": self.the_result_is_handed_over,
            "rate": lambda which: self.the_citizen_rates(which, 1 + which % 5),
            "archive": self.a_case_is_archived,
        }

    # --- taking in -----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)))
    def a_case_is_accepted_at_once(self, item: str) -> None:
        draft = filled(self.counter, item)
        case = self.counter.intake.accept(draft, self.counter.catalogue.item(item), CLERK).case
        self._new(case).accept(case.received_at)

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)))
    def materials_are_taken_in(self, item: str) -> None:
        draft = filled(self.counter, item)
        self._new(self.counter.intake.receive(draft, self.counter.catalogue.item(item), CLERK).case)

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)), hours=st.integers(1, 200))
    def a_case_is_entered_late(self, item: str, hours: int) -> None:
        draft = filled(self.counter, item)
        earlier = draft.started_at - timedelta(hours=hours)
        late = LateEntry("停电", "纸收12", earlier, earlier)
        case = self.counter.intake.accept(marked_late(draft, late), self.counter.catalogue.item(item), CLERK).case
        self._new(case).accept(earlier)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_received_case_is_accepted(self, which: int) -> None:
        case = self._case(which)
        at = self._try("accept", case, lambda number: self.counter.acceptance.accept(number, CLERK))
        if at:
            case.accept(case.complete if case.asked else at)

    # --- before acceptance -----------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def something_is_asked_for(self, which: int) -> None:
        case = self._case(which)
        defects = (Defect(f"materials.{self._material(case)}", "材料", "原件 1 份"),)
        if self._try(
            "ask",
            case,
            lambda number: self.counter.acceptance.ask_supplement(number, CLERK, defects, None, "核对时发现"),
        ):
            case.asked += 1
            case.owes = True

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_supplement_is_handed_in(self, which: int) -> None:
        case = self._case(which)
        given = {self._material(case): ONE}
        at = self._try(
            "supplement",
            case,
            lambda number: self.counter.acceptance.take_in_supplement(number, CLERK, given, {}),
            allowed=case.owes,
        )
        if at:
            case.owes = False
            if case.state == "received":
                case.complete = at

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, ground=st.sampled_from(NonAcceptanceGround))
    def acceptance_is_refused(self, which: int, ground: NonAcceptanceGround) -> None:
        self._try(
            "refuse_acceptance",
            self._case(which),
            lambda number: self.counter.acceptance.refuse_acceptance(
                number, CLERK, ground=ground, reason="不属于本机关职权", competent="示范县民政局", basis=BASIS
            ),
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def materials_are_given_back(self, which: int) -> None:
        self._try(
            "give_back",
            self._case(which),
            lambda number: self.counter.acceptance.give_back(number, CLERK, "申请人要求"),
        )

    # --- review ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_review_begins(self, which: int) -> None:
        case = self._case(which)
        if self._try("review", case, lambda number: self.counter.review.start(number, SHEN)):
            case.reviewed = True

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, procedure=st.sampled_from(SpecialProcedure))
    def a_special_procedure_begins(self, which: int, procedure: SpecialProcedure) -> None:
        case = self._case(which)
        case.suspended = (
            self._try("suspend", case, lambda number: self.counter.review.suspend(number, SHEN, procedure, basis=BASIS))
            or case.suspended
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_procedure_ends(self, which: int) -> None:
        case = self._case(which)
        at = self._try("resume", case, lambda number: self.counter.review.resume(number, SHEN, "已查验"))
        if at and case.suspended:
            case.state = "review" if case.reviewed else "accepted"
            case.stopped += self.working.between(case.suspended.date(), at.date())
            case.suspended = None

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, days=st.integers(1, LONGEST_EXTENSION))
    def the_limit_is_extended(self, which: int, days: int) -> None:
        case = self._case(which)
        late = case.due is not None and self.clock.now() > case.due
        call = lambda number: self.counter.review.extend(number, SHEN, days, reason="案情复杂", approver="镇长")  # noqa: E731
        if self._try("extend", case, call, allowed=not case.extra and not late):
            case.extra = days

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, granted=st.booleans())
    def the_body_decides(self, which: int, granted: bool) -> None:
        case = self._case(which)
        result = Result.GRANTED if granted else Result.REFUSED
        if self._try(
            "decide",
            case,
            lambda number: self.counter.review.decide(
                number, SHEN, result, decided_by="沈青", reason="不符合条件", basis=BASIS
            ),
        ):
            case.refused = not granted

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_case_is_handed_up(self, which: int) -> None:
        self._try(
            "forward",
            self._case(which),
            lambda number: self.counter.review.forward(number, SHEN, "示范县民政局", "须由县级审批"),
        )

    # --- the end ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_certificate_is_made(self, which: int) -> None:
        """An accepted immediate case is granted on the spot; one that was granted in writing gets its certificate."""
        case = self._case(which)
        on_the_spot = case.state == "accepted" and case.immediate
        granted = case.state == "decided" and not case.refused
        try:
            self.counter.issuance.issue(case.number, CLERK)
        except BrokenRule:
            assert not case.immediate or not (on_the_spot or granted), f"refused in {case.state}"
            return
        assert on_the_spot or granted, f"issued in {case.state}"
        if case.immediate:
            case.state, case.certificate = "issued", True

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_result_is_handed_over(self, which: int) -> None:
        case = self._case(which)
        ready = case.state == "issued" or (case.state == "decided" and (case.refused or not case.immediate))
        try:
            self.counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)
        except BrokenRule:
            assert not ready, f"refused in {case.state}"
            return
        assert ready, f"delivered in {case.state}"
        case.state = "delivered"

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_applicant_withdraws(self, which: int) -> None:
        self._try(
            "withdraw", self._case(which), lambda number: self.counter.closing.withdraw(number, CLERK, "不再需要")
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, digits=st.integers(1000, 9999))
    def a_typing_error_is_mended(self, which: int, digits: int) -> None:
        case = self._case(which)
        phone = f"1390555{digits}"
        self._try(
            "correct",
            case,
            lambda number: self.counter.closing.correct(number, CLERK, {"applicant.phone": phone}, "录入有误"),
            allowed=self.counter.desk.file(case.number).case.applicant.phone != phone,
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, result=st.sampled_from((Result.VOIDED, Result.MISTAKEN_ENTRY)))
    def a_case_is_voided(self, which: int, result: Result) -> None:
        self._try(
            "void",
            self._case(which),
            lambda number: self.counter.closing.void(number, CLERK, result, "重复录入", SHEN),
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, grade=st.integers(1, 5))
    def the_citizen_rates(self, which: int, grade: int) -> None:
        self._try("rate", self._case(which), lambda number: self.counter.closing.rate(number, CLERK, grade))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_case_is_archived(self, which: int) -> None:
        self._try("archive", self._case(which), lambda number: self.counter.closing.archive(number, CLERK))

    @precondition(lambda self: self.kinds_here["InquiryOpened"] < MOST_QUESTIONS)
    @rule()
    def somebody_asks_a_question(self) -> None:
        number = self.counter.inquiries.ask(CLERK, "居住证明要带什么").number
        self.counter.inquiries.answer(number, CLERK, "身份证和住址材料")

    # --- what always holds -----------------------------------------------------------------------------------------

    @invariant()
    def every_new_entry_is_a_step_that_the_law_knows(self) -> None:
        with self.counter.intake._store.read() as uow:
            bodies = [entry.read() for entry in uow.journal.entries()][self.read :]
        for body in bodies:
            self._check_numbers(body["data"])
            if body["header"]:
                self._check_step(body)
            self.kinds[body["kind"]] += 1
            self.kinds_here[body["kind"]] += 1
        self.read += len(bodies)

    @invariant()
    def the_case_that_was_touched_stands_where_the_law_has_it(self) -> None:
        for expected in self.touched:
            self._compare(expected)

    def _compare(self, expected: Expected) -> None:
        now = self.clock.now()
        file = self.counter.desk.file(expected.number)
        case, row = file.case, file.lit.row
        assert case.state.value == row.state.value == expected.state, expected.number
        assert case.accepted_at == row.accepted_at == expected.accepted, expected.number
        if expected.state != "suspended":
            assert case.due == row.due == expected.due, f"{expected.number} is due at {case.due}"
        if expected.state in RUNNING and expected.due:
            assert (file.lit.light in {Light.RED, Light.ESCALATED}) == (now > expected.due), "the clock was stopped"
        assert (file.lit.light is Light.PAUSED) == (expected.state == "suspended" and expected.due is not None)

    def teardown(self) -> None:
        """Check the whole at the end: chain, signatures, every case, and that views are what the journal makes them."""
        for expected in self.cases:
            self._compare(expected)
        verified = self.counter.ledger.verify()
        assert verified.entries == self.read
        self.counter.close()

    # --- help --------------------------------------------------------------------------------------------------------

    def _case(self, which: int) -> Expected:
        """Return one of the cases, mostly one of the last."""
        case = self.cases[-1 - which % min(len(self.cases), 4)]
        self.touched = [case]
        return case

    def _material(self, case: Expected) -> str:
        item = CERTIFICATE if case.immediate else COMMITTED
        return self.counter.catalogue.item(item).materials[0].code

    def _new(self, case: Case) -> Expected:
        expected = Expected(
            number=case.number,
            immediate=case.is_immediate,
            days=DAYS[case.item],
            complete=case.received_at,
            working=self.working,
        )
        self.cases.append(expected)
        self.touched = [expected]
        return expected

    def _try(self, act: str, case: Expected, call: Callable[[str], Case], *, allowed: bool = True) -> datetime | None:
        """Carry the act out where the law allows it, and see it refused where not; return when it was done."""
        if case.is_silent(self.clock.now()):
            self._expect_silence(case, call)
            return None
        after = AFTER[act].get(case.state) if allowed else None
        try:
            call(case.number)
        except BrokenRule:
            assert after is None, f"{act} was refused in {case.state}"
            return None
        assert after is not None, f"{act} was done in {case.state}"
        case.state = after
        return self._last_entry_at()

    def _expect_silence(self, case: Expected, call: Callable[[str], Case]) -> None:
        """The body was silent for too long: that is recorded first, whatever was to be done."""
        try:
            call(case.number)
        except SilenceOver:
            case.accept(case.complete)
        else:
            raise AssertionError("five working days of silence were overlooked")

    def _last_entry_at(self) -> datetime:
        with self.counter.intake._store.read() as uow:
            body = list(uow.journal.entries())[-1].read()
        return datetime.fromisoformat(body["at"])

    def _check_numbers(self, data: Any) -> None:
        """Check that a number that is used follows the last one of its series."""
        if isinstance(data, dict) and data.keys() == {"series", "serial", "text"}:
            assert data["serial"] == self.last[data["series"]] + 1, f"{data['text']} does not follow"
            self.last[data["series"]] = data["serial"]
        elif isinstance(data, dict):
            for inner in data.values():
                self._check_numbers(inner)
        elif isinstance(data, list):
            for inner in data:
                self._check_numbers(inner)

    def _check_step(self, body: dict[str, Any]) -> None:
        case, state, kind = body["case"], body["header"]["state"], body["kind"]
        before = self.states.get(case, "")
        if kind in LEADS_TO:
            assert (before, state) in LEADS_TO[kind], f"{kind} led from {before} to {state}"
        else:
            assert before == state, f"{kind} moved {before} to {state}"
        if kind in {"CaseDecided", "CertificateIssued", "CaseDelivered"}:
            accepted = body["header"]["accepted"]
            assert accepted, f"{kind} before acceptance"
            assert datetime.fromisoformat(accepted) <= datetime.fromisoformat(body["at"])
        self.states[case] = state


class EncryptedMachine(CounterMachine):
    """On the real store, with real keys; opening again reads it from the disk."""

    def open_first(self) -> Counter:
        self.folder = Path(tempfile.mkdtemp(prefix="lideng-machine-"))
        shutil.copytree(_fresh_profile(), self.folder / "profile")
        return self._open()

    def open_again(self) -> Counter:
        self.counter.close()
        return self._open()

    def teardown(self) -> None:
        super().teardown()
        shutil.rmtree(self.folder)

    def _open(self) -> Counter:
        settings = Settings(self.folder / "profile", _fresh_profile().parent)
        with read_once():
            return bootstrap.open_counter(settings, ThrowAwayCustody(settings.profile), self.clock)


class MemoryMachine(CounterMachine):
    """On the store in memory, which folds every view anew."""

    def open_first(self) -> Counter:
        self.store = MemoryStore(FewReadings())
        first, state = _fresh_memory()
        self.store.state = state.copy()
        self.key = first
        return self._open()

    def open_again(self) -> Counter:
        return self._open()

    def _open(self) -> Counter:
        recorder = Recorder(self.clock, self.key, STATION.code)
        ledger = LedgerService(self.store, recorder, fake_verify, write_export)
        service = ClockService(self.store, recorder, self.clock)
        service.begin()
        opened = bootstrap.OpenProfile(
            self.store, recorder, PlainPasswords(), ledger, service, backups=None, seals=None
        )
        settings = Settings(Path(tempfile.gettempdir()) / "no-profile", Path(tempfile.gettempdir()))
        with read_once():
            return bootstrap._counter(opened, settings, _NoLock())


class _NoLock:
    def release(self) -> None:
        """Hold nothing."""


@cache
def _fresh_profile() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lideng-machine-first-")) / "profile"
    settings = Settings(folder, folder.parent)
    clock = FakeClock(MONDAY - timedelta(hours=1))
    bootstrap.set_up(settings, ThrowAwayCustody(folder), FirstStart(STATION, CLERK, PASSWORD), clock)
    return folder


@cache
def _fresh_memory() -> tuple[FakeStationKey, Any]:
    store, key = MemoryStore(FewReadings()), FakeStationKey(bytes(32))
    clock = FakeClock(MONDAY - timedelta(hours=1))
    SetUpService(store, clock, key, PlainPasswords(), "test").set_up(STATION, CLERK, PASSWORD)
    items = read_catalogue(RESOURCES / "catalogue").items
    CatalogueService(store, Recorder(clock, key, STATION.code), FewReadings()).load(items)
    return key, store.state


@cache
def _working_days() -> WorkingDays:
    calendar = read_calendar(RESOURCES / "calendar")
    return WorkingDays(calendar.holidays, calendar.make_up_days)
