"""Operators that the centre publishes: this station's accounts change, on record, and an administrator always stays."""

import json

import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.domain.facts import OperatorDisabled, OperatorEnrolled
from app.services.accounts import enrol
from app.services.errors import BadInput
from app.services.published_operators import OperatorBulletin
from app.services.recording import Recorder
from tests.domain.samples import AT
from tests.fakes.clock import FakeClock
from tests.fakes.keys import FakeStationKey, PlainPasswords
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

STATION = "000731"


@pytest.fixture
def store():
    made = MemoryStore(FewReadings())
    recorder = Recorder(FakeClock(AT), FakeStationKey(b"x"), STATION)
    with made.write() as uow:
        for operator in (CLERK, SUPERVISOR):
            enrol(uow, recorder, PlainPasswords(), "system", operator, "a password")
        uow.commit()
    made.recorder = recorder
    return made


def take(store, *operators, version=1):
    payload = json.dumps({"v": version, "operators": operators}).encode()
    OperatorBulletin(store, store.recorder, STATION).take(payload)


def said(login, name="新名", roles=("clerk",), station=STATION, disabled=False):
    return {"station": station, "login": login, "name": name, "roles": list(roles), "disabled": disabled}


def account(store, login):
    with store.read() as uow:
        return uow.accounts.get(login)


def test_names_roles_and_closing_are_taken_over_and_recorded(store):
    take(store, said(SUPERVISOR.login, "覃一舟", ("clerk", "reviewer"), disabled=True))
    changed = account(store, SUPERVISOR.login)
    assert (changed.operator.roles, changed.disabled) == (("clerk", "reviewer"), True)
    assert PlainPasswords().matches("a password", changed.password_hash)
    with store.read() as uow:
        for kind in (OperatorEnrolled, OperatorDisabled):
            last = uow.journal.latest(kind.__name__).read()
            assert (last["operator"], last["data"]["login"]) == ("system", SUPERVISOR.login)


def test_what_is_so_already_is_not_recorded_again(store):
    before = len(store.state.entries)
    take(store, said(SUPERVISOR.login, SUPERVISOR.name, SUPERVISOR.roles))
    assert len(store.state.entries) == before


def test_accounts_of_other_stations_and_new_ones_are_left_alone(store):
    take(store, said(SUPERVISOR.login, station="000732"), said("newcomer"))
    assert account(store, SUPERVISOR.login).operator == SUPERVISOR
    assert account(store, "newcomer") is None


@pytest.mark.parametrize(
    "operators", [[said(CLERK.login, disabled=True)], [{"login": "x"}], ["x"], [said(CLERK.login, roles=("king",))]]
)
def test_what_leaves_no_administrator_or_cannot_be_read_changes_nothing(store, operators):
    before = store.state
    with pytest.raises(BadInput):
        take(store, said(SUPERVISOR.login), *operators)
    assert store.state == before


def test_a_newer_form_is_refused(store):
    with pytest.raises(BadInput):
        take(store, version=2)
