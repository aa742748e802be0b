"""The published catalogue (实施清单): items, their materials, limits and forms.

An item version is never edited: a case keeps the version that it was accepted under, so everything here is frozen.
Reading catalogue files is the job of ``app.definitions``; searching them is the job of ``app.services.catalogue``.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.plain import seldom

USUAL_FOLLOW_DAYS = 10
"""Working days for a material that may follow, where the catalogue says nothing."""


class ProjectType(StrEnum):
    """How an item ends: in the same visit (即办件) or within a promised limit (承诺件)."""

    IMMEDIATE = "immediate"
    COMMITTED = "committed"


class ItemState(StrEnum):
    """Whether a case of the item may be opened (task_state of the national schema, plus the forbidden proofs)."""

    IN_USE = "in_use"
    FROZEN = "frozen"
    CANCELLED = "cancelled"
    DRAFT = "draft"
    FORBIDDEN = "forbidden"
    """A proof that village and residents' committees must not issue (民发〔2020〕20号)."""


class LimitUnit(StrEnum):
    """The five units in which a limit is published."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    HOUR = "hour"
    MINUTE = "minute"
    MONTH = "month"


class UseLevel(StrEnum):
    """The administrative level that exercises the item (行使层级)."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Need(StrEnum):
    """Whether a material must be there at acceptance."""

    NEEDED = "needed"
    OPTIONAL = "optional"
    MAY_FOLLOW = "may_follow"


class ApplicantKind(StrEnum):
    """Who may apply for an item (服务对象)."""

    PERSON = "person"
    """自然人"""
    ORGANISATION = "organisation"
    """法人和其他组织, also individual businesses and cooperatives"""


class MaterialSource(StrEnum):
    """Where the applicant gets the material from (来源渠道 10, 20, 99)."""

    OWN = "own"
    GOVERNMENT = "government"
    OTHER = "other"


class FieldKind(StrEnum):
    """The kinds of field that an item's form can ask for."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: ``amount`` of ``unit``, amount ≥ 1, with the published explanation."""

    amount: int
    unit: LimitUnit
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ProofPledge:
    """What an applicant may pledge in place of a proof (证明事项告知承诺), as the pledge says it."""

    content: str
    """What the proof would show."""
    conditions: str
    """When it may be pledged."""
    pledged: str


@dataclass(frozen=True, slots=True)
class Material:
    """One line of an item's checklist; ``originals`` and ``copies`` are the sheets asked for (0 or more)."""

    code: str
    name: str
    need: Need = Need.NEEDED
    originals: int = 0
    copies: int = 0
    source: MaterialSource = MaterialSource.OWN
    standard: str = ""
    """What makes it acceptable, as told to the applicant."""
    legal_basis: str = ""
    valid_months: int = 0
    """How long one that was handed in can be used again for another case; 0 for never."""
    follow_days: int = USUAL_FOLLOW_DAYS
    """Working days within which it must be there when it may follow (容缺后补)."""
    pledge: ProofPledge | None = seldom(None)  # noqa: RUF009  a field, as dataclasses.field
    """What may be pledged in its place, for a proof; None where it has to be handed in."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of an item's form, with everything that the screen and the check need."""

    code: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    hint: str = ""
    default: str = ""
    """Literal text, or ``today`` for a date."""
    choices: tuple[str, ...] = ()
    max_length: int = 60
    """Characters, for text and address."""
    minimum: int | None = None
    maximum: int | None = None
    """For numbers, both ends included."""
    unit: str = ""
    """Shown behind a number, such as 元 or 人."""
    past_only: bool = False
    """For dates: today or earlier."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What the applicant pays; an item without fees charges nothing."""

    name: str
    standard: str
    reducible: bool = False


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """What the applicant gets in the end; ``template`` names a certificate template, empty when none is made here."""

    name: str
    template: str = ""
    collected: str = ""
    valid_months: int = 0
    """How long a certificate is valid; 0 for without end."""


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One entry of the catalogue in one version; ``version`` counts from 1 for each ``code``."""

    code: str
    """基本编码, 12 digits in a national list; older provincial codes are kept as they are."""
    name: str
    department: str
    """The body that has the power to decide, such as 云溪镇人民政府."""
    project_type: ProjectType
    use_level: UseLevel = UseLevel.TOWNSHIP
    task_type: str = "20"
    state: ItemState = ItemState.IN_USE
    version: int = 1
    scene: str = ""
    """What tells it from items of the same name, such as 本镇居民."""
    statutory: Limit | None = None
    promised: Limit | None = None
    materials: tuple[Material, ...] = ()
    form: tuple[FormField, ...] = ()
    fees: tuple[Fee, ...] = ()
    result: ResultPaper | None = None
    issuers: tuple[UseLevel, ...] = ()
    """Levels of service point whose clerks may issue the result on the spot; empty for none."""
    delegated_from: str = ""
    """The body that handed the power down, for an item that was delegated (下放)."""
    competent: str = ""
    """Who is competent instead, for an item that cannot be opened here."""
    state_reason: str = ""
    legal_basis: str = ""
    keywords: tuple[str, ...] = ()
    """Other words that citizens use for it."""
    icon: str = "file-text"
    """Phosphor icon name of its tile."""
    applicants: tuple[ApplicantKind, ...] = (ApplicantKind.PERSON,)
    """Who may apply; the first is the usual kind."""
    pledge: str = ""
    """What the applicant may pledge instead of proving it (告知承诺), as the pledge says it; empty where it may not."""

    @property
    def title(self) -> str:
        """Return the name with its scene in full-width brackets, as screens and papers show it."""
        return f"{self.name}（{self.scene}）" if self.scene else self.name

    @property
    def limit(self) -> Limit | None:
        """Return the limit that a case of the item has to keep: the promised one, else the statutory one."""
        return self.promised or self.statutory

    @property
    def is_immediate(self) -> bool:
        """Tell whether a case of the item finishes in the same visit."""
        return self.project_type is ProjectType.IMMEDIATE

    @property
    def makes_certificate(self) -> bool:
        """Tell whether the result is a certificate that the counter makes itself."""
        return self.result is not None and bool(self.result.template)

    @property
    def allows_pledge(self) -> bool:
        """Tell whether the applicant may pledge instead of proving (告知承诺制)."""
        return bool(self.pledge)

    @property
    def can_be_opened(self) -> bool:
        """Tell whether a case of the item may be opened now."""
        return self.state is ItemState.IN_USE

    def material(self, code: str) -> Material:
        """Return the material called ``code``; KeyError when the item has none of that name."""
        for material in self.materials:
            if material.code == code:
                return material
        raise KeyError(code)
