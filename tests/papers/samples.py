"""Papers of a fictitious township, and ways to look into the PDFs made of them."""

import subprocess
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image

from app.definitions.papers import read_paper_templates
from app.domain.paper import PageSize, Paper
from app.papers.maker import PdfPaperMaker

TEMPLATES = Path(__file__).parents[2] / "resources" / "papers"
CASE_NUMBER = "20260518000731004297"
WITNESS = "3fa912cd88ab0c1d"
COPIES = ("交申请人", "存档")
RARE = "㛃䶮𠅤𬭎𪨰𫖯𬱖"
"""Characters of GB 18030-2022 that the packaged fonts have."""
NOWHERE = "\U0003fffd"
"""A code point that no font has: it is not a character."""
LONG_NAME = "阿卜杜热合曼·阿布都克里木·买买提明·吐尔逊尼牙孜"
LONG_ADDRESS = "示范县云溪镇柳湾村（原青杠坪村）第十四村民小组青杠路北段十八号附二百零七号柳湾安置小区A区12栋2单元301室"
VALUES = {
    "body": "云溪镇人民政府",
    "department": "云溪镇人民政府",
    "service_point": "云溪镇便民服务中心",
    "window": "3号窗口",
    "window_phone": "0899-555-0123",
    "clerk": "何长宁",
    "date": "2026年5月18日",
    "case_number": "20260518 000731 0042 97",
    "item": "居住证明（本镇居民）",
    "item_code": "110117051000",
    "collection": "当场领取",
    "applicant": "林**",
    "applicant_id": "519900********0321",
    "addressee": "林**",
    "document": "公民身份号码",
    "phone": "138****5527",
    "agent": "无",
    "issuer": "云溪镇人民政府",
    "you": "你",
    "applicant_number": "公民身份号码 519900200307030321",
    "id_label": "身份号码",
    "id_value": "519900********0321",
}
MATERIALS = (
    ("1", "居民身份证", "1", "1", "2", "扫描"),
    ("2", "户口簿（首页及本人页）", "1", "1", "3", "扫描"),
)


@cache
def maker() -> PdfPaperMaker:
    return PdfPaperMaker(read_paper_templates(TEMPLATES))


def receipt(size=PageSize.A4, rows=MATERIALS, copies=COPIES, **values) -> Paper:
    totals = {"materials_total": str(len(rows)), "originals_total": "2", "copies_total": "2", "pages_total": "5"}
    own = {"number": "云溪3收〔2026〕000412号", "received_at": "2026年5月18日 10:26"}
    return _paper("materials_receipt", {**own, **totals, **values}, size, {"materials": rows}, copies)


def notice(size=PageSize.A4, **values) -> Paper:
    own = {
        "number": "云溪3受〔2026〕000388号",
        "item": "农村宅基地用地建房审批（新建）",
        "received_at": "2026年5月18日 10:26",
        "accepted_at": "2026年5月18日 10:31",
        "accepted_because": "材料齐全，符合法定形式，本机关依法予以受理",
        "statutory": "20 个工作日",
        "promised": "8 个工作日",
        "due": "2026年5月28日 17:00",
        "fee": "不收费",
    }
    return _paper("acceptance_notice", {**own, **values}, size)


def certificate(size=PageSize.A4, **values) -> Paper:
    own = {
        "number": "云溪3证〔2026〕000097号",
        "name": "林𬱖禾",
        "sex": "女",
        "birth_date": "2003年7月3日",
        "id_number": "519900200307030321",
        "household_address": "示范县云溪镇柳湾村4组27号",
        "residence_address": "示范县云溪镇青杠路18号2单元301室",
        "residence_since": "2021年3月15日",
        "purpose": "子女入学",
        "valid_until": "2026年11月17日",
    }
    return _paper("residence_certificate", {**own, **values}, size)


def _paper(template, values, size, tables=None, copies=COPIES) -> Paper:
    return Paper(template, {**VALUES, **values}, tables or {}, CASE_NUMBER, WITNESS, size, copies)


def text_of(pdf: bytes, page: int) -> str:
    """Return the text of one page (from 0) as PDFium copies it, without line ends and spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[page].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def pages_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def picture_of(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def copied_by_poppler(pdf: bytes) -> str:
    """Return the whole text as poppler copies it, without line ends and spaces."""
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(said.stdout.decode().split())


def fonts_by_poppler(pdf: bytes) -> list[list[str]]:
    """Return the lines of pdffonts: name, type (two or three words), encoding, embedded, subset, ToUnicode."""
    said = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return [line.split() for line in said.stdout.decode().splitlines()[2:]]
