"""Reads a template's file as a draft that can be edited, and writes one: the same bytes for the same draft.

Comments are not kept. Whether what is written can be used is judged by ``papers``, as for any other file.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from app.definitions.papers import SIZES
from app.definitions.reader import parse
from app.domain.paper import PaperKind, SignerRole
from app.domain.template_draft import BlockKind, DraftBlock, TemplateDraft
from app.services.errors import DefinitionError

HEADER = "# Written by the template editor; docs/papers.md tells what everything means.\n"
LISTS = ("levels", "copies", "form")
SETTINGS = ("pending", "numbering", "landscape", "blank", "holder", "holder_code", *SIZES)
FOOTER = ("witness", "proof", "pending")
NUMBERS = frozenset({*SIZES, "height", "size", "indent", "space", "width", "of"})
FLAGS = frozenset({"landscape", "bold", "sealed", "blank"})
_WIDE = 1_000_000
"""Characters that a line may have: one text is one line."""


def draft_of(data: bytes, file: str) -> TemplateDraft:
    """Return the draft of a file that ``read_paper_template`` takes, or that ``write_draft`` wrote; DefinitionError."""
    parse(data, file)  # for what is nested or multiplied without end
    said = yaml.load(data, Loader=yaml.CBaseLoader)  # noqa: S506  makes nothing but texts
    try:
        return _draft(said)
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise DefinitionError(file, 1, "", "is no template") from error


def _draft(said: dict[str, Any]) -> TemplateDraft:
    footer = said.get("footer", {})
    return TemplateDraft(
        name=said["template"],
        kind=PaperKind(said["kind"]).value,
        title=_text(said["title"]),
        blocks=tuple(map(_block, said["blocks"])),
        settings={name: _text(said[name]) for name in SETTINGS if name in said},
        signatures=_signatures(said),
        footer={name: _text(footer[name]) for name in FOOTER if name in footer},
        notes=tuple(map(_text, footer.get("note", ()))),
        **{name: tuple(map(_text, said.get(name, ()))) for name in LISTS},
    )


def write_draft(draft: TemplateDraft) -> bytes:
    """Return the file that says what ``draft`` does."""
    lists = {name: list(getattr(draft, name)) for name in LISTS if getattr(draft, name)}
    texts = {name: _plain(name, draft.settings[name]) for name in SETTINGS if name in draft.settings}
    footer = {name: draft.footer[name] for name in FOOTER if name in draft.footer}
    said = {
        "template": draft.name,
        "kind": draft.kind,
        "title": draft.title,
        **lists,
        **texts,
        **({"signatures": [_sorted(one) for one in draft.signatures]} if draft.signatures else {}),
        "blocks": [_said(block) for block in draft.blocks],
        "footer": {**({"note": list(draft.notes)} if draft.notes else {}), **footer},
    }
    text = yaml.dump(
        said, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=_WIDE, default_flow_style=None
    )
    return (HEADER + text).encode()


def _signatures(said: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    if "signatures" in said:
        return tuple({name: _text(value) for name, value in one.items()} for one in said["signatures"])
    if "signature" not in said:
        return ()
    role = SignerRole.COLLECTOR if said["kind"] == PaperKind.SERVICE_RECEIPT else SignerRole.APPLICANT
    return ({"by": role.value, **dict(zip(("line", "date"), map(_text, said["signature"]), strict=False))},)


def _block(said: Mapping[str, Any]) -> DraftBlock:
    kind = next(kind for kind in BlockKind if kind in said)
    content = said[kind]
    rows: Any = ((content,),)
    if kind is BlockKind.ENDS:
        rows = (content,)
    elif kind is BlockKind.GRID:
        rows = content
    elif kind is BlockKind.SIGNING:
        rows = tuple((row[0], *(row[1:2] or ("",))) for row in content)
    elif kind is BlockKind.TABLE:
        columns = ((one["head"], one["width"], one.get("align", "")) for one in said.get("columns", ()))
        rows = ((content,), *columns)
    return DraftBlock(
        kind,
        rows=tuple(tuple(map(_text, row)) for row in rows),
        lines=tuple(map(_text, said.get("right", ()))),
        options={name: _text(value) for name, value in said.items() if name not in {kind, "right", "columns"}},
    )


def _said(block: DraftBlock) -> dict[str, Any]:
    rows = [list(row) for row in block.rows]
    content: Any = _plain(block.kind, rows[0][0]) if rows and rows[0] else ""
    said: dict[str, Any] = {block.kind.value: content}
    if block.kind is BlockKind.ENDS:
        said[block.kind.value] = rows[0]
    elif block.kind is BlockKind.GRID:
        said[block.kind.value] = rows
    elif block.kind is BlockKind.SIGNING:
        said[block.kind.value] = [row if row[1] else row[:1] for row in rows]
    elif block.kind is BlockKind.TABLE:
        said["columns"] = [_column(*row) for row in rows[1:]]
    if block.lines:
        said["right"] = list(block.lines)
    return said | _sorted(block.options)


def _column(head: str, width: str, align: str) -> dict[str, Any]:
    return {"head": head, "width": _plain("width", width), **({"align": align} if align else {})}


def _sorted(said: Mapping[str, str]) -> dict[str, Any]:
    return {name: _plain(name, said[name]) for name in sorted(said)}


def _text(said: str) -> str:
    """Return a text as the reader takes it: line ends of the file vanish."""
    return said.replace("\n", "")


def _plain(name: str, text: str) -> str | bool | float:
    """Return numbers and flags as such, so that a file has no quotes around them; anything else stays text."""
    if name in FLAGS and text in {"true", "false"}:
        return text == "true"
    if name in NUMBERS and text.isascii() and text.replace(".", "", 1).isdecimal():
        number = float(text)
        shown: float = int(number) if number.is_integer() and "." not in text else number
        return shown if str(shown) == text else text
    return text
