"""The whole counter as a state machine: any command on any case in any state at any time, held against ``law``.

Hypothesis invents sequences of commands and, when one breaks a promise, the shortest that does. The services and the
papers' numbers are the real ones; time stands still unless the machine lets it go by. ``EncryptedMachine`` has the real
store, ``MemoryMachine`` the fake. The commands stand in ``machine_*``, one file a family.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app import bootstrap
from app.at_devices import at_devices
from app.config import RESOURCES, Settings
from app.definitions.catalogue import read_catalogue
from app.demonstration import CLERK, PASSWORD, STATION
from app.domain.outcomes import SpecialProcedure
from app.open_profile import OpenProfile
from app.security.custody import ThrowAwayCustody
from app.security.proofs import term
from app.services.catalogue import CatalogueService
from app.services.counter import Counter
from app.services.document_signing import DocumentSigning
from app.services.ledger import LedgerService
from app.services.proving import ProvingService
from app.services.recording import Recorder, load_station
from app.services.set_up import SetUpService
from app.services.starting import FirstStart
from app.services.sync_images import ImageService
from app.services.timekeeping import ClockService
from app.storage.journal_file import write_export
from tests.fakes.card_reading import FakeCardReader
from tests.fakes.centre_desk import FakeCentralKeys
from tests.fakes.clock import FakeClock
from tests.fakes.keys import FakeStationKey, PlainPasswords, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore
from tests.reliability.checker import views
from tests.reliability.law import AFTER, HANDED_OVER, LONGEST_EXTENSION
from tests.reliability.machine_base import WHICH
from tests.reliability.machine_closing import Closing
from tests.reliability.machine_days import Days
from tests.reliability.machine_ends import Ending
from tests.reliability.machine_intake import MOST_CASES, TakingIn
from tests.reliability.machine_review import Reviewing
from tests.reliability.readers import read_once
from tests.support import CERTIFICATE, MONDAY


class CounterMachine(TakingIn, Reviewing, Closing, Ending, Days):
    """Every family of commands, and one that mostly does what is allowed."""

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(is_handed_over=st.booleans())
    def a_citizen_waits_for_a_certificate(self, is_handed_over: bool) -> None:
        self.a_case_is_accepted_at_once(CERTIFICATE)
        self.a_certificate_is_made(0)
        if is_handed_over:
            self.the_result_is_handed_over(0)

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
        if case.certificate:
            ways += ["take_back", "revoke"] + ["replace"] * (case.state in HANDED_OVER) * 3
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
            "take_back": self.a_certificate_is_taken_back,
            "revoke": self.a_certificate_is_revoked,
            "replace": self.a_certificate_is_replaced,
        }


class EncryptedMachine(CounterMachine):
    """On the real store, with real keys; opening again reads it from the disk."""

    def open_first(self) -> Counter:
        self.folder = Path(tempfile.mkdtemp(prefix="lideng-machine-"))
        shutil.copytree(_fresh_profile(), self.folder / "profile")
        return self._open()

    def open_again(self) -> Counter:
        self.counter.close()
        return self._open()

    def views(self) -> object:
        return views(self.counter)

    def teardown(self) -> None:
        super().teardown()
        shutil.rmtree(self.folder)

    def _open(self) -> Counter:
        settings = Settings(self.folder / "profile", _fresh_profile().parent)
        with read_once():
            opened = bootstrap.open_counter(settings, ThrowAwayCustody(settings.profile), self.clock)
        return self.with_printer(opened)


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
        station, keys = load_station(self.store), FakeCentralKeys()
        alone = SimpleNamespace(
            images=ImageService(self.store, recorder.now),
            proving=ProvingService(station, keys, lambda *_: ""),
            signing=DocumentSigning(keys, lambda pdf, _signature: pdf, term),
            enrolment=None,
            sync=SimpleNamespace(close=lambda: None),
        )
        there = {"store": self.store, "recorder": recorder, "passwords": PlainPasswords()}
        there |= {"ledger": ledger, "clock": service, "centre": alone}
        there |= {"administering": SimpleNamespace(leave=lambda: None)}
        parts = {field.name: there.get(field.name) for field in fields(OpenProfile)}
        opened = OpenProfile(**parts)  # what no command of the machine asks for is not there
        settings = Settings(Path(tempfile.gettempdir()) / "no-profile", Path(tempfile.gettempdir()))
        with read_once():
            devices = replace(at_devices(settings, self.store, recorder), card_reader=FakeCardReader())
            return self.with_printer(bootstrap._counter(opened, settings, _NoLock(), devices))


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
