"""Reads paper templates from YAML files, strictly: what drawing would stumble over is refused here, by line.

How a template is written is told in docs/papers.md; what it means in ``app.domain.paper_template``.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.definitions.paper_blocks import Fillable, read_block, read_footer
from app.definitions.reader import LARGEST_FILE, Node, parse
from app.domain.catalogue import UseLevel
from app.domain.forbidden_proofs import forbidden_at
from app.domain.paper import PaperKind, SignerRole
from app.domain.paper_numbering import check_numbering
from app.domain.paper_places import PLACES, SIGNERS, TABLES
from app.domain.paper_template import (
    APPLICANT_AND_ARCHIVE,
    KEEPERS,
    MASKED_CODE,
    MASKED_HOLDER,
    Block,
    PaperTemplate,
    SignatureLine,
    Title,
    places_to_write,
)
from app.domain.station import Station
from app.services.errors import BadDefinitions, DefinitionError

SIZES = {"text_size": (8.0, 24.0), "title_size": (12.0, 48.0), "line_height": (1.2, 3.0)}
"""What may be set, from and to: points on A4, and the height of a line as a multiple of the text."""
KNOWN = (
    *("template", "kind", "title", "pending", "copies", "numbering", "signature", "signatures", "levels", "form"),
    *("landscape", "blank", "holder", "holder_code", *SIZES, "blocks", "footer"),
)
MOST_LINES = 12
"""To sign on, on one paper."""
REQUIRED = ("template", "kind", "title", "blocks", "footer")


def read_paper_templates(folder: Path) -> dict[str, PaperTemplate]:
    """Return the templates of every ``*.yaml`` in ``folder`` by name; BadDefinitions with every remark on them."""
    templates: dict[str, PaperTemplate] = {}
    errors: list[DefinitionError] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            template = read_paper_template(path.read_bytes(), path.name)
        except BadDefinitions as bad:
            errors += bad.errors
            continue
        if template.name in templates:
            errors.append(DefinitionError(path.name, 1, "template", f"another file is called {template.name} too"))
        templates[template.name] = template
    if errors:
        raise BadDefinitions(errors)
    return templates


@dataclass(frozen=True, slots=True)
class PaperTemplates:
    """The templates of a counter: the shipped ones, some of them replaced by its own, and what is wrong with these."""

    templates: Mapping[str, PaperTemplate]
    own: Mapping[str, str]
    """The counter's own templates by name, with the file that each stands in."""
    faults: tuple[DefinitionError, ...] = ()

    def collisions(self, station: Station) -> tuple[DefinitionError, ...]:
        """Return a remark on every own template whose numbers could meet those of something else at ``station``."""
        numberings = {name: one.numbering for name, one in self.templates.items() if one.numbering}
        return tuple(
            DefinitionError(self.own[name], 1, "numbering", f"could give the same number as {other}")
            for pair in station.pattern_collisions(numberings)
            for name, other in (pair, pair[::-1])
            if name in self.own
        )


def read_templates_of(shipped: Path, own: Path) -> PaperTemplates:
    """Return the shipped templates, each replaced by a good one of the same name in the folder ``own``.

    A broken file there stops nobody: its remarks are ``faults``, and what ships is used in its place. BadDefinitions
    only for the shipped ones.
    """
    templates = read_paper_templates(shipped)
    files: dict[str, str] = {}
    faults: list[DefinitionError] = []
    for path in sorted(own.glob("*.yaml")):
        try:
            template = read_paper_template(_bytes(path), path.name)
            _ensure_replaces(template, path.name, templates, files)
        except BadDefinitions as bad:
            faults += bad.errors
            continue
        templates[template.name] = template
        files[template.name] = path.name
    return PaperTemplates(templates, files, tuple(faults))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadDefinitions([DefinitionError(path.name, 1, "", "cannot be read")]) from error


def _ensure_replaces(
    template: PaperTemplate, file: str, templates: Mapping[str, PaperTemplate], files: Mapping[str, str]
) -> None:
    """Raise BadDefinitions when a template takes a name that belongs to something else."""
    if template.name in files:
        raise BadDefinitions([DefinitionError(file, 1, "template", f"{files[template.name]} is called that too")])
    known = templates.get(template.name)
    if known and known.kind is not template.kind:
        raise BadDefinitions([DefinitionError(file, 1, "kind", f"must be {known.kind}, as the one that ships")])


