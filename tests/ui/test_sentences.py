import inspect
from pathlib import Path

import pytest

from app.domain import errors as rules
from app.domain.paper import PaperState
from app.domain.problem import Problem
from app.services import errors
from tests.support import MONDAY
from ui import text
from ui.sentences import sentence

ARGUMENTS = {
    "most": 10,
    "title": "居住证明",
    "state": "frozen",
    "reason": "暂停",
    "competent": "县政府",
    "problems": (Problem("applicant.name", "missing"),),
    "act": "issue",
    "level": "village",
    "profile": Path("/profile"),
    "found": "9999",
    "epoch": 1,
    "seq": 7,
    "fault": "damaged",
    "wait_s": 5,
    "minimum_length": 8,
    "what": "case",
    "errors": [errors.DefinitionError("a.yaml", 3, "items", "is missing")],
    "file": "a.yaml",
    "line": 3,
    "field": "items",
    "problem": "is missing",
    "characters": "𬱖",
    "number": "云溪3收〔2026〕000412号",
    "template": "x",
    "login": "x",
    "folder": Path("/folder"),
    "copy": Path("/copy"),
    "theirs": 2,
    "holder": "000732",
    "ours": 1,
    "expires_at": MONDAY,
    "issued_at": MONDAY,
    "until": MONDAY.date(),
    "now": MONDAY,
    "invited": "000732",
    "station": "000731",
    "why": "kept",
}
OWN_ARGUMENTS = {
    rules.NoRun: {"first": "A0001", "last": "B0002"},
    rules.BlankNotSo: {"state": "used"},
    rules.BlanksBetween: {"first": "A0001", "last": "A0002", "count": 2},
    errors.NotASeal: {"fault": "coarse"},
    errors.PaperVoid: {"state": PaperState.VOIDED},
    errors.BadBackup: {"fault": "kind"},
    errors.BadInvitation: {"fault": "kind"},
    errors.BadCaseFile: {"fault": "kind"},
    errors.ScannerFault: {"trouble": errors.ScannerTrouble.JAM},
    errors.CameraFault: {"trouble": errors.CameraTrouble.GONE},
    errors.PhotoFault: {"trouble": errors.PhotoTrouble.FAILED},
    errors.PrinterFault: {"trouble": errors.PrinterTrouble.NO_PAPER},
}


def every_error():
    for module in (rules, errors):
        for kind in vars(module).values():
            if inspect.isclass(kind) and issubclass(kind, Exception) and kind.__module__.startswith(module.__name__):
                yield kind


@pytest.fixture(params=text.LANGUAGES)
def language(request):
    text.use(request.param)
    yield request.param
    text.use(text.SOURCE)


@pytest.mark.parametrize("kind", list(every_error()), ids=lambda kind: kind.__name__)
def test_every_error_has_its_sentence_in_every_language(kind, language):
    names = [name for name in inspect.signature(kind.__init__).parameters if name in ARGUMENTS]
    values = {name: ARGUMENTS[name] for name in names} | OWN_ARGUMENTS.get(kind, {})
    message = sentence(kind(**values))
    assert message.what
    unforeseen = sentence(ZeroDivisionError())
    assert message != unforeseen or kind is errors.ServiceError


def test_a_fault_that_nobody_foresaw_shows_no_stack_and_says_what_is_safe(language):
    message = sentence(ZeroDivisionError("secret 519900199203070323"))
    assert "519900" not in message.text
    assert message.safe
    assert message.do


@pytest.mark.parametrize("reason", ["network", "tls", "tls_name", "tls_time", "login", "busy", "failed"])
def test_every_reason_why_a_centre_is_not_reached_says_what_to_do(reason):
    messages = [sentence(errors.CentralUnavailable(one)) for one in (reason, "network")]
    assert all(message.what and message.safe and message.do for message in messages)
    assert (messages[0] == messages[1]) == (reason == "network")


@pytest.mark.parametrize(
    ("state", "ground", "ended"),
    [
        (PaperState.VOIDED, "", "已作废"),
        (PaperState.REVOKED, "fraud", "已撤销"),
        (PaperState.REVOKED, "law_changed", "已撤回"),
        (PaperState.REVOKED, "holder_gone", "已注销"),
        (PaperState.REPLACED, "lost", "已被代替"),
    ],
)
def test_a_paper_that_counts_no_more_is_said_to_have_ended_as_it_did(state, ground, ended):
    message = sentence(errors.PaperVoid("云溪3证〔2026〕000001号", state, ground, "云溪3证〔2026〕000002号"))
    assert ended in message.what
    assert ("000002号" in message.do) == (state is PaperState.REPLACED)


def test_a_camera_that_never_was_there_is_not_said_to_have_gone():
    assert sentence(errors.CameraFault(errors.CameraTrouble.GONE)).what == "没有找到高拍仪。"


def test_every_trouble_of_a_printer_says_what_it_is_and_what_to_do_each_in_its_own_words():
    said = {trouble: sentence(errors.PrinterFault(trouble)) for trouble in errors.PrinterTrouble}
    assert len({message.what for message in said.values()}) == len(said)
    assert all(message.do for message in said.values())
