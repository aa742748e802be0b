"""Two PCs of one station that was shut out, as somebody does who takes 停用 for switching one PC off: how the other one parts."""

import copy
import os
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from app.central.client import PostgresCentral
from app.central.reception import address_of
from app.demonstration import CLERK, STATION
from app.domain.clock import CHINA
from app.security.central_keys import KeptCentralKeys
from app.security.custody import Secrets
from app.security.keys import Ed25519StationKey, verify
from app.security.scram import password_of
from app.security.trust import RootTrust
from app.services.enrolment import EnrolmentService, EnrolmentState
from app.services.errors import StationRevoked
from app.services.invitations import role_of
from app.services.ports import CentralLogin
from app.services.recording import Recorder
from app.services.sync_report import Contact
from app.services.twins import TwinService
from tests.central.far_desks import RealDesk
from tests.central.guarded import GuardedCentre
from tests.fakes.keys import MemoryCustody
from tests.services.sync_desk import TOWN


class DrawnKeys:
    """Draws real keys and keeps none: nothing starts again."""

    def draw(self):
        return Ed25519StationKey(os.urandom(32))

    def keep(self):
        """Keep nothing."""


class Pc:
    """A PC of the town with what it keeps: its store, its journal's key, and its log-in at the centre."""

    def __init__(self, guarded, folder):
        self.guarded, self.folder = guarded, folder
        self.custody = MemoryCustody(folder)
        self.custody.store(Secrets.fresh())
        self.desk = RealDesk(SimpleNamespace(enrol=lambda _station: None, connect=self._connect), folder, TOWN)
        self.desk.clock.carry_on(datetime.now(CHINA))

    def _connect(self, code):
        kept = self.custody.load().central
        login = CentralLogin(self.guarded.place, role_of(code), password_of(kept.password) if kept else "")
        self.guarded._connections.append(PostgresCentral(address_of(login, self.folder)))
        return self.guarded._connections[-1]

    def enrols(self, secret):
        """Open an invitation of the administrator's, as the clerk does, and log in with the password of its own."""
        keys = KeptCentralKeys(self.custody, self.custody.load().central)
        station = replace(STATION, code=TOWN)
        service = EnrolmentService(self.desk.store, self.desk.recorder, station, keys, RootTrust, self.guarded.open)
        service.accept(self.guarded.invite(TOWN, secret))
        assert service.enrol().state is EnrolmentState.ENROLLED
        self.desk.starts()

    def copied(self, folder):
        """Return a copy of the PC with all that it has."""
        folder.mkdir()
        other = copy.copy(self)
        other.folder, other.desk = folder, self.desk.copied_to(folder)
        other.custody = copy.copy(self.custody)
        other.desk.centre = SimpleNamespace(connect=other._connect)
        other.desk.recorder = Recorder(self.desk.clock, self.desk.recorder._key, TOWN)
        other.desk.starts()
        return other

    def parts(self):
        desk = self.desk
        return TwinService(desk.store, desk.recorder, DrawnKeys(), "x", lambda: desk.link).part(CLERK, "x")


def entries_of(desk):
    with desk.store.read() as uow:
        return list(uow.journal.entries())


@pytest.fixture
def guarded(server, tmp_path):
    made = GuardedCentre(server, tmp_path)
    yield made
    made.close()


def test_a_forked_pc_of_a_station_that_was_shut_out_parts_once_it_is_invited_again(guarded, tmp_path):
    (tmp_path / "first").mkdir()
    first = Pc(guarded, tmp_path / "first")
    first.enrols("secret-of-the-first-file")
    first.desk.takes()
    first.desk.round()
    second = first.copied(tmp_path / "second")
    theirs = first.desk.takes()
    assert first.desk.round().contact is Contact.ON_LINE
    mine = second.desk.takes([b"page"])
    assert type(second.desk.round().error).__name__ == "ChainForked"
    guarded.administration.revoke(TOWN, "先停用另一台")
    assert isinstance(second.desk.round().error, StationRevoked)
    before = second.desk.chain()
    with pytest.raises(StationRevoked):
        second.parts()
    assert second.desk.chain() == before, "nothing is changed by a try"

    second.enrols("secret-of-another-file")
    parted = second.parts()
    assert (parted.entries, parted.drafts) == (2, 1), "the case, and that it joined the centre"
    result = second.desk.round()
    assert (result.contact, result.read_back, result.failures) == (Contact.ON_LINE, 1, ())
    assert mine == theirs, "both gave the number; the case of the second waits as a draft"
    assert second.desk.history(theirs) == first.desk.history(theirs)
    guarded.watch.round(verify)
    second.desk.round()
    (verified,) = guarded.execute(
        "select (v.epoch, v.seq) = (h.epoch, h.seq) from core.verified_head v natural join core.chain_head h"
    )
    assert verified == (True,), "the key of its epoch is believed: the one before spoke for it"
    first.desk.starts()
    assert first.desk.round().error.reason == "login"
    kept = {entry.read()["data"].get("hash") for entry in entries_of(second.desk)}
    assert before[-1].hex() in kept, "kept word for word"
    for pc in (first, second):
        pc.desk.closes()
