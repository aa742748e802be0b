"""The units for systemd call commands that there are, with options that these commands take."""

import re
import shlex

import pytest

from app.config import RESOURCES, VERSION
from ui.command_line import parser

UNITS = sorted((RESOURCES / "central").glob("*.service"))


def started(unit):
    """Return the words behind ``main.py`` of what a unit starts, as a shell reads them."""
    line = re.search(r"^ExecStart=((?:.*\\\n)*.*)", unit.read_text(), re.MULTILINE)[1].replace("\\\n", " ")
    if line.startswith("/bin/sh -c"):
        line = shlex.split(line)[2].partition("<")[0]
    return shlex.split(line.partition("main.py")[2])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_calls_a_command_that_there_is(unit):
    called = parser(VERSION).parse_args(started(unit))
    assert called.command == {"lideng-watch": "central watch", "lideng-sign": "central enrol"}[unit.stem]
    assert called.json


def test_the_authority_is_named_in_the_unit_that_does_not_run_beside_the_database():
    named = [unit.stem for unit in UNITS if "--authority" in started(unit)]
    assert named == ["lideng-sign"]
