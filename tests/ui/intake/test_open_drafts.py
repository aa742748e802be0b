"""Several drafts that lie open at the same time."""

from tests.support import COMMITTED


def test_open_drafts_are_switched_by_key_and_keep_their_cursor(desk, counter):
    desk.begin().edit("applicant.name", "林小禾")
    first = desk.state.draft.draft_id
    desk.presenter.save_now()
    desk.screen.current_place = "applicant.phone"
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    assert [(draft.title, draft.is_current) for draft in desk.state.open_drafts] == [
        ("居住证明", False),
        ("低收入家庭认定", True),
    ]
    desk.presenter.switch(1)
    assert desk.state.draft.draft_id == first
    assert desk.application.applicant.name == "林小禾"
    assert desk.screen.focused == "applicant.phone"
    desk.presenter.switch(1)
    assert desk.application.applicant.name == "黎若谷"


def test_a_draft_that_nobody_typed_into_leaves_the_strip(desk):
    desk.begin()
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    assert [draft.title for draft in desk.state.open_drafts] == ["低收入家庭认定"]


def test_a_draft_that_was_finished_elsewhere_leaves_the_strip(desk, counter):
    desk.begin().edit("applicant.name", "林小禾")
    desk.presenter.save_now()
    gone = desk.state.draft
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    desk.presenter.save_now()
    counter.intake.discard(gone)
    desk.presenter.switch(1)
    assert [draft.title for draft in desk.state.open_drafts] == ["低收入家庭认定"]
    assert len(desk.navigator.errors) == 1


def test_names_of_people_on_the_strip_are_masked(desk):
    desk.begin().edit("applicant.name", "林小禾")
    desk.presenter.save_now()
    assert [draft.applicant for draft in desk.state.open_drafts] == ["林**"]
