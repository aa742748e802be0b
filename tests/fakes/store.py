"""A store in memory whose views are folded anew at every read: slow, obvious, and the model of the real one."""

import hashlib
import threading
from copy import copy
from dataclasses import dataclass, field, replace

from app.domain.case import BEFORE_ACCEPTANCE, OPEN, READY, RUNNING, Case, CaseState
from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import (
    CaseReceived,
    DayClosed,
    FormPrepared,
    InquiryOpened,
    MaterialsFollowed,
    NumbersSkipped,
    PaperMade,
    SupplementReceived,
    numbered_papers,
    read_fact,
)
from app.domain.inquiry import INQUIRY_FACTS, Inquiry
from app.domain.journal import Head
from app.domain.numbering import daily_sequence, daily_series
from app.domain.paper import PaperState
from app.domain.people import tidy_id_number, tidy_name
from app.domain.skipping import USUAL_ROOM, skipped
from app.services.errors import BrokenJournal, NotFound, StoreBusy
from app.services.ports import KindCount
from app.services.snapshots import (
    CaseCounts,
    CaseRow,
    CaseScope,
    DayRow,
    DraftRow,
    ItemUse,
    KnownOrganisation,
    KnownPerson,
    Today,
)
from tests.fakes.paper_rows import paper_rows

PATIENCE_S = 0.05


@dataclass
class State:
    """Everything that a transaction can change; a copy of it is a transaction."""

    entries: list = field(default_factory=list)
    drafts: dict = field(default_factory=dict)
    blobs: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)
    preferences: dict = field(default_factory=dict)

    def copy(self):
        return State(**{name: copy(value) for name, value in vars(self).items()})


class MemoryStore:
    """Implements the port ``Store``."""

    def __init__(self, pinyin):
        self.state = State()
        self.lock = threading.Lock()
        self._pinyin = pinyin

    def write(self):
        return MemoryWork(self, writes=True)

    def read(self):
        return MemoryWork(self, writes=False)

    @property
    def views(self):
        return MemoryViews(self, self._pinyin)

    def rebuild_views(self):
        return len(self.state.entries)

    def check_pages(self):
        """Have no pages."""

    def close(self):
        """Hold nothing open."""


class MemoryWork:
    """Implements the port ``UnitOfWork``, with every part of it in one class."""

    def __init__(self, store, *, writes):
        self._store = store
        self._writes = writes

    def __enter__(self):
        if self._writes and not self._store.lock.acquire(timeout=PATIENCE_S):
            raise StoreBusy
        self._state = self._store.state.copy()
        self.journal = MemoryJournal(self._state)
        self.numbers = MemoryNumbers(self._state)
        self.drafts = MemoryDrafts(self._state)
        self.blobs = MemoryBlobs(self._state)
        self.items = MemoryItems(self._state)
        self.accounts = MemoryAccounts(self._state)
        self.preferences = MemoryPreferences(self._state)
        return self

    def __exit__(self, *_error):
        if self._writes:
            self._store.lock.release()

    def commit(self):
        self._store.state = self._state.copy()


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
        allowed = {(head.epoch, head.seq + 1), (head.epoch + 1, 1)} if head else {(1, 1)}
        if (entry.epoch, entry.seq) not in allowed:
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

    def opening(self, epoch):
        return self.at(epoch, 1)

    def at(self, epoch, seq):
        for entry in self._state.entries:
            if (entry.epoch, entry.seq) == (epoch, seq):
                return entry
        raise NotFound("entry")

    def of_case(self, number):
        return [entry for entry in self._state.entries if entry.read()["case"] == number]

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
        last = 0
        for body, fact in facts(self._state):
            if isinstance(fact, CaseReceived) and daily_series(body["case"]) == series:
                last = daily_sequence(body["case"])
            for _kind, paper, _name in numbered_papers(fact):
                if paper.series == series:
                    last = paper.serial
        return max(last, skipped(self._share(series), room)) + 1

    def _share(self, series):
        """Return how much of a series is skipped because a backup was restored in its day or year."""
        period = series.rpartition("/")[2]
        skips = [fact for _, fact in facts(self._state) if isinstance(fact, NumbersSkipped)]
        days = [skip.day_share for skip in skips if f"{skip.day:%Y%m%d}" == period]
        years = [skip.year_share for skip in skips if str(skip.year) == period]
        return max([0, *days, *years])

    def missing(self, series):
        cases = [body["case"] for body, fact in facts(self._state) if isinstance(fact, CaseReceived)]
        used = [daily_sequence(number) for number in cases if daily_series(number) == series]
        papers = [paper for _, fact in facts(self._state) for _kind, paper, _name in numbered_papers(fact)]
        used += [paper.serial for paper in papers if paper.series == series]
        return max(used, default=0) - len(used)

    def is_taken(self, paper_number):
        return paper_number in paper_rows(facts(self._state))


