"""The texts of a template by the names that its form has for them: what stands there, and the draft with another one. Qt-free.

``title``, ``list.NAME``, ``note.ROW``, ``footer.NAME`` and settings by their own names are of the paper as a whole;
``cell.ROW.COLUMN``, ``signer.ROW.COLUMN`` (who signs behind that label), ``right.ROW`` and ``option.NAME`` of a block.
Everything is counted from 1; block 0 is the paper as a whole.
"""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.catalogue import ServiceItem
from app.domain.paper_template import APPLICANT_AND_ARCHIVE
from app.domain.template_draft import TemplateDraft
from app.domain.template_remarks import TemplateRemark


def value_of(draft: TemplateDraft, block: int, key: str) -> str:
    """Return what stands under ``key`` in a block, or in the paper as a whole."""
    kind, _dot, name = key.partition(".")
    if kind in {"cell", "signer"}:
        row, column = _place(name)
        said = draft.blocks[block - 1].rows[row][column]
        return said if kind == "cell" else draft.signer(said)
    if kind in {"right", "note"}:
        lines = draft.blocks[block - 1].lines if kind == "right" else draft.notes
        return dict(enumerate(lines, 1)).get(int(name), "")
    if kind == "option":
        value = draft.blocks[block - 1].options.get(name, "")
        return "" if (name, value) == ("align", "left") else value
    if kind == "footer":
        return draft.footer.get(name, "")
    if kind == "list":
        said = getattr(draft, name)
        return " ".join(said or (APPLICANT_AND_ARCHIVE if name == "copies" else ()))
    return draft.title if kind == "title" else draft.settings.get(kind, "")


def edited(draft: TemplateDraft, block: int, key: str, value: str) -> TemplateDraft:
    """Return ``draft`` with ``value`` under ``key`` in a block, or in the paper as a whole."""
    kind, _dot, name = key.partition(".")
    if block:
        return _edited_in(draft, block, kind, name, value)
    if kind == "footer":
        return draft.put_footer(name, value)
    if kind == "note":
        return replace(draft, notes=_with(draft.notes, int(name), value))
    if kind == "list":
        return replace(draft, **{name: tuple(value.replace("，", " ").replace(",", " ").split())})
    return draft.copied(draft.name, value) if kind == "title" else draft.put(kind, value)


def _edited_in(draft: TemplateDraft, block: int, kind: str, name: str, value: str) -> TemplateDraft:
    if kind == "option":
        return draft.option(block - 1, name, value)
    if kind == "right":
        return draft.lines(block - 1, _with(draft.blocks[block - 1].lines, int(name), value))
    row, column = _place(name)
    if kind == "signer":
        return draft.sign(draft.blocks[block - 1].rows[row][column], value)
    return draft.cell(block - 1, row, column, value)


def key_of(remark: TemplateRemark) -> str:
    """Return under which key what a remark is about stands."""
    field = remark.field
    if not remark.block:
        return f"list.{field}" if field in {"form", "levels"} else field
    if field[:1].isdecimal():
        return f"cell.{field}"
    if field == "space":
        return "cell.1.1"
    return field if field.startswith("right.") else f"option.{field}"


def fields_for(items: Iterable[ServiceItem], draft: TemplateDraft) -> tuple[tuple[str, str], ...]:
    """Return code and label of every field that the items ask for which this certificate is made for.

    For one that no item names yet, those that ask for everything that it shows.
    """
    certificates = [item for item in items if item.result is not None and item.makes_certificate]
    made = [item for item in certificates if item.result and item.result.template == draft.name]
    like = [item for item in certificates if draft.form and set(draft.form) <= {field.code for field in item.form}]
    labels = {field.code: field.label for item in made or like for field in item.form}
    return (*labels.items(), *((code, code) for code in draft.form if code not in labels))


def _place(name: str) -> tuple[int, int]:
    row, column = map(int, name.split("."))
    return row - 1, column - 1


def _with(lines: tuple[str, ...], row: int, value: str) -> tuple[str, ...]:
    """Return ``lines`` with one changed; those at the end that say nothing go."""
    padded = [*lines, *[""] * (row - len(lines))]
    padded[row - 1] = value
    while padded and not padded[-1]:
        padded.pop()
    return tuple(padded)
