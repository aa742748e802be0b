"""The reading side of the store in memory: folded anew at every read, slow and obvious."""

from dataclasses import replace

from app.domain.case import BEFORE_ACCEPTANCE, Case, CaseState
from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import CaseDelivered, CaseReceived, DayClosed
from app.domain.inquiry import Inquiry
from app.domain.paper import PaperState
from app.domain.people import tidy_id_number, tidy_name
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseScope,
    DayRow,
    DraftRow,
    ItemUse,
    KnownOrganisation,
    KnownPerson,
    PaperCounts,
    PaperMark,
    Today,
)
from tests.fakes.bodies import covered_until, day_of, facts, inquiry_number, is_work
from tests.fakes.case_rows import (
    case_row,
    is_in_scope,
    is_near_due,
    is_on,
    is_open,
    is_overdue,
    is_ready,
    is_running,
    waits,
)
from tests.fakes.folding import case_facts, everything, mark_of, own_station, paper_marked
from tests.fakes.paper_lists import MemoryPaperLists
from tests.fakes.paper_rows import paper_rows

EVERYWHERE = {CaseScope.ALL, CaseScope.DONE, CaseScope.LATE, CaseScope.TO_COLLECT, CaseScope.TO_RECALL}
"""Lists that cases in the hands of other stations stand in too."""


