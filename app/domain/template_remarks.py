"""What is wrong with a draft of a template, told by block and field; the reader of files judges in the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue import UseLevel
from app.domain.forbidden_proofs import forbidden_at
from app.domain.paper import PaperKind
from app.domain.paper_numbering import check_numbering
from app.domain.paper_places import PLACES
from app.domain.template_draft import MANY_ROWS, BlockKind, DraftBlock, Rows, TemplateDraft
from app.domain.wording import Wording

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"\{([^{}\[\]]*)\}")
WITHOUT_PLACES = frozenset({BlockKind.CUT, BlockKind.SPACE, BlockKind.TABLE})
RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ENDS})
"""Kinds whose words behind a value would move."""
SIZES = frozenset({"text_size", "title_size", "line_height"})
HOLDERS = frozenset({"holder", "holder_code"})
LIMITS = {
    "text_size": (8.0, 24.0),
    "title_size": (12.0, 48.0),
    "line_height": (1.2, 3.0),
    "height": (1.0, 20.0),
    "size": (20.0, 120.0),
    "indent": (0.0, 10.0),
    "space": (0.0, 20.0),
    "width": (1.0, 1000.0),
}
"""Numbers that may be set, from and to."""


class TemplateFault(StrEnum):
    """What can be wrong with a text of a template."""

    EMPTY = "empty"
    BRACKETS = "brackets"
    """Brackets do not pair, or square ones hold no place."""
    PLACE = "place"
    """``value`` is a place that neither the counter nor the form fills."""
    NUMBER = "number"
    """``value`` says from and to."""
    NAME = "name"
    """Must be small letters, digits and _."""
    TWICE = "twice"
    """``value`` is there twice."""
    NUMBERING = "numbering"
    """``value`` says what is wrong, in the words of ``check_numbering``."""
    FORBIDDEN = "forbidden"
    """``value`` is the proof that villages must not issue."""
    SIGNED = "signed"
    """Somebody signs behind the label ``value``, which is gone."""
    BLANK = "blank"
    """Stands on the blank form already although it has places that differ from paper to paper."""
    UNNAMED = "unnamed"
    """Stands on a blank form already, but none is named."""
    GLYPHS = "glyphs"
    """No font has the characters in ``value``."""
    OTHER = "other"
    """``value`` is what the reader of files says."""


@dataclass(frozen=True, slots=True)
class TemplateRemark:
    """One thing to be mended, in ``block`` (from 1; 0 is the paper as a whole) and its ``field``."""

    fault: TemplateFault
    block: int = 0
    field: str = ""
    """A setting or option by name, ``footer.NAME``, or ``ROW.COLUMN`` of a block's text, both from 1."""
    value: str = ""


def remarks_on(draft: TemplateDraft) -> tuple[TemplateRemark, ...]:
    """Return what is wrong with ``draft``, from top to bottom."""
    places = PLACES[PaperKind(draft.kind)] | set(draft.form)
    inside = (
        remark
        for place, block in enumerate(draft.blocks, 1)
        for field, text, may_be_empty in _texts(block)
        for remark in _on_text(text, places, place, field, may_be_empty=may_be_empty)
    )
    numbers = (
        remark
        for place, block in enumerate(draft.blocks, 1)
        for field, limits, text in _numbers(block)
        for remark in _on_number(field, text, place, limits)
    )
    return (*_on_whole(draft, places), *inside, *numbers, *_on_blank(draft), *_on_signatures(draft))


def _on_whole(draft: TemplateDraft, places: frozenset[str]) -> Iterator[TemplateRemark]:
    if not draft.title.strip():
        yield TemplateRemark(TemplateFault.EMPTY, field="title")
    if not draft.blocks:
        yield TemplateRemark(TemplateFault.EMPTY, field="blocks")
    yield from _on_names(draft)
    yield from _on_settings(draft, places)
    yield from _on_levels(draft)


def _on_names(draft: TemplateDraft) -> Iterator[TemplateRemark]:
    for field, name in (("name", draft.name), *(("form", code) for code in draft.form)):
        if not _NAME.fullmatch(name):
            yield TemplateRemark(TemplateFault.NAME, field=field, value=name)
    for code in sorted({code for code in draft.form if draft.form.count(code) > 1}):
        yield TemplateRemark(TemplateFault.TWICE, field="form", value=code)


