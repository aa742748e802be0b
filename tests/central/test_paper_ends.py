"""Which papers count no more, as the journals at a real centre say, sound ones and others."""

from datetime import date, datetime

import pytest

from app.central.paper_ends import PaperEnds
from app.domain.clock import CHINA
from app.domain.facts import (
    CaseReceived,
    CertificateIssued,
    NumberedPaper,
    PaperReplaced,
    PaperRevoked,
    PaperVoided,
)
from app.domain.journal import Entry, canonical
from app.domain.numbering import case_number
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.domain.verdict import Reason
from app.security.keys import verify
from tests.central.test_audit import tamper
from tests.domain.samples import APPLICATION, ITEM
from tests.fakes.chains import AT_TEXT, Chain

TOWN, VILLAGE = "000731", "000732"
DAY = date(2026, 5, 18)


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)


def header(case, holder, **more):
    return {"number": case, "state": "accepted", "holder": holder, "received": AT_TEXT, **more}


def acts(chain, case, fact, holder="", **more):
    """Add an entry of a fact that changes a case."""
    return chain.says(fact.kind, case, header(case, holder or chain.station, **more), fact.data())


def issues(chain, case, number="居〔2026〕1号", **more):
    paper = NumberedPaper("certificate", 1, number)
    return acts(chain, case, CertificateIssued(paper, "residence", "居住证明", {}, DAY), **more)


def voids(chain, case, number="居〔2026〕1号", **more):
    return acts(chain, case, PaperVoided(number, "写错了", "b"), **more)


def push(centre, *chains):
    for chain in chains:
        centre.connect(chain.station).push(chain.batch())


def ended(centre):
    ends = PaperEnds(centre.address(), verify)
    try:
        return ends.run()
    finally:
        ends.close()


def test_every_end_of_a_certificate_is_found_with_its_day(centre):
    town = Chain(TOWN)
    papers = []
    for serial, fact in enumerate(
        (
            PaperVoided("1", "写错了", "b"),
            PaperRevoked("2", RevocationGround.FRAUD, "骗取", "第六十九条", "b"),
            PaperReplaced("3", "4", ReplacementGround.LOST, "遗失", "b"),
        ),
        start=1,
    ):
        case = town.case(serial)
        papers.append(issues(town, case, str(serial)).hash)
        acts(town, case, fact)
    issues(town, case, "4")
    push(centre, town)
    found = ended(centre)
    assert found.papers == {
        papers[0]: (Reason.VOID, DAY),
        papers[1]: (Reason.WITHDRAWN, DAY),
        papers[2]: (Reason.REPLACED, DAY),
    }
    assert (found.remarks, found.undone, found.entries) == ([], set(), len(town.entries))


def test_a_receipt_that_is_void_is_on_no_list(centre):
    town = Chain(TOWN)
    case = town.case()
    receipt = CaseReceived(
        ITEM.code, 1, ITEM.title, "x", ITEM.project_type, APPLICATION.applicant, {}, {}, APPLICATION.collection,
        NumberedPaper("receipt", 1, "收1"), TOWN,
    )  # fmt: skip
    acts(town, case, receipt)
    voids(town, case, "收1")
    push(centre, town)
    assert ended(centre).papers == {}


def test_who_got_the_case_ends_the_paper_of_who_gave_it_and_nobody_else_does(centre):
    town, village = Chain(TOWN), Chain(VILLAGE)
    given, kept = town.case(1), town.case(2)
    paper = issues(town, given, "1", holder=VILLAGE).hash
    issues(town, kept, "2")
    town.moves(kept, VILLAGE)
    voids(village, given, "1")
    voids(village, given, "2")  # of another case
    village.moves(kept, TOWN)
    village.says("PaperVoided", kept, None, PaperVoided("2", "x", "b").data())  # to the centre a note of a party
    voids(village, kept, "2")  # is set aside: the case is the town's again
    push(centre, town, village)
    assert ended(centre).papers == {paper: (Reason.VOID, DAY)}


