"""A citizen's receipt against what a real centre has: what it proves, what contradicts it, and who hears nothing."""

from datetime import datetime, timedelta

import pytest
from psycopg import errors as pg

import main
from app.central.receipts import AS_STATION, CentreReceipts
from app.domain.clock import CHINA, stamp
from app.domain.journal import Entry
from app.domain.numbering import case_number
from app.domain.verdict import ReceiptStanding, Ruling
from app.services.errors import BatchRefused
from app.verification.receipts import Receipt, asked
from tests.central.test_paper_ends import header
from tests.domain.samples import AT
from tests.fakes.chains import AT_TEXT, Chain
from tests.test_central_commands import url

TOWN, VILLAGE, CITY = "000731", "000732", "000733"
OTHER = case_number(AT.date(), TOWN, 77)


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE, CITY):
        centre.enrol(station)
        centre.role(f"station_{station}")


@pytest.fixture
def town(centre):
    """Return a chain with a case that was received and accepted; its entry shows an anchor of the centre."""
    chain = Chain(TOWN)
    case = case_number(AT.date(), TOWN, 1)
    anchor = centre.connect(TOWN).hello().anchor
    chain.says("CaseReceived", case, header(case, TOWN), text=str)
    chain.says("CaseAccepted", case, header(case, TOWN), text=anchored(anchor.nonce, anchor.at))
    chain.anchor = anchor
    return chain


def anchored(nonce, at):
    return lambda body: body.replace('"anchor":null', f'"anchor":{{"at":"{at}","nonce":"{nonce}"}}')


def case_of(chain):
    return chain.entries[1].read()["case"]


def push(centre, *chains):
    for chain in chains:
        centre.connect(chain.station).push(chain.batch())


def said(centre, station, case, witness=""):
    receipts = CentreReceipts(centre.address(f"station_{station}"), AS_STATION)
    try:
        return asked(Receipt(case, witness), receipts.ask)
    finally:
        receipts.close()


def test_whoever_has_the_receipt_hears_when_it_was_recorded_at_any_station(centre, town):
    push(centre, town)
    centre.verify(TOWN)
    accepted = town.entries[2]
    for station in (TOWN, CITY):
        verdict = said(centre, station, case_of(town), accepted.witness)
        assert (verdict.standing, verdict.ruling) == (ReceiptStanding.PROVEN, Ruling.VALID)
        assert (verdict.station, verdict.seq, verdict.kind) == (TOWN, 3, "CaseAccepted")
        assert stamp(verdict.at) == AT_TEXT
        assert stamp(verdict.proven.not_before) == town.anchor.at
        assert timedelta() <= datetime.now(CHINA) - verdict.proven.not_after < timedelta(minutes=5)


def test_an_anchor_that_the_centre_never_gave_proves_nothing(centre, town):
    none = "00" * 32
    never = "2026-02-31T00:00:00.000+08:00"
    strange = [(none, at) for at in ("nothing", "infinity", never, town.anchor.at)] + [("zz", AT_TEXT), ("", AT_TEXT)]
    for nonce, at in strange:
        town.says("CaseAccepted", case_of(town), header(case_of(town), TOWN), text=anchored(nonce, at))
    push(centre, town)
    for entry in town.entries[3:]:
        verdict = said(centre, CITY, case_of(town), entry.witness)
        assert verdict.proven.not_before is None
        assert verdict.proven.not_after is not None


def test_nothing_is_proven_before_the_signature_was_checked_or_when_it_does_not_fit(centre, town):
    bad = town.entries[2]
    town.entries[2] = Entry(bad.station, bad.epoch, bad.seq, bad.prev, bad.hash, bytes(64), bad.body)
    push(centre, town)
    for _ in range(2):
        verdict = said(centre, CITY, case_of(town), bad.witness)
        assert (verdict.standing, verdict.ruling) == (ReceiptStanding.UNCHECKED, Ruling.UNKNOWN)
        centre.verify(TOWN)


