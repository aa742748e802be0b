import pytest

from app.domain.paper import PaperKind
from ui.settings.presenters.numbers import NumbersPresenter

OWN = "{prefix}受理{year}-{serial:04}"


@pytest.fixture
def numbers(around, view):
    presenter = NumbersPresenter(around, view)
    presenter.start()
    return presenter


def test_an_example_follows_every_letter(numbers, view):
    numbers.edit("{prefix}{word}字{year}第{serial}号")
    assert view.state.example.startswith("云溪3收字")
    assert view.state.example.endswith("第12号")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{prefix}{word}{year", "花括号"),
        ("{prefix}{word}{year}{serial}{name}", "{name}"),
        ("{prefix}{word}{year}", "{serial}"),
        ("{prefix}{year}{serial}", "相同的编号"),
        ("{prefix.__class__}{word}{year}{serial}", "位置"),
        ("", "{prefix}"),
    ],
)
def test_a_pattern_that_would_not_do_is_told_and_not_saved(numbers, view, counter, runner, pattern, words):
    numbers.edit(pattern)
    assert words in view.state.problem
    numbers.save()
    runner.work()
    assert counter.stations.read() == counter.station


def test_one_kind_gets_a_pattern_of_its_own_and_gives_it_back(numbers, around, counter, runner):
    numbers.choose(PaperKind.ACCEPTANCE_NOTICE)
    numbers.edit(OWN)
    numbers.save()
    runner.work()
    known = counter.stations.read()
    assert known.pattern(PaperKind.ACCEPTANCE_NOTICE) == OWN
    assert known.pattern(PaperKind.MATERIALS_RECEIPT) == counter.station.paper_pattern
    around.counter = counter.again()
    numbers.start()
    numbers.choose(PaperKind.ACCEPTANCE_NOTICE)
    numbers.edit("")
    numbers.save()
    runner.work()
    assert counter.stations.read().paper_patterns == {}
