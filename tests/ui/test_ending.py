"""Ending at the system's word."""

import os
import signal

from ui.ending import Ending


def test_the_system_s_word_to_end_is_heard_once_and_then_as_before(qtbot):
    before = signal.getsignal(signal.SIGTERM)
    ending = Ending()
    with qtbot.waitSignal(ending.asked):
        os.kill(os.getpid(), signal.SIGTERM)
    ending.forget()
    assert signal.getsignal(signal.SIGTERM) is before
