"""What a scanned paper is worth, in the place of results: the ruling in large letters, why, and what has to stand on the paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.domain.verdict import Ruling, Verdict
from ui.text import _
from ui.theme import theme
from ui.verdict_words import known_at_a_counter, reason_words, ruling_words, said_on_paper, station_words
from ui.widgets.cards import Card, clear, row_layout
from ui.widgets.texts import Icon, cap, label

TONES = {Ruling.VALID: "good", Ruling.REFUSED: "danger", Ruling.UNKNOWN: "warn"}
SIGNS = {"good": "check-circle-fill", "danger": "warning-circle-fill", "warn": "warning-fill"}
TOP = Qt.AlignmentFlag.AlignTop


class VerdictCard(Card):
    """The verdicts on what was brought, mostly one; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show ``verdicts`` in place of those before."""
        clear(self.body)
        self.setVisible(bool(verdicts))
        for verdict in verdicts:
            self._add(verdict, is_first=verdict is verdicts[0])
        spoken = (f"{ruling_words(verdict.ruling)} {reason_words(verdict)}" for verdict in verdicts)
        self.setAccessibleName(" ".join(spoken))

    def _add(self, verdict: Verdict, *, is_first: bool) -> None:
        words, reason = ruling_words(verdict.ruling), reason_words(verdict)
        tone = TONES[verdict.ruling]
        heading = row_layout(Icon(SIGNS[tone], tone, 24), label(words, "title", tone))
        heading.addStretch(1)
        if is_first:
            heading.addWidget(cap("Esc"))
            heading.addWidget(label(_("关闭"), "small"))
        self.body.addLayout(heading)
        self.body.addWidget(_wrapped(reason, "strong"))
        if verdict.said:
            self.body.addLayout(_pairs(verdict))
            for line in (station_words(verdict), *known_at_a_counter(verdict)):
                self.body.addWidget(_wrapped(line, "soft"))


def _pairs(verdict: Verdict) -> QGridLayout:
    """Return what was signed, by its names; both columns begin at the top of their line."""
    pairs = QGridLayout()
    pairs.setHorizontalSpacing(theme().px(16))
    pairs.setVerticalSpacing(theme().px(4))
    pairs.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(said_on_paper(verdict)):
        pairs.addWidget(label(name, "small"), line, 0, TOP)
        pairs.addWidget(_wrapped(value), line, 1)
    return pairs


def _wrapped(text: str, role: str = "") -> QLabel:
    shown = label(text, role)
    shown.setWordWrap(True)
    return shown
