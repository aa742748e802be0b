"""The form that prints a paper onto a pre-numbered blank form (套打). Qt-free."""

from collections.abc import Sequence

from app.domain.blanks import tidy_number
from app.domain.operators import Operator
from app.domain.paper import PaperState
from app.services.blanks import BlankUse
from app.services.counter import Counter
from app.services.ports import Picture
from app.services.printing import Sent
from app.services.snapshots import PaperRow
from ui.case.forms.papers import PaperForm
from ui.forms.form import Field, Filled
from ui.forms.reasons import reason_field
from ui.text import _, ngettext


class OverlayForm(PaperForm):
    """套打: the next blank is proposed; what becomes of any other is asked, and confirmed by a second person."""

    def __init__(self, paper: PaperRow, counter: Counter) -> None:
        self._form = counter.overlays.forms_of((paper,)).get(paper.number, "")
        self._stock = counter.blanks.stock(self._form)
        self._next, self._left = self._stock.next, self._stock.counts.unused
        self._held = counter.blanks.held_by(paper.number)
        super().__init__(paper, counter)

    def _describe(self) -> None:
        self.title, self.word = _("套打"), _("打印")
        self.law = _("只打印内容，格线和固定文字印在空白凭证上。每一张的去向都记入台账，打坏的先作废，再用下一张。")

    @property
    def done_words(self) -> str:
        """Return what is said when it is done."""
        return _("已送去打印，看看号码对不对")

    def start(self) -> Filled:
        """Propose the next blank, or the one that the paper is bound to when nothing came out."""
        is_again = self._held and self.about.state is PaperState.TO_PRINT
        return Filled({"number": self._held if is_again else self._next})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the number, and why any other blank is void."""
        fields = [Field("number", _("印刷号码"), hint=_("照纸上印的号码"), longest=40)]
        number = tidy_number(filled.value("number"))
        if self._spoils(number):
            label = _("%(number)s 作废的原因") % {"number": self._held}
            fields.append(reason_field((_("打印损坏"), _("卡纸"), _("申请人遗失")), label, "spoiled"))
        if self._skips(number):
            label = _("前面没用的去哪里了")
            fields.append(reason_field((_("丢失"), _("破损"), _("印刷缺号")), label, "between"))
        return fields

    def note(self, filled: Filled) -> tuple[str, str]:
        """Return how many are left, and where new ones are written down when none is."""
        if not self._left:
            return "warn", _("“%(form)s”没有结存，请先到“设置→空白凭证”登记领用。") % {"form": self._form}
        words = ngettext("“%(form)s”还有 %(count)d 张", "“%(form)s”还有 %(count)d 张", self._left)
        tone = "warn" if self._stock.is_low else "good"
        return tone, words % {"form": self._form, "count": self._left}

    def confirmed_by_second(self, filled: Filled) -> str:
        """Return what a second person confirms: that blanks are void."""
        number = tidy_number(filled.value("number"))
        if not self._spoils(number) and not self._skips(number):
            return ""
        return _("空白凭证作废，改用 %(number)s") % {"number": number}

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of what is printed onto the blank."""
        return self._counter.papers.picture(self._counter.overlays.drawn(self.about, self._form, clerk), page, width_px)

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Sent:
        """Print it."""
        use = BlankUse(self._form, filled.value("number"), filled.value("between"), filled.value("spoiled"), second)
        return self._counter.overlays.print(self.about, use, clerk)

    def _spoils(self, number: str) -> bool:
        return bool(self._held) and number != self._held

    def _skips(self, number: str) -> bool:
        return bool(self._next) and number not in {"", self._next, self._held}
