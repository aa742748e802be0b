"""The five commonest jobs, played with real keys in the real window, and how many keys each of them takes.

Han text counts as its pinyin letters and one key to choose it, as an input method takes it; a scanned number counts as
nothing. Each job starts at the counter's empty field and ends when the work is done.
"""

import time
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config import RESOURCES
from app.definitions.pinyin import Readings, read_surnames
from app.demonstration import CLERK
from tests.support import COMMITTED, MONDAY, PERSON, accepted, filled

KNOWN = replace(PERSON, name="林小禾")
LONGEST_WAIT_S = 20
CERTIFICATE_AGAIN = timedelta(days=200)
"""After this time a certificate has run out, so that its holder comes for another one."""


class Keys:
    """The hands of a clerk: every key is counted and sent to whatever has the focus."""

    def __init__(self, start):
        self.start, self.rooms, self.count = start, start.rooms, 0
        self._pinyin = Readings(read_surnames(RESOURCES / "surnames.txt"))

    def press(self, *names):
        for name in names:
            combination = QKeySequence(name)[0]
            QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
            self.count += 1
            self.settle()

    def type(self, text):
        if text.isascii():
            for sign in text:
                QTest.keyClick(self._focus(), sign)
            self.count += len(text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QCoreApplication.sendEvent(self._focus(), event)
            self.count += len("".join(self._pinyin.readings(text)[0])) + 1
        self.settle()

    def settle(self):
        """Let the window do all that the last key asked of it."""
        QCoreApplication.processEvents()
        self.until(lambda: self.start.runner.is_idle)
        QCoreApplication.processEvents()

    def until(self, condition):
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            assert time.monotonic() < end, "the window did not come along"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def shows(self, room):
        self.until(lambda: self.rooms.current_name == room)

    def _focus(self):
        return QApplication.focusWidget() or self.start.window


def certificate_for_a_known_applicant(keys, counter, clock):
    """居住证明, known applicant: handed over."""
    before = accepted(counter, person=KNOWN)
    counter.issuance.issue(before.number, CLERK)
    counter.issuance.deliver(before.number, CLERK, KNOWN.name, in_person=True)
    clock.set(MONDAY + CERTIFICATE_AGAIN)
    keys.count = 0
    keys.type("jzzm")
    keys.press("Return")
    keys.type("lxh")
    keys.press("Down", "Ctrl+0", "F9")
    _issue_and_deliver(keys)


def certificate_for_a_new_applicant(keys, counter, clock):
    """居住证明, new applicant: handed over."""
    keys.count = 0
    keys.type("jzzm")
    keys.press("Return")
    _fill(keys, "黎若谷", "519900198811120043", "云溪镇柳湾村4组27号", "13805550126")
    _fill(keys, "云溪镇青杠路18号", "20210315", "1")
    keys.press("Ctrl+0", "F9")
    _issue_and_deliver(keys)


def relief_for_a_known_applicant(keys, counter, clock):
    """临时救助, known applicant: accepted."""
    accepted(counter, person=KNOWN)
    keys.count = 0
    keys.type("lsjz")
    keys.press("Return")
    keys.type("lxh")
    keys.press("Down")
    _fill(keys, "1", "4")
    keys.press("Ctrl+0", "F9")
    keys.shows("IssueRoom")


def finished_case(keys, counter, clock):
    """A finished case: found by the end of the identity number, handed over."""
    case = accepted(counter, person=KNOWN)
    counter.issuance.issue(case.number, CLERK)
    keys.count = 0
    keys.type("0323")
    keys.press("Return")
    keys.shows("CaseRoom")
    keys.press("F11", "F11")
    assert counter.desk.file(case.number).case.delivered_at is not None


def supplement(keys, counter, clock):
    """A case that was taken in: everything that is missing told at once."""
    draft = filled(counter, COMMITTED)
    item = counter.catalogue.item(COMMITTED)
    case = counter.intake.receive(_without_materials(counter, draft), item, CLERK).case
    keys.count = 0
    keys.type("0323")
    keys.press("Return")
    keys.shows("CaseRoom")
    keys.press("F6", "F9")
    assert counter.desk.file(case.number).case.state == "supplement"


JOBS = (
    certificate_for_a_known_applicant,
    certificate_for_a_new_applicant,
    relief_for_a_known_applicant,
    finished_case,
    supplement,
)


def _fill(keys, *values):
    for value in values:
        keys.type(value)
        keys.press("Return")


def _issue_and_deliver(keys):
    keys.shows("IssueRoom")
    keys.press("F10")
    keys.until(lambda: keys.rooms.built.issue.state.step == "deliver")
    keys.press("F11")
    keys.until(lambda: keys.rooms.built.issue.state.step == "next")


def _without_materials(counter, draft):
    return counter.intake.save(replace(draft, application=replace(draft.application, materials={})))
