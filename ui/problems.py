"""What to say of a remark on what was typed: beside the field, and short in the summary. Qt-free."""

from collections.abc import Callable

from app.domain.catalogue import ServiceItem
from app.domain.problem import Problem
from ui.text import _


def words(problem: Problem) -> str:
    """Return the sentence beside the field: what is wrong and what to do."""
    return _SENTENCES[problem.code](problem.details)


def place_name(place: str, item: ServiceItem) -> str:
    """Return what the place is called on the screen."""
    applicant = {
        "applicant.name": _("姓名"),
        "applicant.id_number": _("身份证号"),
        "applicant.phone": _("联系电话"),
        "applicant.address": _("户籍地址"),
    }
    if place in applicant:
        return applicant[place]
    kind, _dot, code = place.partition(".")
    if kind == "materials":
        return item.material(code).name
    return next(entry.label for entry in item.form if entry.code == code)


def summary(problem: Problem, item: ServiceItem) -> str:
    """Return a few words for the summary on top."""
    name = place_name(problem.place, item)
    if problem.code == "missing":
        return _("未填%(name)s") % {"name": name}
    if problem.code == "material_missing":
        return _("缺%(name)s") % {"name": name}
    return _("%(name)s要核对") % {"name": name}


_SENTENCES: dict[str, Callable[[object], str]] = {
    "missing": lambda _details: _("请填写"),
    "too_long": lambda details: _("最多 %(maximum)d 个字") % details,
    "odd_characters": lambda details: _("姓名里有不常见的符号：%(characters)s，请核对") % details,
    "wrong_length": lambda details: _("应为 %(expected)d 位，现在 %(found)d 位") % details,
    "wrong_characters": lambda _details: _("应为 17 位数字加末位数字或 X"),
    "impossible_birth_date": lambda _details: _("出生日期不存在或在将来，请核对"),
    "check_digit": lambda _details: _("校验位不符，请核对"),
    "mobile_length": lambda details: _("手机号应为 %(expected)d 位，现在 %(found)d 位") % details,
    "not_a_phone": lambda _details: _("请填手机号，或带区号的固定电话，如 0899-5550123"),
    "not_a_date": lambda _details: _("请填日期，如 2021-03-15"),
    "in_the_future": lambda _details: _("日期不能在今天之后"),
    "not_a_number": lambda _details: _("请填整数"),
    "too_small": lambda details: _("不能小于 %(minimum)d") % details,
    "too_large": lambda details: _("不能大于 %(maximum)d") % details,
    "not_a_choice": lambda _details: _("请从列表中选择"),
    "material_missing": lambda _details: _("还缺：请当场补交，或登记收到的份数"),
}
