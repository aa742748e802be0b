"""What the room of sync shows and does, without Qt, on a real counter with a centre that was written down."""

from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.domain.numbering import grouped
from app.domain.operators import Operator, Role
from app.services.errors import BadCaseFile, ChainForked, WrongFileCode
from app.services.snapshots import PaperCounts
from app.services.sync_report import CONTRADICTS, Contact, SyncFailure, SyncResult, SyncStep
from app.services.syncing import SyncOptions
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.sync_service import at_a_centre, troubled
from tests.support import accepted, set_aside_for_good
from ui.navigation import Session
from ui.surroundings import Surroundings
from ui.sync.presenter import SyncPresenter
from ui.sync_rounds import SyncRounds

ADMINISTRATOR = Operator("admin", "管理员", (Role.ADMINISTRATOR,))


class Screen:
    def __init__(self):
        self.states = []
        self.focused = 0

    def render(self, state):
        self.states.append(state)

    def focus_first(self):
        self.focused += 1


class Stick:
    """Where a case goes to and comes from."""

    def __init__(self, path):
        self.path = path

    def choose_target(self, _name, _kinds):
        return self.path

    def choose_source(self, _kinds):
        return self.path


class Opened:
    def __init__(self, counter, operator=CLERK, stick=None):
        self.counter = counter
        self.session = Session(operator)
        self.runner, self.navigator, self.screen = PatientRunner(), WrittenNavigator(), Screen()
        self.told = []
        self.rounds = SyncRounds(counter, self.runner, self.told.append)
        self.presenter = SyncPresenter(
            Surroundings(counter, self.session, self.runner, self.navigator), self.rounds, self.screen, Stick(stick)
        )
        self.presenter.start()
        self.runner.work()

    @property
    def state(self):
        return self.presenter.state


def test_a_counter_without_a_centre_says_so_and_leads_to_the_invitation(counter):
    opened = Opened(counter)
    assert opened.state.is_alone
    assert opened.state.status.contact is Contact.ALONE
    opened.presenter.open_centre()
    assert opened.navigator.went == [("open_centre",)]


def test_papers_that_the_centre_has_not_confirmed_are_counted_apart_from_those_to_call_back(counter):
    case = accepted(counter)
    set_aside_for_good(counter, counter.papers.of_case(case.number)[0], "not_the_taker")
    assert Opened(at_a_centre(counter)).state.papers == PaperCounts(provisional=1, to_recall=1)


def test_what_waits_is_read_beside_the_window(counter):
    opened = Opened(at_a_centre(counter))
    assert not opened.screen.states[0].status
    assert opened.state.status.entries_waiting == 12
    assert opened.screen.focused == 1


def test_the_last_cases_are_shown_with_what_is_proven_of_them(counter):
    case = accepted(counter)
    (proof,) = Opened(at_a_centre(counter)).state.proofs
    assert (proof.number, proof.proven.not_before, proof.proven.not_after) == (case.number, None, None)
    assert proof.title == "居住证明（本镇居民）·林**"


def test_everything_that_did_not_get_through_is_told_with_its_reason(counter):
    number = accepted(counter).number
    last, parts = troubled(number)
    there = at_a_centre(counter, **parts)
    there.sync.last_result = last
    troubles = Opened(there).state.troubles
    assert [(one.what, one.why) for one in troubles] == [
        ("公告：工作日历", "签名不是这个中心的，没有采用"),
        (f"办件 {grouped(number)}", "中心还不知道本窗口与这一件有关"),
        (f"台账第 1 段第 12 条·{grouped(number)}", "中心不执行：办这一步时，办件已经在别的窗口手里"),
        ("台账第 1 段第 14 条", "中心只收了签名：内容太大，中心没有收"),
        ("收到的 2 条先存着", "由更新的版本写成，本程序更新后自动处理"),
    ]
    assert [one.case_number for one in troubles] == ["", number, number, "", ""]


def test_a_round_shows_how_far_it_is_and_what_it_did(counter):
    opened = Opened(at_a_centre(counter))
    opened.presenter.sync_now()
    assert opened.state.is_running
    opened.presenter.sync_now()
    opened.counter.sync.now_status = replace(opened.counter.sync.now_status, entries_waiting=0)
    opened.runner.work()
    assert opened.counter.sync.rounds == [False]
    assert opened.told[-1].pushed == 3
    opened.presenter.refresh()
    opened.runner.work()
    assert (opened.state.is_running, opened.state.last.pushed, opened.state.status.entries_waiting) == (False, 3, 0)


def test_a_round_that_is_stopped_stops_at_its_next_step(counter):
    opened = Opened(at_a_centre(counter))
    opened.presenter.sync_now()
    opened.presenter.stop()
    opened.runner.work()
    assert opened.counter.sync.rounds == [True]
    assert opened.told[-1].is_cancelled


