import gc
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.journal import Entry, chain_hash
from app.security.custody import Secrets
from app.security.keys import Ed25519StationKey, verify
from app.services.errors import BrokenJournal, DiskFull, NotAJournal, ReadOnlyStore
from app.storage.journal_file import check_export, write_export
from tests.support import accepted, copy_of


@pytest.fixture(scope="module")
def lines(fresh_place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("journal")
    place = copy_of(fresh_place, folder / "profile")
    with place.opened() as counter:
        accepted(counter)
        counter.ledger.export(folder / "journal.jsonl")
    return (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()


def check(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return check_export(path, verify)


def changed(line, **fields):
    return json.dumps(json.loads(line) | fields, ensure_ascii=False)


def test_an_untouched_file_checks(lines, tmp_path):
    assert check(tmp_path / "j", lines).entries == len(lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.data())
def test_a_changed_body_is_found_where_it_stands(lines, tmp_path, data):
    index = data.draw(st.integers(1, len(lines) - 1))
    body = json.loads(json.loads(lines[index])["body"]) | {"operator": "somebody"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(BrokenJournal) as caught:
        check(tmp_path / "j", [*lines[:index], changed(lines[index], body=text), *lines[index + 1 :]])
    assert (caught.value.seq, caught.value.fault) == (index + 1, "hash")


def test_a_changed_body_whose_hashes_were_made_again_is_found_by_its_signature(lines, tmp_path):
    again, prev = [*lines[:2]], bytes.fromhex(json.loads(lines[1])["hash"])
    for line in lines[2:]:
        body = json.loads(line)["body"].replace('"operator":"hechangning"', '"operator":"somebody"')
        prev, before = chain_hash(prev, body), prev
        again.append(changed(line, body=body, prev=before.hex(), hash=prev.hex()))
    with pytest.raises(BrokenJournal) as caught:
        check(tmp_path / "j", again)
    assert caught.value.fault == "signature"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.data())
def test_a_removed_swapped_or_repeated_entry_is_found(lines, tmp_path, data):
    index = data.draw(st.integers(1, len(lines) - 2))
    removed = [*lines[:index], *lines[index + 1 :]]
    swapped = [*lines[:index], lines[index + 1], lines[index], *lines[index + 2 :]]
    repeated = [*lines[: index + 1], *lines[index:]]
    for mutated, seq in ((removed, index + 2), (swapped, index + 2), (repeated, index + 1)):
        with pytest.raises(BrokenJournal) as caught:
            check(tmp_path / "j", mutated)
        assert (caught.value.seq, caught.value.fault) == (seq, "sequence")


def test_a_file_that_was_cut_short_is_found(lines, tmp_path):
    for kept in range(1, len(lines)):
        with pytest.raises(BrokenJournal) as caught:
            check(tmp_path / "j", lines[:kept])
        assert (caught.value.seq, caught.value.fault) == (kept, "cut")


def test_half_a_line_names_its_line(lines, tmp_path):
    (tmp_path / "j").write_text("\n".join(lines)[:-100], encoding="utf-8")
    with pytest.raises(NotAJournal) as caught:
        check_export(tmp_path / "j", verify)
    assert caught.value.line == len(lines)


def test_a_journal_that_somebody_else_signed_is_not_ours(lines, tmp_path):
    key, forged, prev = Ed25519StationKey(Secrets.fresh().station_seed), [], bytes(32)
    for line in lines:
        body = json.loads(json.loads(line)["body"])
        if body["kind"] == "EpochOpened":
            body["data"]["public_key"] = key.public_key.hex()
        entry = Entry.seal(body, prev, key.sign)
        prev = entry.hash
        forged.append(entry)
    write_export(forged, tmp_path / "forged")
    assert check_export(tmp_path / "forged", verify).public_key == key.public_key.hex()
    ours = bytes.fromhex(json.loads(lines[0])["public_key"])
    with pytest.raises(BrokenJournal) as caught:
        check_export(tmp_path / "forged", verify, ours)
    assert caught.value.fault == "key"


def test_a_public_key_that_is_not_the_epochs_is_found(lines, tmp_path):
    other = Ed25519StationKey(Secrets.fresh().station_seed).public_key.hex()
    with pytest.raises(BrokenJournal) as caught:
        check(tmp_path / "j", [*lines[:3], changed(lines[3], public_key=other), *lines[4:]])
    assert (caught.value.seq, caught.value.fault) == (4, "key")


@pytest.fixture
def nothing_left_over():
    """Collect what earlier tests left lying, whose finalizers would fail at the limit of recursion."""
    gc.collect()


@pytest.mark.usefixtures("nothing_left_over")
def test_a_body_that_is_nested_without_end_is_no_body(lines, tmp_path):
    for index in (0, 3):
        with pytest.raises(BrokenJournal) as caught:
            check(tmp_path / "j", [*lines[:index], changed(lines[index], body="[" * 100_000), *lines[index + 1 :]])
        assert (caught.value.seq, caught.value.fault) == (index + 1, "body")


def test_a_line_that_names_another_station_is_found(lines, tmp_path):
    with pytest.raises(BrokenJournal) as caught:
        check(tmp_path / "j", [*lines[:3], changed(lines[3], station="000732"), *lines[4:]])
    assert (caught.value.seq, caught.value.fault) == (4, "body")


def test_the_witness_of_a_paper_names_its_entry(lines, tmp_path):
    wanted = json.loads(lines[5])["hash"][:16]
    (tmp_path / "j").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check_export(tmp_path / "j", verify, witness=wanted.upper()).witnessed.seq == 6
    assert check_export(tmp_path / "j", verify, witness="0" * 16).witnessed is None


@pytest.mark.usefixtures("nothing_left_over")
@pytest.mark.parametrize(
    "line", ["", "[]", "{}", "null", "not json", '{"seq":1}', '{"seq":1,"seq":2}', "[" * 100_000, "x" * 2_000_000]
)
def test_what_is_no_line_of_an_export_is_refused(lines, tmp_path, line):
    with pytest.raises(NotAJournal) as caught:
        check(tmp_path / "j", [lines[0], line, *lines[1:]])
    assert caught.value.line == 2


def test_an_export_that_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch):
    target = tmp_path / "j"
    target.write_text("earlier", encoding="utf-8")
    monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(DiskFull):
        write_export([], target)
    assert target.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(ReadOnlyStore):
        write_export([], tmp_path / "missing" / "j")


@pytest.mark.parametrize("what", ["nothing", "a folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, what):
    path = tmp_path / what
    if what == "a folder":
        path.mkdir()
    with pytest.raises(NotAJournal) as caught:
        check_export(path, verify)
    assert caught.value.line == 0
