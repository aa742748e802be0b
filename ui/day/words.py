"""The words of a day's figures on the screen. Qt-free; papers have their own in ``app.services.day_words``."""

from app.domain.day import Figure
from ui.text import _


def figure_words(figure: Figure) -> str:
    """Return what a figure counts."""
    return {
        Figure.RECEIVED: _("收件"),
        Figure.ACCEPTED: _("受理"),
        Figure.DEEMED: _("视为受理"),
        Figure.SUPPLEMENT_ASKED: _("补正告知"),
        Figure.SUPPLEMENT_RECEIVED: _("补正收件"),
        Figure.FOLLOWED: _("容缺补交"),
        Figure.NOT_ACCEPTED: _("不予受理"),
        Figure.RETURNED: _("退件"),
        Figure.WITHDRAWN: _("撤回"),
        Figure.FORWARDED: _("转报"),
        Figure.HANDED_OVER: _("交出"),
        Figure.TAKEN_OVER: _("接收"),
        Figure.SUSPENDED: _("停表"),
        Figure.RESUMED: _("恢复计时"),
        Figure.EXTENDED: _("延期"),
        Figure.GRANTED: _("准予"),
        Figure.REFUSED: _("不予许可"),
        Figure.ISSUED: _("出证"),
        Figure.DELIVERED: _("送达"),
        Figure.CORRECTED: _("更正"),
        Figure.VOIDED: _("作废办结"),
        Figure.ARCHIVED: _("归档"),
        Figure.ASKED: _("咨询"),
        Figure.HANDED_ON: _("咨询转交"),
        Figure.SETTLED: _("咨询办结"),
        Figure.PRINTED: _("打印"),
        Figure.REPRINTED: _("补打"),
        Figure.SPOILED: _("打坏重打"),
        Figure.PAPERS_VOIDED: _("文书作废"),
        Figure.BLANKS_RECEIVED: _("空白凭证领用"),
        Figure.BLANKS_USED: _("空白凭证使用"),
        Figure.BLANKS_SPOILED: _("空白凭证作废"),
        Figure.REVOKED: _("撤销证明"),
        Figure.REPLACED: _("补换证"),
    }[figure]
