"""A code opens what was sealed under it, and nothing else; what lies in the file tells nobody anything."""

import json

import pytest

from app.security.recovery import FILE, RecoveryFile, RecoverySeals, new_code, seal_under, unseal_with
from app.services.errors import DamagedStore, KeysMissing, WrongRecoveryCode

KEY = bytes(range(32))


def test_only_the_code_that_it_was_sealed_under_opens_the_key():
    code = new_code()
    sealed = seal_under(code, "sheet", KEY)
    assert unseal_with(code.lower().replace("-", " "), sealed) == KEY
    with pytest.raises(WrongRecoveryCode):
        unseal_with(new_code(), sealed)


def test_the_name_of_the_sheet_is_bound_to_the_seal():
    code = new_code()
    with pytest.raises(WrongRecoveryCode):
        unseal_with(code, {**seal_under(code, "one", KEY), "sheet": "another"})


@pytest.mark.parametrize(
    "change", [{"v": 2}, {"salt": "AA=="}, {"nonce": "no base64!"}, {"sealed": None}, {"salt": 5}, {"sheet": ...}]
)
def test_a_seal_that_is_not_as_it_was_written_is_told(change):
    code = new_code()
    sealed = {**seal_under(code, "sheet", KEY), **change}
    for name in [name for name, value in change.items() if value is ...]:
        del sealed[name]
    with pytest.raises(DamagedStore):
        unseal_with(code, sealed)


def test_the_file_holds_neither_code_nor_key_and_is_its_owners_alone(tmp_path):
    code = new_code()
    RecoverySeals(tmp_path, KEY).seal(code, "sheet")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert code[:5] not in text
    assert KEY.hex() not in text
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert unseal_with(code, RecoveryFile(tmp_path).read()) == KEY


@pytest.mark.parametrize("text", ["", "[]", "{", "5", json.dumps("text")])
def test_a_file_that_is_none_is_told(tmp_path, text):
    with pytest.raises(KeysMissing):
        RecoveryFile(tmp_path).read()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedStore):
        RecoveryFile(tmp_path).read()
