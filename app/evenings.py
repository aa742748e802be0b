"""What citizens ask and how a day ends in the demonstration's history: questions, printed papers, a closed yesterday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from app.domain.clock import CHINA
from app.domain.operators import Operator
from app.services.counter import Counter

LAST_HOUR = time(16, 30)
BETWEEN = timedelta(minutes=4)
PRINTED_DAYS = 4
ANSWERED = (
    ("中午上不上班", "", "十二点到一点半休息，急事可以敲门", ""),
    ("老年优待证几岁可以办", "510111034000", "满 60 周岁，带身份证和一张照片", "蒙守田"),
    ("新生儿医保什么时候交", "", "出生 90 天内参保，从出生那天起算", ""),
)
"""Subject, item, answer and who asked: a question every few days, answered on the spot."""


class Settable(Protocol):
    """A clock that can be set."""

    def set(self, at: datetime) -> None:
        """Go to ``at``."""
        ...

    def now(self) -> datetime:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class Evenings:
    """Plays the last hour of each of ``days``."""

    counter: Counter
    clock: Settable
    clerk: Operator
    supervisor: Operator

    def play(self, day: date, place: int, *, is_last: bool) -> None:
        """Play the last hour of ``day``, the one with this ``place``; the last one ends with its closing."""
        self.clock.set(max(datetime.combine(day, LAST_HOUR, CHINA), self.clock.now()))
        if place % 3 == 0:
            subject, item, answer, name = ANSWERED[place // 3 % len(ANSWERED)]
            inquiry = self.counter.inquiries.ask(self.clerk, subject, self._known(item), name)
            self._wait()
            self.counter.inquiries.answer(inquiry.number, self.clerk, answer)
        if is_last:
            self._ask_what_stays_open()
            self._print_all()
            self._wait()
            self.counter.days.close(day, self.clerk, self.supervisor)

    def _ask_what_stays_open(self) -> None:
        """Leave one question with somebody else and one with who was asked first."""
        inquiries = self.counter.inquiries
        handed = inquiries.ask(self.clerk, "宅基地和邻居有争议找谁", "", "阿长青", "13805550126")
        self._wait()
        inquiries.hand_on(handed.number, self.clerk, "镇司法所 欧晚晴", "要现场调解", "0899-5550117")
        self._wait()
        inquiries.ask(self.supervisor, "外地租房能不能开居住证明", "", "罗半夏")
        self._wait()

    def _print_all(self) -> None:
        """Say of every paper of the last days that it came out well."""
        for paper in self.counter.papers.waiting(days=PRINTED_DAYS):
            self.counter.papers.to_print(paper, self.clerk)
            self.counter.papers.confirm(paper, self.clerk)

    def _known(self, item: str) -> str:
        """Return ``item`` when the catalogue has it: a centre's own catalogue may not."""
        return item if any(one.code == item for one in self.counter.catalogue.items()) else ""

    def _wait(self) -> None:
        self.clock.set(self.clock.now() + BETWEEN)
