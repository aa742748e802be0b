"""Pages that come into drafts and half-filled forms from beside the window, while the window goes on saving both.

Who scans changes what the store has; who types saves what the window shows. So whoever saves says which pages the window
has ever seen: one that it has not is new, and stays. Pages are told apart by their identity, never by their picture: that of
two blank backs is the same.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.application import Application, HandedIn, Page
from app.domain.plain import from_plain, to_plain
from app.services.errors import NotFound
from app.services.ports import UnitOfWork

Change = Callable[[HandedIn], HandedIn]


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where pages belong: a material of a draft, or of a form (``draft`` is empty then)."""

    material: str
    draft: str = ""
    about: str = ""
    """What the form is about: the number of a case or of a paper, or the id of a draft."""
    form: str = ""
    """The form's name."""


def new_page(digest: str, media_type: str, *, is_raw: bool = False, is_back: bool = False) -> Page:
    """Return a page that is new to a draft or form, whatever else has the same picture.

    ``is_raw`` when it is to be cleaned, ``is_back`` when it is the other side of the sheet that came before it.
    """
    return Page(digest, media_type, mark=uuid.uuid4().hex, is_raw=is_raw, is_back=is_back)


def change_handed_in(uow: UnitOfWork, place: PagePlace, change: Change, now: datetime) -> None:
    """Change what was handed in of a material; NotFound when its draft or form is not there any more."""
    if place.draft:
        draft = uow.drafts.get(place.draft)
        if draft is None:
            raise NotFound("draft")
        materials = draft.application.materials
        after = {**materials, place.material: change(materials.get(place.material, HandedIn()))}
        uow.drafts.save(replace(draft, application=replace(draft.application, materials=after), saved_at=now))
        return
    kept = uow.form_drafts.get(place.about, place.form)
    if kept is None:
        raise NotFound("form")
    handed = kept.filled.get("handed", {})
    before = from_plain(HandedIn, handed[place.material]) if place.material in handed else HandedIn()
    filled = {**kept.filled, "handed": {**handed, place.material: to_plain(change(before))}}
    uow.form_drafts.save(replace(kept, filled=filled, saved_at=now))


def originals_of(materials: Mapping[str, HandedIn]) -> list[str]:
    """Return the digests of what the pages were made from."""
    return [page.original for handed_in in materials.values() for page in handed_in.pages if page.original]


def with_unseen(application: Application, stored: Application, seen: Collection[str]) -> Application:
    """Return ``application`` with the pages of ``stored`` that are not among those ``seen``."""
    return replace(application, materials=joined(application.materials, stored.materials, seen))


def form_with_unseen(filled: Mapping[str, Any], stored: Mapping[str, Any], seen: Collection[str]) -> dict[str, Any]:
    """Return plain values of a form with the pages of ``stored`` that are not among those ``seen``."""
    return {**filled, "handed": to_plain(joined(handed_of(filled), handed_of(stored), seen))}


def handed_of(filled: Mapping[str, Any]) -> dict[str, HandedIn]:
    """Return what was handed in with a form, from its plain values."""
    return {code: from_plain(HandedIn, one) for code, one in filled.get("handed", {}).items()}


def joined(
    materials: Mapping[str, HandedIn], stored: Mapping[str, HandedIn], seen: Collection[str]
) -> dict[str, HandedIn]:
    """Return what was handed in with the pages of ``stored`` that are not among those ``seen``."""
    after = dict(materials)
    for code, there in stored.items():
        if new := tuple(page for page in there.pages if page.identity not in seen):
            before = after.get(code, HandedIn())
            after[code] = replace(before, pages=before.pages + new, how=there.how)
    return after


def identities_of(materials: Mapping[str, HandedIn]) -> set[str]:
    """Return what tells the pages from any others."""
    return {page.identity for handed_in in materials.values() for page in handed_in.pages}
