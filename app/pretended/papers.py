"""The papers of the demonstration, as pictures: both sides of a card on one sheet, a page of a household book, a lease."""

from typing import TYPE_CHECKING

from app.pretended.drawing import GREY, SERIF, Colour, Sheet, px
from app.pretended.people import HOLDER, LANDLORD, CardHolder

if TYPE_CHECKING:
    from PIL.Image import Image

A4 = 210.0, 297.0
CARD = 85.6, 54.0
LABEL: Colour = (70, 120, 160)
CHARACTERS = 11
"""In a line of a card's address."""
SAMPLE = "演示样张"
CLAUSES = (
    "一、甲方将坐落于示范县云溪镇青杠路18号2单元301室的房屋租给乙方居住。",
    "二、租期二年，自2025年3月1日起至2027年2月28日止。",
    "三、租金每月六百元，按季支付；水电费由乙方按表交纳。",
    "四、乙方应爱护房屋和设施，不得转租，不得改变用途。",
    "五、一方提前解除合同的，应当提前三十日告知对方。",
    "六、本合同一式两份，甲乙双方各执一份，签字后生效。",
)


def papers() -> list["Image"]:
    """Return all of them, in the order in which a citizen hands them over; the last is the blank back of the lease."""
    return [copied_card(), household_page(), lease(), Sheet(*A4).picture]


def copied_card(holder: CardHolder = HOLDER) -> "Image":
    """Return both sides of a card on a sheet of A4."""
    sheet = Sheet(*A4)
    for side, y in ((_front(holder), 38), (_back(holder), 128)):
        sheet.picture.paste(side.picture, (px(62), px(y)))
    _sample(sheet)
    return sheet.picture


def household_page(holder: CardHolder = HOLDER) -> "Image":
    """Return a page of a household book."""
    sheet = Sheet(*A4, colour=(250, 247, 238))
    sheet.centre((105, 34), "常 住 人 口 登 记 卡", 9)
    year, month, day = holder.birth[:4], holder.birth[4:6], holder.birth[6:]
    rows = (
        ("姓名", holder.name, "户主或与户主关系", "户主"),
        ("性别", holder.sex, "民族", holder.ethnicity),
        ("出生日期", f"{year}年{month}月{day}日", "籍贯", "示范省示范县"),
        ("身份证号", holder.number, "文化程度", "高中"),
        ("婚姻状况", "已婚", "兵役状况", ""),
        ("服务处所", "粮农", "职业", "务农"),
    )
    sheet.table((22, 56), (26, 58, 38, 44), rows, 13)
    sheet.write((24, 146), f"住址  {holder.address.removeprefix('示范省')}", 4.2)
    sheet.write((24, 160), "何时由何地迁来本址  久居", 4.2)
    sheet.write((24, 244), "承办人签章  阿守田", 4.2, name=SERIF)
    sheet.write((122, 244), "登记日期  2019年3月12日", 4.2)
    sheet.seal((150, 214), "云溪派出所")
    _sample(sheet)
    return sheet.picture


def lease(holder: CardHolder = HOLDER) -> "Image":
    """Return a lease with both signatures."""
    sheet = Sheet(*A4)
    sheet.centre((105, 36), "房 屋 租 赁 合 同", 9.5)
    sheet.write((26, 56), f"出租人（甲方）：{LANDLORD}", 4.6, name=SERIF)
    sheet.write((26, 67), f"承租人（乙方）：{holder.name}    身份证号：{holder.number}", 4.6, name=SERIF)
    y = 86.0
    for clause in CLAUSES:
        for start in range(0, len(clause), 34):
            sheet.write((26 if start else 33, y), clause[start : start + 34], 4.4, name=SERIF)
            y += 9
        y += 3
    sheet.write((26, 216), f"甲方：{LANDLORD}", 5.2, (30, 40, 110), SERIF)
    sheet.write((118, 216), f"乙方：{holder.name}", 5.2, (30, 40, 110), SERIF)
    sheet.write((118, 232), "2025年2月26日", 4.4, name=SERIF)
    sheet.seal((62, 228), "柳湾村委会", 17)
    _sample(sheet)
    return sheet.picture


def _front(holder: CardHolder) -> Sheet:
    card = _card((222, 234, 240))
    year, month, day = holder.birth[:4], str(int(holder.birth[4:6])), str(int(holder.birth[6:]))
    for y, name in ((5.4, "姓名"), (11.7, "性别"), (18.0, "出生"), (24.7, "住址")):
        card.write((6, y), name, 2.4, LABEL)
    card.write((14, 4.5), holder.name, 3.6)
    card.write((14, 11.2), holder.sex, 2.9)
    card.write((28, 11.7), "民族", 2.4, LABEL)
    card.write((34.6, 11.2), holder.ethnicity, 2.9)
    for x, text in ((14, year), (27, month), (33.4, day)):
        card.write((x, 17.5), text, 2.9)
    for x, text in ((22.5, "年"), (30.8, "月"), (37.2, "日")):
        card.write((x, 18.0), text, 2.4, LABEL)
    for row, start in enumerate(range(0, len(holder.address), CHARACTERS)):
        card.write((14, 24.3 + 4.1 * row), holder.address[start : start + CHARACTERS], 3.0)
    card.write((6, 45.5), "公民身份号码", 2.4, LABEL)
    for place, digit in enumerate(holder.number):
        card.write((29 + 2.62 * place, 44.6), digit, 3.7)
    _nobody(card)
    return card


def _back(holder: CardHolder) -> Sheet:
    card = _card((232, 236, 226))
    card.pen.ellipse([px(part) for part in (6, 5, 20, 19)], outline=(190, 70, 60), width=px(0.7))
    card.write((25.4, 6.4), "中华人民共和国", 5.2)
    card.write((28, 14.9), "居 民 身 份 证", 6.4)
    card.write((16, 38.9), "签发机关", 2.5)
    card.write((28.8, 38.6), holder.issuer, 3.0)
    card.write((16, 45.7), "有效期限", 2.5)
    card.write((28.8, 45.4), holder.valid, 3.0)
    return card


def _card(colour: Colour) -> Sheet:
    card = Sheet(*CARD, colour)
    for y in range(0, px(CARD[1]), 9):
        card.pen.line((0, y, card.picture.width, y + px(2)), tuple(part - 16 for part in colour), 1)
    card.pen.rectangle((0, 0, card.picture.width - 1, card.picture.height - 1), outline=(176, 186, 192), width=2)
    return card


def _nobody(card: Sheet) -> None:
    """Draw a grey shape where a card has its photo, and say that this is no card."""
    pen = card.pen
    pen.rectangle([px(part) for part in (54.2, 7.6, 79.6, 39.8)], fill=(236, 238, 240))
    pen.ellipse([px(part) for part in (60.5, 11.9, 73.3, 27.1)], fill=(150, 152, 158))
    pen.pieslice([px(part) for part in (56, 27.1, 77.9, 54.2)], 180, 360, fill=(120, 124, 132))
    card.pen.rectangle([px(part) for part in (54.2, 39.9, 79.6, 41.4)], fill=(222, 234, 240))
    card.centre((66.9, 35.6), SAMPLE, 4.2, (250, 250, 250))


def _sample(sheet: Sheet) -> None:
    sheet.centre((105, 284), f"{SAMPLE}，人物和地名均为虚构", 3.4, GREY)