class MemoryDrafts:
    def __init__(self, state):
        self._kept = state.drafts

    def save(self, draft):
        self._kept[draft.draft_id] = draft

    def get(self, draft_id):
        return self._kept.get(draft_id)

    def discard(self, draft_id):
        self._kept.pop(draft_id, None)


class MemoryBlobs:
    def __init__(self, state):
        self._state = state

    def put(self, data):
        digest = hashlib.sha256(data).hexdigest()
        self._state.blobs[digest] = data
        return digest

    def get(self, digest):
        if digest not in self._state.blobs:
            raise NotFound("page")
        return self._state.blobs[digest]

    def sweep(self):
        handed_in = [draft.application.materials for draft in self._state.drafts.values()]
        taking = (CaseReceived, SupplementReceived, MaterialsFollowed)
        handed_in += [fact.materials for _, fact in facts(self._state) if isinstance(fact, taking)]
        named = {page.digest for materials in handed_in for one in materials.values() for page in one.pages}
        named |= {fact.digest for _, fact in facts(self._state) if isinstance(fact, PaperMade)}
        stray = set(self._state.blobs) - named
        for digest in stray:
            del self._state.blobs[digest]
        return len(stray)


class MemoryItems:
    def __init__(self, state):
        self._kept = state.items

    def publish(self, items):
        for item in items:
            self._kept.setdefault((item.code, item.version), item)

    def get(self, code, version):
        if (code, version) not in self._kept:
            raise NotFound("item")
        return self._kept[code, version]

    def current(self):
        return list({code: self._kept[code, version] for code, version in sorted(self._kept)}.values())


class MemoryAccounts:
    def __init__(self, state):
        self._kept = state.accounts

    def get(self, login):
        return self._kept.get(login)

    def save(self, account):
        self._kept[account.operator.login] = account

    def everyone(self):
        return [self._kept[login] for login in sorted(self._kept)]


class MemoryPreferences:
    def __init__(self, state):
        self._kept = state.preferences

    def all(self):
        return dict(self._kept)

    def set(self, key, value):
        self._kept[key] = value


