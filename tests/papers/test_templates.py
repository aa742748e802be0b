"""Every shipped template, drawn with typical, longest and rare content on both sheets."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from app.config import RESOURCES
from app.definitions.papers import read_paper_templates
from app.domain.paper import PageSize, PaperKind
from app.domain.paper_template import Code, Paragraph, Signing, Space
from app.domain.separators import read_separator
from app.papers.specimen import PROOF, REMARK, ROWS, specimen
from tests.papers.samples import CASE_NUMBER, LONG_ADDRESS, LONG_NAME, RARE, maker, pages_of, picture_of, text_of

TEMPLATES = read_paper_templates(RESOURCES / "papers")
EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())
SIZES = pytest.mark.parametrize("size", PageSize)
TWO_PAGES = {"day_report", "homestead_approval"}
"""Templates that may go on to a second page with everyday content: on A5, and the day report."""
LONG_TEXT = "因台风暴雨造成道路中断，申请地块的四至界址需要由村民小组、相邻权利人和自然资源所共同到场核实并签字，" * 4
MANY_DEFECTS = tuple((str(n), f"第{n}种材料的名称很长很长很长", f"第{n}项：{LONG_TEXT[:90]}") for n in range(1, 46))
TWELVE = tuple(
    (str(n), f"第{n}种材料（取自办件 20260518 000731 0042 97）", "1", "1", "12", "沿用前件") for n in range(1, 13)
)


def pages_in(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def whole(pdf):
    return "".join(pages_in(pdf))


@EVERY
@SIZES
def test_an_everyday_paper_says_its_title_number_and_body_on_each_copy(template, size):
    paper = replace(specimen(template, size), remarks=())
    pdf = maker().make(paper)
    pages = pages_of(pdf)
    assert pages == len(template.copies) or template.name in TWO_PAGES
    first = text_of(pdf, 0)
    if template.kind not in {PaperKind.ITEM_GUIDE, PaperKind.CASE_REGISTER, PaperKind.SEPARATOR_SHEET}:
        assert paper.values["number"] in first
    assert "0899-5550123" in first or template.kind in {PaperKind.DAY_REPORT, PaperKind.CASE_REGISTER}
    text = whole(pdf)
    for rows in paper.tables.values():
        assert all(cell.replace(" ", "") in text for row in rows for cell in row)


@EVERY
@SIZES
def test_the_longest_contents_lose_nothing_and_no_signature_stands_alone(template, size):
    values = dict.fromkeys(("reason", "basis", "subject", "pledged", "scope", "conditions"), LONG_TEXT)
    names = dict.fromkeys(("name", "agent_name", "collected_by"), LONG_NAME)
    paper = specimen(template, size, household_address=LONG_ADDRESS, site=LONG_ADDRESS, **names, **values)
    tables = {name: _longest(name, rows) for name, rows in paper.tables.items()}
    pdf = maker().make(replace(paper, tables=tables))
    text = whole(pdf)
    used = {place for block in template.blocks for place in str(block).split("{")}
    for place, value in {**names, **values}.items():
        if any(part.startswith(f"{place}}}") for part in used):
            assert value in text.replace(REMARK, "") or pages_of(pdf) > len(template.copies)
    before, signed = _around_signing(template, paper.values)
    assert not signed or any(before in page and signed in page for page in pages_in(pdf))


def _around_signing(template, values):
    """Return the last words of the paragraph before the signing block, and its last label; empty where none is so."""
    words = ""
    for block in template.blocks:
        if isinstance(block, Paragraph):
            words = "".join(block.text.fill(values).split()) or words
        elif isinstance(block, Signing):
            return words[-8:], block.left[-1].label.text.replace("　", "") if block.left and words else ""
        elif not isinstance(block, Space):
            words = ""
    return "", ""


def _longest(name, rows):
    if name in {"defects", "still_open"}:
        return MANY_DEFECTS
    if name == "materials" and len(rows[0]) == 6:
        return TWELVE
    return rows * 12


@EVERY
def test_rare_characters_are_drawn_and_copied_right(template):
    values = dict.fromkeys(("name", "addressee", "applicant", "asked_by", "item", "clerk"), RARE)
    assert RARE in text_of(maker().make(specimen(template, **values)), 0)


@EVERY
@SIZES
def test_the_bar_code_of_the_case_is_read_back(template, size):
    paper = specimen(template, size)
    pdf = maker().make(paper)
    read = [code.text for code in zxingcpp.read_barcodes(picture_of(pdf, 203)) if code.text != paper.proof]
    own = [block.text.fill(paper.values) for block in template.blocks if isinstance(block, Code)]
    assert read == ([CASE_NUMBER] if paper.barcode else own)


@SIZES
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_proof_of_a_certificate_is_read_back_from_the_sheet_that_leaves(size, dpi):
    for template in TEMPLATES.values():
        if template.kind is PaperKind.CERTIFICATE:
            pdf = maker().make(specimen(template, size))
            for page, expected in enumerate([[PROOF], []]):
                codes = zxingcpp.read_barcodes(picture_of(pdf, dpi, page), formats=zxingcpp.BarcodeFormat.QRCode)
                assert [code.text for code in codes] == expected


@SIZES
@pytest.mark.parametrize("name", ["extension_notice", "supplement_notice"])
def test_a_cell_that_no_page_could_hold_goes_on_over_the_next_one(name, size):
    endless = "".join(f"第{n}条理由，" for n in range(400))
    defects = (("1", "户口簿", endless),)
    paper = replace(specimen(TEMPLATES[name], size, reason=endless), copies=("存档",), tables={"defects": defects})
    pdf = maker().make(paper)
    assert endless in "".join(page.split(REMARK)[1].split(CASE_NUMBER)[0] for page in pages_in(pdf)).replace(
        "材料或者事项需要补正的内容和形式", ""
    ).replace("序号", "")
    assert lowest_text(pdf) > 8


def lowest_text(pdf):
    """Return how far above the lower edge the lowest character of any page stands, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage() for page in document]
        return min(text.get_charbox(n)[1] for text in texts for n in range(text.count_chars()))
    finally:
        document.close()


