"""What an audit finds when somebody with the rights of a superuser changed the database behind everybody's back."""

import pytest

from app.central.audit import Audit
from app.central.journals import Journals
from app.domain.clock import stamp
from app.domain.journal import Entry
from app.security.keys import verify
from app.services.errors import CentreDeclined
from tests.domain.samples import AT
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"


@pytest.fixture
def centre(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)
    return centre


@pytest.fixture
def chain(centre):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, TOWN)
    chain.moves(case, VILLAGE)
    chain.notes(case)
    centre.connect(TOWN).push(chain.batch())
    other = Chain(VILLAGE)
    other.moves(case, VILLAGE)
    centre.connect(VILLAGE).push(other.batch())
    return chain


def audited(centre):
    audit = Audit(centre.address(), verify)
    try:
        return audit.run()
    finally:
        audit.close()


def found(centre):
    return {(one.station, one.seq, one.what) for one in audited(centre).remarks}


def tamper(centre, statement):
    """Change the journal as nobody can but a superuser who switches every guard off."""
    year = centre.execute("select core.year_of(now())")[0][0]
    guards = "trigger user"
    centre.execute(
        f"alter table core.journal_{year} disable {guards};"
        f"alter table core.journal disable {guards}; {statement};"
        f"alter table core.journal enable {guards}"
    )
    for trigger in ("only_erase", "deny"):
        centre.execute(f"alter table core.journal enable always trigger {trigger}")


def test_a_sound_centre_has_nothing_to_remark(centre, chain):
    result = audited(centre)
    assert result.remarks == []
    assert (result.stations, result.entries, result.cases, result.quarantined) == (2, 7, 1, 0)


@pytest.mark.parametrize(
    ("statement", "remarks"),
    [
        ("update core.journal set body = convert_to(replace(convert_from(body, 'UTF8'), 'somebody', 'nobody'), 'UTF8') where seq = 3", {"digest"}),
        ("update core.journal set body = body || ' '::bytea where seq = 3", {"body", "digest"}),
        ("update core.journal set digest = sha256('x') where seq = 3", {"hash", "digest"}),
        ("update core.journal set signature = (select signature from core.journal where station = 731 and seq = 2) where seq = 3", {"signature"}),
    ],
)  # fmt: skip
def test_a_changed_entry_is_found_where_it_stands(centre, chain, statement, remarks):
    tamper(centre, statement)
    assert {one for one in found(centre) if one[2] != "custody"} == {(TOWN, 3, remark) for remark in remarks}


def test_an_entry_that_was_taken_out_is_missed(centre, chain):
    tamper(centre, "delete from core.journal where station = 731 and seq = 3")
    assert (TOWN, 4, "sequence") in found(centre)
    assert {one.what for one in audited(centre).remarks} >= {"sequence", "custody"}


def test_entries_that_were_taken_off_the_end_are_missed(centre, chain):
    tamper(centre, "delete from core.journal where station = 732 and seq = 2")
    assert (VILLAGE, 2, "head") in found(centre)


def test_a_key_that_was_exchanged_is_found(centre, chain):
    centre.execute("alter table core.epoch disable trigger deny")
    centre.execute("update core.epoch set public_key = sha256('mine') where station = 731")
    centre.execute("alter table core.epoch enable always trigger deny")
    assert (TOWN, 1, "epoch") in found(centre)


def test_a_holder_that_was_changed_is_found(centre, chain):
    centre.execute("update core.case_file set holder = 731")
    assert [one.what for one in audited(centre).remarks] == ["holder"]


def test_an_entry_by_who_does_not_hold_the_case_is_found(centre, chain):
    tamper(centre, "update core.journal set case_n = case_n + 100 where station = 732 and seq = 2")
    number = chain.entries[1].read()["case"]
    other = chain.again()
    other.moves(number, VILLAGE)
    centre.connect(TOWN).push(other.batch(6))
    tamper(centre, f"update core.journal set case_number = '{number}', case_n = 5 where station = 731 and seq = 6")
    assert (TOWN, 6, "custody") in found(centre)


def test_what_is_in_quarantine_is_counted_and_is_no_remark(centre, chain):
    chain.moves(chain.entries[1].read()["case"], TOWN)
    centre.connect(TOWN).push(chain.batch(6))
    result = audited(centre)
    assert (result.remarks, result.quarantined) == ([], 1)


def test_a_new_epoch_is_followed_with_its_own_key(centre, chain):
    restored = Chain(TOWN, 2, chain.entries[2].hash.hex())
    restored.case(9)
    centre.connect(TOWN).push(restored.batch())
    assert [one for one in audited(centre).remarks if one.what != "numbers"] == []


