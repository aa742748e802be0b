"""Whatever a library prints in a helper process, and reads there, its messages come through whole."""

import subprocess
import sys
from contextlib import closing

import pytest

from app.capture.helper import Helper
from app.capture.messages import Message
from app.config import ROOT
from tests.capture import drawn
from tests.capture.hostile import gif

PRINTING = "tests.capture.printing"
ASKED = {
    "cleaning": (("app.capture.cleaning.process", "cleaned"), {}, {"fault": "kind"}),
    "recognition": (("app.capture.recognition.process", "decoded"), {"do": "read"}, {"fault": "kind"}),
    "cameras": (("app.capture.cameras.process", "connected"), {"do": "list"}, {"keys": []}),
    "scanners": (("app.capture.scanners.process", "_driver", "odd"), {"do": "devices"}, {"did": "trouble"}),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_a_library_prints_spoils_no_answer(name):
    command, question, answer = ASKED[name]
    with closing(Helper(PRINTING, *command)) as helper:
        for _time in range(1 if name == "scanners" else 2):
            helper.send(Message(question, (gif(),)))
            assert answer.items() <= helper.receive(60).header.items()


def test_what_a_library_prints_spoils_no_page():
    command = [sys.executable, "-m", PRINTING, "app.capture.decode", "_pages"]
    page = drawn.as_jpeg(drawn.blank(30))
    done = subprocess.run(command, input=page, capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.startswith(b'{"pages": [["image/jpeg"')
    assert b"SOS" in done.stderr
