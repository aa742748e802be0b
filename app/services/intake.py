"""Intake (收件) and acceptance (受理): from the first key to the numbered receipt.

A draft is saved at every field and is no fact; ``accept`` turns it into one, in a single durable transaction.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain import acceptance
from app.domain.acceptance import ensure_open, receive, suggested_defects
from app.domain.application import Application, HandedIn, LateEntry, Page, TakenHow, blank, check
from app.domain.case import Case
from app.domain.catalogue import Material, ServiceItem
from app.domain.deadline import DueDate
from app.domain.facts import NO_NUMBER, CaseEnteredLate, CaseReceived, Fact
from app.domain.numbering import DAILY_CASES, case_number, daily_series
from app.domain.operators import Act, Operator
from app.domain.outcomes import Defect, NonAcceptanceGround
from app.domain.paper import Paper, PaperKind
from app.domain.plain import texts, to_plain
from app.domain.problem import Problem
from app.services.acting import CaseActs
from app.services.errors import MissingGlyphs, NotFound
from app.services.kept_pages import identities_of, new_page, originals_of, with_unseen
from app.services.paper_content import PaperContent
from app.services.papers import PaperService
from app.services.permits import ensure_may
from app.services.ports import Draft, PageReader, PaperMaker, Store, UnitOfWork
from app.services.recording import Recorder


@dataclass(frozen=True, slots=True)
class Accepted:
    """What taking a case in gave: the case as it stands now and its papers' numbers, in the order they are handed out."""

    case: Case
    papers: tuple[str, ...]


