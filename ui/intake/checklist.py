"""The part of the intake that deals with what is handed in: counts, all at once, promises to follow. Qt-free."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from app.domain.application import HandedIn, TakenHow
from app.domain.catalogue import Material, Need
from app.services.counter import Counter
from ui.dates import short_day
from ui.intake.sheet import Sheet
from ui.navigation import Navigator
from ui.text import _


class Checklist:
    """The materials of the sheet."""

    def __init__(self, sheet: Sheet, counter: Counter, navigator: Navigator) -> None:
        self._sheet = sheet
        self._counter = counter
        self._navigator = navigator

    def set_count(self, material: str, originals: int, copies: int) -> None:
        """Note how many sheets were handed in."""
        before = self._sheet.now().handed_in(material)
        self._put({material: replace(_own(before), originals=originals, copies=copies)})

    def toggle(self, material: str) -> None:
        """Mark a material as handed in just as it is asked for, or as not there; counts of one's own can be undone."""
        state = self._sheet.now()
        before, all_before = state.handed_in(material), state.application.materials
        if before.originals or before.copies:
            self._put({material: replace(_own(before), originals=0, copies=0)})
            if before != _as_asked(state.item.material(material), before):
                words = _("%(name)s已改为未收") % {"name": state.item.material(material).name}
                self._undoable(words, all_before)
        else:
            self._put({material: _as_asked(state.item.material(material), before)})
            if before.is_pledged:
                self._undoable(f"{state.item.material(material).name} {_('已收')}", all_before)

    def take_all(self) -> None:
        """Mark everything as handed in just as it is asked for, but what need not be; a message offers to undo."""
        state = self._sheet.now()
        before = state.application.materials
        asked = [material for material in state.item.materials if material.need is not Need.OPTIONAL]
        missing = [
            one for one in asked if not (state.handed_in(one.code).is_met or state.handed_in(one.code).is_promised)
        ]
        if not missing:
            return
        self._put({one.code: _as_asked(one, state.handed_in(one.code)) for one in missing})
        self._undoable(_("材料已按要求全部登记"), before)

    def promise(self, material: str = "") -> None:
        """Note that a material will follow by a day (容缺后补), or that it will not.

        Without a name it is the first one that may follow and is neither there nor promised.
        """
        state = self._sheet.now()
        code = material or self._first_to_follow()
        if not code or state.item.material(code).need is not Need.MAY_FOLLOW or state.handed_in(code).is_there:
            return
        if state.handed_in(code).is_promised:
            self._put({code: HandedIn()})
            return
        day = self._counter.intake.promise_day(state.item.material(code))
        self._put({code: HandedIn(how=TakenHow.PROMISED, promised_by=day)})
        words = {"name": state.item.material(code).name, "day": short_day(day)}
        self._navigator.notify(_("%(name)s可在 %(day)s 前后补") % words)

    def move_promise(self, material: str, days: int) -> None:
        """Move the promised day; it stays after today."""
        handed_in = self._sheet.now().handed_in(material)
        if handed_in.promised_by:
            day = handed_in.promised_by + timedelta(days=days)
            if day > self._counter.desk.now().date():
                self._put({material: replace(handed_in, promised_by=day)})

    def pledged(self, material: str, number: str) -> None:
        """Note that the pledge of this number stands in place of a material, unless that came meanwhile."""
        if not self._sheet.now().handed_in(material).is_there:
            self._put({material: HandedIn(how=TakenHow.PLEDGED, pledge=number)})

    def take_pledge_back(self, material: str) -> None:
        """Note that no pledge stands in place of a material any more; a message offers to undo."""
        state = self._sheet.now()
        before = state.application.materials
        self._put({material: HandedIn()})
        self._undoable(_("%(name)s已改为未收") % {"name": state.item.material(material).name}, before)

    def _first_to_follow(self) -> str:
        state = self._sheet.now()
        may_follow = [material.code for material in state.item.materials if material.need is Need.MAY_FOLLOW]
        left = [code for code in may_follow if state.handed_in(code) == HandedIn()]
        return next(iter(left or may_follow), "")

    def _put(self, changed: Mapping[str, HandedIn]) -> None:
        application = self._sheet.now().application
        after = {material: handed_in.still_checked() for material, handed_in in changed.items()}
        self._sheet.change(replace(application, materials={**application.materials, **after}))

    def _undoable(self, words: str, before: Mapping[str, HandedIn]) -> None:
        draft_id = self._sheet.now().draft.draft_id
        self._navigator.notify(words, _("撤销"), lambda: self._put_back(draft_id, before))

    def _put_back(self, draft_id: str, materials: Mapping[str, HandedIn]) -> None:
        if self._sheet.is_of(draft_id):
            self._sheet.change(replace(self._sheet.now().application, materials=materials))


def _as_asked(material: Material, before: HandedIn) -> HandedIn:
    originals = material.originals or int(not material.copies)
    return replace(_own(before), originals=originals, copies=material.copies)


def _own(handed_in: HandedIn) -> HandedIn:
    """Return what the applicant hands in now: what was promised, taken over or pledged before is so no longer."""
    if handed_in.how in {TakenHow.PROMISED, TakenHow.REUSED, TakenHow.PLEDGED}:
        return HandedIn()
    return handed_in
