"""Looks whether anything was lost: the chain, every number, every view, every paper, and what was told to be done."""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.demonstration import CLERK
from app.domain.numbering import daily_sequence, is_case_number
from app.services.counter import Counter
from app.storage.schema import VIEWS
from tests.reliability.jobs import DRAFT

Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sound:
    """What was found whole."""

    entries: int
    cases: int
    numbers: int
    papers: int


def check(counter: Counter, told: Iterable[Told], drawn: int = 3) -> Sound:
    """Check everything of an open counter, the PDFs of so many papers too; AssertionError says what is lost."""
    verified = counter.ledger.verify()
    with counter.intake._store.read() as uow:
        bodies = [entry.read() for entry in uow.journal.entries()]
    assert len(bodies) == verified.entries
    _all_there(counter, bodies, told)
    numbers = _numbers(bodies)
    cases = _case_numbers(bodies)
    before = views(counter)
    assert counter.ledger.rebuild() == verified.entries
    assert views(counter) == before, "a view said something else than the journal"
    papers = [paper for number in cases for paper in counter.papers.of_case(number)]
    for paper in papers[-drawn:] if drawn else []:
        assert counter.papers.pdf(paper, CLERK).startswith(b"%PDF")
    return Sound(verified.entries, len(cases), numbers, len(papers))


def views(counter: Counter) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every view."""
    with counter.intake._store.read() as uow:
        return {view.name: sorted(map(repr, uow._connection.execute(f"SELECT * FROM {view.name}"))) for view in VIEWS}


def _all_there(counter: Counter, bodies: list[dict[str, Any]], told: Iterable[Told]) -> None:
    recorded = Count((body["kind"], body["case"] or _named(body["data"])) for body in bodies)
    begun = {body["data"].get("started_at") for body in bodies if body["kind"] == "CaseReceived"}
    with counter.intake._store.read() as uow:
        begun |= {row[0] for row in uow._connection.execute("SELECT started_at FROM drafts")}
    for (kind, name), times in Count(told).items():
        if kind == DRAFT:
            assert name in begun, f"the draft of {name} was told to be saved and is gone"
        else:
            once = 1 if kind == "PaperMade" else times
            assert recorded[kind, name] >= once, f"{kind} of {name} was told to be done and is gone"


def _named(data: dict[str, Any]) -> str:
    """Return the number of the inquiry or day report that a fact of no case is about, empty for any other."""
    number = data.get("number", data.get("report", ""))
    return number["text"] if isinstance(number, dict) else str(number)


def _numbers(bodies: list[dict[str, Any]]) -> int:
    """Check that each series has every number from 1 once; return how many numbers there are."""
    series: dict[str, list[int]] = defaultdict(list)
    texts: Count[str] = Count()
    for body in bodies:
        for number in _used(body["data"]):
            series[number["series"]].append(number["serial"])
            texts[number["text"]] += 1
    for name, serials in series.items():
        assert sorted(serials) == list(range(1, len(serials) + 1)), f"{name} has a gap or a number twice"
    assert all(times == 1 for times in texts.values())
    return sum(map(len, series.values()))


def _used(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every number that a fact uses up, wherever it stands in it."""
    if isinstance(value, dict):
        if value.keys() == {"series", "serial", "text"}:
            yield value
        else:
            for inner in value.values():
                yield from _used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used(inner)


def _case_numbers(bodies: list[dict[str, Any]]) -> list[str]:
    numbers = [body["case"] for body in bodies if body["kind"] == "CaseReceived"]
    days: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        assert is_case_number(number)
        days[number[:8]].append(daily_sequence(number))
    for day, sequences in days.items():
        assert sorted(sequences) == list(range(1, len(sequences) + 1)), f"{day} has a gap or a case number twice"
    return numbers
