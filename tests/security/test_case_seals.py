"""Codes of case files as people type them."""

import pytest

from app.security.case_seals import CodeCaseSeals
from app.services.errors import BadCaseFile, WrongFileCode


@pytest.mark.parametrize(
    "typed", ["4821 9037 5516 2240", "4821903755162240", "4821-9037-5516-2240", "４８２１ 9037　5516 2240"]
)
def test_a_code_is_taken_however_it_is_typed(typed):
    lock, cipher = CodeCaseSeals().lock("4821 9037 5516 2240")
    assert CodeCaseSeals().unlock(lock, typed).unseal("x", cipher.seal("x", b"part")) == b"part"


@pytest.mark.parametrize("typed", ["", "4821 9037 5516", "4821 9037 5516 22400", "abc"])
def test_what_is_no_code_is_told_at_once(typed):
    lock, _cipher = CodeCaseSeals().lock("4821 9037 5516 2240")
    with pytest.raises(WrongFileCode):
        CodeCaseSeals().unlock(lock, typed)


@pytest.mark.parametrize("change", [{"memory_kib": 2**40}, {"kdf": "none"}, {"sealed": "AAAA"}, {"salt": 5}])
def test_a_lock_that_would_fill_the_memory_or_is_none_is_no_wrong_code(change):
    lock, _cipher = CodeCaseSeals().lock("4821 9037 5516 2240")
    fault = WrongFileCode if change == {"sealed": "AAAA"} else BadCaseFile
    with pytest.raises(fault):
        CodeCaseSeals().unlock({**lock, **change}, "4821 9037 5516 2240")
