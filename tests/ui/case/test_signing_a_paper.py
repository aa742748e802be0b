"""Signing from the page of a case: offered for what one person signs, until it is signed or void."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.paper import PaperState, SignerRole
from app.services.snapshots import PaperSignature
from tests.services.test_signatures import service_receipt
from ui.case.papers_card import PapersCard


@pytest.fixture
def card(qtbot):
    made = PapersCard()
    qtbot.addWidget(made)
    return made


def offers(card):
    return [button for button in card.findChildren(QPushButton) if button.text() == "屏幕签名"]


def test_a_receipt_of_service_is_signed_from_its_line(card, counter, qtbot):
    receipt = service_receipt(counter)
    file = counter.desk.file(receipt.case_number)
    card.show_papers(replace(file, papers=[receipt]))
    (sign,) = offers(card)
    with qtbot.waitSignal(card.sign_asked) as asked:
        sign.click()
    assert asked.args[0].number == receipt.number
    signed = PaperSignature(1, "王知远", SignerRole.COLLECTOR, "", "00", receipt.made_at)
    for settled in (replace(receipt, signatures=(signed,)), replace(receipt, state=PaperState.VOIDED)):
        card.show_papers(replace(file, papers=[settled]))
        assert offers(card) == []
    card.show_papers(replace(file, papers=[replace(receipt, signatures=(signed,), still_open=1)]))
    assert offers(card)
