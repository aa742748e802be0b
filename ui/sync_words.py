"""The words of sync that more than one room says: how far a case is known, how the counter stands with its centre.

Qt-free.
"""

from app.services.snapshots import CaseMark
from ui.text import _


def mark_words(mark: CaseMark) -> tuple[str, str]:
    """Return tone and words of where what happened to a case is known."""
    return {
        CaseMark.HERE: ("plain", _("仅在本机")),
        CaseMark.AT_CENTRE: ("good", _("已到中心")),
        CaseMark.CONFIRMED: ("good", _("已确认")),
    }[mark]
