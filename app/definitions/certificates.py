"""Holds the catalogue to the paper templates: an item whose certificate cannot be made is found before a citizen waits."""

from collections.abc import Iterable, Iterator, Mapping

from app.domain.catalogue import ServiceItem
from app.domain.paper import PaperKind
from app.domain.paper_template import PaperTemplate
from app.services.errors import DefinitionError

WHERE = "catalogue"


def check_certificates(
    items: Iterable[ServiceItem], templates: Mapping[str, PaperTemplate]
) -> tuple[DefinitionError, ...]:
    """Return the remarks on items whose certificate has no template, lacks a field, or belongs to another level."""
    return tuple(
        DefinitionError(WHERE, 1, f"{item.code}.{field}", problem)
        for item in items
        if item.makes_certificate and item.can_be_opened
        for field, problem in _check(item, templates)
    )


def _check(item: ServiceItem, templates: Mapping[str, PaperTemplate]) -> Iterator[tuple[str, str]]:
    assert item.result is not None  # noqa: S101  told by makes_certificate
    template = templates.get(item.result.template)
    if template is None or template.kind is not PaperKind.CERTIFICATE:
        yield "result.template", f"{item.result.template} is no template of a certificate"
        return
    for code in sorted(set(template.form) - {entry.code for entry in item.form}):
        yield "form", f"lacks {code}, which {template.name} shows"
    for level in item.issuers:
        if template.levels and level not in template.levels:
            yield "issuers", f"{level} may not issue {template.name}"
