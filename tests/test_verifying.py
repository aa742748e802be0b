"""``verify`` as it is called: exit codes, sentences, papers as a counter makes them, and what the counter itself knows."""

from datetime import timedelta

import pytest

import main
from app.demonstration import CLERK, STATION
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind
from app.security.authority import Authority
from app.security.proofs import ProofReader
from app.security.revocation_list import PaperEnd, RevocationList
from app.security.revocation_list import as_text as list_text
from tests.papers.samples import picture_of
from tests.security.example import ROOT, steps
from tests.support import MONDAY, accepted, certify, new_place

SECOND = Operator("shen.qing", "沈青", frozenset({Role.SUPERVISOR}))


@pytest.fixture(scope="module")
def authority():
    return Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))


@pytest.fixture(scope="module")
def opened(tmp_path_factory, cache, authority):
    place = new_place(tmp_path_factory.mktemp("verified") / "profile", cache)
    certify(place, authority)
    with place.opened() as counter:
        yield counter


@pytest.fixture(scope="module")
def root(tmp_path_factory, authority):
    path = tmp_path_factory.mktemp("root") / "root.pem"
    path.write_text(authority.root)
    return path


@pytest.fixture(scope="module")
def issued(opened):
    case = accepted(opened)
    opened.issuance.issue(case.number, CLERK)
    paper = next(one for one in opened.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
    return paper, opened.papers.pdf(paper, CLERK)


@pytest.fixture
def verify(monkeypatch, capsys, root):
    monkeypatch.setenv("LIDENG_LANG", "zh_CN")

    def run(*papers, by=root):
        code = main.main(["verify", "--root", str(by), *map(str, papers)])
        return code, capsys.readouterr().out

    return run


def test_a_certificate_of_the_counter_is_valid_and_told(verify, issued, tmp_path, monkeypatch):
    paper, pdf = issued
    monkeypatch.setattr("app.clock.SystemClock.now", lambda _self: MONDAY)
    (tmp_path / "paper.pdf").write_bytes(pdf)
    code, said = verify(tmp_path / "paper.pdf")
    assert code == main.GOOD
    for words in ("有效。", paper.number, "林**", "云溪镇人民政府", f"签发窗口 {STATION.code}", "没有撤销名单"):
        assert words in said
    picture_of(pdf, 250).save(tmp_path / "scan.png")
    assert verify(tmp_path / "scan.png")[0] == main.GOOD


def test_any_changed_byte_of_it_is_found(verify, issued, tmp_path):
    data = bytearray(issued[1])
    data[len(data) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(bytes(data))
    code, said = verify(tmp_path / "changed.pdf")
    assert code == main.UNSOUND
    assert "被改动过" in said


def test_the_worst_of_several_papers_decides(verify, tmp_path):
    text = steps()["text"]
    (tmp_path / "root.pem").write_text(ROOT)
    by = tmp_path / "root.pem"
    changed = text[:-4] + ("0000" if text[-4:] != "0000" else "1111")
    assert verify(text, by=by)[0] in {main.GOOD, main.UNSOUND}  # its last day is in 2026
    assert verify(text, changed, by=by)[0] == main.UNSOUND
    assert verify(tmp_path / "nothing.pdf", by=by)[0] == main.CANNOT_TELL
    code, said = verify(text)
    assert code == main.CANNOT_TELL
    assert "不是本中心签发的" in said


def test_a_file_without_a_root_is_refused(verify, tmp_path):
    (tmp_path / "none").write_text("nothing")
    for by in (tmp_path / "none", tmp_path / "not there", tmp_path):
        assert verify(steps()["text"], by=by)[0] == main.REFUSED


def test_what_the_centres_list_calls_back_counts_no_more(verify, issued, authority, opened, root, tmp_path, capsys):
    claims = ProofReader(authority.root).read(opened.papers._drawn(issued[0]).proof).claims
    called = RevocationList(1, MONDAY, MONDAY + timedelta(days=30), {}, {claims.entry: (PaperEnd.VOID, MONDAY.date())})
    (tmp_path / "list").write_text(list_text(called, authority.root, authority.sign))
    text = opened.papers._drawn(issued[0]).proof
    assert main.main(["verify", text, "--root", str(root), "--list", str(tmp_path / "list")]) == main.UNSOUND
    assert "已作废" in capsys.readouterr().out
    assert main.main(["verify", text, "--root", str(root), "--list", str(root)]) == main.REFUSED
    assert main.main(["verify", text, "--root", str(root), "--list", str(tmp_path / "no list")]) == main.REFUSED
