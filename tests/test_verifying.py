"""``verify`` as it is called: exit codes, sentences, papers as a counter makes them, and what the counter itself knows."""

import json
import os
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
from app.services.membership import certified_in, keep_certified
from app.verifying import _newer
from tests.papers.samples import picture_of
from tests.security.example import ROOT, steps
from tests.support import MONDAY, accepted, certify, new_place

SECOND = Operator("shen.qing", "沈青", frozenset({Role.SUPERVISOR}))


@pytest.fixture(scope="module")
def authority():
    return Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))


@pytest.fixture(scope="module")
def place(tmp_path_factory, cache, authority):
    place = new_place(tmp_path_factory.mktemp("verified") / "profile", cache)
    certify(place, authority)
    return place


@pytest.fixture(scope="module")
def opened(place):
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


def test_each_of_many_papers_has_one_line_and_all_are_counted(verify, issued, tmp_path, monkeypatch):
    monkeypatch.setattr("app.clock.SystemClock.now", lambda _self: MONDAY)
    paper, pdf = issued
    for name, data in (("good.pdf", pdf), ("changed.pdf", pdf.replace(b"%%EOF", b"%%EOG")), ("empty.pdf", b"")):
        (tmp_path / name).write_bytes(data)
    files = [tmp_path / name for name in ("good.pdf", "changed.pdf", "empty.pdf", "none.pdf")]
    code, said = verify(*files)
    lines = said.splitlines()
    assert code == main.UNSOUND
    assert [line.split(": ")[1][:4] for line in lines[:-1]] == ["有效。 ", "不能作数", "无法判断", "无法判断"]
    assert lines[0].endswith(paper.number)
    assert lines[-1] == "共 4 份: 有效。 1 不能作数。 1 无法判断。 2"
    told = [json.loads(line) for line in verify("--json", *files)[1].splitlines()]
    assert [one["ruling"] for one in told] == ["valid", "refused", "unknown", "unknown"]
    assert [one.get("unread") for one in told] == [None, None, "empty", "missing"]
    assert told[0]["said"]["证照编号"] == paper.number


def test_the_name_of_a_file_cannot_write_a_verdict_of_its_own(verify, tmp_path):
    for name in (
        "a paper: 有效。\nb: 有效。.pdf",
        "\x1b[2J有效。.pdf",
        "\u202efdp.efas.pdf",
        os.fsdecode(b"\xff\xfe.pdf"),
    ):
        (tmp_path / name).write_bytes(b"no paper")
        code, said = verify(tmp_path / name)
        assert code == main.CANNOT_TELL
        assert said.count("\n") == 1
        assert said.removesuffix("\n").isprintable()


def test_what_a_keyboard_did_to_a_typed_code_is_undone(verify, tmp_path):
    (tmp_path / "root.pem").write_text(ROOT)
    text = steps()["text"]
    (tmp_path / "typed").write_text(text.swapcase())
    as_it_is = verify("--json", text, by=tmp_path / "root.pem")[1]
    for typed in (text.swapcase(), tmp_path / "typed"):
        assert (
            json.loads(verify("--json", typed, by=tmp_path / "root.pem")[1])["reason"] == json.loads(as_it_is)["reason"]
        )


def test_where_there_is_no_centre_to_believe_the_root_is_asked_for(tmp_path, monkeypatch, capsys, cache):
    monkeypatch.setenv("LIDENG_LANG", "zh_CN")
    place = new_place(tmp_path / "alone", cache)
    for profile in (place.settings.profile, tmp_path / "nobody"):
        assert main.main(["verify", steps()["text"], "--profile", str(profile)]) == main.CANNOT_TELL
        said = capsys.readouterr()
        assert said.out == ""
        assert "--root" in said.err


def test_a_demonstration_believes_its_own_authority(place, opened, issued, capsys, monkeypatch):
    monkeypatch.setenv("LIDENG_LANG", "zh_CN")
    with opened.papers._store.write() as uow:
        kept = certified_in(uow)
        uow.preferences.set("central", "")
        keep_certified(uow, kept)
        uow.commit()
    proof = opened.papers._drawn(issued[0]).proof
    monkeypatch.setattr("app.clock.SystemClock.now", lambda _self: MONDAY)
    assert main.main(["verify", proof, "--profile", str(place.settings.profile)]) == main.GOOD
    assert "临时" in capsys.readouterr().out


def test_an_old_list_in_a_file_hides_nothing_that_the_counter_was_told_since():
    old, new = (RevocationList(number, MONDAY + timedelta(days=number), MONDAY) for number in (1, 2))
    for given, published in ((old, new), (new, old), (None, new), (new, None)):
        assert _newer(given, published) is new
    assert _newer(None, None) is None
