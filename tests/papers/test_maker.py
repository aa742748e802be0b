import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from app.domain.paper import PageSize
from app.papers.maker import PdfPaperMaker
from app.services.errors import MissingGlyphs, UnknownTemplate
from tests.papers.samples import (
    LONG_ADDRESS,
    LONG_NAME,
    NOWHERE,
    RARE,
    certificate,
    copied_by_poppler,
    fonts_by_poppler,
    maker,
    notice,
    pages_of,
    receipt,
    text_of,
)

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
SIZES = pytest.mark.parametrize("size", PageSize)
MANY = tuple((str(n), f"第{n}种材料", "1", "1", "2", "扫描") for n in range(1, 61))


@SIZES
@pytest.mark.parametrize("paper", [receipt, notice, certificate])
def test_an_everyday_paper_is_one_page_for_each_copy(paper, size):
    assert pages_of(maker().make(paper(size))) == 2


@SIZES
def test_the_receipt_tells_what_was_handed_in_and_what_happens_next(size):
    text = text_of(maker().make(receipt(size)), 0)
    for told in (
        "云溪镇人民政府",
        "收件凭证",
        "云溪3收〔2026〕000412号",
        "第一联交申请人",
        "519900********0321",
        "户口簿（首页及本人页）",
        "合计2种",
        "五日内一次告知",
        "何长宁（3号窗口）",
        "0899-555-0123",
        "申请人签名",
        "盖章处",
        "20260518000731004297",
        "3fa912cd88ab0c1d",
    ):
        assert told in text


@SIZES
def test_the_notice_tells_the_limits_and_what_does_not_count(size):
    text = text_of(maker().make(notice(size)), 0)
    for told in (
        "材料齐全",
        "符合法定形式",
        "20个工作日",
        "8个工作日",
        "2026年5月28日17:00",
        "不收费",
        "听证",
        "当场领取",
    ):
        assert told in text


@SIZES
def test_the_certificate_speaks_of_the_person_in_full(size):
    text = text_of(maker().make(certificate(size)), 0)
    assert "兹证明林𬱖禾（公民身份号码519900200307030321），女，2003年7月3日出生" in text
    assert "居住在示范县云溪镇青杠路18号2单元301室。" in text
    assert "云溪镇人民政府（盖章）" in text


def test_only_the_copy_that_stays_has_the_stub():
    pdf = maker().make(certificate())
    assert "存根" not in text_of(pdf, 0)
    assert "存根" in text_of(pdf, 1)


def test_what_is_not_known_of_a_person_is_left_out():
    text = text_of(maker().make(certificate(sex="", birth_date="", valid_until="")), 0)
    assert "519900200307030321），户籍地址为" in text
    assert "本证明只说明居住情况，供办理子女入学使用，用于其他事项无效。" in text


def test_rare_characters_are_copied_right():
    pdf = maker().make(certificate(name=RARE))
    assert RARE in text_of(pdf, 0)


@needs_poppler
def test_rare_characters_are_copied_right_by_poppler_too():
    pdf = maker().make(certificate(name=RARE))
    assert f"兹证明{RARE}（公民身份号码" in copied_by_poppler(pdf)


def test_a_character_of_an_installed_font_is_drawn_and_copied_right():
    beyond = "𠀀𪛖"
    if maker().missing_glyphs(beyond):
        pytest.skip("no font with Extension B is installed")
    pdf = maker().make(certificate(name=f"林{beyond}禾"))
    assert f"林{beyond}禾" in text_of(pdf, 0)
    assert b"+HanaMin" in pdf or b"+simsunb" in pdf.lower() or b"+BabelStone" in pdf


@needs_poppler
@SIZES
def test_marks_that_stand_close_do_not_tear_the_text_apart(size):
    wide = {name: replace(template, text_size=12.0) for name, template in maker()._templates.items()}
    pdf = PdfPaperMaker(wide).make(notice(size))  # at this size neither of the two is broken over lines
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    assert "（《中华人民共和国行政许可法》第四十五条）。" in said.stdout.decode()
    assert "（新建）”申请，" in said.stdout.decode()


def test_spaced_titles_and_labels_are_copied_as_words():
    document = pypdfium2.PdfDocument(maker().make(receipt()))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert all(words in text for words in ("收件凭证", "申请人", "事项"))


def test_two_characters_that_share_a_glyph_are_both_copied_right():
    kangxi = "⼀"  # U+2F00, drawn like 一 (U+4E00)
    text = text_of(maker().make(certificate(name=f"林{kangxi}一")), 0)
    assert "林一一" in text.replace(kangxi, "一")
    assert kangxi in text


