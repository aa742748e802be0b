"""A draft for practice leaves nothing behind, whatever is tried with it. Without Qt."""

from dataclasses import replace

import pytest

from tests.support import CERTIFICATE, PERSON, filled
from tests.ui.intake.desk import Desk


@pytest.fixture
def at(counter):
    made = Desk(counter)
    made.session.practising = True
    return made.begin(CERTIFICATE, PERSON)


def complete(at, counter):
    """Give the practice draft everything that a case needs, without keeping it."""
    draft = filled(counter)
    counter.intake.discard(draft)
    at.presenter._sheet.change(replace(draft.application, applicant=PERSON))


@pytest.mark.parametrize("way", ["only_receive", "ask_supplement", "refuse", "enter_late"])
def test_no_way_out_is_taken(at, way):
    getattr(at.presenter.ways_out, way)()
    at.work()
    assert at.navigator.went[-1] == ("notify", "这是练习，这一步不真的做，也不留记录。")
    assert not at.presenter.ways_out.forms.is_open


def test_acceptance_ends_the_practice_when_nothing_is_missing(at, counter):
    at.presenter.accept()
    assert ("practised",) not in at.navigator.went, "what is missing is led to as ever"
    complete(at, counter)
    at.presenter.accept()
    at.work()
    assert at.navigator.went[-1] == ("practised",)
    assert counter.desk.board().today.accepted == 0


def test_no_form_is_printed_and_no_page_attached(at):
    at.presenter.forms.privacy()
    at.presenter.attachments.drop("id_card", lambda: [b"page"])
    at.work()
    assert at.source.opened is None
    assert at.presenter.page_count == 0
    assert [asked[0] for asked in at.navigator.went] == ["notify", "notify"]


def test_no_draft_is_kept_while_typing_leaving_or_throwing_away(at, counter):
    at.presenter.save_now()
    assert at.screen.state.saved == "练习，不保存"
    at.presenter.leave()
    at.presenter.discard()
    assert counter.desk.board().drafts == []
    assert [asked[0] for asked in at.navigator.went] == ["back", "back"], "there is nothing to undo"


def test_a_real_draft_is_worked_on_as_ever_meanwhile(at, counter):
    draft = filled(counter)
    at.presenter.resume(draft.draft_id)
    at.presenter.accept()
    at.work()
    assert at.navigator.went[-1][0] == "open_issue"


def test_the_end_puts_only_a_practice_draft_away(at, counter):
    at.presenter.end_practice()
    assert at.presenter.practice is None
    at.session.practising = False
    at.begin()
    at.presenter.end_practice()
    assert at.presenter.state.item.code == CERTIFICATE


def test_a_practice_draft_takes_no_pictures(at):
    at.presenter.attachments.photograph("id_card")
    assert not [name for name, *_ in at.navigator.went if name == "open_camera"]
