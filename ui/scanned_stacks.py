"""Moves the pages of a stack within what was handed in, there and back. Qt-free.

What a separator says and where each page belongs is decided in ``page_sorting``; when it is done, in ``sort_acts``.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.application import HandedIn, TakenHow
from app.services.page_sorting import Sorting


def sorted_in(handed: Mapping[str, HandedIn], scanned: str, sorting: Sorting) -> dict[str, HandedIn]:
    """Return by material what changes when the pages of ``scanned`` go where ``sorting`` says.

    Pages that are not there any more are left alone.
    """
    there = handed.get(scanned, HandedIn())
    here = {page.identity: page for page in there.pages}
    away = {page.identity for page in (*sorting.dropped, *sorting.others)}
    changed: dict[str, HandedIn] = {}
    for material, pile in sorting.materials.items():
        moved = [here[page.identity] for page in pile if page.identity in here]
        if material == scanned or not moved:
            continue
        away |= {page.identity for page in moved}
        before = handed.get(material, HandedIn())
        changed[material] = replace(before, pages=(*before.pages, *moved), how=TakenHow.SCAN)
    left = tuple(page for page in there.pages if page.identity not in away)
    if left != there.pages:
        changed[scanned] = replace(there, pages=left).still_checked()
    return changed


def put_together(
    now: Mapping[str, HandedIn], before: Mapping[str, HandedIn], scanned: str, materials: Mapping[str, HandedIn]
) -> dict[str, HandedIn]:
    """Return by material what changes when a sorting is undone: pages go back to ``scanned`` as they were ``before``.

    ``materials`` is what the sorting made. Pages that were deleted since stay away, those that came since stay there.
    Separators are pages like others from then on: they would sort everything again.
    """
    were = before.get(scanned, HandedIn()).pages
    moved_to = [material for material in materials if material != scanned]
    still = {page.identity: page for code in (scanned, *moved_to) for page in now.get(code, HandedIn()).pages}
    sorted_pages = {page.identity for one in materials.values() for page in one.pages}
    back = [
        replace(still.get(page.identity, page), codes=())
        for page in were
        if page.identity in still or page.identity not in sorted_pages
    ]
    mine = {page.identity for page in were}
    changed = {}
    for material in moved_to:
        there = now.get(material, HandedIn())
        pages = tuple(page for page in there.pages if page.identity not in mine)
        how = before.get(material, HandedIn()).how
        changed[material] = replace(there, pages=pages, how=how).still_checked()
    there = now.get(scanned, HandedIn())
    came = [page for page in there.pages if page.identity not in mine]
    changed[scanned] = replace(there, pages=(*back, *came))
    return changed
