"""Judges and draws the template that is being changed, beside the window: one at a time, and only the newest wish waits. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.template_draft import TemplateDraft
from app.domain.template_remarks import TemplateRemark
from app.services.counter import Counter
from app.services.ports import Judged, Picture
from ui.office.work import Work


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be looked at: a page (from 0) of a draft's paper, as wide as there is room."""

    draft: TemplateDraft
    page: int
    width: int


@dataclass(frozen=True, slots=True)
class Look:
    """What came of it: what is to be mended, and the page unless nothing could be drawn."""

    remarks: tuple[TemplateRemark, ...] = ()
    picture: Picture | None = None
    error: Exception | None = None
    """Why nothing could be said, for what nobody foresaw."""


class LivePaper:
    """``came`` gets what was found of a wish, unless a newer one has come meanwhile."""

    def __init__(self, work: Work, counter: Counter, came: Callable[[Wish, Look], None]) -> None:
        self._work = work
        self._counter = counter
        self._came = came
        self._wanted: Wish | None = None
        self._running: Wish | None = None
        self._judged: tuple[TemplateDraft, Judged] | None = None
        """What was judged last, so that turning a page does not judge again."""

    def want(self, wish: Wish) -> None:
        """Look at ``wish`` as soon as nothing else is being looked at."""
        self._wanted = wish
        if self._running is None:
            self._look(wish)

    def forget(self) -> None:
        """Want nothing any more; what is on its way is dropped."""
        self._wanted = self._running = self._judged = None

    def _look(self, wish: Wish) -> None:
        self._running = wish
        before = self._judged

        def look() -> tuple[Judged, Picture | None]:
            known = before is not None and before[0] == wish.draft
            remarks, pdf = before[1] if known and before else self._counter.templates.judge(wish.draft)
            return (remarks, pdf), self._counter.papers.picture(pdf, wish.page, wish.width) if pdf else None

        def done(found: tuple[Judged, Picture | None]) -> None:
            judged, picture = found
            self._finish(wish, Look(judged[0], picture), judged)

        self._work.beside(look, done, lambda error: self._finish(wish, Look(error=error), None))

    def _finish(self, wish: Wish, look: Look, judged: Judged | None) -> None:
        if self._running is not wish:
            return  # it was forgotten meanwhile
        self._running = None
        self._judged = (wish.draft, judged) if judged else None
        if self._wanted is not None and self._wanted != wish:
            self._look(self._wanted)
        elif self._wanted is not None:
            self._came(wish, look)
