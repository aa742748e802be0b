"""Forms about a certificate that was issued: taking it from its holder, and making it anew after it was handed over."""

from collections.abc import Sequence

from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.certificate_life import Replacement, Revocation
from app.services.ports import Picture
from ui.case.forms.papers import PaperForm
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.outcome_words import manner_of, replacement_words, revocation_words
from ui.text import _


class RevokeForm(PaperForm):
    """撤销, 撤回, 注销: with a ground of the law, what it rests on, and a second person."""

    def _describe(self) -> None:
        self.title, self.word = _("撤销证明"), _("请第二人确认")
        self.law = _(
            "行政许可法第八条（撤回）、第六十九条（撤销）、第七十条（注销）；不是许可的参照办理。"
            "撤销前告知持证人并听取意见，决定书另行送达。"
        )
        self.is_danger = True
        self._manner = ""

    @property
    def done_words(self) -> str:
        """Return what is said when it is done."""
        return _("证明%(manner)s") % {"manner": self._manner}

    def confirmed_by_second(self, filled: Filled) -> str:
        """Return what a second person confirms, in the law's word for the ground."""
        about = {"name": self.makes, "number": self.about.number, "manner": _manner(filled)}
        return _("%(name)s（%(number)s）%(manner)s") % about

    def start(self) -> Filled:
        """Begin with an original that was taken back."""
        return Filled({"recovered": "yes"})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the ground, the reason, the decision that it rests on, and whether the original is back."""
        grounds = tuple(
            (ground.value, _("%(act)s：%(reason)s") % {"act": manner_of(ground), "reason": revocation_words(ground)})
            for ground in RevocationGround
        )
        return (
            Field("ground", _("情形"), Kind.MENU, choices=grounds),
            reason_field(),
            Field("basis", _("依据"), hint=_("决定书文号，或法律条文")),
            _recovered(),
        )

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Revoke the certificate."""
        if second is None:
            raise ValueError("revoking needs a second person")
        ground, reason, basis = (filled.value(code) for code in ("ground", "reason", "basis"))
        self._manner = _manner(filled)
        why = Revocation(RevocationGround(ground), reason, basis, filled.value("recovered") == "yes")
        return self._counter.certificates.revoke(self.about, clerk, why, second)


class ReplaceForm(PaperForm):
    """补发, 换发: a new number, which names the old one; with a second person."""

    def _describe(self) -> None:
        self.title, self.word = _("补换证"), _("请第二人确认")
        self.law = _("新证另有编号，写明代替哪一份；原证自此作废，有效期不变。内容有误的，先在办件上更正，再换发。")
        self.second_person = _("%(name)s（%(number)s）补换证") % {"name": self.makes, "number": self.about.number}

    @property
    def done_words(self) -> str:
        """Return what is said when it is done."""
        return _("新证已出，可以打印、盖章、交付")

    def start(self) -> Filled:
        """Begin with a lost one, which is the usual one."""
        return Filled({"ground": ReplacementGround.LOST.value, "recovered": "no"})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask why, and whether the original is back."""
        grounds = tuple((ground.value, replacement_words(ground)) for ground in ReplacementGround)
        phrases = (_("申请人遗失"), _("纸张破损"), _("内容有误"))
        return (Field("ground", _("情形"), Kind.CHOICE, choices=grounds), reason_field(phrases), _recovered())

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of the new certificate as it would be made now."""
        ground = ReplacementGround(filled.value("ground"))
        drawn = self._counter.certificates.preview(self.about, ground, clerk)
        return self._counter.papers.preview(drawn, page, width_px)

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Make the certificate anew."""
        if second is None:
            raise ValueError("replacing needs a second person")
        ground, recovered = ReplacementGround(filled.value("ground")), filled.value("recovered") == "yes"
        why = Replacement(ground, filled.value("reason"), recovered)
        return self._counter.certificates.replace(self.about, clerk, why, second)


def _manner(filled: Filled) -> str:
    return manner_of(RevocationGround(filled.value("ground")))


def _recovered() -> Field:
    choices = (("yes", _("已收回")), ("no", _("未收回")))
    return Field("recovered", _("原件"), Kind.CHOICE, choices=choices)