def test_polling_shows_news_alone(counter):
    opened = Opened(at_a_centre(counter))
    opened.presenter.sync_now()
    before = len(opened.screen.states)
    opened.presenter.poll()
    assert len(opened.screen.states) == before
    opened.rounds._wish.tell(opened.counter.sync.progress)
    opened.presenter.poll()
    assert opened.state.progress == opened.counter.sync.progress


def test_only_an_administrator_changes_how_images_are_sent_and_kept(counter):
    there = at_a_centre(counter)
    opened = Opened(there, Operator("lin", "林"))
    opened.presenter.limit_images(128)
    assert there.sync.kept == SyncOptions()
    assert opened.state.why_not == "需要管理员权限"
    opened = Opened(there, ADMINISTRATOR)
    opened.presenter.limit_images(128)
    opened.presenter.keep_images(365)
    assert there.sync.kept == opened.state.options == SyncOptions(128, 365)


def test_a_step_that_was_refused_is_told_once_as_a_sentence_and_not_as_an_item(counter):
    there = at_a_centre(counter)
    fork = ChainForked(1, 7)
    there.sync.last_result = SyncResult(
        Contact.FAILING, failures=(SyncFailure(SyncStep.ENTRIES, "", "ChainForked", fork),)
    )
    assert Opened(there).state.troubles == ()


@pytest.mark.parametrize("leads", ["open_case", "escape"])
def test_it_leads_on(counter, leads):
    opened = Opened(at_a_centre(counter))
    getattr(opened.presenter, leads)(*(["1"] if leads == "open_case" else []))
    assert opened.navigator.went[0][0] == {"open_case": "open_case", "escape": "home"}[leads]


def test_nothing_is_shown_while_nobody_is_at_the_window(counter):
    opened = Opened(at_a_centre(counter))
    opened.session.operator = None
    before = len(opened.screen.states)
    opened.presenter.refresh()
    opened.runner.work()
    assert len(opened.screen.states) == before


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "one.lideng-case"


def exported(opened, number):
    """Export a case, with its code written down, and return the code."""
    opened.presenter.export(number)
    asked, code, then = opened.navigator.went[-1]
    assert asked == "tell_file_code"
    then()
    return code


def test_a_case_goes_out_to_a_file_once_its_code_was_written_down(counter, stick):
    opened = Opened(at_a_centre(counter), stick=stick)
    exported(opened, accepted(counter).number)
    assert opened.state.is_passing
    opened.runner.work()
    assert stick.exists()
    assert not opened.state.is_passing
    assert "口令" in opened.navigator.went[-1][1]


def test_nothing_is_written_before_the_code_was_written_down(counter, stick):
    opened = Opened(at_a_centre(counter), stick=stick)
    before = counter.ledger.verify().entries
    opened.presenter.export(accepted(counter).number)
    opened.runner.work()
    assert not stick.exists()
    assert not opened.state.is_passing
    assert counter.ledger.verify().entries > before


def test_a_case_that_is_here_already_is_shown_and_nothing_is_new(counter, stick):
    number = accepted(counter).number
    opened = Opened(counter, stick=stick)
    code = exported(opened, number)
    opened.runner.work()
    opened.presenter.take_in()
    opened.runner.work()
    asked, take, then = opened.navigator.went[-1]
    assert asked == "ask_file_code"
    with pytest.raises(WrongFileCode):
        take("0000 0000 0000 0000")
    then(take(code))
    assert opened.navigator.went[-2:] == [("open_case", number), ("notify", "这一件这里已经有了，没有新的内容")]


def test_a_file_that_is_none_is_told_before_anybody_is_asked_for_its_code(counter, stick):
    stick.write_bytes(b"holiday")
    opened = Opened(counter, stick=stick)
    opened.presenter.take_in()
    opened.runner.work()
    assert isinstance(opened.navigator.errors[0], BadCaseFile)
    assert opened.navigator.went == []
    assert not opened.state.is_passing


def test_nothing_is_written_where_no_file_is_chosen(counter):
    opened = Opened(counter)
    opened.presenter.export("1")
    assert not opened.state.is_passing


def test_who_may_not_handle_cases_passes_none_on(counter, stick):
    opened = Opened(counter, Operator("shen", "沈青", (Role.REVIEWER,)), stick)
    opened.presenter.take_in()
    assert opened.navigator.went == [("notify", "需要经办人权限")]


def test_what_another_entry_contradicts_is_told_too(counter):
    number = accepted(counter).number
    there = at_a_centre(counter)
    there.sync.last_result = SyncResult(Contact.ON_LINE, failures=(SyncFailure(SyncStep.INBOX, number, CONTRADICTS),))
    (trouble,) = Opened(there).state.troubles
    assert trouble.what == f"办件 {grouped(number)}"
    assert "两台电脑" in trouble.why
