"""Items and applications, small enough to be read in one look, for tests of the rules."""

from datetime import date, datetime

from app.domain.application import Application, HandedIn, TakenHow
from app.domain.catalogue import (
    FieldKind,
    FormField,
    Limit,
    LimitUnit,
    Material,
    Need,
    ProjectType,
    ResultPaper,
    ServiceItem,
    UseLevel,
)
from app.domain.clock import CHINA
from app.domain.facts import NumberedPaper
from app.domain.people import Person

TODAY = date(2026, 5, 18)
AT = datetime(2026, 5, 18, 10, 24, 7, tzinfo=CHINA)
PERSON = Person("林𬱖宁", "519900199203070323", "13805555270", "云溪镇柳湾村4组27号")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born, order="032", area="519900"):
    """Return a fictitious number with the check digit of GB 11643-1999, by the table of the standard."""
    stem = f"{area}{born}{order}"
    return stem + "10X98765432"[sum(w * int(digit) for w, digit in zip(WEIGHTS, stem, strict=True)) % 11]


NUMBER = "20260518000731000197"

ITEM = ServiceItem(
    code="510117051000",
    name="居住证明",
    department="云溪镇人民政府",
    project_type=ProjectType.IMMEDIATE,
    materials=(
        Material("id_card", "居民身份证", Need.NEEDED, originals=1),
        Material("lease", "租赁合同", Need.OPTIONAL, copies=1),
        Material("photo", "照片", Need.MAY_FOLLOW, copies=1),
    ),
    form=(
        FormField("since", "居住起始日期", FieldKind.DATE, past_only=True),
        FormField("purpose", "用途", FieldKind.CHOICE, choices=("子女入学", "其他")),
        FormField("people", "人数", FieldKind.NUMBER, required=False, minimum=1, maximum=20),
        FormField("note", "备注", required=False, max_length=10),
        FormField("filled_on", "填表日期", FieldKind.DATE, default="today"),
    ),
    result=ResultPaper("居住证明", "residence"),
    issuers=(UseLevel.TOWNSHIP,),
    statutory=Limit(5, LimitUnit.WORKING_DAY),
    promised=Limit(1, LimitUnit.WORKING_DAY),
)
FORM = {"since": "2021-03-15", "purpose": "子女入学", "people": "4", "note": "", "filled_on": "2026-05-18"}
MATERIALS = {
    "id_card": HandedIn(originals=1),
    "photo": HandedIn(how=TakenHow.PROMISED, promised_by=date(2026, 6, 1)),
}
APPLICATION = Application(PERSON, FORM, MATERIALS)


def paper(kind: str = "receipt", serial: int = 1) -> NumberedPaper:
    """Return a number of some series."""
    return NumberedPaper(f"云溪3/{kind}/2026", serial, f"云溪3〔2026〕{serial:06d}号")
