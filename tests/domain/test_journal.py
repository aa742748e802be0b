import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal import FIRST_PREV, REPLACED, ChainBroken, Entry, Fault, canonical, chain_hash, checked
from app.security.keys import Ed25519StationKey, verify

KEY = Ed25519StationKey(b"k" * 32)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII, inner, max_size=4),
    max_leaves=12,
)


def body(seq, epoch=1, kind="OperatorLoggedIn", **data):
    return {"v": 1, "station": "000731", "epoch": epoch, "seq": seq, "kind": kind, "data": data, "case": None}


def opening(epoch=1, previous=None, key=KEY):
    return body(1, epoch, "EpochOpened", public_key=key.public_key.hex(), previous_hash=previous)


def chain(*bodies, prev=FIRST_PREV, key=KEY):
    entries = []
    for each in bodies:
        entries.append(Entry.seal(each, prev, key.sign))
        prev = entries[-1].hash
    return entries


def fault(entries):
    with pytest.raises(ChainBroken) as caught:
        list(checked(entries, verify))
    return caught.value.epoch, caught.value.seq, caught.value.fault


@given(st.dictionaries(ASCII, VALUES, max_size=5))
def test_a_body_is_written_as_rfc_8785_says(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, float("nan"), 2**53, -(2**53), {"键": 1}, {1: 1}, b"x", "\ud800", [0.5]])
def test_what_other_languages_would_read_otherwise_is_refused(value):
    with pytest.raises(ValueError, match=r"body|encode|surrogates"):
        canonical({"a": value})


def test_the_hash_of_a_known_entry_never_changes():
    entry = Entry.seal(opening(), FIRST_PREV, KEY.sign)
    assert entry.hash == chain_hash(FIRST_PREV, entry.body)
    assert json.loads(entry.body) == opening()
    known = "46426333c3717c14f84a3ad37f229fef9334f7298e19ea3cd9acae85e06268e4"
    assert chain_hash(FIRST_PREV, '{"a":1}').hex() == known


def test_a_sound_chain_of_two_epochs_checks():
    first = chain(opening(), body(2), body(3))
    other = Ed25519StationKey(b"o" * 32)
    second = chain(opening(2, first[-1].hash.hex(), other), body(2, 2), key=other)
    assert list(checked(first + second, verify)) == first + second


def test_the_first_bad_entry_is_named_with_its_fault():
    entries = chain(opening(), body(2), body(3), body(4))
    changed = Entry(
        *(getattr(entries[2], name) for name in ("station", "epoch", "seq", "prev", "hash", "signature")),
        canonical(body(3, who="x")),
    )
    assert fault([*entries[:2], changed, entries[3]]) == (1, 3, Fault.HASH)
    assert fault([entries[0], *entries[2:]]) == (1, 3, Fault.SEQUENCE)
    assert fault([entries[0], entries[2], entries[1]]) == (1, 3, Fault.SEQUENCE)
    assert fault([*entries[:2], *entries[1:]]) == (1, 2, Fault.SEQUENCE)
    assert fault(entries[1:]) == (1, 2, Fault.SEQUENCE)


def test_an_entry_that_another_key_signed_is_found():
    entries = chain(opening(), body(2))
    forged = Entry.seal(body(3), entries[-1].hash, Ed25519StationKey(b"o" * 32).sign)
    assert fault([*entries, forged]) == (1, 3, Fault.SIGNATURE)


def test_an_epoch_names_the_last_hash_of_the_one_before():
    first = chain(opening(), body(2))
    assert fault([*first, *chain(opening(2, "0" * 64))]) == (2, 1, Fault.EPOCH)
    assert fault([*first, *chain(opening(1, first[-1].hash.hex()))]) == (1, 1, Fault.SEQUENCE)
    assert fault(chain(opening(2))) == (2, 1, Fault.SEQUENCE)
    assert fault(chain(body(1))) == (1, 1, Fault.EPOCH)


def test_a_journal_that_begins_anew_on_another_pc_says_so_and_names_an_entry():
    def begun(epoch, previous, reason):
        first = opening(epoch, previous)
        first["data"]["reason"] = reason
        return chain(first, body(2, epoch))

    anew = begun(7, "ab" * 32, REPLACED)
    assert list(checked(anew, verify)) == anew
    assert fault(begun(7, None, REPLACED)) == (7, 1, Fault.SEQUENCE)
    assert fault(begun(7, "ab" * 32, "parted")) == (7, 1, Fault.SEQUENCE)
    assert fault([*chain(opening(), body(2)), *anew]) == (7, 1, Fault.EPOCH)


def test_an_epoch_may_leave_numbers_out_but_no_epoch_that_was_there():
    first = chain(opening(), body(2))
    second = chain(opening(5, first[-1].hash.hex()), body(2, 5))
    third = chain(opening(9, second[-1].hash.hex()))
    assert list(checked([*first, *second, *third], verify)) == [*first, *second, *third]
    assert fault([*first, *third]) == (9, 1, Fault.EPOCH)
    assert fault([*first, *third, *second]) == (9, 1, Fault.EPOCH)


def test_a_body_that_is_not_canonical_or_names_another_place_is_found():
    entries = chain(opening(), body(2))
    loose = json.dumps(body(2))
    spaced = Entry("000731", 1, 2, entries[0].hash, chain_hash(entries[0].hash, loose), b"", loose)
    assert fault([entries[0], spaced]) == (1, 2, Fault.BODY)
    elsewhere = chain(opening(), body(7))[1]
    misplaced = Entry("000731", 1, 2, elsewhere.prev, elsewhere.hash, elsewhere.signature, elsewhere.body)
    assert fault([entries[0], misplaced]) == (1, 2, Fault.BODY)


def test_an_entry_of_another_station_does_not_belong():
    entries = chain(opening(), body(2) | {"station": "000732"})
    assert fault(entries) == (1, 2, Fault.SEQUENCE)


def test_the_witness_is_the_beginning_of_the_hash():
    entry = chain(opening())[0]
    assert entry.witness == entry.hash.hex()[:16]
