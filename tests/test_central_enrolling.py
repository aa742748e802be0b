"""An administrator's way with stations, as it is typed: from the authority to a station that comes and one that goes."""

import json
import re
import zipfile
from contextlib import closing
from datetime import datetime

import pytest

import main
from app.central.administration import Administration
from app.demonstration import CLERK
from app.domain.clock import CHINA, stamp
from app.security.keys import verify
from app.security.trust import RootTrust, fingerprint_of
from app.services.bulletins import bulletin_statement
from app.services.directories import read_directory
from app.services.enrolment import EnrolmentState
from app.services.errors import StationRevoked
from app.services.invitations import read_invitation
from app.services.revocations import read_revocations
from app.storage.image_file import beside
from app.taking_in import take_in
from tests.central import conftest
from tests.central.guarded import GuardedCentre
from tests.support import accepted, accepted_with_page, copy_of

server = conftest.server
PASSPHRASE = "long enough a passphrase"
STATION = "000731"


@pytest.fixture(scope="module")
def guarded(server, tmp_path_factory):
    made = GuardedCentre(server, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture
def centre(guarded, monkeypatch):
    guarded.empty()
    options = guarded.address().options
    monkeypatch.setenv("LIDENG_CENTRAL", f"postgresql:///{options['dbname']}?host={options['host']}&user=postgres")
    for asks in ("passphrase", "authority_passphrase"):
        monkeypatch.setattr(f"ui.terminal.{asks}", lambda: PASSPHRASE)
    return guarded


@pytest.fixture
def authority(tmp_path, monkeypatch, capsys):
    for asks in ("passphrase", "authority_passphrase"):
        monkeypatch.setattr(f"ui.terminal.{asks}", lambda: PASSPHRASE)
    file = tmp_path / "authority"
    assert main.main(["central", "authority", str(file), "--name", "云溪市政务服务中心"]) == main.GOOD
    assert "中心标识" in capsys.readouterr().out
    return file


@pytest.fixture
def now_place(fresh_place, tmp_path):
    """A counter whose clock says what it is, as the centre's does."""
    place = copy_of(fresh_place, tmp_path / "profile")
    place.clock.set(datetime.now(CHINA))
    return place


def run(*words):
    return main.main(["central", *map(str, words)])


def invited(authority, file, *words, station=STATION):
    return run("invite", station, file, "--authority", authority, *words)


def enrolled(place, authority, file):
    assert invited(authority, file, "--name", "3 号窗口") == main.GOOD
    with place.opened() as counter:
        counter.enrolment.accept(file.read_bytes(), CLERK)
        assert counter.enrolment.enrol().state is EnrolmentState.ENROLLED


def test_a_station_is_invited_enrols_and_gets_its_certificate(centre, authority, now_place, tmp_path, capsys):
    file = tmp_path / "window.lideng-invitation"
    enrolled(now_place, authority, file)
    told = capsys.readouterr().out
    assert "只能用一次" in told
    assert file.stat().st_mode & 0o077 == 0
    assert run("enrol") == main.GOOD
    assert f"{STATION}\t等待签发" in capsys.readouterr().out
    assert run("enrol", "--sign", "--authority", authority) == main.GOOD
    told_now = capsys.readouterr().out
    assert f"{STATION}\t已签发" in told_now
    assert "stations\t已向所有窗口发布" in told_now
    assert run("enrol", "--sign", "--authority", authority) == main.GOOD
    assert "没有等待" in capsys.readouterr().out
    with now_place.opened() as counter:
        status = counter.enrolment.enrol()
        assert status.certified_until
        assert re.sub(r"(....)(?=.)", r"\1 ", status.fingerprint) in told


def test_a_station_that_is_enrolled_is_not_invited_by_mistake(centre, authority, now_place, tmp_path, capsys):
    file = tmp_path / "window.lideng-invitation"
    enrolled(now_place, authority, file)
    again = tmp_path / "again.lideng-invitation"
    assert invited(authority, again) == main.REFUSED
    assert not again.exists()
    with now_place.opened() as counter:
        counter.enrolment.enrol()
    assert invited(authority, again, "--again") == main.GOOD
    with now_place.opened() as counter:
        counter.enrolment.accept(again.read_bytes(), CLERK)
        assert counter.enrolment.enrol().state is EnrolmentState.ENROLLED


@pytest.mark.parametrize(
    "words",
    [
        ("--host", "db1.example"),  # across a network and without a CA
        ("--name", "长" * 80),
        ("--ca", "/gone.pem"),
    ],
)
def test_an_invitation_that_nobody_could_use_is_not_made(centre, authority, tmp_path, capsys, words):
    file = tmp_path / "window.lideng-invitation"
    assert invited(authority, file, "--name", "窗口", *words) == main.UNSOUND
    assert capsys.readouterr().err
    assert not file.exists()
    assert centre.administration.stations() == []


def test_a_new_station_needs_a_name_and_its_hosts_and_ca_go_into_the_file(centre, authority, tmp_path):
    file = tmp_path / "window.lideng-invitation"
    assert invited(authority, file) == main.UNSOUND
    ca = tmp_path / "ca.pem"
    ca.write_text(json.loads(authority.read_text())["root"])
    words = ("--name", "窗口", "--host", "db1.example", "--host", "db2.example", "--ca", ca, "--days", "3")
    assert invited(authority, file, *words) == main.GOOD
    invitation = read_invitation(file.read_bytes(), lambda root, said, signed: RootTrust(root).has_signed(said, signed))
    assert invitation.address.hosts == ("db1.example", "db2.example")
    assert invitation.address.ca == ca.read_text()
    assert (invitation.expires_at - invitation.issued_at).days == 3


def test_a_counter_that_enrolled_pushes_its_journal_and_knows_the_others_keys(
    centre, authority, now_place, tmp_path, capsys
):
    enrolled(now_place, authority, tmp_path / "window.lideng-invitation")
    with now_place.opened() as counter:
        accepted(counter)
        assert not counter.sync.run().failures
        run("enrol", "--sign", "--authority", authority)
        run("watch", "--once")
        counter.rotation.rotate(CLERK)
        accepted(counter)
        assert not counter.sync.run().failures
        run("watch", "--once")
        run("enrol", "--sign", "--authority", authority)
        assert not counter.sync.run().failures
        with counter.intake._store.read() as uow:
            known = uow.directory.get(STATION)
            keys = [bytes.fromhex(uow.journal.opening(epoch).read()["data"]["public_key"]) for epoch in (1, 2)]
        assert [known.key_of(epoch) for epoch in (1, 2)] == keys
        assert counter.enrolment.status().certified_until
    assert run("audit") == main.GOOD


def test_an_authority_is_not_overwritten(authority, capsys):
    before = authority.read_bytes()
    assert main.main(["central", "authority", str(authority), "--name", "另一个"]) == main.UNSOUND
    assert authority.read_bytes() == before


def test_a_revoked_station_is_told_everybody_hears_of_it_and_what_it_held_is_taken_in(
    centre, authority, now_place, tmp_path, capsys
):
    enrolled(now_place, authority, tmp_path / "window.lideng-invitation")
    assert run("enrol", "--sign", "--authority", authority) == main.GOOD
    assert run("revoke", STATION, "--reason", "电脑被盗", "--authority", authority) == main.GOOD
    ((topic, version, at, payload, signature),) = [
        (one[0], one[1], one[2], bytes(one[3]), bytes(one[4]))
        for one in centre.execute(
            "select topic, version, published_at, payload, signature from core.bulletin where topic = 'revocations'"
        )
    ]
    root = json.loads(authority.read_text())["root"]
    assert RootTrust(root).has_signed(bulletin_statement(topic, version, stamp(at), payload), signature)
    listed = read_revocations(payload)
    assert set(listed.stations) == {STATION}
    assert RootTrust(root).revoked_since(listed.crl).keys() == set(listed.serials)
    assert len(listed.serials) == 1
    assert read_directory(centre.administration.newest("stations")[1])[0].revoked_at
    assert len(fingerprint_of(root)) == 16

    journal = tmp_path / "journal.jsonl"
    with now_place.opened() as counter:
        with pytest.raises(StationRevoked):
            counter.enrolment.enrol()
        accepted(counter)
        entries = counter.ledger.export(journal, CLERK).entries
    capsys.readouterr()
    assert run("take-in", journal) == main.GOOD
    assert f"共 {entries} 条，补上 {entries} 条" in capsys.readouterr().out
    assert run("take-in", journal) == main.GOOD
    assert "补上 0 条" in capsys.readouterr().out
    (row,) = centre.administration.stations()
    assert row.seq == entries
    assert run("audit") == main.GOOD


@pytest.fixture
def left_behind(centre, authority, now_place, tmp_path):
    """What a station that was shut out held unsent, with page images: the journal, the digests of its images."""
    enrolled(now_place, authority, tmp_path / "window.lideng-invitation")
    journal = tmp_path / "journal.jsonl"
    with now_place.opened() as counter:
        accepted(counter)
        assert not counter.sync.run().failures
        assert run("revoke", STATION, "--reason", "电脑坏了") == main.GOOD
        for picture in (b"first" * 60_000, b"second"):
            accepted_with_page(counter, picture)
        handed = counter.unsent.export(journal, CLERK)
        with counter.desk._store.read() as uow:
            digests = {image.digest for image in uow.outbox.unsent_images()}
    assert handed.images == len(digests) > 0
    return journal, digests


def images_at(centre):
    return {row[0].hex() for row in centre.execute("select digest from core.blob")}


def test_images_that_a_station_held_unsent_are_taken_in_beside_its_journal(centre, left_behind, capsys):
    journal, digests = left_behind
    before = images_at(centre)
    capsys.readouterr()
    assert run("take-in", journal) == main.GOOD
    assert f"图片 {len(digests)} 张已在中心" in capsys.readouterr().out
    assert images_at(centre) - before == digests
    chunks = centre.execute("select count(*) from core.chunk")
    acts = centre.execute("select count(*) from core.act")
    assert run("take-in", journal) == main.GOOD
    assert f"补上 0 条，其中搁置 0 条\n图片 {len(digests)} 张已在中心，0 张没有收" in capsys.readouterr().out
    assert centre.execute("select count(*) from core.chunk") == chunks
    assert centre.execute("select count(*) from core.act") == acts
    assert run("audit") == main.GOOD


def test_taking_images_in_tells_how_far_it_is_and_goes_on_where_it_was_cut(centre, left_behind):
    journal, digests = left_behind
    told = []

    def cut(done, total):
        told.append((done, total))
        if done > entries:
            raise KeyboardInterrupt

    entries = len(journal.read_bytes().splitlines())
    with closing(Administration(centre.address())) as opened:
        with pytest.raises(KeyboardInterrupt):
            take_in(opened, journal, verify, cut)
        assert told[-1] == (entries + 1, entries + len(digests))
        put = []
        real = opened.put_chunk
        opened.put_chunk = lambda code, data: put.append(data) or real(code, data)
        taken = take_in(opened, journal, verify)
    assert (taken.taken, taken.images, taken.images_refused) == (0, len(digests), 0)
    assert len(put) == 1
    assert images_at(centre) >= digests


def test_a_damaged_image_and_one_of_a_case_of_others_are_told_and_hold_nothing_up(centre, left_behind, capsys):
    journal, digests = left_behind
    lying = beside(journal)
    with zipfile.ZipFile(lying) as archive:
        listed = json.loads(archive.read("images.json"))
        parts = {name: archive.read(name) for name in archive.namelist() if name != "images.json"}
    spoilt = next(iter(digests))
    parts[spoilt] = parts[spoilt][:-1] + b"x"
    listed["images"].append({"digest": max(digests - {spoilt}), "case": "20260518000799000118"})
    listed["images"].append({"digest": "00" * 32, "case": listed["images"][0]["case"]})
    with zipfile.ZipFile(lying, "w") as archive:
        archive.writestr("images.json", json.dumps(listed))
        for name, data in parts.items():
            archive.writestr(name, data)
    capsys.readouterr()
    assert run("take-in", journal) == main.UNSOUND
    assert f"图片 {len(digests) - 1} 张已在中心，3 张没有收" in capsys.readouterr().out
    assert images_at(centre) >= digests - {spoilt}
    assert spoilt not in images_at(centre)


@pytest.mark.parametrize("data", [b"no ZIP", b""])
def test_what_lies_beside_the_journal_and_holds_no_images_is_told(centre, left_behind, capsys, data):
    journal, _digests = left_behind
    beside(journal).write_bytes(data)
    assert run("take-in", journal) == main.UNSOUND
    assert "图片文件不能用" in capsys.readouterr().err


def test_signing_needs_an_authority(centre, capsys):
    assert run("enrol", "--sign") == main.UNSOUND
    assert run("enrol", "--sign", "--authority", "/gone") == main.UNSOUND
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_journal_that_was_changed_or_is_another_history_is_not_taken_in(
    centre, authority, now_place, fresh_place, tmp_path, capsys
):
    enrolled(now_place, authority, tmp_path / "window.lideng-invitation")
    other = copy_of(fresh_place, tmp_path / "other")
    journals = {}
    for name, place in (("one", now_place), ("two", other)):
        journals[name] = tmp_path / f"{name}.jsonl"
        with place.opened() as counter:
            accepted(counter)
            counter.ledger.export(journals[name], CLERK)
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(journals["one"].read_bytes().splitlines(keepends=True)[:-1]))
    assert run("take-in", cut) == main.UNSOUND
    assert centre.administration.stations()[0].seq == 0
    assert run("take-in", journals["one"]) == main.GOOD
    assert run("take-in", journals["two"]) == main.REFUSED
    assert run("take-in", tmp_path / "gone") == main.UNSOUND


@pytest.mark.parametrize("words", [("invite", STATION, "file"), ("take-in",)])
def test_what_is_missing_on_the_command_line_is_told(centre, words, capsys):
    with pytest.raises(SystemExit) as left:
        run(*words)
    assert left.value.code == 2