class MemoryViews(MemoryPaperLists):
    """Implements the port ``Views`` by going through the whole journal."""

    def __init__(self, store, pinyin):
        self._store = store
        self._pinyin = pinyin

    def case(self, number):
        return next((row for row in self._rows() if row.number == number), None)

    def cases(self, wanted, offset, limit):
        rows = [row for row in self._rows() if self._is_wanted(row, wanted)]
        if wanted.oldest_first:
            return rows[::-1][offset : offset + limit]
        if wanted.by_due:
            rows.reverse()  # a stable sort keeps the first received first
            rows.sort(key=lambda row: row.due.timestamp() if row.due else 0)
        return rows[offset : offset + limit]

    def count_cases(self, wanted):
        return len([row for row in self._rows() if self._is_wanted(row, wanted)])

    def find_cases(self, text, limit):
        return [row for row in self._rows() if self._matches(row, text)][:limit]

    def find_people(self, text, limit):
        typed = tidy_name(text)
        digits = tidy_id_number(typed)
        found = []
        for known in self._people():
            number = is_number(digits) and len(digits) >= 3 and known.person.id_number.startswith(digits)
            if number or (not is_number(digits) and self._is_called(known.person.name, typed)):
                found.append(known)
        return found[:limit]

    def find_organisations(self, text, limit):
        code = tidy_id_number(text)
        if is_number(code):
            starts = [one for one in self._organisations() if one.organisation.uscc.startswith(code)]
            return starts[:limit] if len(code) >= 3 else []
        plain = "".join(filter(str.isalnum, text.lower()))
        names = [("".join(filter(str.isalnum, one.organisation.name.lower())), one) for one in self._organisations()]
        return [one for name, one in names if plain and plain in name][:limit]

    def cases_of(self, number, item, since):
        mine = [row for row in self._rows() if row.id_number == number and item in {"", row.item}]
        return [row for row in mine if is_open(row) or row.received_at.astimezone(CHINA).date() >= since]

    def papers(self, number):
        return [row for row in self._papers() if row.case_number == number]

    def paper(self, number):
        return next((row for row in self._papers() if row.number == number), None)

    def papers_to_print(self, since, limit):
        waiting = {PaperState.TO_PRINT, PaperState.SENT}
        rows = [row for row in self._own_papers() if row.made_at.astimezone(CHINA).date() >= since]
        return [row for row in rows if row.state in waiting][:limit]

    def papers_to_recall(self, limit):
        return [row for row in reversed(self._papers()) if row.mark is PaperMark.TO_RECALL][:limit]

    def paper_counts(self):
        marks = [row.mark for row in self._papers()]
        return PaperCounts(marks.count(PaperMark.PROVISIONAL), marks.count(PaperMark.TO_RECALL))

    def _papers(self):
        state = self._store.state
        return [paper_marked(state, row) for row in paper_rows(everything(state), own_station(state)).values()]

    def _is_recalled(self, row, wanted):
        return wanted.scope is CaseScope.TO_RECALL and row.number in self._recalled_cases()

    def _recalled_cases(self):
        return {row.case_number for row in self.papers_to_recall(None)}

    def _own_papers(self):
        return [row for row in self._papers() if self._is_own(row)]

    def _is_own(self, paper):
        return paper.station == own_station(self._store.state)

    def drafts(self, limit):
        kept = sorted(self._store.state.drafts.values(), key=lambda draft: draft.saved_at, reverse=True)
        return [
            DraftRow(
                draft.draft_id,
                draft.item,
                self._store.state.items[draft.item, draft.item_version].name,
                draft.application.applicant.name,
                draft.saved_at,
                draft.started_at,
                draft.operator,
                draft.application.organisation.name if draft.application.organisation else "",
            )
            for draft in kept[:limit]
        ]

    def inquiries(self, wanted, offset, limit):
        return [inquiry for inquiry in reversed(self._inquiries()) if is_asked(inquiry, wanted)][
            offset : offset + limit
        ]

    def count_inquiries(self, wanted):
        return len([inquiry for inquiry in self._inquiries() if is_asked(inquiry, wanted)])

    def days(self, since):
        bodies = [body for body, _ in facts(self._store.state)]
        closings = [
            (place, fact.day) for place, (_, fact) in enumerate(facts(self._store.state)) if isinstance(fact, DayClosed)
        ]
        rows = []
        for day in sorted({day_of(body) for body in bodies}):
            covered = covered_until(closings, day)
            work = [place for place, body in enumerate(bodies) if day_of(body) == day and is_work(body)]
            has_open_work = any(covered is None or place > covered for place in work)
            rows.append(DayRow(day, has_open_work, covered is not None))
        return [row for row in rows if row.day >= since]

    def today(self, day):
        rows, started, delivered_here = self._rows(), self._started(), self._done_here(CaseDelivered)
        here = [row for row in rows if is_on(row.entered_at, day) and row.number in self._done_here(CaseReceived)]
        late = [row for row in here if row.is_late]
        accepted = [row for row in here if row.accepted_at and not row.is_late]
        taken = [(row.accepted_at - started[row.number]).total_seconds() for row in accepted if started[row.number]]
        delivered = [row for row in rows if row.number in delivered_here and is_on(row.delivered_at, day)]
        return Today(len(accepted), len(delivered), round(sum(taken) / len(taken)) if taken else None, len(late))

    def chosen_places(self, limit):
        here = self._done_here(CaseReceived)
        chosen = [row.collect_at for row in self._rows() if row.collect_at and row.number in here]
        return list(dict.fromkeys(chosen))[:limit]

    def item_uses(self, since):
        used = {}
        for body, fact in facts(self._store.state):
            if isinstance(fact, CaseReceived) and day_of(body) >= since:
                used[fact.item] = used.get(fact.item, 0) + 1
        return [ItemUse(item, count) for item, count in sorted(used.items(), key=lambda use: (-use[1], use[0]))]

    def silent_cases(self, now):
        rows = [row for row in reversed(self._here()) if row.silence_until and row.silence_until < now]
        return [row.number for row in sorted(rows, key=lambda row: row.silence_until)]

    def reminders(self, day, limit):
        return [row for row in reversed(self._here()) if waits(row, day)][:limit]

    def due_cases(self, limit):
        rows = [row for row in reversed(self._here()) if is_running(row) and row.due and not row.is_immediate]
        return sorted(rows, key=lambda row: row.due)[:limit]

    def counts(self, now):
        rows, everywhere, recalled = self._here(), self._rows(), self._recalled_cases()
        return CaseCounts(
            open=len([row for row in rows if is_open(row)]),
            near_due=len([row for row in rows if is_near_due(row, now)]),
            overdue=len([row for row in rows if is_overdue(row, now)]),
            to_deliver=len([row for row in rows if is_ready(row)]),
            done=len([row for row in everywhere if not is_open(row)]),
            received=len([row for row in rows if row.state in BEFORE_ACCEPTANCE]),
            suspended=len([row for row in rows if row.state is CaseState.SUSPENDED]),
            owed=len([row for row in rows if row.owed_by and is_open(row)]),
            late=len([row for row in everywhere if row.is_late]),
            elsewhere=len([row for row in everywhere if is_open(row) and not self._is_here(row)]),
            to_take_over=len([row for row in rows if row.awaits_taking_over and is_open(row)]),
            to_collect=self.count_cases(CaseFilter(CaseScope.TO_COLLECT)),
            to_recall=len([row for row in everywhere if row.number in recalled]),
        )

    def _rows(self):
        """Return every case, the latest received first."""
        histories, clerks, holders = {}, {}, {}
        for body, fact in case_facts(self._store.state):
            if body["case"]:
                holders |= {body["case"]: body["header"]["holder"]} if body["header"] else {}
                clerks.setdefault(body["case"], body.get("operator", ""))
                histories.setdefault(body["case"], []).append((fact, parse_stamp(body["at"])))
        rows = [case_row(Case.of(number, past), clerks[number]) for number, past in reversed(histories.items())]
        rows = [replace(row, holder=holders.get(row.number, row.holder)) for row in rows]
        return [replace(row, mark=mark_of(self._store.state, row.number)) for row in rows]

    def _is_here(self, row):
        return row.holder == own_station(self._store.state)

    def _here(self):
        return [row for row in self._rows() if self._is_here(row)]

    def _done_here(self, kind):
        """Return the cases to which a fact of a kind happened at this counter."""
        here = own_station(self._store.state)
        done = [body for body, fact in case_facts(self._store.state) if isinstance(fact, kind)]
        return {body["case"] for body in done if body["station"] == here}

    def _inquiries(self):
        histories = {}
        for body, fact in facts(self._store.state):
            if number := inquiry_number(fact):
                histories.setdefault(number, []).append((fact, parse_stamp(body["at"]), body["operator"]))
        return [Inquiry.of(history) for history in histories.values()]

    def _started(self):
        return {
            body["case"]: fact.started_at
            for body, fact in case_facts(self._store.state)
            if isinstance(fact, CaseReceived)
        }

    def _people(self):
        """Return everyone who applied for themselves, the last seen first, as last typed."""
        return self._last_seen(
            (fact.applicant.id_number, KnownPerson(fact.applicant, 1, parse_stamp(body["at"])), body["case"])
            for body, fact in case_facts(self._store.state)
            if isinstance(fact, CaseReceived) and not fact.organisation
        )

    def _organisations(self):
        """Return every organisation that applied, the last seen first, as last typed."""
        return self._last_seen(
            (
                fact.organisation.uscc,
                KnownOrganisation(fact.organisation, fact.applicant, 1, parse_stamp(body["at"])),
                body["case"],
            )
            for body, fact in case_facts(self._store.state)
            if isinstance(fact, CaseReceived) and fact.organisation
        )

    def _last_seen(self, visits):
        """Return the last of the visits (number, known, case) of each number with their count, the latest first."""
        last = {}
        for number, known, case in visits:
            before = last.pop(number, None)
            last[number] = replace(known, cases=before[0].cases + 1 if before else 1), case
        return [self._as_corrected(number, *last[number]) for number in reversed(last)]

    def _as_corrected(self, number, known, case):
        """Return what is known as the case of the last visit says now; another number is another visitor's."""
        mended = Case.of(
            case,
            [(fact, parse_stamp(body["at"])) for body, fact in case_facts(self._store.state) if body["case"] == case],
        )
        if mended.applicant_number != number:
            return known
        if mended.organisation:
            return replace(known, organisation=mended.organisation, representative=mended.applicant)
        return replace(known, person=mended.applicant)

    def _is_wanted(self, row, wanted):
        if wanted.item not in {"", row.item} or wanted.department not in {"", row.department}:
            return False
        received_on = row.received_at.astimezone(CHINA).date()
        if wanted.received_from and received_on < wanted.received_from:
            return False
        if wanted.received_to and received_on > wanted.received_to:
            return False
        if wanted.clerk not in {"", row.clerk}:
            return False
        if wanted.text and not self._matches(row, wanted.text):
            return False
        if wanted.scope is CaseScope.ELSEWHERE:
            return is_open(row) and not self._is_here(row)
        is_there = is_in_scope(
            row,
            wanted,
            is_collected_here=row.collect_at == own_station(self._store.state),
            has_recalled=self._is_recalled(row, wanted),
        )
        return is_there and (wanted.scope in EVERYWHERE or self._is_here(row))

    def _matches(self, row, text):
        typed = tidy_name(text)
        digits = tidy_id_number(typed)
        if is_number(digits):
            whole = (row.number, row.id_number, row.phone, self._people_of(row.number))
            starts = any(number.startswith(digits) for number in (*whole, row.number[8:]))
            return len(digits) >= 3 and (starts or any(number.endswith(digits) for number in whole))
        return any(self._is_called(name, typed) for name in (row.applicant, row.representative) if name)

    def _people_of(self, case):
        """Return the number of the natural person who applies, or represents the organisation that does."""
        received = (fact for body, fact in case_facts(self._store.state) if body["case"] == case)
        return next(received).applicant.id_number

    def _is_called(self, name, typed):
        plain = "".join(filter(str.isalnum, typed.lower()))
        called = bool(plain) and plain in "".join(filter(str.isalnum, name.lower()))
        by_initials = plain.isascii() and any(way.startswith(plain) for way in self._pinyin.name_initials(name))
        return called or (bool(plain) and by_initials)


def is_asked(inquiry, wanted):
    texts = (inquiry.number, inquiry.asked_by, inquiry.phone, inquiry.subject)
    return (inquiry.is_open or not wanted.only_open) and any(wanted.text in text for text in texts)


def is_number(text):
    return text.isascii() and text.isalnum() and any(character.isdigit() for character in text)