class MemoryViews:
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

    def papers_made(self, since, until, kind=None):
        rows = [row for row in self._papers() if since <= row.made_at.astimezone(CHINA).date() <= until]
        return [row for row in rows if kind in {None, row.kind}]

    def papers_to_print(self, since, limit):
        waiting = {PaperState.TO_PRINT, PaperState.SENT}
        rows = [row for row in self._papers() if row.made_at.astimezone(CHINA).date() >= since]
        return [row for row in rows if row.state in waiting][:limit]

    def _papers(self):
        return list(paper_rows(facts(self._store.state)).values())

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
        rows, started = self._rows(), self._started()
        late = [row for row in rows if is_on(row.entered_at, day) and row.is_late]
        accepted = [row for row in rows if is_on(row.entered_at, day) and row.accepted_at and not row.is_late]
        taken = [(row.accepted_at - started[row.number]).total_seconds() for row in accepted if started[row.number]]
        delivered = [row for row in rows if row.delivered_at and is_on(row.delivered_at, day)]
        return Today(len(accepted), len(delivered), round(sum(taken) / len(taken)) if taken else None, len(late))

    def item_uses(self, since):
        used = {}
        for row in self._rows():
            if row.entered_at.astimezone(CHINA).date() >= since:
                used[row.item] = used.get(row.item, 0) + 1
        return [ItemUse(item, count) for item, count in sorted(used.items(), key=lambda use: (-use[1], use[0]))]

    def silent_cases(self, now):
        rows = [row for row in reversed(self._rows()) if row.silence_until and row.silence_until < now]
        return [row.number for row in sorted(rows, key=lambda row: row.silence_until)]

    def reminders(self, day, limit):
        return sorted((row for row in self._rows() if waits(row, day)), key=lambda row: row.number)[:limit]

    def due_cases(self, limit):
        rows = [row for row in reversed(self._rows()) if is_running(row) and row.due and not row.is_immediate]
        return sorted(rows, key=lambda row: row.due)[:limit]

    def counts(self, now):
        rows = self._rows()
        return CaseCounts(
            open=len([row for row in rows if is_open(row)]),
            near_due=len([row for row in rows if is_near_due(row, now)]),
            overdue=len([row for row in rows if is_overdue(row, now)]),
            to_deliver=len([row for row in rows if is_ready(row)]),
            done=len([row for row in rows if not is_open(row)]),
            received=len([row for row in rows if row.state in BEFORE_ACCEPTANCE]),
            suspended=len([row for row in rows if row.state is CaseState.SUSPENDED]),
            owed=len([row for row in rows if row.owed_by and is_open(row)]),
            late=len([row for row in rows if row.is_late]),
        )

    def _rows(self):
        """Return every case, the latest received first."""
        histories, clerks = {}, {}
        for body, fact in facts(self._store.state):
            if body["case"]:
                clerks.setdefault(body["case"], body.get("operator", ""))
                histories.setdefault(body["case"], []).append((fact, parse_stamp(body["at"])))
        return [case_row(Case.of(number, history), clerks[number]) for number, history in reversed(histories.items())]

    def _inquiries(self):
        histories = {}
        for body, fact in facts(self._store.state):
            if number := inquiry_number(fact):
                histories.setdefault(number, []).append((fact, parse_stamp(body["at"]), body["operator"]))
        return [Inquiry.of(history) for history in histories.values()]

    def _started(self):
        return {
            body["case"]: fact.started_at for body, fact in facts(self._store.state) if isinstance(fact, CaseReceived)
        }

    def _people(self):
        """Return everyone who applied for themselves, the last seen first, as last typed."""
        return self._last_seen(
            (fact.applicant.id_number, KnownPerson(fact.applicant, 1, parse_stamp(body["at"])))
            for body, fact in facts(self._store.state)
            if isinstance(fact, CaseReceived) and not fact.organisation
        )

    def _organisations(self):
        """Return every organisation that applied, the last seen first, as last typed."""
        return self._last_seen(
            (fact.organisation.uscc, KnownOrganisation(fact.organisation, fact.applicant, 1, parse_stamp(body["at"])))
            for body, fact in facts(self._store.state)
            if isinstance(fact, CaseReceived) and fact.organisation
        )

    def _last_seen(self, visits):
        """Return the last of the visits (number, known) of each number with their count, the latest first."""
        last = {}
        for number, known in visits:
            before = last.pop(number, None)
            last[number] = replace(known, cases=before.cases + 1 if before else 1)
        return list(reversed(last.values()))

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
        return is_in_scope(row, wanted)

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
        received = (fact for body, fact in facts(self._store.state) if body["case"] == case)
        return next(received).applicant.id_number

    def _is_called(self, name, typed):
        plain = "".join(filter(str.isalnum, typed.lower()))
        called = bool(plain) and plain in "".join(filter(str.isalnum, name.lower()))
        by_initials = plain.isascii() and any(way.startswith(plain) for way in self._pinyin.name_initials(name))
        return called or (bool(plain) and by_initials)