class IntakeService:
    """Use cases from opening an item to acceptance."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        acts: CaseActs,
        pages: PageReader,
        maker: PaperMaker,
        papers: PaperService,
        content: PaperContent,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._acts = acts
        self._pages = pages
        self._maker = maker
        self._papers = papers
        self._content = content

    # --- drafts ------------------------------------------------------------------------------------------------

    def begin(self, item: ServiceItem, operator: Operator) -> Draft:
        """Return a new draft for ``item``, not saved before something is typed.

        ItemNotOpen with the reason and the competent body when no case of the item can be opened.
        """
        ensure_open(item)
        now = self._recorder.now()
        application = blank(item, now.date())
        return Draft(uuid.uuid4().hex, item.code, item.version, operator.login, application, now, now)

    def resume(self, draft_id: str) -> tuple[Draft, ServiceItem]:
        """Return a saved draft and the item version it is typed against; NotFound when it was finished elsewhere."""
        with self._store.read() as uow:
            draft = uow.drafts.get(draft_id)
            if draft is None:
                raise NotFound("draft")
            return draft, uow.items.get(draft.item, draft.item_version)

    def save(self, draft: Draft, seen: Collection[str] | None = None) -> Draft:
        """Keep ``draft`` so that it survives a crash, and return it with the time at which it was saved.

        Where ``seen`` names the pages that the window has ever shown, others that came in beside it stay.
        """
        saved = replace(draft, saved_at=self._recorder.now())
        with self._store.write() as uow:
            if seen is not None and (stored := uow.drafts.get(draft.draft_id)):
                saved = replace(saved, application=with_unseen(draft.application, stored.application, seen))
            uow.drafts.save(saved)
            uow.commit()
        return saved

    def discard(self, draft: Draft) -> None:
        """Remove ``draft`` and forms about it; ``save`` brings the same draft back, which is how discarding is undone."""
        with self._store.write() as uow:
            uow.drafts.discard(draft.draft_id)
            uow.form_drafts.discard(draft.draft_id)
            uow.commit()

    def check(self, draft: Draft, item: ServiceItem) -> tuple[Problem, ...]:
        """Return everything that stands in the way of acceptance, in the order of the screen."""
        return check(draft.application.tidied(), item, self._recorder.now().date())

    def promise_day(self, material: Material) -> date:
        """Return the day by which a material that may follow is promised, unless the clerk says another one."""
        return self._acts.calendar.working_day_number(self._recorder.now().date(), material.follow_days)

    # --- pages -------------------------------------------------------------------------------------------------

    def attach(self, draft: Draft, material: str, data: bytes, how: TakenHow = TakenHow.UPLOAD) -> Draft:
        """Add the pages of a file to ``material`` and save the draft; BadAttachment when the file cannot be taken.

        Reading takes a while: what was saved of the draft in the meantime stays, and one that was discarded stays
        away: NotFound. So it has been saved before.
        """
        fresh = self._pages.read(data)
        with self._store.write() as uow:
            stored = uow.drafts.get(draft.draft_id)
            if stored is None:
                raise NotFound("draft")
            pages = tuple(new_page(uow.blobs.put(page.data), page.media_type) for page in fresh)
            changed = _with_pages(stored, material, pages, how)
            saved = replace(changed, saved_at=self._recorder.now())
            uow.drafts.save(saved)
            uow.commit()
        return saved

    # --- acceptance --------------------------------------------------------------------------------------------

    def due(self, item: ServiceItem, accepted_at: datetime) -> DueDate | None:
        """Return when a case of ``item`` accepted then is due; None without a limit."""
        return self._acts.due(item, accepted_at)

    def preview(self, draft: Draft, item: ServiceItem, operator: Operator) -> Paper:
        """Return the materials receipt as it would be printed now, without numbers; a late entry marked as 补录."""
        entered, late = None, draft.application.late
        if late:
            entered = CaseEnteredLate(late.reason, late.paper_number, late.received_at, late.accepted_at)
        now = self._recorder.now()
        return self._content.receipt_preview(draft.application.tidied(), item, operator, now, entered)

    def accept(self, draft: Draft, item: ServiceItem, operator: Operator) -> Accepted:
        """Take the materials in and accept the case: number, receipt and notice in one durable transaction.

        ApplicationIncomplete, ItemNotOpen or MissingGlyphs before anything is written; the draft is gone afterwards.
        A second call with the same draft finds it gone: NotFound. A late entry (补录) counts from its
        real times; ReasonMissing or LimitExceeded when these do not do.
        """
        with self._finishing(draft, operator) as (uow, whole):
            now = self._recorder.now()
            case = self._receive(uow, whole, item, operator, now)
            if draft.application.late is not None:
                case = self._enter_late(uow, case, draft.application.late, operator, now)
            case = self._accept(uow, case, item, operator, now)
            uow.commit()
        return _accepted(case)

    def receive(self, draft: Draft, item: ServiceItem, operator: Operator) -> Accepted:
        """Take the materials in without accepting yet (收件): the body has five working days to say what is missing.

        Materials and form may be unfinished. Errors as of ``accept``.
        """
        with self._finishing(draft, operator) as (uow, whole):
            case = self._receive(uow, whole, item, operator, self._recorder.now(), complete=False)
            uow.commit()
        return _accepted(case)

    def ask_supplement(
        self, draft: Draft, item: ServiceItem, operator: Operator, defects: tuple[Defect, ...], reply_by: date | None
    ) -> Accepted:
        """Take in what is there and tell everything that is missing at once (一次性补正告知), in one transaction.

        NothingNamed or ReasonMissing when ``defects`` name nothing; other errors as of ``accept``.
        """
        with self._finishing(draft, operator) as (uow, whole):
            now = self._recorder.now()
            case = self._receive(uow, whole, item, operator, now, complete=False)
            notice = self._papers.numbers.next(uow, PaperKind.SUPPLEMENT_NOTICE, now.year)
            asked = acceptance.ask_supplement(case, defects, notice, reply_by=reply_by, now=now)
            case = self._acts.record(uow, case, asked, operator.login, now)
            uow.commit()
        return Accepted(case, (case.receipt.text, notice.text))

    def refuse(
        self,
        draft: Draft,
        item: ServiceItem,
        operator: Operator,
        *,
        ground: NonAcceptanceGround,
        reason: str,
        competent: str = "",
        basis: str = "",
    ) -> Accepted:
        """Take in what is there and refuse to accept it at once (不予受理), in one transaction.

        ReasonMissing names what the notice lacks; other errors as of ``accept``.
        """
        with self._finishing(draft, operator) as (uow, whole):
            now = self._recorder.now()
            case = self._receive(uow, whole, item, operator, now, complete=False)
            notice = self._papers.numbers.next(uow, PaperKind.NON_ACCEPTANCE_NOTICE, now.year)
            refused = acceptance.refuse_acceptance(
                case, ground=ground, reason=reason, competent=competent, basis=basis, notice=notice, now=now
            )
            case = self._acts.record(uow, case, refused, operator.login, now)
            uow.commit()
        return Accepted(case, (case.receipt.text, notice.text))

    def notice_preview(
        self, draft: Draft, item: ServiceItem, operator: Operator, make: Callable[[Case, datetime], Fact]
    ) -> Paper:
        """Return the notice that ``make`` would give out for the case that ``draft`` would become.

        ApplicationIncomplete when it cannot become one yet; whatever the rules say to the fact.
        """
        now = self._recorder.now()
        received = receive(
            item,
            draft.application,
            today=now.date(),
            started_at=draft.started_at,
            receipt=NO_NUMBER,
            holder=self._acts.station.code,
            complete=False,
        )
        before = Case.opened("", received, now)
        fact = make(before, now)
        return self._papers.imagined(before.after(fact, now), item, fact, operator, before)

    def suggested_defects(self, draft: Draft, item: ServiceItem) -> tuple[Defect, ...]:
        """Return what a supplement notice would have to ask for as the draft stands."""
        return suggested_defects(item, self.check(draft, item))

    @contextmanager
    def _finishing(self, draft: Draft, operator: Operator) -> Iterator[tuple[UnitOfWork, Draft]]:
        """Open the transaction in which ``draft`` becomes a case; NotFound when it was finished elsewhere.

        A page that a camera or a folder has added since it was saved last is part of it, and one that was cleaned since
        is clean. What its pages were made from
        is not kept any longer than that.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        self._ensure_printable(draft.application)
        with self._store.write() as uow:
            stored = uow.drafts.get(draft.draft_id)
            if stored is None:
                raise NotFound("draft")
            draft = replace(draft, application=_with_late_pages(draft.application, stored.application))
            uow.drafts.discard(draft.draft_id)
            uow.form_drafts.discard(draft.draft_id)
            yield uow, draft
        if originals := originals_of(draft.application.materials):
            with self._store.write() as uow:
                uow.blobs.drop(originals)
                uow.commit()

    def _receive(
        self,
        uow: UnitOfWork,
        draft: Draft,
        item: ServiceItem,
        operator: Operator,
        now: datetime,
        *,
        complete: bool = True,
    ) -> Case:
        received: CaseReceived = receive(
            item,
            draft.application,
            today=now.date(),
            started_at=draft.started_at,
            receipt=self._papers.numbers.next(uow, PaperKind.MATERIALS_RECEIPT, now.year),
            holder=self._acts.station.code,
            silence_until=self._acts.silence_until(now),
            complete=complete,
        )
        case = Case.opened(self._next_case_number(uow, now.date()), received, now)
        self._recorder.record(uow, operator.login, received, now, case=case)
        return case

    def _enter_late(self, uow: UnitOfWork, case: Case, late: LateEntry, operator: Operator, now: datetime) -> Case:
        entered = acceptance.enter_late(
            case,
            reason=late.reason,
            paper_number=late.paper_number,
            received_at=late.received_at,
            accepted_at=late.accepted_at,
            now=now,
        )
        if missing := self._maker.missing_glyphs(entered.reason + entered.paper_number):
            raise MissingGlyphs(missing)
        return self._acts.record(uow, case, entered, operator.login, now)

    def _accept(self, uow: UnitOfWork, case: Case, item: ServiceItem, operator: Operator, now: datetime) -> Case:
        at = case.late_entry.accepted_at if case.late_entry else now
        notice = self._papers.numbers.next(uow, PaperKind.ACCEPTANCE_NOTICE, now.year)
        accepted = acceptance.accept(case, item, at, self._acts.due(item, at), notice)
        return self._acts.record(uow, case, accepted, operator.login, now)

    def _next_case_number(self, uow: UnitOfWork, day: date) -> str:
        sequence = uow.numbers.next(daily_series(f"{day:%Y%m%d}"), DAILY_CASES)
        return case_number(day, self._acts.station.code, sequence)

    def _ensure_printable(self, application: Application) -> None:
        if missing := self._maker.missing_glyphs("".join(texts(to_plain(application.tidied())))):
            raise MissingGlyphs(missing)


def _accepted(case: Case) -> Accepted:
    papers = [case.receipt, *([case.notice] if case.notice else [])]
    return Accepted(case, tuple(paper.text for paper in papers))


def _with_late_pages(application: Application, stored: Application) -> Application:
    whole = with_unseen(application, stored, identities_of(application.materials))
    clean = {page.identity: page for one in stored.materials.values() for page in one.pages if page.original}
    materials = {code: replace(one, pages=_cleaned(one.pages, clean)) for code, one in whole.materials.items()}
    return replace(whole, materials=materials)


def _cleaned(pages: tuple[Page, ...], clean: Mapping[str, Page]) -> tuple[Page, ...]:
    """Return pages with what was made of those that are as they came; they stay turned as they are."""
    return tuple(
        page if page.original or page.identity not in clean else replace(clean[page.identity], turn=page.turn)
        for page in pages
    )


def _with_pages(draft: Draft, material: str, pages: tuple[Page, ...], how: TakenHow) -> Draft:
    application = draft.application
    before = application.materials.get(material, HandedIn())
    after = replace(before, pages=before.pages + pages, how=how)
    return replace(draft, application=replace(application, materials={**application.materials, material: after}))
