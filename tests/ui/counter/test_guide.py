"""The page of an item: its wrapped text has its height at once, also when another page comes into its place."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.support import CERTIFICATE, COMMITTED, FORBIDDEN
from tests.ui.intake.desk import ALLOWS_PROOF_PLEDGE
from tests.ui.windows import shown_in_window
from ui.counter.guide import GuidePanel
from ui.widgets.cards import row_layout
from ui.widgets.room import holding


@pytest.fixture
def panel(qtbot):
    made = GuidePanel()
    made.setFixedWidth(300)
    line = row_layout(made)
    line.addStretch(1)
    window = shown_in_window(holding(line), qtbot)
    yield made
    window.close()


def squeezed(panel):
    """Return wrapped texts that are not as high as they need to be."""
    wrapped = [text for text in panel._page.findChildren(QLabel) if text.wordWrap()]
    assert wrapped
    assert all(text.isVisible() for text in wrapped)
    return [text.text() for text in wrapped if text.height() < text.heightForWidth(text.width())]


def test_wrapped_text_has_its_height_without_waiting_for_an_event(panel, counter, qtbot):
    qtbot.wait(1)
    for code in (COMMITTED, FORBIDDEN, CERTIFICATE):
        panel.show_item(counter.catalogue.item(code))
        assert squeezed(panel) == []


def test_the_page_of_an_item_says_what_may_be_pledged_in_place_of_a_proof(panel, counter):
    item = counter.catalogue.item(ALLOWS_PROOF_PLEDGE)
    pledge = item.material("lease").pledge
    panel.show_item(item)
    said = [text.text() for text in panel._page.findChildren(QLabel)]
    assert f"{pledge.content}；{pledge.conditions}；{pledge.pledged}" in said
    assert squeezed(panel) == []
