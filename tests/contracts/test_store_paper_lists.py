"""What every store promises of lists of papers: what narrows them, in which order they come, and how many there are."""

from datetime import timedelta

import pytest

from app.domain.clock import stamp
from app.domain.facts import (
    CertificateIssued,
    PaperPrinted,
    PaperReplaced,
    PaperRevoked,
    PaperVoided,
    PrintConfirmed,
)
from app.domain.paper import PaperKind, PaperState
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.listed_papers import Behind, Expiry, PaperFilter, PaperScope, PaperTotal, by_scope
from tests.contracts.stations import STAMP, THERE, Writer, append, begun, numbered, receive
from tests.domain.samples import AT, TODAY

RESIDENCE, HOMESTEAD = "residence_certificate", "homestead_approval"
YESTERDAY = stamp(AT - timedelta(days=1))


@pytest.fixture
def store(store):
    return begun(store)


def issue(store, serial, days=None, name="林𬱖宁", template=RESIDENCE, at=STAMP):
    """Take a case in and issue its certificate, good for so many days; return the numbers of both and of the case."""
    store.chain.at = at
    case, taken = store.chain.takes(serial, name=name, receipt=numbered(f"云溪3收〔2026〕{serial:06}号", serial))
    text = f"云溪3证〔2026〕{serial:06}号" if template == RESIDENCE else f"5199001002026{serial:03}"
    until = None if days is None else TODAY + timedelta(days=days)
    issued = CertificateIssued(numbered(text, serial), template, "某证", {}, TODAY, until)
    append(store, taken, store.chain.says(issued, case))
    return f"云溪3收〔2026〕{serial:06}号", text, case


def say(store, case, *facts):
    append(store, *(store.chain.says(fact, case) for fact in facts))


def listed(store, scope=PaperScope.ALL, behind=Behind(), limit=100, **narrowed):  # noqa: B008  it is frozen
    rows = store.views.listed_papers(PaperFilter(TODAY, scope, **narrowed), behind, limit)
    return [row.paper.number for row in rows]


def test_the_latest_made_comes_first_with_its_case(store):
    earlier = issue(store, 1, at=YESTERDAY)
    later = issue(store, 2)
    first, *_rest = store.views.listed_papers(PaperFilter(TODAY), Behind(), 1)
    assert (first.paper, first.case) == (store.views.paper(later[1]), store.views.case(later[2]))
    assert (first.paper.template, first.paper.clerk) == (RESIDENCE, "somebody")
    assert listed(store) == [later[1], later[0], earlier[1], earlier[0]]
    assert store.views.count_papers(PaperFilter(TODAY)) == 4


def test_a_page_begins_behind_a_paper_and_does_not_move_when_others_come(store):
    for serial in range(1, 4):
        issue(store, serial)
    whole = listed(store)
    assert listed(store, limit=2) == whole[:2]
    assert listed(store, behind=Behind(whole[1]), limit=3) == whole[2:5]
    assert listed(store, behind=Behind(whole[1], 2)) == whole[4:]
    assert listed(store, behind=Behind(skipped=5)) == whole[5:]
    issue(store, 9)
    assert listed(store, behind=Behind(whole[1])) == whole[2:]


def test_a_list_that_is_read_as_a_ledger_begins_with_the_first_made(store):
    for serial, at in ((1, YESTERDAY), (2, STAMP), (3, STAMP)):
        issue(store, serial, at=at)
    whole = listed(store, oldest_first=True)
    assert whole == listed(store)[::-1]
    issue(store, 9)
    assert listed(store, oldest_first=True, limit=2) == whole[:2]
    assert listed(store, behind=Behind(whole[1]), oldest_first=True)[:4] == whole[2:]
    certificates = listed(store, kind=PaperKind.CERTIFICATE, oldest_first=True, made_to=TODAY - timedelta(days=1))
    assert certificates == [whole[1]]


def test_what_becomes_of_papers_tells_where_they_are_listed(store):
    receipt, certificate, case = issue(store, 1)
    assert set(listed(store, PaperScope.TO_PRINT)) == {receipt, certificate}
    say(store, case, PaperPrinted(receipt), PrintConfirmed(receipt), PaperPrinted(certificate))
    assert listed(store, PaperScope.TO_PRINT) == [certificate]
    say(store, case, PaperVoided(receipt, "错行", "shenqing"))
    assert (listed(store, PaperScope.VOIDED), listed(store, PaperScope.VALID)) == ([receipt], [certificate])
    say(store, case, PaperRevoked(certificate, RevocationGround.FRAUD, "骗取", "第六十九条", "shenqing"))
    assert (listed(store, PaperScope.REVOKED), listed(store, PaperScope.VALID)) == ([certificate], [])
    other, lost, case = issue(store, 2)
    say(store, case, PaperReplaced(lost, "x", ReplacementGround.LOST, "遗失", "shenqing"))
    assert (listed(store, PaperScope.REPLACED), listed(store, PaperScope.VALID)) == ([lost], [other])