@SIZES
def test_three_pages_of_defects_are_counted_and_their_head_repeated(size):
    paper = replace(specimen(TEMPLATES["supplement_notice"], size), copies=("存档",), tables={"defects": MANY_DEFECTS})
    pdf = maker().make(paper)
    texts = pages_in(pdf)
    assert len(texts) >= 3
    assert all(f"第{n}项：" in "".join(texts) for n in range(1, 46))
    for text in texts:
        assert ("项：因台风" in text) == ("需要补正的内容和形式" in text)
        assert f"共{len(texts)}页" in text


@EVERY
@SIZES
def test_remarks_stand_on_every_page_of_every_copy(template, size):
    words = "补录：停电时手工办理，原文书编号 云溪3收〔2026〕000400号，实际收件时间 2026年5月17日 09:10"
    paper = replace(specimen(template, size), remarks=(words,), tables={name: ROWS[name] * 20 for name in ROWS})
    if template.kind is PaperKind.ITEM_GUIDE:
        return
    pdf = maker().make(paper)
    assert all(words.replace(" ", "") in page for page in pages_in(pdf))


def test_a_table_without_rows_is_struck_out():
    paper = replace(specimen(TEMPLATES["day_report"]), tables={})
    assert "／／／／" in whole(maker().make(paper))


def test_a_paper_without_a_case_has_no_empty_place_for_a_bar_code():
    text = text_of(maker().make(replace(specimen(TEMPLATES["mandate"]), barcode="")), 0)
    assert "生成条形码" not in text
    assert "受理后生成条形码" in text_of(
        maker().make(replace(specimen(TEMPLATES["mandate"]), barcode="", preview=True)), 0
    )


def test_a_township_residence_certificate_and_that_of_a_village_name_their_issuers():
    for name in ("residence_certificate", "village_residence_certificate"):
        text = text_of(maker().make(specimen(TEMPLATES[name], body="云溪镇柳湾村村民委员会")), 0)
        assert "云溪镇柳湾村村民委员会（盖章）" in text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("supplement_notice", ("第三十二条第一款第四项", "合计2项", "2026年6月12日前", "自收到申请材料之日起即为受理")),
        (
            "non_acceptance_notice",
            ("√", "示范县自然资源局", "六十日内向县级人民政府申请行政复议", "六个月内向人民法院"),
        ),
        ("grant_decision", ("准予行政许可决定书", "十个工作日内送达", "（印章）")),
        ("refusal_decision", ("不予行政许可决定书", "理由：", "六十日内向县级人民政府申请行政复议")),
        ("extension_notice", ("第四十二条第一款", "10个工作日", "覃静秋（镇长）", "新的期限")),
        ("suspension_notice", ("现场勘查", "不计算在办理期限内")),
        ("service_receipt", ("受送达人", "5199011012026001", "直接送达")),
        ("withdrawal_form", ("自愿撤回该申请", "519900200307030321")),
        ("return_slip", ("退回下列申请材料", "云溪3收〔2026〕000412号")),
        ("handover_slip", ("现交你处", "材料按表当面点清", "接收人签收")),
        ("forwarding_slip", ("依法由你单位决定", "接收单位签收")),
        ("mandate", ("委托事项和权限", "自2026年5月18日起至2026年11月17日止", "受托人签名")),
        ("agency_mandate", ("代办员签名", "代办免费")),
        ("pledge", ("告知", "承诺", "相邻权利人意见（2026年6月1日前）")),
        ("proof_pledge", ("自主选择", "核查方式", "不实承诺")),
        ("privacy_notice", ("第十七条", "保存期限", "查阅、复制、更正、补充")),
        ("inquiry_slip", ("首问责任", "转交部门")),
        ("day_report", ("一事一记", "复核人签名", "缺号", "龚望舒")),
        ("item_guide", ("需要带的材料", "不收费", "当场受理", "9:00—12:00")),
        ("homestead_approval", ("第六十二条", "农宅字", "东至村道", "120平方米")),
        ("no_criminal_record_certificate", ("未发现有犯罪记录", "应当保密")),
        ("temporary_identity_proof", ("照片", "不能代替居民身份证")),
    ],
)
def test_each_paper_tells_what_its_law_asks_for(name, told):
    text = whole(maker().make(specimen(TEMPLATES[name])))
    assert [words for words in told if words not in text] == []


@SIZES
def test_a_case_number_stands_on_one_line_of_the_day_report(size):
    document = pypdfium2.PdfDocument(maker().make(specimen(TEMPLATES["day_report"], size)))
    try:
        lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    finally:
        document.close()
    assert len([line for line in lines if "20260518" in line]) > 1
    assert [line for line in lines if "20260518 000731 0042" in line and "0042 97" not in line] == []


def test_a_sample_says_nothing_of_places_and_bears_a_number_as_the_paper_will():
    for template in TEMPLATES.values():
        assert "〔about〕" not in specimen(template).values.values()
    homestead = specimen(TEMPLATES["homestead_approval"])
    assert homestead.values["number"] == "5199001012026412"
    assert "农宅字5199001012026412号" in "".join(text_of(maker().make(homestead), 0).split())
    assert read_separator(specimen(TEMPLATES["separator_sheet"]).values["code"])
