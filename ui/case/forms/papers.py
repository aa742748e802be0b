"""Forms about a paper that is there: printing it again, and declaring it void."""

from abc import abstractmethod
from collections.abc import Sequence

from app.domain.operators import Operator
from app.services.counter import Counter
from app.services.ports import Picture
from app.services.printing import Sent
from app.services.snapshots import PaperMark, PaperRow
from ui.forms.base import Form
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.paper_titles import paper_words
from ui.text import _


class PaperForm(Form):
    """A form about one paper, which is shown beside it."""

    def __init__(self, paper: PaperRow, counter: Counter) -> None:
        self.about = paper
        self._counter = counter
        self.key = f"{paper.number}:{type(self).__name__}"
        self.makes = paper_words(paper)
        self._describe()

    @abstractmethod
    def _describe(self) -> None:
        """Set title, word, law and the like, in the language that is spoken now."""

    @property
    @abstractmethod
    def done_words(self) -> str:
        """Return what is said when it is done."""

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of the paper as it is."""
        return self._counter.papers.picture(self._counter.papers.looked_at(self.about), page, width_px)


class ReprintForm(PaperForm):
    """补打: every page says so, with number, time and clerk."""

    def _describe(self) -> None:
        self.title, self.word = _("补打"), _("补打")
        self.law = _("补打的是原来那一份，每页注明补打次数、时间和经办人；内容有变的应另出新文书。")

    @property
    def done_words(self) -> str:
        """Return what is said when it is done."""
        return _("已送去补打")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask why."""
        return (reason_field((_("申请人遗失"), _("打印不清楚"), _("存档需要"))),)

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Sent:
        """Print it."""
        return self._counter.printing.send(self.about, clerk, filled.value("reason"))


class VoidPaperForm(PaperForm):
    """作废: with a reason and a second person; the number stays used."""

    def _describe(self) -> None:
        self.title, self.word = _("文书作废"), _("请第二人确认")
        self.law = _("作废后编号保留、不再使用；原件应当收回。没有交付的证明作废后可以重新出证。")
        self.is_danger = True
        self.second_person = _("%(name)s（%(number)s）作废") % {"name": self.makes, "number": self.about.number}

    @property
    def done_words(self) -> str:
        """Return what is said when it is done."""
        return _("文书已作废，编号保留")

    def start(self) -> Filled:
        """Begin with an original that was taken back."""
        return Filled({"recovered": "yes"})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask why, and whether the original is back."""
        choices = (("yes", _("已收回")), ("no", _("未收回")))
        usual = (_("内容有误"), _("打印损坏"), _("申请人遗失"))
        not_applied = (_("中心没有采用"),) if self.about.mark is PaperMark.TO_RECALL else ()
        return (
            reason_field((*not_applied, *usual)),
            Field("recovered", _("原件"), Kind.CHOICE, choices=choices),
        )

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> PaperRow:
        """Declare the paper void."""
        if second is None:
            raise ValueError("voiding needs a second person")
        recovered = filled.value("recovered") == "yes"
        return self._counter.papers.void(
            self.about, clerk, filled.value("reason"), second, original_recovered=recovered
        )
