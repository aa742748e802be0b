"""What a non-acceptance asks for, at the intake and on the page of a case. Qt-free."""

from app.domain.outcomes import NonAcceptanceGround
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.outcome_words import ground_words
from ui.text import _


def refusal_law() -> str:
    """Return what the law asks of a non-acceptance."""
    return _(
        "不属于本机关职权的，即时作出不予受理决定并告知有权机关；通知书写明理由、依据和救济途径，"
        "加盖印章、注明日期（行政许可法第三十二条）。"
    )


def refusal_fields(filled: Filled) -> tuple[Field, ...]:
    """Return the fields; the competent body is needed where the power is another one's."""
    elsewhere = filled.value("ground") == NonAcceptanceGround.NOT_COMPETENT
    competent = Field("competent", _("有权机关"), required=elsewhere, hint=_("如 临江县公安局户籍窗口"))
    return (
        Field("ground", _("情形"), Kind.MENU, choices=tuple((g.value, ground_words(g)) for g in NonAcceptanceGround)),
        *((competent,) if elsewhere else ()),
        reason_field(label=_("理由")),
        Field("basis", _("依据"), hint=_("法律、法规、规章的名称和条款")),
    )
