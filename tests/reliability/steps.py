"""Kills the program (SIGKILL) at every step of an act on papers, one after the other, and looks what is left. Linux only.

``python -m tests.reliability.steps PROFILE CACHE ROOT [ACT…]`` prints a line of JSON for each act: at how many steps it was
killed. ROOT is a file with the root under which the profile's station is certified. A step is a commit, before and after; the
signing of a PDF; a folder that takes another name, before and after. It forks for every kill, see ``killing``.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

from app.config import RESOURCES
from app.definitions.papers import read_paper_templates
from app.definitions.published import PAPERS, PUBLISHED, take_papers
from app.demonstration import CLERK
from app.domain.blanks import BlankState
from app.domain.paper import PaperKind, PaperState
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.papers.maker import PdfPaperMaker
from app.security.pades_checking import checked
from app.services.blanks import BlankUse
from app.services.certificate_life import Replacement, Revocation
from app.services.counter import Counter
from app.services.document_signing import DocumentSigning
from app.services.snapshots import PaperRow
from app.storage.store import StoredWork
from tests.reliability.checker import check
from tests.reliability.outcome_jobs import SHEN
from tests.reliability.readers import read_now, read_once
from tests.services.said_papers import homestead
from tests.support import Place, accepted, handed_over_certificate, place_in

FORM = "农村宅基地批准书用纸"
WHY = Revocation(RevocationGround.FRAUD, "材料是伪造的", "示范撤〔2026〕3号")
LOST = Replacement(ReplacementGround.LOST, "搬家时丢了")
TEMPLATE = (RESOURCES / PAPERS / "residence_certificate.yaml").read_bytes()
BY_HAND = TEMPLATE.replace(b"template: residence_certificate", b"template: by_hand", 1)


@dataclass
class Around:
    """What an act works with."""

    place: Place
    counter: Counter
    root: str


class Killer:
    """Counts steps from the moment it is armed, and kills the program at one of them."""

    def __init__(self) -> None:
        self.left = -1

    def arm(self, step: int) -> None:
        """Let the program be killed at that step from now on, counted from 0."""
        self.left = step

    def step(self) -> None:
        """Take note of a step."""
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def watch(self, owner: type, name: str) -> None:
        """Take what ``owner`` does for a step before and a step after."""
        real = getattr(owner, name)

        @wraps(real)
        def watched(*values: Any, **named: Any) -> Any:
            self.step()
            answer = real(*values, **named)
            self.step()
            return answer

        setattr(owner, name, watched)


KILLER = Killer()


# --- acts: what is there before, what is done, what may be left of it -------------------------------------------------


def issue(around: Around) -> Iterator[str]:
    """Issue, draw, sign, keep: nothing, or a certificate with a number and, whenever it is asked for, its signed PDF."""
    number = accepted(around.counter).number
    yield number
    around.counter.issuance.issue(number, CLERK)
    around.counter.papers.pdf(_certificates(around, number)[0], CLERK)


def look_at_issued(around: Around, number: str) -> None:
    if not _certificates(around, number):
        around.counter.issuance.issue(number, CLERK)
    (paper,) = _certificates(around, number)
    pdf = around.counter.papers.pdf(paper, CLERK)
    checked(pdf, around.root)
    assert around.counter.papers.pdf(paper, CLERK) == pdf


def revoke(around: Around) -> Iterator[str]:
    """Revoke: it counts, or it is revoked; the old PDF stays."""
    paper = handed_over_certificate(around.counter)
    yield paper.number
    around.counter.certificates.revoke(paper, CLERK, WHY, SHEN)


def look_at_revoked(around: Around, number: str) -> None:
    paper = around.counter.papers.find(number)
    if paper.state is PaperState.PRINTED:
        around.counter.certificates.revoke(paper, CLERK, WHY, SHEN)
    _is_over(around, number, PaperState.REVOKED)


def replace(around: Around) -> Iterator[str]:
    """Replace: the old counts and there is no new one, or both facts are there."""
    paper = handed_over_certificate(around.counter)
    yield paper.number
    around.counter.certificates.replace(paper, CLERK, LOST, SHEN)


def look_at_replaced(around: Around, number: str) -> None:
    paper = around.counter.papers.find(number)
    if paper.state is PaperState.PRINTED:
        assert _certificates(around, paper.case_number) == [paper]
        around.counter.certificates.replace(paper, CLERK, LOST, SHEN)
    old, new = _certificates(around, paper.case_number)
    assert (_is_over(around, number, PaperState.REPLACED).replaced_by, old.number) == (new.number, number)
    assert around.counter.issuance.open(paper.case_number)[0].certificate.replaces == number
    checked(around.counter.papers.pdf(new, CLERK), around.root)


def onto_a_blank(around: Around) -> Iterator[str]:
    """Print onto a blank, spoil the next one: a blank is used when its paper was printed, and no number is skipped."""
    if not around.counter.blanks.next(FORM):
        around.counter.blanks.receive(CLERK, FORM, "A0001", "A0099", "县自然资源局")
    case = homestead(around.counter).number
    around.counter.issuance.issue(case, CLERK)
    (paper,) = _certificates(around, case)
    yield paper.number
    around.counter.overlays.print(paper, BlankUse(FORM, around.counter.blanks.next(FORM)), CLERK)
    spoiled = around.counter.blanks.next(FORM)
    around.counter.blanks.spoil(CLERK, FORM, spoiled, spoiled, "卡纸", SHEN)


def look_at_blanks(around: Around, number: str) -> None:
    paper = around.counter.papers.find(number)
    used = [one for one in around.counter.blanks.of_paper(number) if one.state is BlankState.USED]
    assert len(used) == (paper.state is PaperState.SENT)
    page = around.counter.blanks.page(FORM, 0, 99)
    gone = [one.state is not BlankState.UNUSED for one in page]
    assert gone == sorted(gone, reverse=True), "a blank was skipped"


def take_templates(around: Around) -> Iterator[str]:
    """Take a bulletin of templates in: all old ones or all new ones, and those that were put there by hand."""
    own = around.place.settings.own(PAPERS)
    if not own.exists():
        take_papers(own, RESOURCES / PAPERS, TEMPLATE)
        (own / "by_hand.yaml").write_bytes(BY_HAND)
    yield ""
    take_papers(own, RESOURCES / PAPERS, TEMPLATE)


def look_at_templates(around: Around, _nothing: str) -> None:
    own = around.place.settings.own(PAPERS)
    found = {path.name: path.read_bytes() for path in own.iterdir()}
    assert found == {f"{PUBLISHED}residence_certificate.yaml": TEMPLATE, "by_hand.yaml": BY_HAND}


Act = Callable[[Around], Iterator[str]]
ACTS: tuple[tuple[Act, Callable[[Around, str], None]], ...] = (
    (issue, look_at_issued),
    (revoke, look_at_revoked),
    (replace, look_at_replaced),
    (onto_a_blank, look_at_blanks),
    (take_templates, look_at_templates),
)


def _certificates(around: Around, case: str) -> list[PaperRow]:
    return [row for row in around.counter.papers.of_case(case) if row.kind is PaperKind.CERTIFICATE]


def _is_over(around: Around, number: str, state: PaperState) -> PaperRow:
    paper = around.counter.papers.find(number)
    assert paper.state is state
    checked(around.counter.papers.as_drawn(paper).pdf, around.root)
    return paper


# --- kills ------------------------------------------------------------------------------------------------------------


def main(profile: Path, cache: Path, root: str, wanted: Collection[str]) -> None:
    """Play the wanted acts, every one where none is named."""
    read_now()
    PdfPaperMaker(read_paper_templates(RESOURCES / PAPERS)).warm_up()
    for owner, name in ((StoredWork, "commit"), (DocumentSigning, "signed"), (Path, "rename")):
        KILLER.watch(owner, name)
    for act, look in (one for one in ACTS if not wanted or one[0].__name__ in wanted):
        print(
            json.dumps({"act": act.__name__, "kills": _killed_everywhere(profile, cache, root, act, look)}), flush=True
        )


def _killed_everywhere(profile: Path, cache: Path, root: str, act: Act, look: Callable[[Around, str], None]) -> int:
    """Kill ``act`` at each of its steps until it comes to its end; return how often."""
    about: str | None = None
    for step in count():
        status, about = _forked(profile, cache, root, act, look, step, about)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, f"{act.__name__}: lost at step {step - 1}"
            return step
    raise AssertionError("without an end")


def _forked(
    profile: Path,
    cache: Path,
    root: str,
    act: Act,
    look: Callable[[Around, str], None],
    step: int,
    about: str | None,
) -> tuple[int, str]:
    """Start, look at what the last kill left, do the act again and die at ``step``; return how it ended, and what of."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as told:
            name = told.read()
        return os.waitpid(child, 0)[1], name
    os.close(ours)
    place = place_in(profile, cache)
    with read_once(), place.opened() as counter:
        around = Around(place, counter, root)
        if about is not None:
            look(around, about)
        doing = act(around)
        name = next(doing)
        os.write(theirs, name.encode())
        KILLER.arm(step)
        next(doing, None)
        KILLER.arm(-1)
        look(around, name)
        check(counter, ())
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_text("utf-8"), sys.argv[4:])
