"""What the server keeps of a password."""

import base64

import pytest

from app.security.scram import password_of, verifier_of

RFC_7677 = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="


def test_a_verifier_is_the_one_of_the_standards_example():
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    assert verifier_of("pencil", salt) == RFC_7677


def test_a_verifier_has_a_fresh_salt_and_not_the_password():
    first, second = verifier_of("secret-password"), verifier_of("secret-password")
    assert first != second
    assert "secret" not in first


@pytest.mark.parametrize("password", ["", "密码", "tab\t", "\x7f"])
def test_a_password_that_would_have_to_be_prepared_is_refused(password):
    with pytest.raises(ValueError, match="ASCII"):
        verifier_of(password)


def test_a_password_is_made_of_enough_random_bytes():
    assert len(password_of(bytes(32))) == 43
    assert password_of(b"\xff" * 32).isascii()
    with pytest.raises(ValueError, match="few"):
        password_of(bytes(8))
