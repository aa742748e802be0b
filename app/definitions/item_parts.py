"""Reads the parts of a catalogue item: limits, materials, the form's fields, fees and the result."""

import re
from datetime import date
from functools import partial

from app.definitions.reader import Fields, Node, Remarks
from app.domain.application import check_value
from app.domain.catalogue import (
    USUAL_FOLLOW_DAYS,
    Fee,
    FieldKind,
    FormField,
    Limit,
    LimitUnit,
    Material,
    MaterialSource,
    Need,
    ProofPledge,
    ResultPaper,
)

LARGEST_AMOUNT = 10_000
LARGEST_NUMBER = 10**12 - 1
LONGEST_ANSWER = 500
USUAL_ANSWER = 60
LONGEST_VALIDITY_MONTHS = 600
LONGEST_FOLLOW_DAYS = 60
MOST_SHEETS = 99
FEWEST_CHOICES = 2
MATERIAL = (
    *("code", "name", "need", "originals", "copies", "source", "standard", "legal_basis"),
    *("valid_months", "follow_days", "pledge"),
)
PLEDGE = ("content", "conditions", "pledged")
FIELD = ("code", "label", "kind", "required", "hint", "default")
OPTIONS = {
    FieldKind.TEXT: ("max_length",),
    FieldKind.ADDRESS: ("max_length",),
    FieldKind.DATE: ("past_only",),
    FieldKind.NUMBER: ("minimum", "maximum", "unit"),
    FieldKind.CHOICE: ("choices",),
}
"""What a field may say beside ``FIELD``, by its kind."""
ALL_OPTIONS = tuple(dict.fromkeys(option for options in OPTIONS.values() for option in options))
FEE = ("name", "standard", "reducible")
RESULT = ("name", "template", "collected", "valid_months")
_AMOUNT = re.compile(r"[0-9]{1,9}")


def read_limit(node: Node) -> Limit:
    """Read ``20 working_day``, with an explanation behind it if there is one."""
    amount, _, rest = node.text().strip().partition(" ")
    unit, _, explanation = rest.strip().partition(" ")
    if not _AMOUNT.fullmatch(amount) or unit not in list(LimitUnit):
        raise node.error(f"must be a number and one of {', '.join(LimitUnit)}, such as 20 working_day")
    if not 1 <= int(amount) <= LARGEST_AMOUNT:
        raise node.error(f"must be from 1 to {LARGEST_AMOUNT}")
    return Limit(int(amount), LimitUnit(unit), explanation.strip())


def read_material(node: Node, remarks: Remarks) -> Material:
    """Read one line of the checklist."""
    fields = Fields(node, MATERIAL, ("code", "name"), remarks)
    material = Material(
        code=fields.name("code"),
        name=fields.text("name"),
        need=fields.choice("need", Need, Need.NEEDED),
        originals=fields.whole("originals", 0, MOST_SHEETS),
        copies=fields.whole("copies", 0, MOST_SHEETS),
        source=fields.choice("source", MaterialSource, MaterialSource.OWN),
        standard=fields.text("standard"),
        legal_basis=fields.text("legal_basis"),
        valid_months=fields.whole("valid_months", 0, LONGEST_VALIDITY_MONTHS),
        follow_days=fields.whole("follow_days", 1, LONGEST_FOLLOW_DAYS, USUAL_FOLLOW_DAYS),
        pledge=fields.read("pledge", lambda node: _read_pledge(node, remarks), None),
    )
    if "follow_days" in fields and material.need is not Need.MAY_FOLLOW:
        fields.remark("follow_days", "means nothing for a material that is not may_follow")
    if "pledge" in fields and material.need is Need.OPTIONAL:
        fields.remark("pledge", "means nothing for a material that is optional")
    return material


def _read_pledge(node: Node, remarks: Remarks) -> ProofPledge:
    """Read what may be pledged in place of a proof."""
    fields = Fields(node, PLEDGE, PLEDGE, remarks)
    return ProofPledge(fields.text("content"), fields.text("conditions"), fields.text("pledged"))


def read_field(node: Node, remarks: Remarks) -> FormField:
    """Read one field of the form."""
    before = len(remarks)
    fields = Fields(node, (*FIELD, *ALL_OPTIONS), ("code", "label"), remarks)
    bound = partial(Node.whole, least=-LARGEST_NUMBER, most=LARGEST_NUMBER)
    entry = FormField(
        code=fields.name("code"),
        label=fields.text("label"),
        kind=fields.choice("kind", FieldKind, FieldKind.TEXT),
        required=fields.flag("required", usual=True),
        hint=fields.text("hint"),
        default=fields.text("default"),
        choices=fields.each("choices", Node.text),
        max_length=fields.whole("max_length", 1, LONGEST_ANSWER, USUAL_ANSWER),
        minimum=fields.read("minimum", bound, None),
        maximum=fields.read("maximum", bound, None),
        unit=fields.text("unit"),
        past_only=fields.flag("past_only", usual=False),
    )
    if len(remarks) == before:
        _check_field(fields, entry)
    return entry


def _check_field(fields: Fields, entry: FormField) -> None:
    for option in ALL_OPTIONS:
        if option in fields and option not in OPTIONS[entry.kind]:
            fields.remark(option, f"means nothing for a field of the kind {entry.kind}")
    if entry.kind is FieldKind.CHOICE and len(set(entry.choices)) < FEWEST_CHOICES:
        fields.remark("choices", f"must be {FEWEST_CHOICES} words or more to choose from")
    if entry.minimum is not None and entry.maximum is not None and entry.minimum > entry.maximum:
        fields.remark("minimum", "is larger than the maximum")
    if entry.default and not _takes(entry, entry.default):
        fields.remark("default", "is no value that this field takes")


def _takes(entry: FormField, value: str) -> bool:
    if entry.kind is FieldKind.DATE and value == "today":
        return True
    return not any(check_value(entry.code, value, entry, today=date.max))


def read_fee(node: Node, remarks: Remarks) -> Fee:
    """Read what the applicant pays."""
    fields = Fields(node, FEE, ("name", "standard"), remarks)
    return Fee(fields.text("name"), fields.text("standard"), fields.flag("reducible", usual=False))


def read_result(node: Node, remarks: Remarks) -> ResultPaper:
    """Read what the applicant gets."""
    fields = Fields(node, RESULT, ("name",), remarks)
    return ResultPaper(
        name=fields.text("name"),
        template=fields.name("template"),
        collected=fields.text("collected"),
        valid_months=fields.whole("valid_months", 0, LONGEST_VALIDITY_MONTHS),
    )
