from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.catalogue import Need
from app.domain.day import Figure
from app.domain.errors import AlreadyDone, LimitExceeded, SamePerson
from app.domain.operators import Operator, Role
from app.services.day_words import count_rows, day_tables
from app.services.errors import NotPermitted
from tests.support import COMMITTED, MONDAY, PERSON, accepted, filled

DAY = MONDAY.date()
OWING = "510115021000"
CHIEF = Operator("qin", "覃静秋", (Role.SUPERVISOR,))
CLERK_ALONE = Operator(CLERK.login, CLERK.name, (Role.CLERK, Role.SUPERVISOR))


@pytest.fixture
def worked(counter):
    """A day with one finished case, one that goes on, a question and a draft."""
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    accepted(counter, COMMITTED)
    counter.inquiries.ask(CLERK, "几点下班")
    filled(counter)
    return case


def test_a_summary_tells_what_happened_and_what_is_left(counter, worked):
    summary = counter.days.summary(DAY)
    figures = (Figure.RECEIVED, Figure.ACCEPTED, Figure.ISSUED, Figure.DELIVERED, Figure.ASKED)
    assert [summary.tally.count(figure) for figure in figures] == [2, 2, 1, 1, 1]
    assert (summary.counts.open, len(summary.drafts), len(summary.inquiries)) == (1, 1, 1)
    assert summary.drafts[0].operator == CLERK.login
    assert next(line.row.number for line in summary.lines) == worked.number


def test_the_numbers_of_every_series_are_counted_and_there_is_no_gap(counter, worked):
    series = counter.days.summary(DAY).series
    assert {left.gaps for left in series} == {0}
    assert {(left.use.kind.value if left.use.kind else "case"): left.use.span for left in series} == {
        "case": "1-2",
        "materials_receipt": "1-2",
        "acceptance_notice": "1-2",
        "certificate": "1-1",
        "inquiry_slip": "1-1",
    }


def test_two_people_close_a_day_and_the_report_has_a_number(counter, worked):
    number = counter.days.close(DAY, CLERK, CHIEF, "打印机换过墨")
    (closed,) = counter.days.closings(5)
    assert (number.text, closed.operator) == ("云溪3日〔2026〕000001号", CLERK.login)
    assert (closed.fact.approved_by, closed.fact.remark, closed.fact.follows) == ("qin", "打印机换过墨", "")
    assert closed.fact.counts["accepted"] == 2
    assert closed.fact.series["case/20260518"] == "1-2"
    assert counter.days.is_closed(DAY)
    assert counter.ledger.verify().entries > closed.fact.entries


@pytest.mark.parametrize(
    ("second", "error"), [(CLERK_ALONE, SamePerson), (Operator("colleague", "同事"), NotPermitted)]
)
def test_nobody_closes_a_day_alone(counter, worked, second, error):
    with pytest.raises(error):
        counter.days.close(DAY, CLERK, second)
    assert counter.days.closings(5) == []


def test_a_day_to_come_is_not_closed(counter, worked):
    with pytest.raises(LimitExceeded):
        counter.days.close(DAY + timedelta(days=1), CLERK, CHIEF)


def test_closing_twice_tells_only_what_is_new_and_names_the_first_report(counter, place, worked):
    first = counter.days.close(DAY, CLERK, CHIEF)
    with pytest.raises(AlreadyDone):
        counter.days.close(DAY, CLERK, CHIEF)
    place.clock.set(MONDAY + timedelta(hours=8))
    accepted(counter)
    assert not counter.days.is_closed(DAY)
    summary = counter.days.summary(DAY)
    assert (summary.tally.count(Figure.ACCEPTED), summary.tally.after, summary.follows) == (1, 1, first.text)
    counter.days.close(DAY, CLERK, CHIEF)
    assert counter.days.closings(1)[0].fact.follows == first.text


def test_work_after_closing_shows_in_the_next_day_as_such(counter, place, worked):
    counter.days.close(DAY, CLERK, CHIEF)
    late = accepted(counter)
    place.clock.set(MONDAY + timedelta(days=1))
    today = accepted(counter)
    summary = counter.days.summary(DAY + timedelta(days=1))
    assert [(line.row.number, line.is_after) for line in summary.lines] == [(late.number, True), (today.number, False)]
    assert ("日结后办理的办件", "1") in [pair for row in count_rows(summary) for pair in (row[:2], row[2:])]


def test_closings_part_the_journal(counter, place, worked):
    """What every closing covers together is every entry, and none of them twice."""
    for days in range(4):
        place.clock.set(MONDAY + timedelta(days=days, hours=1))
        accepted(counter)
        counter.days.close(DAY + timedelta(days=days), CLERK, CHIEF)
        accepted(counter)
    place.clock.set(MONDAY + timedelta(days=4))
    counter.days.close(DAY + timedelta(days=4), CLERK, CHIEF)
    closings = counter.days.closings(10)
    with counter.desk._store.read() as uow:
        worked_since = [entry for entry in uow.journal.entries() if entry.read()["at"] >= DAY.isoformat()]
    assert sum(closed.fact.entries for closed in closings) == len(worked_since) - len(closings)
    assert sum(closed.fact.counts.get("received", 0) for closed in closings) == 10


def test_a_day_that_was_not_closed_is_offered_the_next_morning(counter, place, worked):
    assert counter.days.offered() is None
    place.clock.set(MONDAY + timedelta(days=1))
    assert counter.days.offered() == DAY
    counter.days.close(DAY, CLERK, CHIEF)
    assert counter.days.offered() is None
    accepted(counter)
    place.clock.set(MONDAY + timedelta(days=3))
    assert counter.days.offered() == DAY + timedelta(days=1)


def test_a_counter_that_begins_to_close_its_days_is_asked_for_the_last_one_only(counter, place, worked):
    place.clock.set(MONDAY + timedelta(days=1))
    accepted(counter)
    place.clock.set(MONDAY + timedelta(days=2))
    assert counter.days.offered() == DAY + timedelta(days=1)


def test_a_promise_whose_day_has_gone_by_is_called_overdue(counter, place):
    item = counter.catalogue.item(OWING)
    material = next(one for one in item.materials if one.need is Need.MAY_FOLLOW)
    draft = filled(counter, OWING, site="柳湾村4组", area="90", built_on="2020-01-01")
    promised = HandedIn(promised_by=DAY + timedelta(days=3))
    materials = {**draft.application.materials, material.code: promised}
    draft = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    counter.intake.accept(draft, item, CLERK)

    def owed():
        summary = counter.days.summary(place.clock.now().date())
        return [one.is_overdue for one in summary.owed], day_tables(summary)["owed"][0][-1]

    place.clock.set(MONDAY + timedelta(days=3))
    assert owed() == ([False], "2026年5月21日")
    place.clock.set(MONDAY + timedelta(days=4))
    assert owed() == ([True], "2026年5月21日（已逾期）")
