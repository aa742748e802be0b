"""The services hold the table of who may do what: one act of each service, by somebody who may not."""

import pytest

from app.domain.operators import Operator, Role
from app.services.errors import NotPermitted
from tests.support import COMMITTED, accepted, filled

REVIEWER = Operator("ouwanqing", "欧晚晴", (Role.REVIEWER,))
SUPERVISOR = Operator("luoshoutian", "罗守田", (Role.SUPERVISOR,))


def test_a_supervisor_takes_no_case_in(counter):
    draft = filled(counter)
    with pytest.raises(NotPermitted):
        counter.intake.accept(draft, counter.catalogue.item(draft.item), SUPERVISOR)
    assert counter.desk.counts().open == 0
    assert len(counter.desk.board().drafts) == 1


def test_a_reviewer_reviews_and_does_not_hand_over(counter):
    case = accepted(counter, COMMITTED)
    counter.review.start(case.number, REVIEWER)
    with pytest.raises(NotPermitted):
        counter.issuance.issue(case.number, REVIEWER)
    with pytest.raises(NotPermitted):
        counter.issuance.deliver(case.number, REVIEWER, "某人", in_person=True)


def test_a_supervisor_does_not_review(counter):
    case = accepted(counter, COMMITTED)
    before = counter.ledger.verify().entries
    with pytest.raises(NotPermitted):
        counter.review.start(case.number, SUPERVISOR)
    assert counter.ledger.verify().entries == before


def test_the_journal_is_exported_by_a_supervisor_and_not_by_a_clerk(counter, tmp_path):
    with pytest.raises(NotPermitted):
        counter.ledger.export(tmp_path / "journal.jsonl", Operator("x", "某人"))
    counter.ledger.export(tmp_path / "journal.jsonl", SUPERVISOR)
