"""The list of what a centre called back: it comes back as it was written, and nothing that was changed is read."""

import base64
import zlib
from datetime import UTC, date, datetime

import pytest

from app.security.authority import Authority
from app.security.revocation_list import SCHEME, PaperEnd, RevocationList, as_text, read_list
from app.services.errors import BadRevocationList

NOW = datetime(2026, 5, 18, 1, 2, 3, tzinfo=UTC)
LIST = RevocationList(
    7,
    NOW,
    datetime(2026, 6, 18, tzinfo=UTC),
    {2**159 + 1: NOW, 3: NOW},
    {bytes([n]) * 32: (why, date(2026, 5, n + 1)) for n, why in enumerate(PaperEnd)},
)


@pytest.fixture(scope="module")
def authority():
    return Authority.make("虚构市政务服务中心", NOW)


@pytest.fixture(scope="module")
def text(authority):
    return as_text(LIST, authority.root, authority.sign)


def test_a_list_is_read_as_it_was_written(text, authority):
    assert read_list(text, authority.root) == LIST


def test_an_empty_list_is_one_too(authority):
    empty = RevocationList(1, NOW, NOW)
    assert read_list(as_text(empty, authority.root, authority.sign), authority.root) == empty


def test_a_list_of_another_centre_is_none(text):
    with pytest.raises(BadRevocationList):
        read_list(text, Authority.make("虚构市政务服务中心", NOW).root)


def test_every_changed_byte_is_found(text, authority):
    message = zlib.decompress(base64.b64decode(text.removeprefix(SCHEME)))
    for place in range(len(message)):
        changed = bytearray(message)
        changed[place] ^= 1 << place % 8
        with pytest.raises(BadRevocationList):
            read_list(SCHEME + base64.b64encode(zlib.compress(bytes(changed))).decode(), authority.root)


@pytest.mark.parametrize("text", ["", "LDR1:", "LDR1:!!!!", "LDR1:AAAA", "LDV1:ABC"])
def test_what_is_no_list_is_told(text, authority):
    with pytest.raises(BadRevocationList):
        read_list(text, authority.root)


def test_a_list_that_never_ends_is_not_unpacked(authority):
    bomb = SCHEME + base64.b64encode(zlib.compress(bytes(40_000_000))).decode()
    with pytest.raises(BadRevocationList):
        read_list(bomb, authority.root)
