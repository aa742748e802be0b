"""Draws a fictitious business licence, landscape or portrait, at 150 dpi of A4: own drawing, the program's fonts."""

import numpy as np
from PIL import Image, ImageDraw

from app.services.ports import ReadField
from tests.cards.drawing import font
from tests.cards.people import Paper

LONG, SHORT = 1754, 1240
SERIF = "NotoSerifSC-Regular.otf"
INK, LABEL = (30, 30, 30), (20, 20, 20)
SCOPE = "一般项目：谷物种植；食用农产品批发；农副产品销售；日用百货销售；建筑材料销售；会议及展览服务（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"


def licence(paper: Paper, *, landscape: bool) -> np.ndarray:
    """Draw a licence: in landscape two columns, in portrait one."""
    size = (LONG, SHORT) if landscape else (SHORT, LONG)
    page = Image.new("RGB", size, (250, 248, 240))
    pen = ImageDraw.Draw(page)
    for inset in (40, 52):
        pen.rectangle((inset, inset, size[0] - inset, size[1] - inset), outline=(190, 160, 90), width=3)
    title = font(96, SERIF)
    pen.text((size[0] / 2, 190), "营 业 执 照", INK, title, anchor="mm")
    pen.text((110, 320), "统一社会信用代码", LABEL, font(26, SERIF))
    pen.text((110, 356), paper[ReadField.NUMBER], INK, font(32))
    if landscape:
        _column(pen, 110, 470, 560, _left(paper))
        _column(pen, 960, 470, 560, _right(paper))
    else:
        _column(pen, 130, 480, 720, [*_left(paper), *_right(paper)])
    pen.text((size[0] - 560, size[1] - 200), "登记机关", LABEL, font(30, SERIF))
    pen.text((size[0] - 560, size[1] - 130), "2023 年 05 月 16 日", INK, font(28, SERIF))
    return np.asarray(page)[:, :, ::-1].copy()


def _left(paper: Paper) -> list[tuple[str, str]]:
    return [
        ("名      称", paper[ReadField.NAME]),
        ("类      型", "有限责任公司（自然人投资或控股）"),
        (paper.representative_label, paper[ReadField.REPRESENTATIVE]),
        ("经 营 范 围", SCOPE),
    ]


def _right(paper: Paper) -> list[tuple[str, str]]:
    since = _said(paper.fields.get(ReadField.VALID_FROM, "2011-03-08"))
    until = _said(paper[ReadField.VALID_TO])
    place = {"经营者": "经营场所", "负责人": "营业场所", "执行事务合伙人": "主要经营场所"}
    return [
        ("注 册 资 本", "壹佰万元整"),
        ("成 立 日 期", since),
        ("营 业 期 限", "长期" if until == "长期" else f"{since}至{until}"),
        (place.get(paper.representative_label, "住      所"), paper[ReadField.ADDRESS]),
    ]


def _said(day: str) -> str:
    if day == "长期":
        return day
    year, month, number = day.split("-")
    return f"{year}年{month}月{number}日"


def _column(pen: ImageDraw.ImageDraw, x: int, y: int, width: int, lines: list[tuple[str, str]]) -> None:
    text = font(30, SERIF)
    for label, value in lines:
        pen.text((x, y), label, LABEL, font(28, SERIF))
        each = width // 30
        for start in range(0, len(value), each):
            pen.text((x + 230, y), value[start : start + each], INK, text)
            y += 46
        y += 34
