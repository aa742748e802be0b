"""The helper process that cleans: hostile pictures cost a sentence, deaths and hangs an error."""

import contextlib
from threading import Thread

import pytest

from app.capture.cleaning import cleaner as cleaner_module
from app.capture.cleaning.cleaner import HelperCleaner
from app.services.errors import BadAttachment, ReadingFailed
from tests.capture import drawn
from tests.capture.hostile import HOSTILE, huge_png, lying_jpeg


@pytest.fixture(scope="module")
def cleaner():
    cleaner = HelperCleaner()
    yield cleaner
    cleaner.close()


REFUSED = {**HOSTILE, "a picture of one row": (huge_png(3_000, 1), "damaged")}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_picture_costs_a_sentence_and_not_the_process(cleaner, name):
    data, fault = REFUSED[name]
    cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    process = cleaner._helper.pid
    with pytest.raises(BadAttachment) as refused:
        cleaner.clean(data)
    assert refused.value.fault == fault
    assert cleaner._helper.pid == process


@pytest.mark.parametrize("data", [huge_png(6_300, 6_300), lying_jpeg(5_000, 5_000)], ids=["PNG", "JPEG"])
def test_a_picture_with_less_in_it_than_it_says_costs_no_more_than_a_page(cleaner, data):
    cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    process = cleaner._helper.pid
    with contextlib.suppress(BadAttachment):
        cleaner.clean(data)
    assert cleaner._helper.pid == process


def test_a_process_that_was_killed_is_started_once_more_for_the_page(cleaner):
    cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    cleaner._helper._process.kill()
    assert cleaner.clean(drawn.as_jpeg(drawn.blank(30))).data


def test_a_process_that_dies_of_every_page_is_an_error():
    cleaner = HelperCleaner("tests.capture.cleaning.dying")
    with pytest.raises(ReadingFailed):
        cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    cleaner.close()


def test_a_process_that_hangs_is_killed_and_an_error(monkeypatch):
    monkeypatch.setattr(cleaner_module, "LONGEST_PAGE_S", 0.2)
    cleaner = HelperCleaner("tests.capture.cleaning.hanging")
    with pytest.raises(ReadingFailed):
        cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    assert not cleaner._helper.is_running
    cleaner.close()


def test_whoever_closes_does_not_wait_for_a_page_that_hangs(monkeypatch):
    monkeypatch.setattr(cleaner_module, "LONGEST_END_S", 0.1)
    cleaner, told = HelperCleaner("tests.capture.cleaning.hanging"), []

    def clean():
        try:
            cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
        except ReadingFailed as error:
            told.append(error)

    asking = Thread(target=clean)
    asking.start()
    while not cleaner._helper.is_running:
        pass
    cleaner.close()
    asking.join(cleaner_module.LONGEST_PAGE_S / 2)
    assert told
    assert not cleaner._helper.is_running
