"""Reads catalogue files, one a department, strictly: every remark names file, line and field.

How a file is written is told in docs/catalogue.md; what it means in ``app.domain.catalogue``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from app.definitions.reader import Node, parse
from app.domain.catalogue import (
    Fee,
    FieldKind,
    FormField,
    ItemState,
    Limit,
    LimitUnit,
    Material,
    MaterialSource,
    Need,
    ProjectType,
    ResultPaper,
    ServiceItem,
    UseLevel,
)
from app.services.errors import BadDefinitions, DefinitionError

MOST_ITEMS = 2000
LARGEST_AMOUNT = 10_000
LARGEST_NUMBER = 10**12
TASK_TYPES = ("01", "05", "07", "08", "09", "10", "20")
TOP = ("department", "items")
ITEM = (
    *("code", "name", "scene", "type", "level", "task_type", "state", "state_reason", "competent", "delegated_from"),
    *("statutory", "promised", "legal_basis", "keywords", "icon", "issuers", "materials", "form", "fees", "result"),
)
MATERIAL = ("code", "name", "need", "originals", "copies", "source", "standard", "legal_basis")
FIELD = (
    *("code", "label", "kind", "required", "hint", "default", "choices"),
    *("max_length", "minimum", "maximum", "unit", "past_only"),
)
HOURS_OF_A_WORKING_DAY = 6.5
MINUTES = {
    LimitUnit.MINUTE: 1.0,
    LimitUnit.HOUR: 60.0,
    LimitUnit.WORKING_DAY: 60.0 * HOURS_OF_A_WORKING_DAY,
    LimitUnit.NATURAL_DAY: 60.0 * 24,
    LimitUnit.MONTH: 60.0 * 24 * 30,
}
_NATIONAL_CODE = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items of a folder; ``warnings`` are remarks that do not stop anybody, such as an unusual code."""

    items: tuple[ServiceItem, ...]
    warnings: tuple[DefinitionError, ...]


def read_catalogue(folder: Path) -> Catalogue:
    """Return the items of every ``*.yaml`` in ``folder``; BadDefinitions with every remark on all of them."""
    reader = _Reader()
    for path in sorted(folder.glob("*.yaml")):
        reader.read(path.read_bytes(), path.name)
    if reader.errors:
        raise BadDefinitions(reader.errors)
    return Catalogue(tuple(reader.items.values()), tuple(reader.warnings))


class _Reader:
    """Gathers items and remarks over several files; one bad item does not hide the remarks on the next."""

    def __init__(self) -> None:
        self.items: dict[str, ServiceItem] = {}
        self.errors: list[DefinitionError] = []
        self.warnings: list[DefinitionError] = []

    def read(self, data: bytes, file: str) -> None:
        """Read one file."""
        try:
            top = parse(data, file).mapping(TOP, required=TOP)
            department = top["department"].text()
            nodes = top["items"].sequence(1, MOST_ITEMS)
        except DefinitionError as error:
            self.errors.append(error)
            return
        for node in nodes:
            try:
                self._add(node, _item(node, department))
            except DefinitionError as error:
                self.errors.append(error)

    def _add(self, node: Node, item: ServiceItem) -> None:
        code = node.mapping(ITEM)["code"]
        if item.code in self.items:
            raise code.error(f"is the code of {self.items[item.code].title} too")
        if not _NATIONAL_CODE.fullmatch(item.code):
            self.warnings.append(code.error("has not the 12 digits of a national code"))
        self.items[item.code] = item


def _item(node: Node, department: str) -> ServiceItem:
    at = node.mapping(ITEM, required=("code", "name", "type", "level"))
    item = ServiceItem(
        code=at["code"].text(),
        name=at["name"].text(),
        department=department,
        project_type=ProjectType(at["type"].choice(ProjectType)),
        use_level=UseLevel(at["level"].choice(UseLevel)),
        task_type=at["task_type"].choice(TASK_TYPES) if "task_type" in at else "20",
        state=ItemState(at["state"].choice(ItemState)) if "state" in at else ItemState.IN_USE,
        scene=_text(at, "scene"),
        statutory=_limit(at, "statutory"),
        promised=_limit(at, "promised"),
        materials=tuple(_material(entry) for entry in _entries(at, "materials")),
        form=tuple(_field(entry) for entry in _entries(at, "form")),
        fees=tuple(_fee(entry) for entry in _entries(at, "fees")),
        result=_result(at["result"]) if "result" in at else None,
        issuers=tuple(UseLevel(entry.choice(UseLevel)) for entry in _entries(at, "issuers")),
        delegated_from=_text(at, "delegated_from"),
        competent=_text(at, "competent"),
        state_reason=_text(at, "state_reason"),
        legal_basis=_text(at, "legal_basis"),
        keywords=tuple(entry.text() for entry in _entries(at, "keywords")),
        icon=_text(at, "icon") or "file-text",
    )
    _check(node, at, item)
    return item