def test_without_both_a_stranger_does_not_even_hear_whether_there_is_such_a_case(centre, town):
    push(centre, town)
    for case in (case_of(town), OTHER):
        for witness in ("", "0123456789abcdef", town.entries[0].witness):
            verdict = said(centre, CITY, case, witness)
            assert verdict.standing is ReceiptStanding.NOT_THERE
            assert verdict.ruling is Ruling.UNKNOWN
    assert said(centre, CITY, OTHER, town.entries[2].witness).standing is ReceiptStanding.NOT_THERE
    assert said(centre, CITY, "", town.entries[2].witness).standing is ReceiptStanding.NO_CASE


def test_who_has_a_part_in_the_case_hears_what_contradicts_a_receipt(centre, town):
    push(centre, town)
    verdict = said(centre, TOWN, case_of(town), "0123456789abcdef")
    assert (verdict.standing, verdict.ruling) == (ReceiptStanding.CONTRADICTED, Ruling.REFUSED)
    assert verdict.witness == town.entries[2].witness
    verdict = said(centre, TOWN, case_of(town))
    assert (verdict.standing, verdict.witness) == (ReceiptStanding.CASE_ONLY, town.entries[2].witness)


def test_a_case_that_is_not_accepted_yet_contradicts_nothing(centre):
    chain = Chain(TOWN)
    case = case_number(AT.date(), TOWN, 1)
    chain.says("CaseReceived", case, header(case, TOWN))
    push(centre, chain)
    assert said(centre, TOWN, case, "0123456789abcdef").standing is ReceiptStanding.NOT_THERE


def test_what_was_set_aside_is_told_and_proves_nothing(centre):
    village = Chain(VILLAGE)
    early = village.says("CaseAccepted", OTHER, header(OTHER, VILLAGE))
    push(centre, village)
    assert said(centre, CITY, OTHER, early.witness).standing is ReceiptStanding.WAITING
    centre.settle(VILLAGE, 1, early.seq)
    verdict = said(centre, CITY, OTHER, early.witness)
    assert (verdict.standing, verdict.ruling) == (ReceiptStanding.SET_ASIDE, Ruling.REFUSED)


@pytest.mark.parametrize(("case", "witness"), [("x", bytes(8)), ("%", bytes(8)), (OTHER, b""), (OTHER, bytes(7))])
def test_questions_are_bounded(centre, case, witness):
    receipts = CentreReceipts(centre.address(f"station_{CITY}"), AS_STATION)
    with pytest.raises(BatchRefused):
        receipts.ask(case, witness)
    receipts.close()


def test_a_supervisor_asks_by_the_address_and_gets_exit_codes(centre, town, capsys, monkeypatch):
    centre.execute(
        "do $$ begin if not exists (select from pg_roles where rolname = 'qian_yu') then"
        " create role qian_yu login in role lideng_supervisor; end if; end $$"
    )
    push(centre, town)
    centre.verify(TOWN)
    case, witness = case_of(town), town.entries[2].witness
    address = url(centre).replace("user=postgres", "user=qian_yu")
    assert main.main(["verify", f"{case} {witness}", "--centre", "--url", address]) == main.GOOD
    told = capsys.readouterr().out
    assert f"窗口 {TOWN}" in told
    assert "中心证明" in told
    monkeypatch.setenv("LIDENG_CENTRAL", address)
    assert main.main(["verify", f"{case} {'0' * 16}", "--centre"]) == main.UNSOUND
    assert witness in capsys.readouterr().out
    assert main.main(["verify", case, "--centre"]) == main.CANNOT_TELL
    assert main.main(["verify", witness, "--centre"]) == main.CANNOT_TELL
    with centre.address("qian_yu").connect() as connection, pytest.raises(pg.InsufficientPrivilege):
        connection.execute("select api.receipt('20260518000731000135', null)")