def _on_settings(draft: TemplateDraft, places: frozenset[str]) -> Iterator[TemplateRemark]:
    said = draft.settings
    if wrong := check_numbering(said["numbering"]) if "numbering" in said else "":
        yield TemplateRemark(TemplateFault.NUMBERING, field="numbering", value=wrong)
    for name in SIZES & said.keys():
        yield from _on_number(name, said[name], 0, LIMITS[name])
    for name in HOLDERS & said.keys():
        yield from _on_text(said[name], places, 0, name)
    for row, note in enumerate(draft.notes, 1):
        yield from _on_text(note, places, 0, f"note.{row}")


def _on_levels(draft: TemplateDraft) -> Iterator[TemplateRemark]:
    if draft.kind != PaperKind.CERTIFICATE:
        return
    titles = [block.rows[0][0] for block in draft.blocks if block.kind is BlockKind.TITLE]
    known = [UseLevel(level) for level in draft.levels if level in list(UseLevel)]
    if name := forbidden_at(known, (draft.title, *titles)):
        yield TemplateRemark(TemplateFault.FORBIDDEN, field="levels", value=name)


def _on_blank(draft: TemplateDraft) -> Iterator[TemplateRemark]:
    for place, block in enumerate(draft.blocks, 1):
        if block.options.get("blank") != "true":
            continue
        if not draft.settings.get("blank"):
            yield TemplateRemark(TemplateFault.UNNAMED, place, "blank")
        elif block.kind in RUNNING and any(_PLACE.search(text) for row in block.rows for text in row):
            yield TemplateRemark(TemplateFault.BLANK, place, "blank")


def _on_signatures(draft: TemplateDraft) -> Iterator[TemplateRemark]:
    for one in draft.signatures:
        for name in ("line", "date"):
            if name in one and one[name] not in draft.labels:
                yield TemplateRemark(TemplateFault.SIGNED, field="signatures", value=one[name])


def _on_text(
    text: str, places: frozenset[str], block: int, field: str, *, may_be_empty: bool = False
) -> Iterator[TemplateRemark]:
    if not text.strip():
        if text or not may_be_empty:
            yield TemplateRemark(TemplateFault.EMPTY, block, field)
        return
    unknown = [name for name in _PLACE.findall(text) if name not in places]
    for name in unknown:
        yield TemplateRemark(TemplateFault.PLACE, block, field, name)
    try:
        Wording(text)
    except ValueError:
        if not unknown:
            yield TemplateRemark(TemplateFault.BRACKETS, block, field)


def _on_number(field: str, text: str, block: int, limits: tuple[float, float]) -> Iterator[TemplateRemark]:
    least, most = limits
    try:
        is_good = least <= float(text) <= most
    except ValueError:
        is_good = False
    if not is_good:
        yield TemplateRemark(TemplateFault.NUMBER, block, field, f"{least:g}–{most:g}")


def _texts(block: DraftBlock) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts of a block that may have places: field, text, and whether it may be empty."""
    if block.kind not in WITHOUT_PLACES:
        for row, cells in enumerate(block.rows or _at_least(block.kind), 1):
            for column, text in enumerate(cells, 1):
                yield f"{row}.{column}", text, block.kind in MANY_ROWS and column % 2 == 0
    elif block.kind is BlockKind.CUT and not block.rows[0][0].strip():
        yield "1.1", "", False
    elif block.kind is BlockKind.TABLE:
        yield from ((f"{row}.1", "", False) for row, cells in enumerate(block.rows[1:], 2) if not cells[0].strip())
    for row, line in enumerate(block.lines, 1):
        yield f"right.{row}", line, False
    if "foot" in block.options:
        yield "foot", block.options["foot"], False


def _at_least(kind: BlockKind) -> Rows:
    """Return what stands for the row that a grid must have."""
    return (("",),) if kind is BlockKind.GRID else ()


def _numbers(block: DraftBlock) -> Iterator[tuple[str, tuple[float, float], str]]:
    """Yield the numbers of a block: field, from and to, and what stands there."""
    if block.kind is BlockKind.SPACE:
        yield "space", LIMITS["space"], block.rows[0][0]
    if block.kind is BlockKind.TABLE:
        yield from ((f"{row}.2", LIMITS["width"], cells[1]) for row, cells in enumerate(block.rows[1:], 2))
    yield from ((name, LIMITS[name], text) for name, text in block.options.items() if name in LIMITS)
