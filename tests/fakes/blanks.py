"""The ledger of blank forms in memory: folded from the whole journal at every read."""

from collections import Counter
from dataclasses import replace

from app.domain.blanks import Blank, BlankState, run
from app.domain.clock import parse_stamp
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed, read_fact
from app.services.ports import BlankCounts

MOVES = {
    BlanksSpoiled: BlankState.SPOILED,
    BlanksRestored: BlankState.UNUSED,
    BlanksGivenBack: BlankState.GIVEN_BACK,
}


class MemoryBlanks:
    """Implements the port ``Blanks``."""

    def __init__(self, state):
        self._state = state

    def counts(self):
        counted = {}
        for blank in self._all():
            counted.setdefault(blank.form, Counter())[blank.state.value] += 1
        return {form: BlankCounts(**counted[form]) for form in sorted(counted)}

    def next(self, form):
        return next(iter(self.page(form, BlankState.UNUSED, 0, 1)), None)

    def get(self, form, number):
        return next((blank for blank in self._all() if (blank.form, blank.number) == (form, number)), None)

    def before(self, form, number):
        unused = [blank for blank in self._all() if blank.form == form]
        names = [blank.number for blank in unused]
        end = names.index(number) if number in names else 0
        return [blank for blank in unused[:end] if blank.state is BlankState.UNUSED]

    def of_paper(self, paper_number):
        return [blank for blank in self._all() if paper_number and blank.paper_number == paper_number]

    def page(self, form, state, offset, limit):
        rows = [blank for blank in self._all() if blank.form == form and state in {None, blank.state}]
        return rows[offset : offset + limit]

    def _all(self):
        rows = {}
        for entry in self._state.entries:
            body = entry.read()
            if "Blank" in body["kind"]:
                fold(rows, read_fact(body), parse_stamp(body["at"]), body["operator"])
        return list(rows.values())


def fold(rows, fact, at, operator):
    if isinstance(fact, BlanksReceived):
        for number in run(fact.first, fact.last):
            rows.pop((fact.form, number), None)
            rows[fact.form, number] = Blank(fact.form, number, BlankState.UNUSED, at, fact.source, at, operator)
        return
    said = {"changed_at": at, "operator": operator, "reason": "", "approved_by": ""}
    if isinstance(fact, BlankUsed):
        change(rows, fact, [fact.number], {**said, "state": BlankState.USED, "paper_number": fact.paper_number})
        return
    said |= {"state": MOVES[type(fact)], "reason": fact.reason, "approved_by": fact.approved_by}
    if getattr(fact, "paper_number", ""):
        said["paper_number"] = fact.paper_number
    change(rows, fact, run(fact.first, fact.last), said)


def change(rows, fact, numbers, said):
    for number in numbers:
        if (fact.form, number) in rows:
            rows[fact.form, number] = replace(rows[fact.form, number], **said)