def _check(node: Node, at: dict[str, Node], item: ServiceItem) -> None:
    if not item.can_be_opened and not (item.state_reason and item.competent):
        raise at["state"].error("needs state_reason and competent beside it, to tell the applicant where to go")
    if item.can_be_opened and item.is_immediate and not (item.result and item.issuers):
        raise node.error("is immediate and must name its result and its issuers")
    if item.statutory and item.promised and _minutes(item.promised) > _minutes(item.statutory):
        raise at["promised"].error("is longer than the statutory limit")
    _check_unique(at, "materials", [material.code for material in item.materials])
    _check_unique(at, "form", [entry.code for entry in item.form])


def _check_unique(at: dict[str, Node], name: str, codes: list[str]) -> None:
    if len(codes) != len(set(codes)):
        raise at[name].error("has one code twice")


def _limit(at: dict[str, Node], name: str) -> Limit | None:
    """Read ``20 working_day``, with an explanation behind it if there is one."""
    if name not in at:
        return None
    node = at[name]
    amount, _, rest = node.text().strip().partition(" ")
    unit, _, explanation = rest.strip().partition(" ")
    if not amount.isdecimal() or not 1 <= int(amount) <= LARGEST_AMOUNT or unit not in list(LimitUnit):
        raise node.error(f"must be a number and one of {', '.join(LimitUnit)}, such as 20 working_day")
    return Limit(int(amount), LimitUnit(unit), explanation.strip())


def _minutes(limit: Limit) -> float:
    return limit.amount * MINUTES[limit.unit]


def _material(node: Node) -> Material:
    at = node.mapping(MATERIAL, required=("code", "name"))
    return Material(
        code=at["code"].name(),
        name=at["name"].text(),
        need=Need(at["need"].choice(Need)) if "need" in at else Need.NEEDED,
        originals=_whole(at, "originals", 0, 99) or 0,
        copies=_whole(at, "copies", 0, 99) or 0,
        source=MaterialSource(at["source"].choice(MaterialSource)) if "source" in at else MaterialSource.OWN,
        standard=_text(at, "standard"),
        legal_basis=_text(at, "legal_basis"),
    )


def _field(node: Node) -> FormField:
    at = node.mapping(FIELD, required=("code", "label"))
    entry = FormField(
        code=at["code"].name(),
        label=at["label"].text(),
        kind=FieldKind(at["kind"].choice(FieldKind)) if "kind" in at else FieldKind.TEXT,
        required=_yes(at, "required", usual=True),
        hint=_text(at, "hint"),
        default=_text(at, "default"),
        choices=tuple(choice.text() for choice in _entries(at, "choices")),
        max_length=_whole(at, "max_length", 1, 500) or 60,
        minimum=_whole(at, "minimum", -LARGEST_NUMBER, LARGEST_NUMBER),
        maximum=_whole(at, "maximum", -LARGEST_NUMBER, LARGEST_NUMBER),
        unit=_text(at, "unit"),
        past_only=_yes(at, "past_only", usual=False),
    )
    if (entry.kind is FieldKind.CHOICE) != bool(entry.choices):
        raise node.error("has choices exactly when its kind is choice")
    if entry.minimum is not None and entry.maximum is not None and entry.minimum > entry.maximum:
        raise at["minimum"].error("is larger than the maximum")
    return entry


def _fee(node: Node) -> Fee:
    at = node.mapping(("name", "standard", "reducible"), required=("name", "standard"))
    return Fee(at["name"].text(), at["standard"].text(), _yes(at, "reducible", usual=False))


def _result(node: Node) -> ResultPaper:
    at = node.mapping(("name", "template", "collected", "valid_months"), required=("name",))
    template = at["template"].name() if "template" in at else ""
    return ResultPaper(at["name"].text(), template, _text(at, "collected"), _whole(at, "valid_months", 0, 600) or 0)


def _entries(at: dict[str, Node], name: str) -> list[Node]:
    return at[name].sequence() if name in at else []


def _text(at: dict[str, Node], name: str) -> str:
    return at[name].text(may_be_empty=True) if name in at else ""


def _whole(at: dict[str, Node], name: str, least: int, most: int) -> int | None:
    if name not in at:
        return None
    number = at[name].number(least, most)
    if number != int(number):
        raise at[name].error("must be a whole number")
    return int(number)


def _yes(at: dict[str, Node], name: str, *, usual: bool) -> bool:
    return at[name].choice(("true", "false")) == "true" if name in at else usual
