"""The real helper process that cleans: hostile pictures cost a sentence, and its death nothing."""

import contextlib
import os
import signal

import pytest

from app.capture.cleaning.cleaner import HelperCleaner
from app.services.errors import BadAttachment
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
    process = cleaner.pid
    with pytest.raises(BadAttachment) as refused:
        cleaner.clean(data)
    assert refused.value.fault == fault
    assert cleaner.pid == process


@pytest.mark.parametrize("data", [huge_png(6_300, 6_300), lying_jpeg(5_000, 5_000)], ids=["PNG", "JPEG"])
def test_a_picture_with_less_in_it_than_it_says_costs_no_more_than_a_page(cleaner, data):
    cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    process = cleaner.pid
    with contextlib.suppress(BadAttachment):
        cleaner.clean(data)
    assert cleaner.pid == process


def test_a_process_that_was_killed_is_started_once_more_for_the_page(cleaner):
    cleaner.clean(drawn.as_jpeg(drawn.blank(30)))
    os.kill(cleaner.pid, signal.SIGKILL)
    assert cleaner.clean(drawn.as_jpeg(drawn.blank(30))).data
