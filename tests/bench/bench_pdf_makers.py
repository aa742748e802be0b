"""The same receipt – title, grid, eight rows, bar code and QR code – drawn by our press, Typst, WeasyPrint and fpdf2.

uv run --with weasyprint==70.0 --with fpdf2==2.8.9 --with typst==0.15.2 python -m tests.bench.bench_pdf_makers

The others are no dependencies of ours; each is left out where it is not installed. All embed subsets of Noto CJK SC;
fpdf2 takes the sans of TrueType, since it reads no CFF.
"""

import argparse
import html
import io
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import barcode
import zxingcpp
from barcode.writer import SVGWriter

from app.papers.fonts import standard_fonts
from tests.papers.samples import CASE_NUMBER, maker, receipt
from tests.security.example import steps

ROWS = tuple((str(n), f"第{n}种材料（首页及本人页）", "1", "1", "2", "扫描") for n in range(1, 9))
HEAD = ("序号", "材料名称", "原件", "复印件", "页数", "收取方式")
GRID = (
    ("申请人", "林**", "身份号码", "519900********0321"),
    ("代办人", "无", "联系电话", "138****5527"),
    ("事项", "居住证明（本镇居民）", "事项编码", "110117051000"),
    ("办件编号", "20260518 000731 0042 97", "取件方式", "当场领取"),
)
LINES = (
    "收到下列申请材料：",
    "申请材料不齐全或者不符合法定形式的，五日内一次告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理。",
)
PROOF = steps()["text"]
SERIF, SANS = standard_fonts().text[0].path, standard_fonts().bold[0].path


def ours() -> bytes:
    return maker().make(replace(receipt(rows=ROWS, copies=("交申请人",)), proof=PROOF))


def bars() -> str:
    target = io.BytesIO()
    barcode.get("code128", CASE_NUMBER, writer=SVGWriter()).write(target, {"write_text": False})
    return target.getvalue().decode()


def code() -> str:
    return zxingcpp.create_barcode(PROOF, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()


def weasyprint() -> bytes:
    from weasyprint import CSS, HTML  # noqa: PLC0415  it may not be installed
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  it may not be installed

    def table(rows) -> str:
        return (
            "<table>"
            + "".join(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in row)}</tr>" for row in rows)
            + "</table>"
        )

    fonts = FontConfiguration()
    style = CSS(
        string=f"@font-face{{font-family:S;src:url(file://{SERIF})}} @page{{size:A4;margin:20mm}}"
        "body{font:11.5pt S} h1{text-align:center} table{border-collapse:collapse;width:100%} td{border:.5pt solid}",
        font_config=fonts,
    )
    said = f"<h1>收件凭证</h1>{table(GRID)}<p>{LINES[0]}</p>{table((HEAD, *ROWS))}<p>{LINES[1]}</p>{bars()}{code()}"
    return HTML(string=said).write_pdf(stylesheets=[style], font_config=fonts)


def fpdf2() -> bytes:
    from fpdf import FPDF  # noqa: PLC0415  it may not be installed

    pdf = FPDF(format="A4")
    pdf.add_font("S", fname=str(SANS))
    pdf.set_font("S", size=11.5)
    pdf.add_page()
    pdf.cell(0, 12, "收件凭证", align="C", new_x="LMARGIN", new_y="NEXT")
    for rows in (GRID, (HEAD, *ROWS)):
        with pdf.table(first_row_as_headings=False) as table:
            for row in rows:
                table.row(row)
    for line in LINES:
        pdf.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    pdf.image(io.BytesIO(bars().encode()), w=70)
    pdf.image(io.BytesIO(code().encode()), w=34)
    return bytes(pdf.output())


def typst() -> bytes:
    import typst as compiler  # noqa: PLC0415  it may not be installed

    def cells(rows) -> str:
        return ", ".join(f"[{cell.replace('*', chr(92) + '*')}]" for row in rows for cell in row)

    said = f"""#set page("a4", margin: 20mm)
#set text(font: "Noto Serif SC", size: 11.5pt)
#align(center, text(24pt)[收件凭证])
#table(columns: 4, {cells(GRID)})
{LINES[0]}
#table(columns: (1fr, 5fr, 1fr, 1fr, 1fr, 2fr), {cells((HEAD, *ROWS))})
{LINES[1]}
#image(bytes({_quoted(bars())}), width: 70mm, format: "svg")
#image(bytes({_quoted(code())}), width: 34mm, format: "svg")
"""
    return compiler.compile(said.encode(), font_paths=[str(Path(SERIF).parent)])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


MAKERS = {
    "press (ours)": (ours, "reportlab"),
    "Typst": (typst, "typst"),
    "WeasyPrint": (weasyprint, "weasyprint"),
    "fpdf2": (fpdf2, "fpdf"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    for name, (make, package) in MAKERS.items():
        if find_spec(package) is None:
            print(f"{name}: not installed")
            continue
        begun = time.perf_counter()
        pdf = make()
        first = time.perf_counter() - begun
        times = []
        for _ in range(asked.runs):
            begun = time.perf_counter()
            pdf = make()
            times.append(time.perf_counter() - begun)
        print(
            f"{name}: first {first * 1000:.0f} ms, then median {median(times) * 1000:.1f} ms, {len(pdf) / 1000:.0f} kB"
        )
        if asked.keep:
            (asked.keep / f"{package}.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main()
