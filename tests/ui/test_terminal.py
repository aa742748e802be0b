"""Questions on a terminal: what seals keys is asked twice."""

import io

import pytest

from ui import terminal

LONG = "long enough a passphrase"


@pytest.fixture
def typed(monkeypatch):
    """Lines that somebody types on a terminal, one after another."""
    lines = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _words: lines.pop(0))
    return lines


def test_the_passphrase_of_an_authority_is_asked_until_it_is_long_and_typed_twice_alike(typed, capsys):
    typed += ["short", LONG, "another one", LONG, LONG]
    assert terminal.authority_passphrase() == LONG
    assert typed == []
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_new_passphrases_of_a_counter_are_not_empty(typed):
    typed += ["", "x", "x"]
    assert terminal.new_passphrase() == "x"


def test_a_script_answers_once(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{LONG}\n"))
    assert terminal.authority_passphrase() == LONG
