"""The form that prints a paper onto a pre-numbered blank form (套打). Qt-free."""

from collections.abc import Mapping, Sequence

from app.domain.blanks import Blank, BlankState, tidy_number
from app.domain.errors import BlankNotSo
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
from ui.sentences import sentence
from ui.text import _, listed, ngettext


class OverlayForm(PaperForm):
    """套打: the next blank is proposed; what becomes of any other is asked, and confirmed by a second person."""

    def __init__(self, paper: PaperRow, counter: Counter) -> None:
        self._form = counter.overlays.forms_of((paper,)).get(paper.number, "")
        self._stock = counter.blanks.stock(self._form)
        self._held = counter.blanks.held_by(paper.number)
        self._looked_up: tuple[str, Blank | None, list[Blank]] = ("", None, [])
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
        return Filled({"number": self._held if is_again else self._stock.next})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the number, and why any other blank is void."""
        fields = [Field("number", _("印刷号码"), hint=_("照纸上印的号码"), longest=40)]
        number = tidy_number(filled.value("number"))
        if self._spoils(number):
            label = _("%(number)s 作废的原因") % {"number": self._held}
            fields.append(reason_field((_("打印损坏"), _("卡纸"), _("申请人遗失")), label, "spoiled"))
        if self._before(number):
            label = _("前面没用的去哪里了")
            fields.append(reason_field((_("丢失"), _("破损"), _("印刷缺号")), label, "between"))
        return fields

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Return what stands in the way; a number that the ledger does not have, or that is gone, does."""
        number = tidy_number(filled.value("number"))
        blank, _before = self._look_up(number)
        if not number or number == self._held or (blank is not None and blank.state is BlankState.UNUSED):
            return super().problems(filled)
        words = sentence(BlankNotSo(number, blank.state if blank else "")).what
        return {"number": words, **super().problems(filled)}

    def note(self, filled: Filled) -> tuple[str, str]:
        """Return which blanks will be void, else how many are left, or where new ones are written down when none is."""
        if void := self._void_words(filled):
            return "warn", void
        left = self._stock.counts.unused
        if not left:
            return "warn", _("“%(form)s”没有结存，请先到“设置→空白凭证”登记领用。") % {"form": self._form}
        words = ngettext("“%(form)s”还有 %(count)d 张", "“%(form)s”还有 %(count)d 张", left)
        return "warn" if self._stock.is_low else "good", words % {"form": self._form, "count": left}

    def confirmed_by_second(self, filled: Filled) -> str:
        """Return what a second person confirms: that blanks are void."""
        return self._void_words(filled)

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of what is printed onto the blank."""
        return self._counter.papers.picture(self._counter.overlays.drawn(self.about, self._form, clerk), page, width_px)

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Sent:
        """Print it."""
        use = BlankUse(self._form, filled.value("number"), filled.value("between"), filled.value("spoiled"), second)
        return self._counter.overlays.print(self.about, use, clerk)

    def _void_words(self, filled: Filled) -> str:
        """Return which blanks become void for the one that is typed, empty for none."""
        number = tidy_number(filled.value("number"))
        held, before = [self._held] if self._spoils(number) else [], [one.number for one in self._before(number)]
        if not number or not (held or before):
            return ""
        run = [f"{before[0]}–{before[-1]}"] if len(before) > 1 else before
        count = len(held) + len(before)
        words = ngettext(
            "%(numbers)s（%(count)d 张）作废，改用 %(number)s",
            "%(numbers)s（%(count)d 张）作废，改用 %(number)s",
            count,
        )
        return words % {"numbers": listed([*held, *run], "，"), "count": count, "number": number}

    def _spoils(self, number: str) -> bool:
        return bool(self._held) and number != self._held

    def _before(self, number: str) -> list[Blank]:
        """Return what is skipped; nothing for a number that cannot be taken."""
        blank, before = self._look_up(number)
        return before if blank is not None and blank.state is BlankState.UNUSED else []

    def _look_up(self, number: str) -> tuple[Blank | None, list[Blank]]:
        """Return a blank and those before it, read once for each number that is typed."""
        if self._looked_up[0] != number:
            self._looked_up = (number, *self._counter.blanks.look_up(self._form, number))
        return self._looked_up[1:]
