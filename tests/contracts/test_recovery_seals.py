"""What seals the database key under the code of a sheet promises."""

import pytest

from app.security.recovery import RecoverySeals
from tests.fakes.backups import RememberedSeals


@pytest.fixture(params=["remembered", "file"])
def seals(request, tmp_path):
    return RememberedSeals() if request.param == "remembered" else RecoverySeals(tmp_path, bytes(32))


def test_no_sheet_is_in_force_before_one_is_sealed(seals):
    assert seals.sheet == ""


def test_the_last_sheet_that_was_sealed_is_in_force(seals):
    for sheet in ("first", "second"):
        seals.seal(seals.new_code(), sheet)
        assert seals.sheet == sheet


def test_a_new_code_is_six_groups_of_five_and_always_another_one(seals):
    codes = {seals.new_code() for _ in range(20)}
    assert len(codes) == 20
    assert all([len(group) for group in code.split("-")] == [5] * 6 for code in codes)