def test_an_epoch_that_goes_on_from_an_earlier_one_than_that_before_it_is_no_remark(centre, chain):
    """The same backup was restored twice."""
    for epoch in (2, 3):
        restored = Chain(TOWN, epoch, chain.entries[2].hash.hex())
        restored.says("OperatorLoggedIn")
        centre.connect(TOWN).push(restored.batch())
    assert audited(centre).remarks == []
    tamper(centre, "delete from core.journal where (station, epoch) = (731, 1) and seq = 3")
    assert {(TOWN, 1, "epoch")} < found(centre)


# --- time --------------------------------------------------------------------------------------------------------


class Timed(Chain):
    """Entries with a time and an anchor of one's choice."""

    at, anchor = stamp(AT), None

    def says(self, kind, case=None, header=None, data=None):
        entry = super().says(kind, case, header, data)
        body = entry.read() | {"at": self.at, "anchor": self.anchor}
        self.entries[-1] = Entry.seal(body, entry.prev, self.key.sign)
        return self.entries[-1]


def test_a_time_after_it_came_or_before_its_anchor_is_remarked(centre):
    central = centre.connect(TOWN)
    anchor = central.hello().anchor
    timed = Timed(TOWN)
    timed.anchor = {"nonce": anchor.nonce, "at": anchor.at}
    timed.at = anchor.at
    timed.says("OperatorLoggedIn")
    timed.at = "2099-01-01T00:00:00.000+08:00"
    timed.says("OperatorLoggedIn")
    timed.at = "2001-01-01T00:00:00.000+08:00"
    timed.says("OperatorLoggedIn")
    central.push(timed.batch())
    assert found(centre) == {(TOWN, 3, "time"), (TOWN, 4, "time")}


def settles(centre, *place):
    centre.administration.settle_remark(TOWN, *place, "时钟有误，已告知申请人")


def test_what_was_settled_counts_apart_and_something_else_of_the_same_entry_does_not(centre):
    timed = Timed(TOWN)
    timed.at = "2099-01-01T00:00:00.000+08:00"
    timed.says("OperatorLoggedIn")
    timed.says("OperatorLoggedIn")
    centre.connect(TOWN).push(timed.batch())
    settles(centre, 1, 2, "time")
    settles(centre, 1, 3, "custody")
    result = audited(centre)
    assert [(one.seq, one.what) for one in result.remarks] == [(3, "time")]
    assert [(one.seq, one.what) for one in result.settled] == [(2, "time")]


@pytest.mark.parametrize("place", [(1, 2, "hash"), (1, 2, "signature"), (1, 9, "time")])
def test_what_speaks_of_the_database_itself_or_of_nothing_is_not_settled(centre, place):
    centre.connect(TOWN).push(Chain(TOWN).batch())
    with pytest.raises(CentreDeclined):
        settles(centre, *place)


def test_nothing_is_settled_twice(centre, chain):
    settles(centre, 1, 2, "time")
    with pytest.raises(CentreDeclined):
        settles(centre, 1, 2, "time")


def test_an_anchor_that_this_centre_never_gave_to_this_station_is_remarked(centre):
    others = centre.connect(VILLAGE).hello().anchor
    own = centre.connect(TOWN).hello().anchor
    timed = Timed(TOWN)
    for nonce, at in ((own.nonce, own.at), (others.nonce, others.at), ("ab" * 32, own.at), ("no hex", own.at)):
        timed.anchor, timed.at = {"nonce": nonce, "at": at}, own.at
        timed.says("OperatorLoggedIn")
    centre.connect(TOWN).push(timed.batch())
    assert {one for one in found(centre) if one[2] == "anchor"} >= {(TOWN, seq, "anchor") for seq in (3, 4, 5)}
    assert (TOWN, 2, "anchor") not in found(centre)


def test_an_unreadable_time_is_remarked(centre):
    timed = Timed(TOWN)
    timed.at = "yesterday"
    timed.says("OperatorLoggedIn")
    centre.connect(TOWN).push(timed.batch())
    assert (TOWN, 2, "time") in found(centre)


def test_what_comes_while_it_reads_is_no_fault(centre, chain, monkeypatch):
    read = Journals.entries

    def slowly(self, station, told):
        yield from read(self, station, told)
        if station == TOWN:
            chain.notes(None)
            centre.connect(TOWN).push(chain.batch(len(chain.entries)))

    monkeypatch.setattr(Journals, "entries", slowly)
    assert found(centre) == set()