def facts(state):
    """Yield every body with its fact, oldest first."""
    for entry in state.entries:
        body = entry.read()
        yield body, read_fact(body)


def day_of(body):
    return parse_stamp(body["at"]).astimezone(CHINA).date()


def is_work(body):
    return body["case"] is not None or isinstance(read_fact(body), (*INQUIRY_FACTS, FormPrepared))


def covered_until(closings, day):
    """Return the place of the last closing that covers ``day``: its own, and after that those of later days."""
    covered = None
    for place, closed in closings:
        if closed == day or (closed > day and covered is not None):
            covered = place
    return covered


def inquiry_number(fact):
    if isinstance(fact, InquiryOpened):
        return fact.number.text
    return fact.number if isinstance(fact, INQUIRY_FACTS) else ""


def is_asked(inquiry, wanted):
    texts = (inquiry.number, inquiry.asked_by, inquiry.phone, inquiry.subject)
    return (inquiry.is_open or not wanted.only_open) and any(wanted.text in text for text in texts)


def case_row(case, clerk=""):
    return CaseRow(
        number=case.number,
        item=case.item,
        title=case.title,
        department=case.department,
        applicant=case.applicant_name,
        id_number=case.applicant_number,
        phone=case.applicant.phone,
        state=case.state,
        is_immediate=case.is_immediate,
        holder=case.holder,
        received_at=case.received_at,
        entered_at=case.entered_at,
        accepted_at=case.accepted_at,
        due=case.due,
        near_due_from=case.near_due_from,
        delivered_at=case.delivered_at,
        representative=case.applicant.name if case.organisation else "",
        agent=case.agent.person.name if case.agent else "",
        is_late=case.is_late_entry,
        is_deemed=case.is_deemed,
        suspended_at=case.suspended_at,
        silence_until=case.silence_until if case.state is CaseState.RECEIVED else None,
        reply_by=case.reply_by if case.state is CaseState.SUPPLEMENT else None,
        owed_by=min(case.owed.values(), default=None),
        closed_at=case.closed_at,
        clerk=clerk,
    )


def is_number(text):
    return text.isascii() and text.isalnum() and any(character.isdigit() for character in text)


def is_on(at, day):
    return at.astimezone(CHINA).date() == day


def is_in_scope(row, wanted):
    return {
        CaseScope.ALL: lambda: True,
        CaseScope.OPEN: lambda: is_open(row),
        CaseScope.DONE: lambda: not is_open(row),
        CaseScope.RECEIVED: lambda: row.state in BEFORE_ACCEPTANCE,
        CaseScope.SUSPENDED: lambda: row.state is CaseState.SUSPENDED,
        CaseScope.TO_DELIVER: lambda: is_ready(row),
        CaseScope.OWED: lambda: row.owed_by is not None and is_open(row),
        CaseScope.LATE: lambda: row.is_late,
        CaseScope.NEAR_DUE: lambda: is_near_due(row, wanted.now),
        CaseScope.OVERDUE: lambda: is_overdue(row, wanted.now),
    }[wanted.scope]()


def is_open(row):
    return row.state in OPEN


def is_ready(row):
    return row.state in READY


def waits(row, day):
    match row.state:
        case CaseState.ACCEPTED if row.is_deemed:
            return True
        case CaseState.RECEIVED if row.silence_until and row.silence_until.astimezone(CHINA).date() <= day:
            return True
        case CaseState.SUPPLEMENT if row.reply_by and row.reply_by < day:
            return True
    return is_open(row) and row.owed_by is not None and row.owed_by <= day


def is_running(row):
    return row.state in RUNNING


def is_near_due(row, now):
    return is_running(row) and row.due is not None and row.near_due_from <= now <= row.due


def is_overdue(row, now):
    return is_running(row) and row.due is not None and row.due < now
