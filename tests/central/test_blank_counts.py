"""How many blank forms stations have, used and spoiled, as their journals at a real centre say."""

import pytest

from app.central.blank_counts import BlankCounting
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed
from app.services.ports import BlankCounts, Remark, StationBlanks
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"
LAND, HOME = "农村宅基地批准书用纸", "居住证明用纸"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)


def tell(centre, station, *facts):
    chain = Chain(station)
    for fact in facts:
        chain.says(fact.kind, data=fact.data())
    centre.connect(station).push(chain.batch())
    return chain


def counted(centre, *only):
    counting = BlankCounting(centre.address())
    try:
        return counting.run(only)
    finally:
        counting.close()


def test_every_blank_is_counted_by_what_became_of_it_last(centre):
    tell(
        centre,
        TOWN,
        BlanksReceived(LAND, "A0001", "A0010", "县自然资源局"),
        BlankUsed(LAND, "A0001", "5199011012026001"),
        BlanksSpoiled(LAND, "A0001", "A0001", "卡纸", "b", "5199011012026001"),
        BlankUsed(LAND, "A0002", "5199011012026001"),
        BlanksSpoiled(LAND, "A0003", "A0005", "受潮", "b"),
        BlanksRestored(LAND, "A0005", "A0005", "晾干了", "b"),
        BlanksGivenBack(LAND, "A0009", "A0010", "用不完", "b"),
        BlanksReceived(HOME, "1", "3", "县政务服务局"),
    )
    tell(centre, VILLAGE, BlanksReceived(HOME, "0001", "0020", "县政务服务局"))
    assert counted(centre).rows == (
        StationBlanks(TOWN, LAND, BlankCounts(unused=4, used=1, spoiled=3, given_back=2)),
        StationBlanks(TOWN, HOME, BlankCounts(unused=3)),
        StationBlanks(VILLAGE, HOME, BlankCounts(unused=20)),
    )
    assert [row.station for row in counted(centre, VILLAGE).rows] == [VILLAGE]
    assert counted(centre).remarks == ()


def test_blanks_that_were_given_back_and_received_again_are_counted_once(centre):
    again = BlanksReceived(LAND, "A0001", "A0002", "县自然资源局")
    tell(centre, TOWN, again, BlanksGivenBack(LAND, "A0001", "A0002", "号码登记错了", "b"), again)
    (row,) = counted(centre).rows
    assert row.counts == BlankCounts(unused=2)


def test_an_entry_that_no_program_of_ours_would_write_is_told_and_the_others_count(centre):
    chain = tell(
        centre,
        TOWN,
        BlanksReceived(LAND, "A0001", "A0003", "县自然资源局"),
        BlanksReceived(LAND, "A1", "A999999999", "县自然资源局"),
        BlankUsed(LAND, "no number", "1"),
    )
    found = counted(centre)
    assert [row.counts for row in found.rows] == [BlankCounts(unused=3)]
    assert found.remarks == tuple(Remark(TOWN, 1, entry.seq, "body", "unreadable") for entry in chain.entries[-2:])
