"""A card that is laid on the reader, in the real window."""

from PySide6.QtWidgets import QApplication

from app.domain.people import Person
from app.services.ports import ReaderState
from tests.capture.card_readers.blocks import PHOTO
from tests.capture.card_readers.decoders import compiled
from tests.domain.samples import id_number
from tests.fakes.card_reading import card_of
from tests.fakes.navigator import WrittenNavigator
from tests.support import CERTIFICATE, PERSON, accepted
from tests.ui.test_typed_keys import CARD, is_quiet, type_at
from ui.card_watcher import CardWatcher
from ui.faces import Face
from ui.laid_cards import LaidCards
from ui.main_window import MainWindow
from ui.navigation import Session


def lay(window, card=None):
    window.counter.card_reader.lift()
    window.counter.card_reader.lay(card or card_of(PERSON))
    QApplication.processEvents()


def toast(window):
    shown = window._window.toast
    return "" if shown.isHidden() else shown._words.text()


def strip(window):
    return window._window._status.words


def test_the_sign_is_there_while_a_reader_is_and_says_what_to_do(window):
    reader = window.counter.card_reader
    assert not any("读卡" in words for words in strip(window))
    reader.plug()
    QApplication.processEvents()
    assert "读卡器" in strip(window)
    reader.fail(ReaderState.LIFTED)
    QApplication.processEvents()
    assert "请重放身份证" in strip(window)
    assert toast(window) == "身份证拿开得早了，请再放一次。"
    reader.unplug()
    QApplication.processEvents()
    assert not any("身份证" in words for words in strip(window))


def test_a_card_at_the_counter_is_at_hand_for_the_item_that_is_begun(window, qtbot):
    lay(window)
    assert "已读林**的身份证件" in window.built.counter_room._card._words.text()
    window.idle()
    window.built.counter.open_item(window.counter.catalogue.item(CERTIFICATE))
    assert window.current_name == "IntakeRoom"
    assert window.built.intake.state.application.applicant.id_number == PERSON.id_number
    assert toast(window) == "已填入林**"
    window.home()
    assert window.built.counter_room._card.isHidden()


def test_a_card_at_the_counter_shows_the_cases_of_its_holder(window, counter):
    case = accepted(counter)
    lay(window)
    window.idle()
    assert not window.built.counter_room._results.isHidden()
    window.built.counter.take()
    assert window.current_name == "CaseRoom"
    assert window.built.case._state.file.case.number == case.number


def test_a_card_in_another_room_or_under_something_to_be_answered_is_asked_about(window):
    window._window.show_help()
    lay(window)
    assert window.built.counter._state.card is None
    assert toast(window) == "读到林**的身份证件"
    window._window.dismiss_overlays()
    window.open_desk()
    lay(window)
    assert window.current_name == "DeskRoom"
    assert toast(window) == "读到林**的身份证件"
    window._window.toast._act.click()
    assert window.current_name == "CounterRoom"
    assert window.built.counter._state.card == card_of(PERSON)


def test_a_locked_window_takes_no_card_whether_laid_or_typed(window):
    window.open_item(CERTIFICATE)
    window.lock()
    lay(window)
    type_at(window, CARD)
    assert is_quiet(window)
    assert window.built.intake.state.application.applicant.name == ""
    assert toast(window) == ""


def test_the_port_that_was_chosen_is_looked_at_from_the_first_log_in_on(counter, qtbot):
    counter.devices.keep(card_reader="/dev/ttyS1")
    window, told = MainWindow("", ""), []
    watcher = CardWatcher(LaidCards(Session(), WrittenNavigator(), told.append), counter, window)
    counter.card_reader.plug()
    watcher.watch()
    watcher.watch()
    qtbot.waitUntil(lambda: bool(told))
    assert (counter.card_reader.chosen, told) == ("/dev/ttyS1", [ReaderState.NONE])


def faces(room):
    return [face for face in room.findChildren(Face) if not face.isHidden()]


def test_photos_stand_beside_whoever_laid_a_card_on_and_are_gone_with_the_screen(window, tmp_path):
    window.counter.devices.keep(photo_library=compiled(tmp_path))
    lay(window, card_of(PERSON, photo=PHOTO))
    window.idle()
    assert len(faces(window.built.counter_room)) == 1
    window.built.counter.open_item(window.counter.catalogue.item(CERTIFICATE))
    assert window.built.counter._state.photo is None
    intake, room = window.built.intake, window.built.intake_room
    intake.parties.toggle_agent()
    intake.parties.add_co_applicant()
    for place, name, number in (("agent", "欧晚晴", "19800101"), ("co_applicants.0", "安知夏", "19820101")):
        room.focus_place(f"{place}.name")
        lay(window, card_of(Person(name, id_number(number)), photo=PHOTO))
    window.idle()
    assert len(faces(room)) == 3
    assert faces(window.built.counter_room) == []
    window.home()
    assert intake.state.photos == {}
    assert [face for face in room.findChildren(Face) if face._photo or not face._image.isNull()] == []
    lay(window, card_of(PERSON, photo=PHOTO))
    window.idle()
    assert len(faces(window.built.counter_room)) == 1
    window.lock()
    assert window.built.counter._state.photo is None
