"""The window prints on a real CUPS: with a key, beside everything else, and says what keeps the paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.paper import PaperState
from app.services.print_settings import PrintChoice
from tests.printing.cupsd import IS_THERE, cups
from tests.support import accepted

pytestmark = pytest.mark.skipif(not IS_THERE, reason="CUPS is not installed")


@pytest.fixture
def server(monkeypatch):
    with cups() as running:
        running.queue("office")
        monkeypatch.setenv("CUPS_SERVER", running.address)
        yield running


def test_ctrl_p_prints_while_the_clerk_works_on_and_no_paper_and_a_dead_server_are_told(
    server, counter, window, qtbot, monkeypatch
):
    counter.printing.settings.keep_usual(PrintChoice("cups:office", "office of fiction"))
    told = []
    monkeypatch.setattr(window, "notify", lambda words, *_more: told.append(words))
    window._minutes.prints._tell = window.notify
    case = accepted(counter)
    server.trouble("media-empty")
    window.open_issue(case.number)
    window.idle()
    QTest.keyClick(window.built.issue_room, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    def said(words):
        window._minutes.look_at_prints()
        return any(words in one for one in told)

    qtbot.waitUntil(lambda: said("打印机没有纸了"))
    window.home()  # it goes on beside whatever is shown
    assert window.current_name == "CounterRoom"
    states = {paper.state for paper in counter.papers.of_case(case.number)}
    assert states == {PaperState.SENT}
    server.stop(kill=True)
    qtbot.waitUntil(lambda: said("电脑的打印服务没有应答"))
    server.trouble("media-empty", over=True)
    server.start()

    def has_ended():
        window._minutes.look_at_prints()
        return not window._minutes.prints.is_busy

    qtbot.waitUntil(has_ended)
    window.idle()
    assert len(list(server.out.glob("*.pdf"))) == len(counter.papers.of_case(case.number))
    window.open_issue(case.number)
    window.idle()
    QTest.keyClick(window.built.issue_room, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    window.idle()
    assert {paper.state for paper in counter.papers.of_case(case.number)} == {PaperState.PRINTED}
