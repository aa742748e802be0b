import shutil

import pypdfium2
import pytest

import main
from app.config import RESOURCES
from app.domain.paper import PaperKind
from tests.support import accepted, copy_of


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv("LIDENG_LANG", "zh_CN")
    folder = tmp_path / "profile"
    (folder / "papers").mkdir(parents=True)
    return folder


def copy_template(profile, before, after, name="mandate"):
    path = profile / "papers" / f"{name}.yaml"
    path.write_text((RESOURCES / "papers" / f"{name}.yaml").read_text("utf-8").replace(before, after), "utf-8")
    return path


def test_every_shipped_template_is_checked_and_drawn(profile, capsys):
    assert main.main(["--profile", str(profile), "papers", "check"]) == main.GOOD
    assert "自己的 0 个" in capsys.readouterr().out


def test_a_mistake_is_told_with_file_line_and_field(profile, capsys):
    copy_template(profile, "{scope}", "{scop}")
    assert main.main(["--profile", str(profile), "papers", "check"]) == main.UNSOUND
    assert "mandate.yaml:" in capsys.readouterr().err
    folder = profile / "papers"
    assert main.main(["papers", "check", str(folder)]) == main.UNSOUND


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_template_is_drawn_with_sample_values(profile, tmp_path, size):
    copy_template(profile, "title: 委托书", "title: 授权委托书")
    out = tmp_path / "mandate.pdf"
    assert (
        main.main(["--profile", str(profile), "papers", "show", "mandate", "--out", str(out), "--size", size])
        == main.GOOD
    )
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "授权委托书" in text
    assert "样张，不作凭证" in text


def test_a_file_can_be_shown_before_it_is_put_in_its_place(profile, tmp_path):
    path = shutil.copy(RESOURCES / "papers" / "pledge.yaml", tmp_path / "new.yaml")
    out = tmp_path / "pledge.pdf"
    assert main.main(["--profile", str(profile), "papers", "show", str(path), "--out", str(out)]) == main.GOOD
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_template_that_is_not_there_is_said(profile, tmp_path):
    out = tmp_path / "none.pdf"
    assert main.main(["--profile", str(profile), "papers", "show", "none", "--out", str(out)]) == main.ENVIRONMENT
    assert not out.exists()


def test_a_counter_uses_its_own_template_and_says_which_is_broken(fresh_place, tmp_path):
    place = copy_of(fresh_place, tmp_path / "profile")
    (place.settings.profile / "papers").mkdir()
    copy_template(place.settings.profile, "title: 受理通知书\npending", "title: 受理回执\npending", "acceptance_notice")
    copy_template(place.settings.profile, "{received_at}", "{nothing}", "materials_receipt")
    with place.opened() as counter:
        assert [(fault.file, fault.field[:6]) for fault in counter.paper_faults] == [
            ("materials_receipt.yaml", "blocks")
        ]
        papers = counter.papers.of_case(accepted(counter).number)
        made = {paper.kind: counter.papers._maker.template(paper.kind).title for paper in papers}
    assert made == {PaperKind.MATERIALS_RECEIPT: "收件凭证", PaperKind.ACCEPTANCE_NOTICE: "受理回执"}
