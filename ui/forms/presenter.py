"""Leads through any form: what is typed, what stands in the way, the paper that follows, the act itself. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from app.domain.application import HandedIn
from app.domain.errors import BrokenRule
from app.domain.operators import Operator
from app.services.ports import Handle, Picture
from ui.dates import clock_time, recent_time
from ui.forms.base import Form
from ui.forms.form import AskedLine, Filled, FormState
from ui.forms.keeping import Keeping
from ui.forms.pages import FormPages
from ui.page_acts import PageFiles
from ui.scanning import Scans
from ui.sentences import sentence
from ui.sort_acts import SortsBy
from ui.surroundings import Surroundings
from ui.text import _

LINES = "lines"


class FormView(Protocol):
    """The screen of a form."""

    def render(self, state: FormState) -> None:
        """Show ``state``; another key builds the fields anew."""
        ...

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        ...

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        ...

    def draw_soon(self) -> None:
        """Ask for ``save_now`` and ``draw`` a moment after the last key."""
        ...

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        ...


class FormPresenter:
    """One form at a time; what was filled in stays until the form is done or emptied, also when it is left."""

    def __init__(
        self, around: Surroundings, view: FormView, source: PageFiles, scans: Scans, done: Callable[[Form, Any], None]
    ) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self.pages = FormPages(self, around, source, scans)
        self._done = done
        self._form: Form | None = None
        self._state: FormState | None = None
        self._keeping = Keeping(around.counter.form_drafts)
        self._visited: set[str] = set()
        self._has_tried = False
        self._drawing: Handle | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a form lies open."""
        return self._form is not None

    @property
    def state(self) -> FormState:
        """Return what is shown."""
        return self._now()[1]

    @property
    def has_paper(self) -> bool:
        """Tell whether the paper of the form, if it makes one, has been drawn."""
        return self._state is not None and (not self._state.paper_title or self._state.paper is not None)

    def open(self, form: Form) -> None:
        """Open ``form`` with what was filled in before it was left."""
        self._form, self._visited, self._has_tried = form, set(), False
        kept, saved_at = self._keeping.find(form)
        filled = kept or form.start()
        self._state = FormState(form.key, form.title, form.word, (), filled, is_begun=kept is not None)
        if kept and saved_at:
            when = recent_time(saved_at, self._counter.desk.now())
            self._state = replace(self._state, saved=_("接着上次填的（%(time)s 已存）") % {"time": when})
        self._follow(filled)
        self.pages.look_afresh()
        self.pages.load_thumbnails()
        self._view.focus_first()
        self.draw()

    def leave(self) -> None:
        """Close the form; what was filled in is kept."""
        self.save_now()
        if self._drawing:
            self._drawing.cancel()
        self._form = self._state = None

    def forget(self) -> None:
        """Leave forms to the store: another case is open now."""
        self.leave()
        self._keeping.forget()

    def save_now(self) -> None:
        """Keep what was filled in since the last time; a failure is shown and keeps everything on the screen."""
        if self._state is None or self._keeping.is_saved(self._state.key) or self._is_changed_beside:
            return
        try:
            saved_at = self._keeping.save(self._state.key)
        except Exception as error:  # noqa: BLE001  every failure is told; what was filled in stays
            self.show(save_error=sentence(error).text)
        else:
            self.show(saved=_("草稿已存 %(time)s") % {"time": clock_time(saved_at)}, save_error="")

    def keep_now(self) -> bool:
        """Keep in the store what was filled in; tell whether it is there."""
        self.save_now()
        return self._keeping.is_saved(self.state.key)

    def start_again(self) -> None:
        """Empty the form; a short message offers to undo."""
        form, state = self._now()
        if state.is_busy or not state.is_begun:
            return
        try:
            self._keeping.drop(form.key)
        except Exception as error:  # noqa: BLE001  told; what was filled in stays
            self._navigator.report(error)
            return
        self._visited, self._has_tried = set(), False
        self._state = replace(state, is_begun=False, saved="", save_error="")
        self._follow(form.start())
        self._view.focus_first()
        self._view.draw_soon()
        self._navigator.notify(_("表单已清空"), _("撤销"), lambda: self._bring_back(form, state.filled))

    # --- typing ------------------------------------------------------------------------------------------------

    def edit(self, code: str, value: str) -> None:
        """Take note of one field."""
        self._change(self._filled().with_value(code, value))

    def leave_field(self, code: str) -> None:
        """Show what is wrong with a field that the cursor has left."""
        if self._state is not None and self._filled().value(code):
            self._visited.add(code)
            self._follow(self._filled())

    def take_phrase(self, code: str, phrase: str) -> None:
        """Write what is usually written, behind what stands there."""
        before = self._filled().value(code)
        self.edit(code, f"{before}；{phrase}" if before and phrase not in before else before or phrase)

    def edit_line(self, index: int, what: str) -> None:
        """Change what a line of the notice says."""
        self._put_line(index, what=what)

    def name_line(self, index: int, name: str) -> None:
        """Change what a line that the clerk added is about."""
        self._put_line(index, name=name)

    def toggle_line(self, index: int) -> None:
        """Ask for a line, or leave it out."""
        self._put_line(index, is_asked=not self._filled().lines[index].is_asked)

    def add_line(self) -> None:
        """Add a line of the clerk's own."""
        self._change(replace(self._filled(), lines=(*self._filled().lines, AskedLine("", "", ""))))
        self._view.focus_place(f"{LINES}.{len(self._filled().lines) - 1}")

    # --- handing in --------------------------------------------------------------------------------------------

    def set_count(self, material: str, originals: int, copies: int) -> None:
        """Say how many originals and copies of a material were handed in."""
        self.put_handed(material, replace(self._handed(material), originals=originals, copies=copies))

    def toggle(self, material: str) -> None:
        """Mark a material as handed in just as it is asked for, or as not there."""
        before = self._handed(material)
        asked = next((line.material for line in self.state.handed if line.code == material), None)
        if asked is None or before.originals or before.copies:
            self.put_handed(material, replace(before, originals=0, copies=0))
        else:
            originals = asked.originals or int(not asked.copies)
            self.put_handed(material, replace(before, originals=originals, copies=asked.copies))

    def take_all_handed(self) -> None:
        """Mark every material that is not there yet as handed in just as it is asked for."""
        for line in self.state.handed:
            if line.material is not None and not self._handed(line.code).is_there:
                self.toggle(line.code)

    def put_handed(self, material: str, handed_in: HandedIn) -> None:
        """Keep what was handed in of a material."""
        self.put_all_handed({material: handed_in.still_checked()})

    def put_all_handed(self, changed: Mapping[str, HandedIn]) -> None:
        """Keep what was handed in of several materials."""
        self._change(replace(self._filled(), handed={**self._filled().handed, **changed}))

    @property
    def _is_changed_beside(self) -> bool:
        """Tell whether the store is changing what lies open, so that what the window has is old."""
        return self._form is not None and self._form.is_lasting and self.state.is_busy

    @property
    def sorts_by(self) -> SortsBy | None:
        """Return which separator sheets mean something in the form."""
        form, state = self._now()
        materials = {line.code for line in state.handed if line.material is not None}
        return SortsBy(form.item, materials, form.case_number) if materials else None

    # --- the paper and the act ---------------------------------------------------------------------------------

    def turn_paper(self, step: int) -> None:
        """Show the next or previous page of the paper."""
        state = self.state
        pages = state.paper.pages if state.paper else 1
        page = min(max(state.paper_page + step, 0), pages - 1)
        if page != state.paper_page:
            self.show(paper_page=page)
            self.draw()

    def draw(self) -> None:
        """Draw the paper as it would be made now, in place of an older drawing; not while the window is locked."""
        if self._form is None or self._state is None or not self._form.makes or self._session.operator is None:
            return
        if self._drawing:
            self._drawing.cancel()
        form, filled, clerk = self._form, self._state.filled, self._session.clerk
        width_px, page = self._view.paper_width_px, self._state.paper_page
        self._drawing = self._runner.run(
            lambda: form.paper(filled, clerk, width_px, page), self._drawn, self._not_drawn
        )

    def submit(self) -> None:
        """Do it when nothing stands in the way; otherwise lead to the first thing that does."""
        form, state = self._now()
        if self.pages.is_scanning_here():
            self._navigator.notify(_("还在扫描，扫完再办这一步"))
        if state.is_busy or self.pages.is_scanning_here():
            return
        problems = form.problems(state.filled)
        if problems:
            self._has_tried = True
            self._follow(state.filled)
            self._view.focus_place(next(iter(problems)))
        else:
            about, _colon, _name = form.key.rpartition(":")
            self.pages.when_clean(self._confirm, about)

    def show(self, **changes: object) -> None:
        """Show what nothing follows from."""
        if self._state is not None:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._view.render(self._state)

    # --- inside ------------------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        form, state = self._now()
        if what := form.confirmed_by_second(state.filled):
            self._navigator.ask_second_person(what, self._do)
        else:
            self._do(None)

    def _do(self, second: Operator | None) -> None:
        form, state = self._now()
        clerk = self._session.clerk
        if form.is_lasting and not self.keep_now():
            return
        self.show(is_busy=True)
        self._runner.run(
            lambda: form.do(state.filled, clerk, second), lambda result: self._succeeded(form, result), self._failed
        )

    def _succeeded(self, form: Form, result: Any) -> None:  # noqa: ANN401  the room knows what it is
        failure: Exception | None = None
        try:
            if not form.is_lasting:
                self._keeping.finish(form.key)
        except Exception as error:  # noqa: BLE001  what is done is done; the draft alone is still there
            failure = error
        if self._form is form:
            self.leave()
        self._done(form, result)
        if failure is not None:
            self._navigator.report(failure)

    def _failed(self, error: Exception) -> None:
        self.show(is_busy=False)
        self._navigator.report(error)

    def _drawn(self, picture: Picture | None) -> None:
        self.show(paper=picture, paper_words="")

    def _not_drawn(self, error: Exception) -> None:
        words = _("填好以后在这里显示") if isinstance(error, BrokenRule) else sentence(error).text
        self.show(paper=None, paper_words=words)

    def _bring_back(self, form: Form, filled: Filled) -> None:
        """Keep what was in an emptied form again, and show it when the form still lies open."""
        self._keeping.note(form.key, filled)
        if self._form is not None and self._form.key == form.key:
            self._change(filled)
            self.pages.load_thumbnails()
        else:
            self._keeping.save(form.key)

    def _change(self, filled: Filled) -> None:
        if self._is_changed_beside:
            return  # it is read again
        self._keeping.note(self.state.key, filled)
        self._state = replace(self.state, is_begun=True)
        self._follow(filled)
        self._view.draw_soon()

    def _follow(self, filled: Filled) -> None:
        """Show ``filled`` with everything that follows from it."""
        form, state = self._now()
        problems = form.problems(filled)
        if not self._has_tried:
            problems = {place: words for place, words in problems.items() if place in self._visited}
        tone, note = form.note(filled)
        self._state = replace(
            state,
            fields=form.fields(filled),
            filled=filled,
            law=form.law,
            problems=problems,
            tone=tone,
            note=note,
            is_danger=form.is_danger,
            lines_title=form.lines_title,
            handed_title=form.handed_title,
            handed=form.handed(),
            paper_title=form.makes,
        )
        self._view.render(self._state)

    def _put_line(self, index: int, **changes: object) -> None:
        lines = list(self._filled().lines)
        lines[index] = replace(lines[index], **changes)  # type: ignore[arg-type]
        self._change(replace(self._filled(), lines=tuple(lines)))

    def _handed(self, material: str) -> HandedIn:
        return self._filled().handed.get(material, HandedIn())

    def _filled(self) -> Filled:
        return self.state.filled

    def _now(self) -> tuple[Form, FormState]:
        if self._form is None or self._state is None:
            raise RuntimeError("no form is open")
        return self._form, self._state
