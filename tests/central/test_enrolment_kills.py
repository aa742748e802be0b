"""A process that enrols is killed between any two steps, with a real store, real files and a real centre."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from app.config import ROOT
from app.demonstration import STATION
from app.domain.clock import CHINA
from app.security.scram import password_of
from app.services.enrolment import EnrolmentState
from app.services.errors import CentralUnavailable
from app.services.invitations import role_of
from app.services.ports import CentralLogin
from tests.central.enrolling import KILLED
from tests.central.guarded import GuardedCentre
from tests.support import copy_of

SECRET = "one-time-secret-of-the-file"
MOMENTS = {
    2: "the keys are kept",
    4: "the store knows that they are new",
    7: "the centre has enrolled the station and the counter does not know",
    9: "the journal says so",
}
"""Those after which something is durable; every one is cut in memory and against a real centre beside this."""


@pytest.fixture(scope="module")
def guarded(server, tmp_path_factory):
    made = GuardedCentre(server, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


def enrol_and_die(place, moment):
    command = [sys.executable, "-m", "tests.central.enrolling", str(place.settings.profile), str(moment)]
    return subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode


@pytest.mark.slow
def test_a_process_that_is_killed_between_any_two_steps_costs_another_try(guarded, fresh_place, tmp_path):
    for moment, what in MOMENTS.items():
        place = copy_of(fresh_place, tmp_path / f"moment {moment}")
        place.clock.set(datetime.now(CHINA))
        data = guarded.invite(STATION.code, SECRET)
        with place.opened() as counter:
            counter.enrolment.accept(data)
        assert enrol_and_die(place, moment) == KILLED, what
        with place.opened() as counter:
            assert counter.enrolment.enrol().state is EnrolmentState.ENROLLED, what
            assert counter.ledger.verify().entries > 0
        kept = password_of(place.custody.load().central.password)
        login = CentralLogin(guarded.place, role_of(STATION.code), kept)
        with guarded.open(login) as reception:
            assert reception.certificate() is None
        with pytest.raises(CentralUnavailable), guarded.open(replace(login, password=SECRET)):
            pass
