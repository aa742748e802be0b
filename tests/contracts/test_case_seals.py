"""What seals a case that leaves on a stick promises."""

import json

import pytest

from app.security.case_seals import CodeCaseSeals
from app.services.errors import BadCaseFile, WrongFileCode
from tests.fakes.case_seals import FakeCaseSeals

PART = "林晚秋".encode() * 50


@pytest.fixture(params=[FakeCaseSeals, CodeCaseSeals])
def seals(request):
    return request.param()


def test_a_code_is_four_groups_of_four_digits_and_always_another_one(seals):
    codes = {seals.new_code() for _ in range(20)}
    assert len(codes) == 20
    assert all([len(group) for group in code.split(" ")] == [4] * 4 for code in codes)
    assert all(code.replace(" ", "").isdecimal() for code in codes)


def test_the_code_opens_what_was_sealed_and_nothing_of_it_is_readable_before(seals):
    code = seals.new_code()
    lock, cipher = seals.lock(code)
    sealed = cipher.seal("entries", PART)
    assert PART not in sealed
    assert seals.unlock(json.loads(json.dumps(lock)), code.replace(" ", "-")).unseal("entries", sealed) == PART


def test_another_code_is_told_apart_from_a_changed_file(seals):
    lock, cipher = seals.lock(seals.new_code())
    sealed = cipher.seal("entries", PART)
    with pytest.raises(WrongFileCode):
        seals.unlock(lock, seals.new_code())
    for changed in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b""):
        with pytest.raises(BadCaseFile):
            cipher.unseal("entries", changed)
    for broken in (None, {}, [], "x"):
        with pytest.raises(BadCaseFile):
            seals.unlock(broken, seals.new_code())


def test_a_part_does_not_open_under_the_name_of_another(seals):
    _lock, cipher = seals.lock(seals.new_code())
    with pytest.raises(BadCaseFile):
        cipher.unseal("images/1", cipher.seal("images/0", PART))
