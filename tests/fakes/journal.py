"""The journal of the store in memory, and the numbers that stand in it."""

from dataclasses import replace

from app.domain.facts import NumbersSkipped, SeriesEnd, read_fact
from app.domain.journal import Head
from app.domain.skipping import USUAL_ROOM, skipped
from app.domain.used_numbers import ends_of, numbers_used
from app.services.errors import BrokenJournal, NotFound
from app.services.ports import KindCount
from tests.fakes.bodies import covered_until, day_of, facts, inquiry_number
from tests.fakes.folding import history, own_station
from tests.fakes.paper_rows import paper_rows


class MemoryJournal:
    def __init__(self, state):
        self._state = state

    def head(self):
        if not self._state.entries:
            return None
        last = self._state.entries[-1]
        return Head(last.epoch, last.seq, last.hash, last.read()["at"])

    def append(self, entry):
        head = self.head()
        follows = (head.epoch, head.seq + 1) if head else None
        opens = entry.seq == 1 and entry.epoch > (head.epoch if head else 0)
        if not opens and (entry.epoch, entry.seq) != follows:
            raise BrokenJournal(entry.epoch, entry.seq, "sequence")
        self._state.entries.append(entry)

    def latest(self, kind):
        bodies = ((entry, entry.read()) for entry in reversed(self._state.entries))
        return next((entry for entry, body in bodies if body["kind"] == kind and body["case"] is None), None)

    def kinds(self):
        counted = {}
        for entry in self._state.entries:
            body = entry.read()
            known = counted.get(body["kind"], KindCount(0, ""))
            counted[body["kind"]] = KindCount(known.count + 1, body["at"])
        return counted

    def newest(self, kind, limit):
        found = [entry for entry, body in self._bodies() if body["kind"] == kind and body["case"] is None]
        return found[::-1][:limit]

    def cut(self, epoch, seq):
        place = (epoch, seq)
        apart = [one for one in self._state.entries if (one.epoch, one.seq) > place]
        self._state.entries[:] = [one for one in self._state.entries if (one.epoch, one.seq) <= place]
        for kept in (self._state.aside, self._state.confirmations):
            for one in [one for one in kept if one > place]:
                del kept[one]
        rows = self._state.received
        rows[:] = [replace(one, after=min(one.after, place)) if one.rank else one for one in rows]
        return apart

    def opening(self, epoch):
        return self.at(epoch, 1)

    def at(self, epoch, seq):
        for entry in self._state.entries:
            if (entry.epoch, entry.seq) == (epoch, seq):
                return entry
        raise NotFound("entry")

    def of_case(self, number):
        return [entry for entry in history(self._state) if entry.read()["case"] == number]

    def of_inquiry(self, number):
        return [entry for entry, body in self._bodies() if inquiry_number(read_fact(body)) == number]

    def unclosed(self, day):
        closings = [
            (place, read_fact(body).day)
            for place, (_, body) in enumerate(self._bodies())
            if body["kind"] == "DayClosed"
        ]

        def is_wanted(place, at):
            covered = covered_until(closings, at)
            return (at == day or (at < day and covered is not None)) and (covered is None or place > covered)

        return [entry for place, (entry, body) in enumerate(self._bodies()) if is_wanted(place, day_of(body))]

    def _bodies(self):
        return [(entry, entry.read()) for entry in self._state.entries]

    def length(self):
        return len(self._state.entries)

    def entries(self):
        return iter(list(self._state.entries))


class MemoryNumbers:
    def __init__(self, state):
        self._state = state

    def next(self, series, room=USUAL_ROOM):
        return max(self._ends().get(series, 0), skipped(self._share(series), room)) + 1

    def ends(self):
        return tuple(SeriesEnd(series, last) for series, last in sorted(self._ends().items()))

    def _ends(self):
        given = [end for _, fact in facts(self._state) if isinstance(fact, NumbersSkipped) for end in fact.given]
        last = {}
        for end in [*ends_of(self._all()), *given]:
            last[end.series] = max(end.last, last.get(end.series, 0))
        return last

    def _all(self):
        """Return own entries, those that were read back too."""
        return [*self._state.entries, *(kept.entry for kept in self._state.received if not kept.rank)]

    def _share(self, series):
        """Return how much of a series is skipped because a backup was restored in its day or year."""
        period = series.rpartition("/")[2]
        skips = [fact for _, fact in facts(self._state) if isinstance(fact, NumbersSkipped)]
        days = [skip.day_share for skip in skips if f"{skip.day:%Y%m%d}" == period]
        years = [skip.year_share for skip in skips if str(skip.year) == period]
        return max([0, *days, *years])

    def missing(self, series):
        numbers = [number for entry in self._all() for number in numbers_used(entry)]
        used = [number.serial for number in numbers if number.series == series]
        return max(used, default=0) - len(used)

    def is_taken(self, paper_number):
        return paper_number in paper_rows(facts(self._state), own_station(self._state))
