"""A certificate is changed in the window, published by a real centre, and issued by a counter that took it.

Nobody sees a file on the way; what was issued before is printed again as it was.
"""

from contextlib import closing
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.central.client import PostgresCentral
from app.central.reception import Receptions
from app.config import RESOURCES
from app.definitions.published import take_papers
from app.demonstration import CLERK
from app.services.ports import InvitationWish
from app.template_checks import ensure_drawn
from tests.central import conftest
from tests.central.test_enrolment import Machine
from tests.support import accepted, copy_of
from tests.ui.office.opened import PASSPHRASE
from tests.ui.office.test_view import control, key, part, step_to, typed
from ui.office.presenter import KEEPING, TEMPLATES, Stage

server = conftest.server
DATABASE = "office_templates"
SENTENCE = "兹证明{name}（{applicant_number}）现居住在{residence_address}，情况属实。"


@pytest.fixture
def inside(window, server, qtbot, tmp_path):
    """Return the rooms in the office of a new centre whose authority is open, and in which one station is known."""
    server.execute(f"create database {DATABASE}")
    socket = server.address(DATABASE).options["host"]
    window.open_centre()
    key(window, Qt.Key.Key_F6)
    typed(f"postgresql:///{DATABASE}?host={socket}&user=postgres")
    key(window, Qt.Key.Key_F9)
    office = window.built.office
    qtbot.waitUntil(lambda: office.state.stage is Stage.UNPREPARED)
    office.prepare()
    qtbot.waitUntil(lambda: office.state.stage is Stage.INSIDE)
    there = window.counter.administering.office(window._session.clerk)
    there.make_authority(tmp_path / "authority.lideng", "云溪市政务服务中心", PASSPHRASE)
    there.close_authority()
    step_to(window, KEEPING)
    office.ask_authority()
    office.edit("authority", str(tmp_path / "authority.lideng"))
    office.open_authority(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(office.state.fingerprint))
    yield window
    window.counter.administering.leave()


def issued(counter):
    """Return the row and the kept PDF of a certificate that was issued just now."""
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    paper = counter.papers.of_case(case.number)[-1]
    counter.papers.to_print(paper, CLERK)
    counter.papers.confirm(paper, CLERK)
    return counter.papers.find(paper.number), counter.papers.pdf(paper, CLERK)


def enrolled(rooms, tmp_path):
    """Let a station in as its administrator does, and return its code."""
    machine = Machine(SimpleNamespace(open=Receptions(tmp_path)))
    file = tmp_path / "one.lideng-invitation"
    office = rooms.counter.administering.office(rooms._session.clerk)
    office.invite(InvitationWish(machine.station.code, file, name="3 号窗口", division="519900101000"))
    service = machine.service()
    service.accept(file.read_bytes(), CLERK)
    service.enrol()
    return machine.station.code


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    finally:
        document.close()


def changed_and_published(rooms, qtbot):
    """Change a sentence of the 居住证明 and give it one more field, by keys alone; return the name of the template."""
    step_to(rooms, TEMPLATES)
    templates, shown = rooms.built.office.templates, part(rooms, TEMPLATES)
    name = "residence_certificate"
    while templates.state.chosen != name:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    key(rooms, Qt.Key.Key_F6)
    for _block in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.focusWidget().selectAll()
    typed(SENTENCE)
    adding = shown._editor._add._choices
    adding.setFocus()
    adding.setCurrentText("表格")
    QTest.keyClick(adding, Qt.Key.Key_Return)
    rooms.idle()
    QTest.keyClick(shown._editor._blocks.table, Qt.Key.Key_Return)
    typed("联系电话")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    place = next(one for one in shown._editor._form.findChildren(type(adding)) if one.accessibleName() == "填写项")
    place.setCurrentText("联系电话")
    control(rooms, Qt.Key.Key_I)
    assert templates.state.draft.blocks[5].rows == (("联系电话", "{window_phone}"),)
    qtbot.waitUntil(lambda: templates.state.can_publish)
    key(rooms, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: templates.state.editing is None)
    return name


def test_a_changed_certificate_is_issued_while_the_old_one_is_printed_as_it_was(
    inside, fresh_place, server, qtbot, tmp_path
):
    place = copy_of(fresh_place, tmp_path / "another")
    with place.opened() as counter:
        old, before = issued(counter)
    changed_and_published(inside, qtbot)
    assert "第 1 版" in inside.built.office.state.work.message

    with closing(PostgresCentral(server.address(DATABASE, f"station_{enrolled(inside, tmp_path)}"))) as central:
        heads = [head for head in central.bulletin_heads(0, 10) if head.topic == "papers"]
        (payload,) = [central.bulletin(head).payload for head in heads]
    take_papers(place.settings.own("papers"), RESOURCES / "papers", payload, ensure_drawn)
    with place.opened() as counter:
        _new, after = issued(counter)
        assert "情况属实" in words(after)
        assert "0899" in words(after).split("联系电话")[1][:20]
        assert "情况属实" not in words(before)
        assert counter.papers.pdf(counter.papers.find(old.number), CLERK) == before
        again = counter.papers.to_print(counter.papers.find(old.number), CLERK, reason="遗失")
        assert "情况属实" not in words(again)
        assert "补打第 1 次" in words(again)
