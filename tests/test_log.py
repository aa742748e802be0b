"""The log helps, and holds nothing that a person typed."""

import logging
import re
import sys
import threading

import pytest

from app.demonstration import CLERK, PASSWORD
from app.domain.paper import PaperKind
from app.log import (
    HIDDEN,
    KEPT_FILES,
    LARGEST_BYTES,
    DiscreetFormatter,
    discreet,
    log_to,
    log_uncaught,
    stop_logging,
)
from app.services.errors import DiskFull, MissingGlyphs
from tests.support import PERSON, accepted, filled

SECRETS = (PERSON.name, PERSON.id_number, PERSON.phone, PERSON.address, PASSWORD, "结婚证扫描件.pdf")
ours = logging.getLogger("app.somewhere")


@pytest.fixture
def folder(tmp_path):
    log_to(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_logging()


def written(folder):
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def fail(*typed):
    held = typed  # a variable that a traceback with variables would show
    raise KeyError(f"no such person: {held}")


def test_a_line_has_chinas_time_with_its_zone(folder):
    ours.info("open after %d ms", 180)
    (line,) = written(folder).splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}\+08:00 INFO app.somewhere open after 180 ms", line)


def test_an_error_tells_its_class_its_numbers_and_where_it_came_through(folder):
    try:
        try:
            fail(*SECRETS)
        except KeyError as error:
            raise DiskFull(PERSON.name) from error
    except DiskFull as error:
        ours.exception("the draft of %s was not saved", PERSON.name, exc_info=error)
    ours.error("disk", exc_info=OSError(28, "结婚证扫描件.pdf"))
    text = written(folder)
    assert "app.services.errors.store.DiskFull" in text
    assert "because of builtins.KeyError" in text
    assert re.search(r"test_log\.py:\d+ fail", text)
    assert "OSError errno=28" in text
    assert not any(secret in text for secret in SECRETS)


@pytest.mark.parametrize(
    "value",
    [
        *SECRETS,
        CLERK.name,
        "张三",
        "519900199203070323",
        13805555270,
        "20260518000731004297",
        "C:\\Users\\张三",
        b"abc",
        {"name": 1},
    ],
)
def test_what_a_person_could_have_typed_is_hidden(value):
    assert discreet(value) == HIDDEN


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4096, 4096),
        ("IntakePresenter.accept.<locals>.<lambda>", "IntakePresenter.accept.<locals>.<lambda>"),
        ("deemed acceptance", "deemed acceptance"),
        ("0.1.0", "0.1.0"),
        ("0002", "0002"),
        (PaperKind.CERTIFICATE, "CERTIFICATE"),
        (MissingGlyphs("林𬱖宁"), "app.services.errors.papers.MissingGlyphs"),
    ],
)
def test_what_helps_is_shown(value, shown):
    assert discreet(value) == shown


def test_of_other_libraries_only_who_and_where_is_written(folder):
    logging.getLogger("fontTools.subset").warning(f"glyphs of {PERSON.name}")  # noqa: G004  as libraries do
    logging.getLogger("PIL.Image").error("cannot read %s", "结婚证扫描件.pdf")
    text = written(folder)
    assert re.search(r"WARNING fontTools.subset \(test_log:\d+\)", text)
    assert not any(secret in text for secret in SECRETS)


@pytest.mark.parametrize(("words", "arguments"), [(ValueError(PERSON.name), ()), ("one %d", (PERSON.name,))])
def test_a_line_that_is_no_constant_or_does_not_fit_costs_no_more_than_its_words(words, arguments):
    record = logging.LogRecord("app.x", logging.ERROR, __file__, 1, words, arguments, None)
    assert DiscreetFormatter().format(record).endswith(f" ERROR app.x {HIDDEN}")


def test_size_and_number_of_files_are_bounded(folder, monkeypatch):
    handler = next(handler for handler in logging.getLogger().handlers if handler.__class__.__name__ == "_LogFile")
    monkeypatch.setattr(handler, "maxBytes", 4000)
    for _ in range(2000):
        ours.info("open after %d ms", 180)
    files = sorted(folder.iterdir())
    assert len(files) == KEPT_FILES + 1
    assert all(path.stat().st_size <= 4000 for path in files)
    assert LARGEST_BYTES * (KEPT_FILES + 1) < 10_000_000


def test_logging_again_writes_each_line_once_and_to_the_last_place_only(folder, tmp_path):
    log_to(tmp_path / "other")
    ours.info("once")
    assert written(folder) == ""
    assert len(written(tmp_path / "other").splitlines()) == 1


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(tmp_path):
    (tmp_path / "logs").write_text("a file where the folder should be")
    log_to(tmp_path / "logs")
    ours.info("nowhere")


def test_what_nobody_caught_is_logged_and_told_as_before(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", lambda *_: print("told", file=sys.stderr))
    monkeypatch.setattr(threading, "excepthook", lambda _: print("told", file=sys.stderr))
    told = []
    log_uncaught(told.append)
    try:
        fail(PERSON.name)
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail, args=SECRETS)
    thread.start()
    thread.join()
    assert written(folder).count("builtins.KeyError") == 2
    assert PERSON.name not in written(folder)
    assert capsys.readouterr().err.count("told") == 2
    assert [type(error) for error in told] == [KeyError]


def test_a_day_at_the_counter_leaves_nothing_of_a_citizen_in_the_log(place):
    with place.opened() as counter:
        case = accepted(counter)
        counter.issuance.issue(case.number, CLERK)
        counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
        for act in (
            lambda: counter.operators.log_in(CLERK.login, "wrong " + PASSWORD),
            lambda: counter.intake.attach(filled(counter), "id_card", PERSON.name.encode()),
            lambda: counter.desk.file(PERSON.id_number),
            lambda: fail(*SECRETS),
        ):
            try:
                act()
            except Exception as error:  # noqa: BLE001  what the window does with an error
                ours.error("unforeseen", exc_info=error)
                ours.info("told %s", error)
    text = written(place.settings.logs)
    assert "open after" in text
    assert "closed" in text
    assert text.count("unforeseen") == 4
    for secret in (*SECRETS, case.number, CLERK.name, CLERK.login):
        assert secret not in text


def test_a_formatter_never_writes_a_message_of_an_error():
    record = logging.LogRecord("app.x", logging.ERROR, __file__, 1, "words", (), (ValueError, ValueError("秘密"), None))
    assert "秘密" not in DiscreetFormatter().format(record)
