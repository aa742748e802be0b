"""Reads catalogue files, one a department, strictly: every remark names file, line and field.

How a file is written is told in docs/catalogue.md; what it means in ``app.domain.catalogue``. The parts of an item are
read in ``app.definitions.item_parts``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.definitions.item_parts import read_fee, read_field, read_limit, read_material, read_result
from app.definitions.reader import Fields, Node, Remarks, read_folder
from app.domain.catalogue import ApplicantKind, ItemState, Limit, LimitUnit, ProjectType, ServiceItem, UseLevel
from app.services.errors import DefinitionError

MOST_ITEMS = 2000
LONGEST_CODE = 64
TASK_TYPES = ("01", "05", "07", "08", "09", "10", "20")
TOP = ("department", "items")
ITEM = (
    *("code", "name", "scene", "type", "level", "task_type", "state", "state_reason", "competent", "delegated_from"),
    *("statutory", "promised", "legal_basis", "keywords", "icon", "issuers", "materials", "form", "fees", "result"),
    *("applicants", "pledge"),
)
REQUIRED = ("code", "name", "type", "level")
LONGEST = {
    LimitUnit.MINUTE: ("window minutes", 1),
    LimitUnit.HOUR: ("window minutes", 60),
    LimitUnit.WORKING_DAY: ("window minutes", 390),
    LimitUnit.NATURAL_DAY: ("days", 1),
    LimitUnit.MONTH: ("days", 31),
}
"""How long a unit is at most, and in which measure: working days and natural days cannot be compared."""
_USUAL_CODE = re.compile(r"[0-9]{3}[0-9A-Z][0-9]{8}(?:[0-9]{2})?(?:-[0-9A-Z-]+)?")
"""12 digits as in a national list, or an older provincial code such as 511A0138000000-511602000000-000-…-1-00."""
_ICON = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items of a folder; ``warnings`` are remarks that do not stop anybody, such as an unusual code."""

    items: tuple[ServiceItem, ...]
    warnings: tuple[DefinitionError, ...]


def read_catalogue(folder: Path) -> Catalogue:
    """Return the items of every ``*.yaml`` in ``folder``; BadDefinitions with every remark on all of them."""
    gathering = _Gathering()
    read_folder(folder, gathering.add_file)
    return Catalogue(tuple(gathering.items.values()), tuple(gathering.warnings))


class _Gathering:
    """The items and warnings of several files; one bad item does not hide the remarks on the next."""

    def __init__(self) -> None:
        self.items: dict[str, ServiceItem] = {}
        self.warnings: Remarks = []

    def add_file(self, root: Node, remarks: Remarks) -> None:
        top = Fields(root, TOP, TOP, remarks)
        department = top.text("department")
        top.each("items", lambda node: self._add(node, department, remarks), most=MOST_ITEMS)

    def _add(self, node: Node, department: str, remarks: Remarks) -> None:
        before = len(remarks)
        fields = Fields(node, ITEM, REQUIRED, remarks)
        item = _item(fields, department)
        if len(remarks) > before:
            return
        _check(fields, item)
        if item.code in self.items:
            fields.remark("code", f"is the code of {self.items[item.code].title} too")
        if not _USUAL_CODE.fullmatch(item.code):
            self.warnings.append(fields.error("code", "is neither a national nor an older provincial code"))
        self.items.setdefault(item.code, item)


def _item(fields: Fields, department: str) -> ServiceItem:
    return ServiceItem(
        code=fields.read("code", _code, ""),
        name=fields.text("name"),
        department=department,
        project_type=fields.choice("type", ProjectType, ProjectType.COMMITTED),
        use_level=fields.choice("level", UseLevel, UseLevel.TOWNSHIP),
        task_type=fields.read("task_type", lambda node: node.choice(TASK_TYPES), "20"),
        state=fields.choice("state", ItemState, ItemState.IN_USE),
        scene=fields.text("scene"),
        statutory=fields.read("statutory", read_limit, None),
        promised=fields.read("promised", read_limit, None),
        materials=fields.each("materials", lambda node: read_material(node, fields.remarks)),
        form=fields.each("form", lambda node: read_field(node, fields.remarks)),
        fees=fields.each("fees", lambda node: read_fee(node, fields.remarks)),
        result=fields.read("result", lambda node: read_result(node, fields.remarks), None),
        issuers=fields.each("issuers", lambda node: UseLevel(node.choice(UseLevel))),
        delegated_from=fields.text("delegated_from"),
        competent=fields.text("competent"),
        state_reason=fields.text("state_reason"),
        legal_basis=fields.text("legal_basis"),
        keywords=fields.each("keywords", Node.text),
        icon=fields.read("icon", _icon, "file-text"),
        applicants=fields.each("applicants", lambda node: ApplicantKind(node.choice(ApplicantKind)))
        or (ApplicantKind.PERSON,),
        pledge=fields.text("pledge"),
    )


def _check(fields: Fields, item: ServiceItem) -> None:
    """Add remarks on what does not go together."""
    if not item.can_be_opened and not (item.state_reason and item.competent):
        fields.remark("state", "needs state_reason and competent beside it, to tell the applicant where to go")
    if item.can_be_opened and item.is_immediate and not (item.result and item.issuers):
        fields.remark("type", "is immediate, so the item must name its result and its issuers")
    if item.statutory and item.promised and _is_longer(item.promised, item.statutory):
        fields.remark("promised", "is longer than the statutory limit")
    _check_unique(fields, "materials", [material.code for material in item.materials])
    _check_unique(fields, "form", [entry.code for entry in item.form])


def _check_unique(fields: Fields, name: str, codes: Sequence[str]) -> None:
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        fields.remark(name, f"has the code {min(twice)} twice")


def _code(node: Node) -> str:
    code = node.text()
    if len(code) > LONGEST_CODE or any(character.isspace() for character in code):
        raise node.error(f"must be at most {LONGEST_CODE} characters without a space")
    return code


def _icon(node: Node) -> str:
    icon = node.text()
    if not _ICON.fullmatch(icon):
        raise node.error("must be the name of a Phosphor icon, such as file-text")
    return icon


def _is_longer(promised: Limit, statutory: Limit) -> bool:
    measure, one = LONGEST[promised.unit]
    allowed_measure, allowed_one = LONGEST[statutory.unit]
    return measure == allowed_measure and promised.amount * one > statutory.amount * allowed_one
