"""A case that two counters handle: taken in at a village without a line, issued at the town, handed over at the village.

It is told with the ordinary services, scene by scene; whoever listens looks at the counters between two scenes.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from app.demonstration import whole_application
from app.domain.errors import NotHeldHere
from app.domain.outcomes import HandOverPurpose, Result
from app.domain.people import Person
from app.services.counter import Counter
from app.services.sync_report import Contact, SyncResult
from app.two_counters.place import TOWN, VILLAGE, Crew, TwoCounters

HOUSE, ALLOWANCE = "510117053000", "510111031000"
FARMER = Person("林𬱖宁", "519900199203070323", "13805555270", "云溪镇柳湾村4组27号")
WIDOW = Person("韦晚晴", "519900197808080023", "13805550131", "云溪镇柳湾村2组9号")
PAGE_SIZE, PAGE_LINES = (620, 877), 18
HEAD = "覃守田（镇长）"
LINE_ENDS_AFTER = 9000
"""Bytes: the greeting gets through, the push after it does not."""


ARRIVED = "at-the-centre"
"""The scene after which the town finds the case in its list."""


class At(IntEnum):
    """At which counter a scene is."""

    VILLAGE = 0
    TOWN = 1


class Show(StrEnum):
    """What of the counter is worth a look."""

    CASE = "case"
    TO_TAKE_OVER = "to_take_over"
    ELSEWHERE = "elsewhere"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Scene:
    """Something has happened: its name, at which counter, and what to look at there."""

    name: str
    at: At
    show: Show
    case: str


class NotAsTold(Exception):
    """The counters did not do what the story says; names what."""


class Story:
    """Tells the story at the place's two open counters."""

    def __init__(self, place: TwoCounters, village: Counter, town: Counter) -> None:
        self._place = place
        self._village = village
        self._town = town
        self.house = ""
        """Number of the case that is handed to and fro."""
        self.allowance = ""
        """Number of the case that the town keeps."""
        self.marks: dict[str, str | None] = {}
        """How the case of each scene was marked there."""

    def scenes(self) -> Iterator[Scene]:
        """Play, and yield after every scene.

        NotAsTold when a round does not end as it should; what the services raise goes on.
        """
        for part in (
            self._taken_in_without_a_line(),
            self._handed_over(),
            self._decided_at_the_town(),
            self._handed_out(),
        ):
            yield from map(self._noted, part)

    def leave(self, folder: Path) -> None:
        """Leave in ``folder`` the papers of the case, both journals, and in ``summary.json`` what the audit says."""
        village = self._village
        papers = village.papers.of_case(self.house)
        for paper in papers:
            village.papers.save(paper, folder / f"{paper.number}.pdf", VILLAGE.clerk)
        journals = {}
        for crew, counter in ((VILLAGE, village), (TOWN, self._town)):
            exported = counter.ledger.export(folder / f"journal-{crew.station.code}.jsonl")
            journals[crew.station.code] = exported.entries
        audited = self._place.audit()
        summary = {
            "cases": {"house": self.house, "allowance": self.allowance},
            "papers": [paper.number for paper in papers],
            "marks": self.marks,
            "journals": journals,
            "audit": {
                "stations": audited.stations,
                "entries": audited.entries,
                "cases": audited.cases,
                "quarantined": audited.quarantined,
                "remarks": [str(remark) for remark in audited.remarks],
            },
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
        if audited.remarks:
            raise NotAsTold("the audit has remarks")

    def _noted(self, scene: Scene) -> Scene:
        """Keep the mark that the case has at the counter of the scene."""
        counter = self._village if scene.at is At.VILLAGE else self._town
        self.marks[scene.name] = counter.desk.file(scene.case).lit.row.mark
        return scene

    def _taken_in_without_a_line(self) -> Iterator[Scene]:
        for counter in (self._village, self._town):
            self._through(counter)  # each gets the directory, which names the other one
        self._place.line.cut()
        self.house = self._accept(HOUSE, FARMER, _page())
        yield Scene("taken-in", At.VILLAGE, Show.CASE, self.house)
        self.allowance = self._accept(ALLOWANCE, WIDOW)
        for number in (self.house, self.allowance):
            self._hand_over(number)
        self._print(self._village, VILLAGE)
        self._village.sync.run()
        yield Scene("no-line", At.VILLAGE, Show.SYNC, self.house)

    def _handed_over(self) -> Iterator[Scene]:
        self._place.line.mend(cut_after=LINE_ENDS_AFTER)
        self._village.sync.run()
        if not self._place.line.is_cut:
            raise NotAsTold("the line held")
        yield Scene("line-cut", At.VILLAGE, Show.CASE, self.house)
        self._place.line.mend()
        self._through(self._village)
        yield Scene(ARRIVED, At.VILLAGE, Show.CASE, self.house)
        self._through(self._town)
        yield Scene("arrived", At.TOWN, Show.TO_TAKE_OVER, self.house)
        yield Scene("read-by-the-town", At.TOWN, Show.CASE, self.house)

    def _decided_at_the_town(self) -> Iterator[Scene]:
        town, clerk = self._town, TOWN.clerk
        for number in (self.house, self.allowance):
            town.custody.take_over(number, clerk, "材料与交接单一致")
        town.review.start(self.house, clerk)
        town.review.decide(self.house, clerk, Result.GRANTED, decided_by=HEAD)
        town.issuance.issue(self.house, clerk)
        yield Scene("issued", At.TOWN, Show.CASE, self.house)
        self._ensure_read_only(self._village, VILLAGE)
        town.custody.send_back(self.house, clerk, "已制证，申请人在村里取件")
        self._print(town, TOWN)
        self._through(town)
        self._through(self._village)
        yield Scene("sent-back", At.VILLAGE, Show.TO_TAKE_OVER, self.house)
        yield Scene("held-by-the-town", At.VILLAGE, Show.ELSEWHERE, self.allowance)

    def _handed_out(self) -> Iterator[Scene]:
        village, clerk = self._village, VILLAGE.clerk
        village.custody.take_over(self.house, clerk, "证件已到")
        village.issuance.deliver(self.house, clerk, FARMER.name, in_person=True)
        self._print(village, VILLAGE)
        yield Scene("handed-out", At.VILLAGE, Show.CASE, self.house)
        self._through(village)
        self._place.watch()
        for counter in (village, self._town):
            self._through(counter)
        yield Scene("confirmed", At.VILLAGE, Show.CASE, self.house)
        yield Scene("told-to-the-town", At.TOWN, Show.CASE, self.house)
        yield Scene("all-through", At.VILLAGE, Show.SYNC, self.house)

    # --- what is done ------------------------------------------------------------------------------------------

    def _accept(self, code: str, person: Person, page: bytes = b"") -> str:
        intake, clerk = self._village.intake, VILLAGE.clerk
        item = self._village.catalogue.item(code)
        draft = intake.begin(item, clerk)
        application = whole_application(item, person, draft.started_at.date())
        draft = intake.save(replace(draft, application=application))
        if page:
            draft = intake.attach(draft, item.materials[0].code, page)
        return intake.accept(draft, item, clerk).case.number

    def _hand_over(self, number: str) -> None:
        to = self._town.station
        self._village.custody.hand_over(
            number, VILLAGE.clerk, to.code, to.service_point, HandOverPurpose.REVIEW, "由镇里审查决定"
        )

    def _print(self, counter: Counter, crew: Crew) -> None:
        """Have the papers of the case drawn that are this counter's own; from then on the other one gets them too."""
        for paper in counter.papers.of_case(self.house):
            if paper.station == crew.station.code:
                counter.papers.pdf(paper, crew.clerk)

    def _through(self, counter: Counter) -> SyncResult:
        """Do a round that has to get through, with nothing set aside."""
        result = counter.sync.run()
        if result.contact is not Contact.ON_LINE or result.failures:
            raise NotAsTold(f"{result.contact}: {', '.join(failure.reason for failure in result.failures)}")
        return result

    def _ensure_read_only(self, counter: Counter, crew: Crew) -> None:
        """Try what only the holder may do; the case can be read all the same."""
        counter.desk.file(self.house)
        try:
            counter.closing.withdraw(self.house, crew.clerk, "申请人不再需要办理")
        except NotHeldHere:
            return
        raise NotAsTold("a case was changed by who does not hold it")


def begin(place: TwoCounters) -> None:
    """Play until the village's cases wait for the town, and let the centre look after itself from then on."""
    with closing(place.village.open()) as village, closing(place.town.open()) as town:
        next(scene for scene in Story(place, village, town).scenes() if scene.name == ARRIVED)
    place.look_after()


def tell(place: TwoCounters, out: Path, village: Counter, town: Counter) -> Iterator[Scene]:
    """Play everything and leave in ``out`` what can be kept of it."""
    story = Story(place, village, town)
    yield from story.scenes()
    story.leave(out)


def _page() -> bytes:
    """Return a made-up page with grey lines, as a scan of a paper looks from afar."""
    page = Image.new("RGB", PAGE_SIZE, "white")
    pen = ImageDraw.Draw(page)
    for line in range(PAGE_LINES):
        top = 130 + line * 36
        pen.rectangle((60, top, 560 - (line * 53) % 140, top + 10), "#c3ccd5")
    kept = BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()
