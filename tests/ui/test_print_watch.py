"""What the window does while something is printed: it follows, says what keeps it, and lets the paper wait again."""

import pytest

from app.demonstration import CLERK
from app.domain.paper import PaperState
from app.services.errors import PrinterTrouble
from app.services.ports import JobState
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.printing.counters import choose, with_printers
from tests.support import accepted
from ui.print_watch import PrintWatch


class Around:
    def __init__(self, counter):
        self.counter = counter
        self.runner, self.navigator = PatientRunner(), WrittenNavigator()
        self.woken, self.shown, self.changed = [], [], []
        self.watch = PrintWatch(
            counter,
            self.runner,
            lambda: self.woken.append(True),
            lambda waiting: self.shown.append([one.number for one in waiting]),
            self.navigator.notify,
            self.navigator.report,
        )

    def look(self):
        self.watch.tick()
        self.runner.work()

    @property
    def told(self):
        return [words for name, words in self.navigator.went if name == "notify"]


@pytest.fixture
def around(counter):
    made = with_printers(counter)
    choose(made)
    return Around(made)


@pytest.fixture
def printers(around):
    return around.counter.printing.printers


@pytest.fixture
def paper(around):
    return around.counter.papers.of_case(accepted(around.counter).number)[0]


def test_it_rests_when_nothing_is_printed(around):
    around.watch.start()
    around.runner.work()
    around.runner.work()
    assert around.shown == [[]]
    assert not around.watch.is_busy


def test_a_job_is_shown_until_it_has_ended(around, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    around.counter.printing.send(paper, CLERK)
    around.watch.follow()
    around.runner.work()
    assert (around.shown, around.watch.is_busy, len(around.woken)) == ([[paper.number]], True, 1)
    printers.suffer(None)
    around.look()
    assert around.shown[-1] == []
    assert not around.watch.is_busy


def test_a_trouble_is_said_once_with_what_to_do_and_again_when_it_comes_back(around, paper, printers):
    printers.suffer(PrinterTrouble.NO_PAPER)
    around.counter.printing.send(paper, CLERK)
    around.watch.follow()
    around.runner.work()
    around.look()
    assert [words.startswith("打印机没有纸了。 装好纸") for words in around.told] == [True]
    printers.suffer(PrinterTrouble.BUSY)
    around.look()
    printers.suffer(PrinterTrouble.NO_PAPER)
    around.look()
    assert len(around.told) == 3


def test_a_lost_job_is_told_and_the_room_reads_its_papers_again(around, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    around.counter.printing.send(paper, CLERK)
    around.watch.follow(lambda: around.changed.append(around.counter.papers.find(paper.number).state))
    next(iter(printers.jobs.values())).state = JobState.FAILED
    around.runner.work()
    assert around.told == ["打印机没有打成这一份。 文书没有丢，还是待打印。 看看打印机和它的驱动程序，再打印一次。"]
    assert around.changed == [PaperState.TO_PRINT]
    assert not around.watch.is_busy


def test_rooms_that_are_gone_are_not_called(around, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    around.counter.printing.send(paper, CLERK)
    around.watch.follow(lambda: around.changed.append(True))
    around.watch.forget_followers()
    next(iter(printers.jobs.values())).state = JobState.FAILED
    around.runner.work()
    assert around.changed == []


def test_only_one_look_is_on_its_way(around, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    around.counter.printing.send(paper, CLERK)
    around.watch.follow()
    around.watch.tick()
    around.runner.work()
    assert len(around.shown) == 1


def test_a_start_takes_up_what_a_crash_interrupted(around, paper, printers, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(printers, "start", lambda job: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            around.counter.printing.send(paper, CLERK)
    around.watch.start()
    around.runner.work()
    around.runner.work()
    assert len(printers.came_out()) == 1