def read_paper_template(data: bytes, file: str) -> PaperTemplate:
    """Return the template that ``data`` holds; BadDefinitions with every remark, which names ``file``."""
    try:
        return _template(parse(data, file), hashlib.sha256(data).hexdigest())
    except DefinitionError as error:
        raise BadDefinitions([error]) from error


def _template(root: Node, digest: str) -> PaperTemplate:
    top = root.mapping(KNOWN, REQUIRED)
    kind = PaperKind(top["kind"].choice(PaperKind))
    form = tuple(node.name() for node in top["form"].sequence()) if "form" in top else ()
    fillable = Fillable(PLACES[kind] | set(form), TABLES[kind])
    blocks = _blocks(top["blocks"], fillable)
    if "blank" not in top and any(block.is_blank for block in blocks):
        raise top["blocks"].error("have blank: true, but no blank form is named with blank:")
    title = top["title"].text()
    levels = tuple(UseLevel(node.choice(UseLevel)) for node in top["levels"].sequence()) if "levels" in top else ()
    if kind is PaperKind.CERTIFICATE:
        _ensure_allowed(top["title"], levels, (title, *(one.text.text for one in blocks if isinstance(one, Title))))
    return PaperTemplate(
        name=top["template"].name(),
        kind=kind,
        title=title,
        blocks=blocks,
        footer=read_footer(top["footer"], fillable),
        pending=top["pending"].text() if "pending" in top else "",
        copies=_copies(top["copies"]) if "copies" in top else APPLICANT_AND_ARCHIVE,
        numbering=_numbering(top["numbering"]) if "numbering" in top else "",
        signatures=_signatures(top, kind, blocks),
        levels=levels,
        digest=digest,
        form=form,
        blank=top["blank"].text() if "blank" in top else "",
        holder=fillable.wording(top["holder"]) if "holder" in top else MASKED_HOLDER,
        holder_code=fillable.wording(top["holder_code"]) if "holder_code" in top else MASKED_CODE,
        is_landscape=top["landscape"].flag() if "landscape" in top else False,
        **{size: top[size].number(*limits) for size, limits in SIZES.items() if size in top},
    )


def _ensure_allowed(node: Node, levels: Collection[UseLevel], titles: Collection[str]) -> None:
    if name := forbidden_at(levels, titles):
        raise node.error(f"is a proof that villages must not issue ({name}): levels must leave village out")


def _copies(node: Node) -> tuple[str, ...]:
    keepers = tuple(entry.choice(KEEPERS) for entry in node.sequence(least=1, most=len(KEEPERS)))
    if len(set(keepers)) != len(keepers):
        raise node.error("names a keeper twice")
    return keepers


def _numbering(node: Node) -> str:
    pattern = node.text()
    if remark := check_numbering(pattern):
        raise node.error(f"is no pattern of numbers ({remark}): see docs/papers.md")
    return pattern


def _signatures(top: Mapping[str, Node], kind: PaperKind, blocks: Iterable[Block]) -> tuple[SignatureLine, ...]:
    """Return the lines of ``signatures``, or the one line of ``signature``: its label and that of the date."""
    labels = places_to_write(blocks)
    if "signatures" in top:
        return tuple(_signature_line(node, labels) for node in top["signatures"].sequence(least=1, most=MOST_LINES))
    if "signature" not in top:
        return ()
    role = SignerRole.COLLECTOR if kind is PaperKind.SERVICE_RECEIPT else SignerRole.APPLICANT
    line, *date = (_label(node, labels) for node in top["signature"].sequence(least=1, most=2))
    return (SignatureLine(role, line, "".join(date)),)


def _signature_line(node: Node, labels: Collection[str]) -> SignatureLine:
    at = node.mapping(["by", "line", "date", "of"], ["by", "line"])
    return SignatureLine(
        SignerRole(at["by"].choice(SignerRole)),
        _label(at["line"], labels),
        _label(at["date"], labels) if "date" in at else "",
        at["of"].whole(1, SIGNERS) if "of" in at else 0,
    )


def _label(node: Node, labels: Collection[str]) -> str:
    label = node.text()
    if label not in labels:
        raise node.error(f"no place to write into is called {label}")
    return label


def _blocks(node: Node, fillable: Fillable) -> tuple[Block, ...]:
    """Return the blocks, or every remark on them at once."""
    blocks: list[Block] = []
    errors: list[DefinitionError] = []
    for entry in node.sequence(least=1):
        try:
            blocks.append(read_block(entry, fillable))
        except DefinitionError as error:
            errors.append(error)
    if errors:
        raise BadDefinitions(errors)
    return tuple(blocks)
