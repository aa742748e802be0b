"""The words of the card reader: its sign on the strip, what to do with a card that was not read. Qt-free."""

from datetime import date

from app.domain.people import masked_name
from app.services.ports import IdentityCard, ReaderState
from ui.dates import long_day
from ui.text import _

ICON = "identification-card"


def sign(state: ReaderState) -> tuple[str, str, str, str] | None:
    """Return icon, words, explanation and tone of the sign on the strip; None while no reader is there."""
    match state:
        case ReaderState.NONE:
            return None
        case ReaderState.READY:
            return ICON, _("读卡器"), _("把身份证放上去，在哪一屏都行。"), ""
        case ReaderState.READING:
            return ICON, _("正在读卡"), "", ""
        case ReaderState.LIFTED | ReaderState.UNREADABLE:
            return ICON, _("请重放身份证"), advice(state), "warn"
        case ReaderState.FAILING:
            return (
                ICON,
                _("读卡器没有应答"),
                _("拔下读卡器，等几秒再插上；还是这样，就手工填写，并告诉管理员。"),
                "warn",
            )
        case ReaderState.DENIED:
            words = _("读卡器打不开"), _("没有使用串口的权限，或者串口被别的程序占着。请告诉管理员。")
            return ICON, *words, "warn"


def advice(state: ReaderState) -> str:
    """Return what to do with a card that was not read, empty when there is none."""
    if state is ReaderState.LIFTED:
        return _("身份证拿开得早了，请再放一次。")
    if state is ReaderState.UNREADABLE:
        return _("这张卡读不出来：翻一面或挪到中间再放；还不行就照卡面填写。")
    return ""


def expired(valid_to: date | None) -> str:
    """Return that a card's validity has ended, for one with an end."""
    return _("证件已过期（%(day)s）") % {"day": long_day(valid_to)} if valid_to else ""


def at_hand(card: IdentityCard) -> str:
    """Return whose card lies at hand, for the counter."""
    return _("已读%(name)s的身份证件，选好事项就填入") % {"name": masked_name(card.name)}
