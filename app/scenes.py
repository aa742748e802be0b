"""Scenes for the demonstration's history: a case in every state that the law knows, each played over several days.

Every scene is a generator: it does one thing and yields how many working days pass until the next.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from app.domain.application import HandedIn, LateEntry, TakenHow
from app.domain.case import Case
from app.domain.catalogue import Need, ServiceItem
from app.domain.clock import CHINA
from app.domain.operators import Operator
from app.domain.outcomes import NonAcceptanceGround, Result, SpecialProcedure
from app.services.counter import Counter
from app.services.ports import Draft

Scene = Iterator[int]
AFTERNOON = time(14)
BETWEEN = timedelta(minutes=7)
HEAD = "覃守田（镇长）"
COUNTY = "临江县民政局"


class Settable(Protocol):
    """A clock that can be set."""

    def set(self, at: datetime) -> None:
        """Go to ``at``."""
        ...

    def now(self) -> datetime:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class Scenes:
    """Plays the scenes in the afternoons of ``days``, which are working days and the last of them yesterday."""

    counter: Counter
    clock: Settable
    clerk: Operator
    supervisor: Operator
    items: Mapping[str, ServiceItem]
    begin: Callable[[ServiceItem], Draft]
    """Returns a saved draft of an item with everything that it asks for."""

    def start(self, days: int) -> list[tuple[int, Scene]]:
        """Return the scenes with the days, counted from 0 among ``days``, on which they begin."""
        last = days - 1
        return [
            (0, self._fallen_silent()),
            (0, self._supplement_past_its_day()),
            (1, self._supplemented()),
            (1, self._late_entry()),
            (1, self._suspended_and_resumed()),
            (2, self._refused()),
            (2, self._rated_and_archived()),
            (3, self._extended()),
            (3, self._handed_up()),
            (4, self._not_accepted()),
            (4, self._promised()),
            (5, self._granted()),
            (5, self._given_back()),
            (6, self._suspended()),
            (6, self._withdrawn()),
            (7, self._entered_by_mistake()),
            (last - 1, self._supplement_awaited()),
            (last - 1, self._reviewed()),
            (last - 1, self._rated()),
            (last, self._received()),
            (last, self._issued()),
        ]

    def play_day(self, day: date, scenes: list[tuple[int, Scene]], place: int) -> list[tuple[int, Scene]]:
        """Play what is due on ``day``, the one with this ``place``, and return what is left to play."""
        due = [scene for when, scene in scenes if when == place]
        rest = [(when, scene) for when, scene in scenes if when != place]
        self.clock.set(max(datetime.combine(day, AFTERNOON, CHINA), self.clock.now()))
        for scene in due:
            wait: int | None = 0
            while wait == 0:
                self.clock.set(self.clock.now() + BETWEEN)
                wait = next(scene, None)
            if wait is not None:
                rest.append((place + wait, scene))
        return rest

    # --- before acceptance -------------------------------------------------------------------------------------

    def _received(self) -> Scene:
        self._receive("510111032000")
        yield 0

    def _fallen_silent(self) -> Scene:
        """Receive a case about which nobody says anything: the program accepts it by itself."""
        self._receive("510117052000")
        yield 7
        self.counter.acceptance.sweep()

    def _supplement_awaited(self) -> Scene:
        yield from self._ask_for("510111031000", days=12)

    def _supplement_past_its_day(self) -> Scene:
        yield from self._ask_for("510114022000", days=5)

    def _supplemented(self) -> Scene:
        case = self._receive("510151012000", missing=1)
        self._ask(case, days=10)
        yield 2
        material = next(m for m in self.items[case.item].materials if m.code not in case.materials)
        handed = {material.code: HandedIn(originals=1)}
        self.counter.acceptance.take_in_supplement(case.number, self.clerk, handed, {})
        self.counter.acceptance.accept(case.number, self.clerk)

    def _not_accepted(self) -> Scene:
        case = self._receive("510111036000")
        yield 0
        self.counter.acceptance.refuse_acceptance(
            case.number,
            self.clerk,
            ground=NonAcceptanceGround.NOT_COMPETENT,
            reason="申请人户籍不在本镇",
            competent="白鹤镇人民政府便民服务中心",
            basis="《中华人民共和国行政许可法》第三十二条第一款第二项",
        )

    def _given_back(self) -> Scene:
        case = self._receive("510151013000")
        yield 1
        self.counter.acceptance.give_back(case.number, self.clerk, "申请人要求取回材料")

    def _ask_for(self, code: str, days: int) -> Scene:
        case = self._receive(code, missing=2)
        yield 0
        self._ask(case, days)

    # --- after acceptance --------------------------------------------------------------------------------------

    def _reviewed(self) -> Scene:
        case = self._accept("510120034000")
        yield 0
        self.counter.review.start(case.number, self.clerk)

    def _suspended(self) -> Scene:
        case = self._accept("510123023000")
        yield 1
        self._suspend(case, SpecialProcedure.INSPECTION, 5)

    def _suspended_and_resumed(self) -> Scene:
        case = self._accept("510111033000")
        yield 1
        self.counter.review.start(case.number, self.clerk)
        self._suspend(case, SpecialProcedure.SITE_VISIT, 3)
        yield 3
        self.counter.review.resume(case.number, self.clerk, "入户核查完成，情况属实")

    def _extended(self) -> Scene:
        case = self._accept("510117054000")
        yield 2
        self.counter.review.extend(case.number, self.clerk, 10, reason="需要征求自然资源部门意见", approver=HEAD)

    def _granted(self) -> Scene:
        case = self._accept("510152013000")
        yield 2
        self.counter.review.decide(case.number, self.clerk, Result.GRANTED, decided_by=HEAD)

    def _refused(self) -> Scene:
        case = self._accept("510111032000")
        yield 3
        self.counter.review.decide(
            case.number,
            self.clerk,
            Result.REFUSED,
            decided_by=HEAD,
            reason="家庭人均收入超过本县低收入家庭标准",
            basis="《社会救助暂行办法》第九条",
        )
        yield 1
        self.counter.issuance.deliver(case.number, self.clerk, case.applicant.name, in_person=True)

    def _handed_up(self) -> Scene:
        case = self._accept("510111035000")
        yield 1
        self.counter.review.forward(case.number, self.clerk, COUNTY, "初审合格，报请审批")

    def _promised(self) -> Scene:
        """Accept a case with a material that may follow, promised for a day that is nearly there."""
        yield 0
        item = self.items["510151011000"]
        draft = self.begin(item)
        day = (self.clock.now() + timedelta(days=7)).date()
        later = {
            m.code: HandedIn(how=TakenHow.PROMISED, promised_by=day) for m in item.materials if _may_follow(m.need)
        }
        application = replace(draft.application, materials={**draft.application.materials, **later})
        draft = self.counter.intake.save(replace(draft, application=application))
        self.counter.intake.accept(draft, item, self.clerk)

    # --- ends --------------------------------------------------------------------------------------------------

    def _withdrawn(self) -> Scene:
        case = self._accept("510115022000")
        yield 1
        self.counter.closing.withdraw(case.number, self.clerk, "申请人不再需要办理")

    def _entered_by_mistake(self) -> Scene:
        case = self._accept("510114023000")
        yield 0
        self.counter.closing.void(case.number, self.clerk, Result.MISTAKEN_ENTRY, "录错申请人", self.supervisor)

    def _late_entry(self) -> Scene:
        """Enter a case that was handled on paper while there was no electricity."""
        yield 0
        item = self.items["510114024000"]
        at = self.clock.now() - timedelta(hours=4)
        late = LateEntry("停电，先在纸上办理", "纸质 2026-017", at, at + timedelta(minutes=12))
        draft = self.begin(item)
        draft = replace(draft, application=replace(draft.application, late=late))
        self.counter.intake.accept(draft, item, self.clerk)

    def _issued(self) -> Scene:
        """Make a certificate that is collected later."""
        case = self._accept("510117051000")
        yield 0
        self.counter.issuance.issue(case.number, self.clerk)

    def _rated(self) -> Scene:
        case = self._accept("510117051000")
        self.counter.issuance.issue(case.number, self.clerk)
        yield 0
        self.counter.issuance.deliver(case.number, self.clerk, case.applicant.name, in_person=True)
        self.counter.closing.rate(case.number, self.clerk, 1)

    def _rated_and_archived(self) -> Scene:
        case = self._accept("510117051000")
        self.counter.issuance.issue(case.number, self.clerk)
        self.counter.issuance.deliver(case.number, self.clerk, case.applicant.name, in_person=True)
        yield 0
        self.counter.closing.rate(case.number, self.clerk, 1)
        self.counter.closing.archive(case.number, self.clerk, "2 号柜")

    # --- inside ------------------------------------------------------------------------------------------------

    def _receive(self, code: str, missing: int = 0) -> Case:
        """Take a case in without its first ``missing`` needed materials."""
        item = self.items[code]
        draft = self.begin(item)
        left_out = {m.code for m in [m for m in item.materials if m.need is Need.NEEDED][:missing]}
        there = {code: handed for code, handed in draft.application.materials.items() if code not in left_out}
        application = replace(draft.application, materials=there)
        draft = self.counter.intake.save(replace(draft, application=application))
        return self.counter.intake.receive(draft, item, self.clerk).case

    def _accept(self, code: str) -> Case:
        item = self.items[code]
        return self.counter.intake.accept(self.begin(item), item, self.clerk).case

    def _ask(self, case: Case, days: int) -> None:
        defects = self.counter.acceptance.suggested_defects(case, self.items[case.item])
        until = (self.clock.now() + timedelta(days=days)).date()
        self.counter.acceptance.ask_supplement(case.number, self.clerk, defects, until)

    def _suspend(self, case: Case, procedure: SpecialProcedure, days: int) -> None:
        basis = "《中华人民共和国行政许可法》第四十五条"
        self.counter.review.suspend(case.number, self.clerk, procedure, basis=basis, days=days)


def _may_follow(need: Need) -> bool:
    return need is Need.MAY_FOLLOW