@needs_poppler
@pytest.mark.parametrize("paper", [receipt, notice, certificate])
def test_every_font_is_embedded_as_a_subset(paper):
    fonts = fonts_by_poppler(maker().make(paper()))
    assert fonts
    for name, *_, embedded, subset, to_unicode, _object, _generation in fonts:
        assert re.fullmatch(r"[A-Z]{6}\+NotoS(erif|ans)SC-(Regular|Bold)", name)
        assert (embedded, subset, to_unicode) == ("yes", "yes", "yes")


def test_a_name_is_drawn_in_one_face_even_when_it_is_rare():
    pdf = maker().make(certificate(name=RARE))
    assert b"NotoSansSC-Regular" not in pdf


def test_every_character_that_no_font_has_is_named_before_anything_is_drawn():
    paper = receipt(rows=(("1", f"材{NOWHERE}料", "1", "1", "1", "扫描"),), applicant="林\ue000")
    with pytest.raises(MissingGlyphs) as refused:
        maker().make(paper)
    assert refused.value.characters == f"\ue000{NOWHERE}"


def test_missing_glyphs_are_told_in_order_and_once():
    assert maker().missing_glyphs(f"{NOWHERE}林\ue000{NOWHERE}禾") == f"{NOWHERE}\ue000"
    assert maker().missing_glyphs(f"林{RARE}·禾\n2") == ""


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(UnknownTemplate) as refused:
        maker().make(replace(receipt(), template="marriage"))
    assert refused.value.template == "marriage"


@SIZES
def test_long_names_and_addresses_are_broken_over_lines_and_none_is_cut(size):
    pdf = maker().make(
        certificate(size, name=LONG_NAME, household_address=LONG_ADDRESS, residence_address=LONG_ADDRESS)
    )
    assert LONG_NAME in text_of(pdf, 0)
    assert text_of(pdf, 0).count(LONG_ADDRESS) == 2
    receipt_text = text_of(maker().make(receipt(size, applicant=LONG_NAME, agent=LONG_NAME)), 0)
    assert LONG_NAME[:6] in receipt_text


@SIZES
def test_a_long_table_goes_on_with_its_head_repeated_and_pages_counted(size):
    pdf = maker().make(receipt(size, rows=MANY, copies=("交申请人",)))
    pages = pages_of(pdf)
    texts = [text_of(pdf, page) for page in range(pages)]
    assert pages > 1
    assert all(f"第{n}种材料" in "".join(texts) for n in range(1, 61))
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页，共{pages}页" in text
        assert ("种材料" in text) == ("材料名称" in text)


def test_a_seal_is_never_alone_on_a_page():
    for count in range(8, 24):
        pdf = maker().make(receipt(rows=MANY[:count], copies=("存档",)))
        last = text_of(pdf, pages_of(pdf) - 1)
        assert "盖章处" in last
        assert "以上材料已当面点收" in last


def test_a_preview_says_where_number_and_bar_code_will_stand():
    paper = replace(receipt(number="", case_number=""), barcode="", witness="", preview=True)
    text = text_of(maker().make(paper), 0)
    assert text.count("受理后编号") == 2
    assert "受理后生成条形码" in text


def test_a_final_paper_strikes_out_what_it_does_not_tell():
    text = text_of(maker().make(receipt(phone="")), 0)
    assert "联系电话／" in text


def test_the_properties_name_the_paper_and_nobody():
    pdf = maker().make(certificate())
    document = pypdfium2.PdfDocument(pdf)
    properties = document.get_metadata_dict()
    document.close()
    assert properties["Title"] == "居住证明 云溪3证〔2026〕000097号"
    assert "林𬱖禾" not in str(properties)
    assert b"zh-CN" in pdf


def test_the_same_paper_gives_the_same_bytes():
    fresh = PdfPaperMaker(maker()._templates)
    assert maker().make(receipt()) == maker().make(receipt()) == fresh.make(receipt())
    assert maker().make(receipt()) != maker().make(receipt(applicant="王**"))


def test_threads_draw_at_once_and_none_disturbs_another():
    fresh = PdfPaperMaker(maker()._templates)
    papers = [receipt(applicant=f"林{chr(0x5000 + n)}", size=list(PageSize)[n % 2]) for n in range(24)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(fresh.make, papers))
    assert made == [maker().make(paper) for paper in papers]


def test_a_paper_stays_small():
    assert len(maker().make(receipt())) < 80_000


def test_importing_the_maker_does_not_load_reportlab():
    script = "import sys, app.papers.maker; sys.exit('reportlab' in sys.modules or 'uharfbuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_warming_up_loads_everything_that_a_first_paper_needs():
    fresh = PdfPaperMaker(maker()._templates)
    fresh.warm_up()
    assert fresh.make(receipt()) == maker().make(receipt())


def test_a_paper_that_is_signed_electronically_is_not_written_on():
    pdf = maker().make(receipt())
    assert maker().places_to_sign(pdf)
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as paper:
        paper.Root.AcroForm = pikepdf.Dictionary(SigFlags=3)
        paper.save(target)
    assert maker().places_to_sign(target.getvalue()) == ()
