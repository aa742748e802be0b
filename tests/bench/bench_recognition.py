"""How well and how fast resident cards and business licences are read, at several qualities, by the helper process.

python -m tests.bench.bench_recognition                       # 200 cards: 30 each of normal quality, 16 each of hard ones
python -m tests.bench.bench_recognition --only "photo" --misses
python -m tests.bench.bench_recognition --spoiled             # the same photo, worse step by step: askew, blurred, shone on
python -m tests.bench.bench_recognition --licences
python -m tests.bench.bench_recognition --misreadings         # what check digits make of numbers misread on purpose
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

from app.capture.recognition.reader import HelperTextReader
from app.domain.misreadings import ReadNumber, read_credit_code, read_resident_number
from app.services.ports import ReadField, Reading
from tests.cards.drawing import back, front
from tests.cards.licence_drawing import licence
from tests.cards.people import Paper, make_licence, resident
from tests.cards.qualities import HARD, NORMAL, SPOILED
from tests.fakes.clock import FakeClock
from ui.intake.proposed import is_doubtful_name

NORMAL_EACH, HARD_EACH = 30, 16
LICENCES_EACH = 6
SPOILED_EACH = 12
MISREAD_NUMBERS = 5000
TODAY = date(2026, 11, 26)
DIGITS_ALIKE = ("0O", "1I", "8B", "5S", "2Z", "06", "08", "17", "38", "35", "56", "68", "69", "49")
CODES_ALIKE = ("0DO", "1IL", "8B", "5S", "2Z", "6G", "UV", "MN", "EF", "PR", "38", "56", "68")


@dataclass
class Score:
    """What came of one quality."""

    seconds: list[float] = field(default_factory=list)
    right: Counter[ReadField] = field(default_factory=Counter)
    asked: Counter[ReadField] = field(default_factory=Counter)
    repaired: int = 0
    wrong_but_sure: int = 0
    """Numbers that are wrong though their check digit is right."""
    names_chosen: int = 0
    """Names that the intake would choose beforehand, and of these those that are wrong."""
    wrong_names_chosen: int = 0


def main() -> None:
    arguments = _arguments()
    if arguments.misreadings:
        _misread_numbers(Random(arguments.seed))
        return
    reader = HelperTextReader(FakeClock().now)
    started = time.perf_counter()
    reader.warm_up()
    print(f"process started and models loaded in {time.perf_counter() - started:.2f} s; {_memory(reader.pid)}")
    for name, quality in (SPOILED if arguments.spoiled else {**NORMAL, **HARD}).items():
        if arguments.only and name not in arguments.only:
            continue
        score = Score()
        for paper, sides, rng in _papers(name, arguments):
            pictures = quality(sides, rng)
            started = time.perf_counter()
            papers = reader.read(pictures)
            score.seconds.append(time.perf_counter() - started)
            _judge(score, paper, papers, show=arguments.misses)
        _print(name, score)
    print(_memory(reader.pid))
    reader.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="*", help="qualities")
    parser.add_argument("--each", type=int, help="papers of each quality")
    parser.add_argument("--licences", action="store_true")
    parser.add_argument("--spoiled", action="store_true")
    parser.add_argument("--misreadings", action="store_true")
    parser.add_argument("--misses", action="store_true", help="show what was misread")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _papers(quality: str, arguments: argparse.Namespace) -> Iterator[tuple[Paper, list, Random]]:
    each = LICENCES_EACH if arguments.licences else NORMAL_EACH if quality in NORMAL else HARD_EACH
    each = arguments.each or (SPOILED_EACH if arguments.spoiled else each)
    for number in range(each):
        rng = Random(f"{'spoiled' if arguments.spoiled else quality} {number} {arguments.seed}")
        if arguments.licences:
            paper = make_licence(rng)
            yield paper, [licence(paper, landscape=bool(number % 2))], rng
        else:
            paper = resident(rng)
            yield paper, [front(paper), back(paper)], rng


def _judge(score: Score, paper: Paper, papers: list[Reading], *, show: bool) -> None:
    read = {name: value for one in papers for name, value in one.fields.items()}
    for name, text in paper.fields.items():
        score.asked[name] += 1
        value = read.get(name)
        if value and value.text == text:
            score.right[name] += 1
        elif show:
            said = f"{value.text} {value.confidence:.2f}{' repaired' * value.is_repaired}" if value else "–"
            print(f"    {name:<14} {text} | {said}")
    name = read.get(ReadField.NAME)
    if name and not is_doubtful_name(name):
        score.names_chosen += 1
        score.wrong_names_chosen += name.text != paper[ReadField.NAME]
    number = read.get(ReadField.NUMBER)
    if number:
        score.repaired += number.is_repaired
        score.wrong_but_sure += number.text != paper[ReadField.NUMBER] and number.confidence > 0.3


def _print(name: str, score: Score) -> None:
    fields = "  ".join(f"{one} {score.right[one]}/{count}" for one, count in score.asked.items())
    ordered = sorted(score.seconds)
    print(
        f"{name:<13} n={len(ordered)}  p50 {median(ordered):.2f} s  p95 {ordered[int(0.95 * len(ordered))]:.2f} s  max {ordered[-1]:.2f} s  "
        f"repaired {score.repaired}  wrong but sure {score.wrong_but_sure}  "
        f"names chosen beforehand {score.names_chosen}, wrong {score.wrong_names_chosen}\n    {fields}",
        flush=True,
    )


def _misread_numbers(rng: Random) -> None:
    """Misread characters of numbers for others that look alike, and see what is mended."""
    for count in (1, 2):
        for what, read in (("resident number, birth date read", _read_card), ("credit code", _read_code)):
            results = Counter(read(rng, count) for _ in range(MISREAD_NUMBERS))
            shares = ", ".join(f"{name} {results[name] / MISREAD_NUMBERS:.1%}" for name in ("right", "left", "wrong"))
            print(f"{what}, {count} misread: {shares}")


def _read_card(rng: Random, count: int) -> str:
    person = resident(rng)
    number = person[ReadField.NUMBER]
    born = date.fromisoformat(person[ReadField.BIRTH])
    return _outcome(number, read_resident_number(_misread(number, DIGITS_ALIKE, count, rng), TODAY, born))


def _read_code(rng: Random, count: int) -> str:
    code = make_licence(rng)[ReadField.NUMBER]
    return _outcome(code, read_credit_code(_misread(code, CODES_ALIKE, count, rng)))


def _outcome(true: str, read: ReadNumber) -> str:
    return "left" if not read.is_sound else "right" if read.text == true else "wrong"


def _misread(text: str, alike: tuple[str, ...], count: int, rng: Random) -> str:
    places = [place for place, one in enumerate(text) if any(one in group for group in alike)]
    characters = list(text)
    for place in rng.sample(places, count):
        others = "".join(group.replace(text[place], "") for group in alike if text[place] in group)
        characters[place] = rng.choice(others)
    return "".join(characters)


def _memory(pid: int) -> str:
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("Vm")
    )
    return "helper: " + ", ".join(
        f"{words} {int(status[key].split()[0]) / 1024:.0f} MB"
        for key, words in (("VmRSS", "resident"), ("VmHWM", "at most"), ("VmPeak", "address space"))
    )


if __name__ == "__main__":
    main()
