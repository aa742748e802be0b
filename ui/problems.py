"""What to say of a remark on what was typed: beside the field, and short in the summary. Qt-free."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.catalogue import ServiceItem
from app.domain.documents import Document
from app.domain.problem import Problem
from ui.text import _
from ui.words import document_words

WORKING_AGE = 16
"""Age from which somebody who lives on own work counts as of age (民法典 Art. 18)."""


def words(problem: Problem) -> str:
    """Return the sentence beside the field: what is wrong and what to do."""
    return _SENTENCES[problem.code](problem.details)


def place_name(place: str, item: ServiceItem) -> str:
    """Return what the place is called on the screen."""
    kind, _dot, code = place.partition(".")
    match kind:
        case "materials":
            return item.material(code).name
        case "form":
            return next(entry.label for entry in item.form if entry.code == code)
        case "applicant":
            return person_field(code)
        case "agent":
            return _("代办人%(field)s") % {"field": person_field(code)} if code else _("监护人")
        case "organisation":
            return organisation_field(code)
        case "co_applicants":
            return _co_applicant(code)
        case "collect_at":
            return _("取件地点")
    return _("同一事项的办件")


def person_field(name: str) -> str:
    """Return what a field of a person is called."""
    return {
        "name": _("姓名"),
        "id_number": _("证件号码"),
        "phone": _("联系电话"),
        "address": _("户籍地址"),
        "document": _("证件类型"),
        "stated_birth_date": _("出生日期"),
        "stated_sex": _("性别"),
        "nationality": _("国籍或地区"),
        "kind": _("代办身份"),
        "relation": _("与申请人关系"),
        "mandate": _("委托书号"),
        "scope": _("委托事项"),
    }[name]


def organisation_field(name: str) -> str:
    """Return what a field of an organisation is called; the organisation itself for none."""
    return {"": _("申请人类型"), "name": _("单位名称"), "uscc": _("信用代码"), "address": _("单位地址")}[name]


def _co_applicant(code: str) -> str:
    if not code:
        return _("共同申请人")
    index, _dot, name = code.partition(".")
    return _("共同申请人 %(number)d %(field)s") % {"number": int(index) + 1, "field": person_field(name)}


def summary(problem: Problem, item: ServiceItem) -> str:
    """Return a few words for the summary on top."""
    name = place_name(problem.place, item)
    if problem.code == "missing":
        return _("未填%(name)s") % {"name": name}
    if problem.code == "material_missing":
        return _("缺%(name)s") % {"name": name}
    if problem.code == "promise_missing":
        return _("%(name)s未定后补日期") % {"name": name}
    if problem.code in {"guardian_needed", "guardian_or_reason"}:
        return _("未成年人须有监护人")
    if problem.code == "earlier_case":
        return _("同一事项已有办件")
    return _("%(name)s要核对") % {"name": name}


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _details: _("请填写"),
    "too_long": lambda details: _("最多 %(maximum)d 个字") % details,
    "odd_characters": lambda details: _("姓名里有不常见的符号：%(characters)s，请核对") % details,
    "wrong_length": lambda details: _("应为 %(expected)d 位，现在 %(found)d 位") % details,
    "wrong_characters": lambda _details: _("应为 17 位数字加末位数字或 X"),
    "impossible_birth_date": lambda _details: _("出生日期不存在或在将来，请核对"),
    "check_digit": lambda _details: _("校验位不符，请核对"),
    "first_generation": lambda details: _("15 位是一代证号，已停用；换算为 18 位是 %(modern)s") % details,
    "other_document": lambda details: (
        _("这个号码像是%(document)s，请核对证件类型") % {"document": document_words(Document(details["document"]))}
    ),
    "odd_hk_macao_travel_permit": lambda _details: _("应为 H 或 M 加 8 位（或 10 位）数字，请核对"),
    "odd_taiwan_travel_permit": lambda _details: _("应为 8 位数字，请核对"),
    "odd_passport": lambda _details: _("护照号只有字母和数字，请核对"),
    "birth_date_untold": lambda _details: _("证件号不含出生日期，请填，如 1992-03-07"),
    "persons_only": lambda _details: _("本事项只受理个人申请，请改为个人"),
    "organisations_only": lambda _details: _("本事项只受理单位申请，请改为单位"),
    "too_many": lambda details: _("最多 %(maximum)d 人") % details,
    "named_twice": lambda _details: _("此人已在申请人之列"),
    "agent_is_applicant": lambda _details: _("代办人不能是申请人本人"),
    "agent_is_minor": lambda _details: _("代办人未满 18 周岁，请核对"),
    "mandate_missing": lambda _details: _("请打印或填写委托书号"),
    "guardian_needed": lambda details: _("申请人 %(age)d 周岁，须由监护人办理（民法典第二十条）") % details,
    "guardian_or_reason": lambda details: (
        (
            _("申请人 %(age)d 周岁：登记监护人；以自己劳动收入为生的，写明原因")
            if details["age"] >= WORKING_AGE
            else _("申请人 %(age)d 周岁：登记监护人，或写明原因")
        )
        % details
    ),
    "earlier_case": lambda details: _("已有办件 %(number)s，确需再办请写明原因") % details,
    "promise_missing": lambda _details: _("还没到：登记收到的份数，或定后补日期"),
    "promise_over": lambda _details: _("后补日期须在今天之后"),
    "mobile_length": lambda details: _("手机号应为 %(expected)d 位，现在 %(found)d 位") % details,
    "not_a_phone": lambda _details: _("请填手机号，或带区号的固定电话，如 0899-5550123"),
    "not_a_date": lambda _details: _("请填日期，如 2021-03-15"),
    "in_the_future": lambda _details: _("日期不能在今天之后"),
    "not_a_number": lambda _details: _("请填整数"),
    "too_small": lambda details: _("不能小于 %(minimum)d") % details,
    "too_large": lambda details: _("不能大于 %(maximum)d") % details,
    "not_a_station": lambda _details: _("请从名录里选择"),
    "not_a_choice": lambda _details: _("请从列表中选择"),
    "material_missing": lambda _details: _("还缺：请当场补交，或登记收到的份数"),
}
