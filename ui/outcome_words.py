"""The words for what can become of a case: grounds, procedures, results, grades, and the marks a case bears. Qt-free."""

from datetime import date

from app.domain.case import Case, CaseState
from app.domain.outcomes import HandOverPurpose, NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper_ends import MANNERS, ReplacementGround, RevocationGround, RevocationManner
from app.services.snapshots import CaseRow
from ui.dates import short_day, time_of_day
from ui.text import _, pgettext
from ui.words import late_supplement, state_words


def ground_words(ground: NonAcceptanceGround) -> str:
    """Return why a case is not accepted."""
    return {
        NonAcceptanceGround.NO_LICENCE_NEEDED: _("依法不需要办理"),
        NonAcceptanceGround.NOT_COMPETENT: _("不属于本机关职权"),
        NonAcceptanceGround.NOT_ENTITLED: _("不具备申请资格"),
        NonAcceptanceGround.FALSE_MATERIALS: _("隐瞒情况或提供虚假材料"),
        NonAcceptanceGround.NOT_SUPPLEMENTED: _("逾期未补正"),
    }[ground]


def revocation_words(ground: RevocationGround) -> str:
    """Return why a certificate is taken from its holder."""
    return {
        RevocationGround.FRAUD: _("骗取或以不正当手段取得"),
        RevocationGround.NOT_QUALIFIED: _("申请人不符合条件"),
        RevocationGround.AGAINST_PROCEDURE: _("违反法定程序"),
        RevocationGround.BEYOND_POWERS: _("超越法定职权"),
        RevocationGround.ABUSE: _("滥用职权、玩忽职守"),
        RevocationGround.OTHERWISE_UNLAWFUL: _("依法可以撤销的其他情形"),
        RevocationGround.LAW_CHANGED: _("所依据的规定修改或废止"),
        RevocationGround.CIRCUMSTANCES_CHANGED: _("客观情况重大变化"),
        RevocationGround.NOT_RENEWED: _("有效期满未延续"),
        RevocationGround.HOLDER_GONE: _("持证人死亡、丧失能力或终止"),
        RevocationGround.CANNOT_BE_USED: _("不可抗力，无法实施"),
        RevocationGround.OTHERWISE_CANCELLED: _("依法应当注销的其他情形"),
    }[ground]


def manner_words(manner: RevocationManner) -> str:
    """Return how the law calls it that a certificate is taken from its holder."""
    return {
        RevocationManner.REVOKED: pgettext("certificate", "撤销"),
        RevocationManner.WITHDRAWN: pgettext("certificate", "撤回"),
        RevocationManner.CANCELLED: _("注销"),
    }[manner]


def manner_of(ground: RevocationGround) -> str:
    """Return the same of a ground."""
    return manner_words(MANNERS[ground])


def replacement_words(ground: ReplacementGround) -> str:
    """Return why a certificate is made anew."""
    return {
        ReplacementGround.LOST: _("遗失补发"),
        ReplacementGround.DAMAGED: _("损坏换发"),
        ReplacementGround.WRONG: _("内容有误换发"),
    }[ground]


def procedure_words(procedure: SpecialProcedure) -> str:
    """Return what a special procedure is called."""
    return {
        SpecialProcedure.HEARING: _("听证"),
        SpecialProcedure.BIDDING: _("招标"),
        SpecialProcedure.AUCTION: _("拍卖"),
        SpecialProcedure.INSPECTION: _("检验"),
        SpecialProcedure.TEST: _("检测"),
        SpecialProcedure.QUARANTINE: _("检疫"),
        SpecialProcedure.APPRAISAL: _("鉴定"),
        SpecialProcedure.EXPERT_REVIEW: _("专家评审"),
        SpecialProcedure.PUBLIC_NOTICE: _("公示"),
        SpecialProcedure.SITE_VISIT: _("入户核查、现场勘查"),
    }[procedure]


def purpose_words(purpose: HandOverPurpose) -> str:
    """Return what another station gets a case for."""
    return {
        HandOverPurpose.HANDLING: _("继续办理"),
        HandOverPurpose.REVIEW: _("审查决定"),
        HandOverPurpose.COLLECTION: _("交付结果"),
        HandOverPurpose.RETURN: _("退回"),
    }[purpose]


def grade_words(grade: int) -> str:
    """Return how content a citizen was, from 1 to 5."""
    return (_("非常满意"), _("满意"), _("基本满意"), _("不满意"), _("非常不满意"))[grade - 1]


def result_words(result: Result) -> str:
    """Return how a case ended."""
    return {
        Result.GRANTED: _("准予"),
        Result.REFUSED: _("不予许可"),
        Result.VOIDED: _("作废办结"),
        Result.MISTAKEN_ENTRY: _("录入错误"),
        Result.FORWARDED: _("转报办结"),
        Result.RETURNED: _("退件"),
        Result.NOT_ACCEPTED: _("不予受理"),
        Result.WITHDRAWN: _("申请人撤回"),
    }[result]


def case_marks(case: Case) -> tuple[tuple[str, str], ...]:
    """Return word and tone of every mark that a case bears wherever it is shown."""
    marks = {
        _("补录"): ("danger", case.is_late_entry),
        _("视为受理"): ("danger", case.is_deemed),
        _("已延期"): ("plain", bool(case.extra_days)),
        _("容缺"): ("accent", bool(case.owed)),
        _("不予许可"): ("plain", case.result is Result.REFUSED),
        _("再次补正"): ("danger", case.supplements > 1),
        _("待接收"): ("accent", case.awaits_taking_over),
    }
    return tuple((word, tone) for word, (tone, bears) in marks.items() if bears)


def row_marks(row: CaseRow) -> tuple[tuple[str, str], ...]:
    """Return word and tone of the marks of a case in a list."""
    marks = {
        _("补录"): ("danger", row.is_late),
        _("视为受理"): ("danger", row.is_deemed),
        _("容缺"): ("accent", row.owed_by is not None),
        _("待接收"): ("accent", row.awaits_taking_over),
    }
    return tuple((word, tone) for word, (tone, bears) in marks.items() if bears)


def row_note(row: CaseRow) -> str:
    """Return where a case in a list stands, with its marks."""
    return "·".join([state_words(row.state), *(word for word, _tone in row_marks(row))])


def owed_words(by: date, day: date) -> tuple[str, str]:
    """Return tone and words of a material that may follow, as it stands on ``day``."""
    words = {"day": short_day(by)}
    return ("danger", _("承诺 %(day)s 前补，已过期") % words) if by < day else ("", _("承诺 %(day)s 前补") % words)


def reminder_words(row: CaseRow, day: date) -> tuple[str, str]:
    """Return tone and words of why a case waits for somebody on ``day``."""
    if row.state is CaseState.ACCEPTED and row.is_deemed:
        return "danger", _("视为受理")
    if row.state is CaseState.RECEIVED and row.silence_until:
        return "warn", _("%(time)s 前告知") % {"time": time_of_day(row.silence_until)}
    if row.state is CaseState.SUPPLEMENT and row.reply_by:
        return late_supplement()
    if row.owed_by is not None and row.owed_by < day:
        return "danger", _("容缺 %(day)s 已过期") % {"day": short_day(row.owed_by)}
    return "warn", _("容缺今天到期")