def test_what_was_set_aside_for_good_is_recalled_and_what_may_be_let_in_is_not(centre):
    town, village = Chain(TOWN), Chain(VILLAGE)
    case, unknown = town.case(1), case_number(DAY, TOWN, 2)
    given = town.moves(case, VILLAGE)
    village.moves(case, TOWN)
    late = issues(village, case, "1", came_by=given.hash.hex())  # it gave the case back before
    waiting = issues(village, unknown, "2")  # whoever took this one in has not met the centre
    push(centre, town, village)
    assert ended(centre).papers.keys() == {late.hash}
    assert ended(centre).papers[late.hash][0] is Reason.RECALLED
    centre.settle(VILLAGE, 1, waiting.seq)
    assert ended(centre).papers.keys() == {late.hash, waiting.hash}


def test_what_was_refused_is_recalled_and_what_it_ended_counts_again(centre):
    town = Chain(TOWN)
    case = town.case()
    paper = issues(town, case, "1")
    push(centre, town)
    thief = Chain(TOWN, epoch=9, previous_hash=town.entries[-1].hash.hex())
    voids(thief, case, "1")
    forged = issues(thief, case, "2")
    push(centre, thief)
    found = ended(centre)
    assert found.papers == {}  # nobody believes that key
    assert [(one.epoch, one.what) for one in found.remarks] == [(9, "signature")]
    centre.believe(TOWN, 9)
    assert ended(centre).papers == {paper.hash: (Reason.VOID, DAY)}
    centre.refuse(TOWN, 9, 1)
    found = ended(centre)
    assert [why for why, _day in found.papers.values()] == [Reason.RECALLED]
    assert found.papers.keys() == {forged.hash}
    assert found.undone == {paper.hash}


def test_a_broken_journal_is_told_and_what_is_sound_counts(centre):
    town, village = Chain(TOWN), Chain(VILLAGE)
    for chain in (town, village):
        case = chain.case()
        issues(chain, case, chain.station)
        chain.notes(case)
        chain.notes(case)
        voids(chain, case, chain.station)
    push(centre, town, village)
    tamper(centre, f"delete from core.journal where station = {int(TOWN)} and seq in (4, 5)")
    found = ended(centre)
    assert len(found.papers) == 2
    assert [(one.station, one.seq, one.what) for one in found.remarks] == [(TOWN, 6, "sequence")]


def test_an_end_whose_signature_or_body_is_not_its_stations_does_not_count(centre):
    town = Chain(TOWN)
    case = town.case()
    issues(town, case, "1")
    town.says("PaperVoided", case, header(case, TOWN), {})
    bad = voids(town, case, "1")
    town.entries[-1] = Entry(bad.station, bad.epoch, bad.seq, bad.prev, bad.hash, bytes(64), bad.body)
    push(centre, town)
    found = ended(centre)
    assert found.papers == {}
    assert [(one.seq, one.what) for one in found.remarks] == [(4, "body")]


def test_an_end_that_only_the_database_knows_does_not_count(centre):
    town = Chain(TOWN)
    case = town.case()
    issues(town, case, "1")
    town.moves(case, TOWN, received=AT_TEXT)
    push(centre, town)
    forged = {**town.entries[-1].read(), "kind": "PaperVoided", "data": PaperVoided("1", "x", "b").data()}
    body = canonical(forged).encode().hex()
    tamper(
        centre,
        f"update core.journal set body = '\\x{body}', digest = sha256('\\x{body}'),"
        f" hash = sha256(prev || sha256('\\x{body}')) where seq = 4",
    )
    found = ended(centre)
    assert found.papers == {}
    assert [(one.seq, one.what) for one in found.remarks] == [(4, "signature")]


def test_a_clock_that_was_ahead_ends_no_paper_in_days_to_come(centre):
    town = Chain(TOWN)
    case = town.case()
    paper = issues(town, case, "1")
    town.says("PaperVoided", case, header(case, TOWN), PaperVoided("1", "x", "b").data(), text=in_2099)
    push(centre, town)
    assert ended(centre).papers[paper.hash][1] <= datetime.now(CHINA).date()


def in_2099(body):
    return body.replace(f'"at":"{AT_TEXT}"', '"at":"2099-01-01T00:00:00.000+08:00"')
