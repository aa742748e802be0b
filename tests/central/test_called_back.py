"""From a certificate that one station revokes to everybody who checks it: by the list that the centre makes, end to end."""

import errno
import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

import main
from app.demonstration import CLERK, STATION
from app.domain.clock import CHINA
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind
from app.domain.paper_ends import RevocationGround
from app.domain.verdict import Reason
from app.security.authority import Authority
from app.security.keys import verify
from app.security.revocation_list import PaperEnd, RevocationList, as_text, read_list_file
from app.services.certificate_life import Revocation
from app.services.invitations import CentralAddress
from app.services.revocations import CALLED_BACK
from tests.browser import Browser, has_browser
from tests.central.server import PostgresCentre
from tests.central.test_audit import tamper
from tests.security.example import ROOT
from tests.support import accepted, certify, new_place
from tests.test_central_commands import url

SECOND = Operator("shen.qing", "沈青", frozenset({Role.SUPERVISOR}))
PASSPHRASE = "long enough a passphrase"
OTHER = replace(STATION, code="000732")
NOW = datetime.now(CHINA)
PAGE_SAYS = {"good": "not on the list", "revoked": "It was revoked on", "refused": "It was called back on"}


@pytest.fixture(scope="module")
def centre(server):
    made = PostgresCentre(server)
    for station in (STATION, OTHER):
        made.enrol(station.code)
        made.role(f"station_{station.code}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("called-back")


@pytest.fixture(scope="module")
def authority(folder):
    made = Authority.make("示例市政务服务中心", NOW - timedelta(days=60))
    made.save(folder / "authority.lideng", PASSPHRASE)
    (folder / "root.pem").write_text(made.root)
    return made


@pytest.fixture(scope="module")
def places(folder, cache, centre, authority):
    address = CentralAddress((centre.server._socket,), 5432, centre.database)
    made = []
    for station in (STATION, OTHER):
        made.append(new_place(folder / station.code, cache, NOW, station))
        certify(made[-1], authority, station.code, address)
    return made


@pytest.fixture(scope="module")
def papers(places, centre):
    """Return the proofs of three certificates: one that counts, one that was revoked, one whose entry was refused."""
    with places[0].opened() as counter:
        good, revoked = issued(counter), issued(counter)
        counter.certificates.revoke(
            revoked[0], CLERK, Revocation(RevocationGround.FRAUD, "材料是假的", "第六十九条"), SECOND
        )
        refused = issued(counter)
        assert counter.sync.run().failures == ()
        row = counter.papers.find(refused[0].number)
        centre.refuse(STATION.code, row.epoch, row.seq)
        return {"good": good[1], "revoked": revoked[1], "refused": refused[1]}


def issued(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    paper = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
    return paper, counter.papers._drawn(paper).proof


@pytest.fixture(scope="module")
def listed(folder, centre, papers, authority):
    """Let the centre write its list and publish it."""
    words = ["central", "revocation-list", str(folder / "list"), "--authority", str(folder / "authority.lideng")]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LIDENG_CENTRAL", url(centre))
        patched.setattr("ui.terminal.passphrase", lambda: PASSPHRASE)
        assert main.main([*words, "--publish"]) == main.GOOD
        patched.setattr(
            "app.centre_office.Authority.open", lambda _path, _passphrase: authority
        )  # as it was opened now
        yield lambda *more: main.main([*words, *more])


EXPECTED = {"good": Reason.GENUINE, "revoked": Reason.WITHDRAWN, "refused": Reason.RECALLED}


def test_another_counter_says_so_after_it_met_the_centre_and_without_a_network_then(places, papers, listed):
    with places[1].opened() as counter:
        before = {name: counter.verifying.of_text(proof).reason for name, proof in papers.items()}
        assert set(before.values()) == {Reason.GENUINE}  # it has heard nothing yet
        counter.sync.run()
        said = {name: counter.verifying.of_text(proof) for name, proof in papers.items()}
        assert {name: verdict.reason for name, verdict in said.items()} == EXPECTED
        assert said["good"].list_until


def test_a_stranger_with_the_list_says_so(papers, listed, folder, capsys):
    codes = {}
    for name, proof in papers.items():
        words = ["verify", proof, "--root", str(folder / "root.pem"), "--list", str(folder / "list")]
        codes[name] = main.main(words)
    assert codes == {"good": main.GOOD, "revoked": main.UNSOUND, "refused": main.UNSOUND}
    said = capsys.readouterr().out
    assert "撤销" in said
    assert "收回" in said


@pytest.mark.skipif(not has_browser(), reason="chromium is not installed")
def test_the_page_says_so(papers, listed, folder, tmp_path):
    page = tmp_path / "page.html"
    words = ["verify-page", str(page), "--root", str(folder / "root.pem"), "--list", str(folder / "list")]
    assert main.main(words) == main.GOOD
    with Browser(tmp_path / "browser") as browser:
        said = {}
        for name, proof in papers.items():
            browser.open(f"{page.as_uri()}#{proof.replace('%', '%25').replace(' ', '%20')}")
            browser.wait_for("!document.getElementById('verdict').hidden")
            said[name] = browser.run("document.getElementById('because').textContent")
    for name, words in PAGE_SAYS.items():
        assert words in said[name], name


def test_a_receipt_is_judged_by_the_centre_in_the_name_of_any_counter(papers, places, centre, monkeypatch, capsys):
    centre.watch.round(verify)
    accepted = "select case_number, encode(substr(hash, 1, 8), 'hex') from core.journal where case_number is not null"
    (case, digits), *_ = centre.execute(f"{accepted} and position('\"CaseAccepted\"'::bytea in body) > 0 order by seq")
    with places[1].opened() as counter:
        profile = SimpleNamespace(centre=SimpleNamespace(enrolment=counter.enrolment))
        monkeypatch.setattr("app.open_profile.opened_profile", lambda *_: nullcontext(profile))
        monkeypatch.delenv("LIDENG_CENTRAL", raising=False)
        assert main.main(["verify", f"{case} {digits}", "--centre"]) == main.GOOD
        assert f"窗口 {STATION.code}" in capsys.readouterr().out
        assert main.main(["verify", f"{case} {'0' * 16}", "--centre"]) == main.CANNOT_TELL


def test_the_next_list_goes_on_from_this_one_and_is_published_only_if_it_says_more(
    papers, listed, folder, centre, authority, capsys
):
    first = read_list_file(folder / "list", authority.root)
    versions = centre.administration.published(CALLED_BACK)
    assert listed("--publish", "--json") == main.GOOD
    said = json.loads(capsys.readouterr().out)
    again = read_list_file(folder / "list", authority.root)
    assert (again.number, again.papers) == (first.number + 1, first.papers)
    assert (said["papers"], said["added"], said["version"]) == (len(first.papers), 0, 0)
    assert centre.administration.published(CALLED_BACK) == versions


def test_what_only_an_earlier_list_knows_stays(papers, listed, folder, authority):
    known = read_list_file(folder / "list", authority.root)
    erased = {bytes(32): (PaperEnd.VOID, NOW.date())}
    before = replace(known, number=70, papers={**known.papers, **erased}, stations={5: known.made})
    (folder / "list").write_text(as_text(before, authority.root, authority.sign))
    assert listed() == main.GOOD
    made = read_list_file(folder / "list", authority.root)
    assert (made.number, made.papers, made.stations) == (71, before.papers, before.stations)


def test_a_file_that_is_no_list_of_this_centre_is_left_as_it_is(listed, folder, authority):
    for text in ("something else", as_text(RevocationList(1, NOW, NOW), ROOT, authority.sign)):
        (folder / "list").write_text(text)
        assert listed() == main.REFUSED
        assert (folder / "list").read_text() == text
    (folder / "list").unlink()


def test_a_list_that_cannot_be_written_leaves_the_one_of_before(papers, listed, folder, monkeypatch):
    assert listed() == main.GOOD
    before = (folder / "list").read_bytes()
    monkeypatch.setattr("app.whole_files.sync_file", full)
    assert listed() == main.ENVIRONMENT
    assert (folder / "list").read_bytes() == before
    assert not (folder / "list.part").exists()


def full(_file):
    raise OSError(errno.ENOSPC, "full")


def test_a_journal_that_does_not_check_is_told_and_the_list_is_made(papers, listed, folder, centre, authority, capsys):
    tamper(centre, "update core.journal set hash = sha256(hash) where station = 731 and seq = 3")
    assert listed("--publish") == main.UNSOUND
    assert len(read_list_file(folder / "list", authority.root).papers) == len(EXPECTED) - 1
    assert f"! {STATION.code} 1/3\thash" in capsys.readouterr().out
