"""What was filled into forms and is not done yet: neither Esc, nor another case, nor a crash loses it. Qt-free."""

from dataclasses import replace
from datetime import datetime

from app.domain.plain import from_plain, to_plain
from app.services.form_drafts import FormDraftService
from app.services.kept_pages import identities_of, joined
from ui.forms.base import Form
from ui.forms.form import Filled, Kind


class Keeping:
    """Keeps what was filled in by form: here at every key, in the store whenever ``save`` is called."""

    def __init__(self, drafts: FormDraftService) -> None:
        self._drafts = drafts
        self._kept: dict[str, Filled] = {}
        self._unsaved: set[str] = set()
        self._seen: dict[str, set[str]] = {}
        """The pages that were ever shown, by form: others that the store has came in beside it."""

    def find(self, form: Form) -> tuple[Filled | None, datetime | None]:
        """Return what was filled in before the form was left, None for nothing, and when the store took it."""
        filled, kept = self._kept.get(form.key), self._drafts.find(*_place(form.key))
        if kept is None:
            if filled is not None:
                self._unsaved.add(form.key)  # its draft was thrown away and brought back
            return filled, None
        stored = _readable(form, kept.filled)
        if filled is None or (stored is not None and self.is_saved(form.key)):
            filled = stored  # pages may have gone elsewhere since
        elif stored is not None:
            filled = replace(filled, handed=joined(filled.handed, stored.handed, self._seen.get(form.key, ())))
        if filled is not None:
            self._see(form.key, filled)
        return filled, kept.saved_at

    def note(self, key: str, filled: Filled) -> None:
        """Take note of what was filled in; ``save`` makes it last."""
        self._kept[key] = filled
        self._unsaved.add(key)
        self._see(key, filled)

    def is_saved(self, key: str) -> bool:
        """Tell whether there is nothing that only this window knows."""
        return key not in self._unsaved

    def save(self, key: str) -> datetime:
        """Keep in the store what was noted; what cannot be kept there stays noted."""
        saved_at = self._drafts.keep(*_place(key), to_plain(self._kept[key]), self._seen.get(key, ()))
        self._unsaved.discard(key)
        return saved_at

    def drop(self, key: str) -> None:
        """Forget a form that the clerk empties."""
        self._let_go(key)
        self._drafts.drop(*_place(key))

    def finish(self, key: str) -> None:
        """Forget a form that is done."""
        seen = self._seen.get(key, ())
        self._let_go(key)
        self._drafts.finish(*_place(key), seen)

    def _let_go(self, key: str) -> None:
        self._kept.pop(key, None)
        self._seen.pop(key, None)
        self._unsaved.discard(key)

    def _see(self, key: str, filled: Filled) -> None:
        self._seen.setdefault(key, set()).update(identities_of(filled.handed))

    def forget(self) -> None:
        """Hold nothing here any more that the store has."""
        self._kept = {key: filled for key, filled in self._kept.items() if key in self._unsaved}


def _place(key: str) -> tuple[str, str]:
    """Return what a form is about, and its name."""
    about, _colon, name = key.rpartition(":")
    return about, name


def _readable(form: Form, plain: object) -> Filled | None:
    """Return what was kept, without choices that are none any more; None when an earlier program kept it otherwise."""
    try:
        filled = from_plain(Filled, plain)
    except (TypeError, ValueError, AttributeError):
        return None
    for field in form.fields(filled):
        chosen = filled.values.get(field.code, "")
        if field.kind in {Kind.CHOICE, Kind.MENU} and chosen not in {"", *(code for code, _words in field.choices)}:
            filled = filled.with_value(field.code, form.start().values.get(field.code, ""))
    return filled