def test_certificates_are_listed_by_their_end_soon_and_gone(store):
    _receipt, gone, _case = issue(store, 1, days=-1)
    _receipt, long_gone, _case = issue(store, 2, days=-400)
    _receipt, today, _case = issue(store, 3, days=0)
    _receipt, in_a_week, _case = issue(store, 4, days=7)
    _receipt, much_later, _case = issue(store, 5, days=31)
    _receipt, void, case = issue(store, 6, days=3)
    say(store, case, PaperVoided(void, "错行", "shenqing"))
    assert listed(store, PaperScope.EXPIRED) == [gone, long_gone]
    assert listed(store, PaperScope.EXPIRING) == [today, in_a_week]
    assert listed(store, PaperScope.EXPIRING, Behind(today)) == [in_a_week]
    assert listed(store, PaperScope.EXPIRED, Behind(gone)) == [long_gone]
    assert listed(store, PaperScope.EXPIRING, soon_days=6) == [today]
    assert listed(store, PaperScope.EXPIRING, soon_days=31) == [today, in_a_week, much_later]
    valid = listed(store, PaperScope.VALID, kind=PaperKind.CERTIFICATE)
    assert sorted(valid) == sorted([today, in_a_week, much_later])


def test_kind_template_days_and_clerk_narrow_a_list(store):
    receipt, residence, _case = issue(store, 1, at=YESTERDAY)
    _other, homestead, _case = issue(store, 2, template=HOMESTEAD)
    assert listed(store, kind=PaperKind.CERTIFICATE) == [homestead, residence]
    assert listed(store, template=HOMESTEAD) == [homestead]
    yesterday = TODAY - timedelta(days=1)
    assert listed(store, made_from=yesterday, made_to=yesterday) == [residence, receipt]
    assert listed(store, made_from=TODAY, kind=PaperKind.CERTIFICATE) == [homestead]
    assert listed(store, clerk="nobody") == []
    assert len(listed(store, clerk="somebody")) == 4


@pytest.mark.parametrize(
    "typed",
    [
        "云溪3证〔2026〕000412号",
        "云溪3证",
        "000412",
        "412",
        "412号",
        "〔2026〕412",
        "［2026］412",
        "(2026)412号",
        "云溪３证 ２０２６ ４１２",
        " 3证[2026] ",
    ],
)
def test_a_number_is_found_by_any_part_of_it_however_it_is_typed(store, typed):
    _receipt, certificate, _case = issue(store, 412)
    issue(store, 7, template=HOMESTEAD)
    assert certificate in listed(store, text=typed)
    assert listed(store, kind=PaperKind.CERTIFICATE, text=typed) == [certificate]


@pytest.mark.parametrize("typed", ["413", "412〔2026〕", "%", "_", "4_3", "云溪3证2026%", "·", '"'])
def test_what_no_number_has_finds_nothing(store, typed):
    issue(store, 412)
    assert listed(store, text=typed) == []


@pytest.mark.parametrize(
    "typed", ["林", "𬱖", "林𬱖", "l", "5199001992", "13805555270", "5270 13805", "20260518000731"]
)
def test_papers_are_found_by_their_holder_and_their_case(store, typed):
    receipt, certificate, _case = issue(store, 1)
    issue(store, 2, name="沈青")
    found = listed(store, text=typed, kind=PaperKind.CERTIFICATE)
    assert (certificate in found) == (typed != "5270 13805")
    assert typed not in {"林", "𬱖", "林𬱖", "l"} or set(listed(store, text=typed)) == {receipt, certificate}


def test_papers_of_other_stations_are_listed_apart(store):
    issue(store, 1)
    there = Writer(THERE)
    _case, taken = there.takes(1, receipt=numbered("柳湾1收〔2026〕000001号", 1))
    receive(store, taken)
    assert listed(store, PaperScope.ELSEWHERE) == ["柳湾1收〔2026〕000001号"]
    assert len(listed(store)) == 2
    assert {total.is_own: total.count for total in totals(store) if total.kind is PaperKind.MATERIALS_RECEIPT} == {
        True: 1,
        False: 1,
    }


def totals(store, **narrowed):
    return store.views.paper_totals(PaperFilter(TODAY, **narrowed))


def test_totals_tell_how_many_papers_there_are_of_each_sort(store):
    issue(store, 1, days=-1, at=YESTERDAY)
    receipt, _certificate, case = issue(store, 2, days=7)
    _receipt, void, other = issue(store, 3, days=90)
    say(store, case, PaperPrinted(receipt), PrintConfirmed(receipt))
    say(store, other, PaperVoided(void, "错行", "shenqing"))
    sort = (PaperKind.CERTIFICATE, RESIDENCE)
    receipts = PaperKind.MATERIALS_RECEIPT
    assert set(totals(store)) == {
        PaperTotal(*sort, PaperState.TO_PRINT, Expiry.OVER, True, 1),
        PaperTotal(*sort, PaperState.TO_PRINT, Expiry.SOON, True, 1),
        PaperTotal(*sort, PaperState.VOIDED, Expiry.LATER, True, 1),
        PaperTotal(receipts, "", PaperState.PRINTED, Expiry.NEVER, True, 1),
        PaperTotal(receipts, "", PaperState.TO_PRINT, Expiry.NEVER, True, 2),
    }
    assert sum(one.count for one in totals(store, made_from=TODAY)) == 4
    assert totals(store, kind=PaperKind.CERTIFICATE, scope=PaperScope.EXPIRED, text="000003") == [
        PaperTotal(*sort, PaperState.VOIDED, Expiry.LATER, True, 1)
    ]


def test_totals_agree_with_the_parts_of_the_list(store):
    for serial, days in enumerate((-1, 0, 30, 31, None), start=1):
        _receipt, number, case = issue(store, serial, days=days)
        if serial == 2:
            say(store, case, PaperVoided(number, "错行", "shenqing"))
    for scope, number in by_scope(totals(store)).items():
        assert store.views.count_papers(PaperFilter(TODAY, scope)) == number == len(listed(store, scope)), scope
