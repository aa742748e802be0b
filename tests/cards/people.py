"""People and enterprises that do not exist, with numbers whose check digits are right and whose area codes are none."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from app.services.ports import ReadField

NO_PROVINCES = (16, 17, 18, 19, 24, 25, 26, 27, 28, 29, 38, 39, 47, 48, 49, 55, 56, 57, 58, 59, 66, 67, 68, 69)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "尉迟")
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志玉梅红波辉宇鹏飞鑫欣怡浩然子涵梓萱雨泽晨曦嘉瑞思远诗琪俊熙博文佳慧春生德胜福海凤珍淑贤永康金凤银花水根土旺"
RARE = "㛃䶮𠅤𬭎𬍛𫍯㭎喆堃昇玥頔㑇㐱𬱖𬤝犇淼彧翀劼祎琇珺垚骉"
MINORITY = (
    ("阿布都热合曼·买买提", "维吾尔"), ("古丽巴哈尔·艾尼瓦尔", "维吾尔"), ("迪丽娜孜·吐尔逊江", "维吾尔"),
    ("努尔兰·叶尔肯别克", "哈萨克"), ("扎西顿珠", "藏"), ("巴特尔", "蒙古"), ("卓玛拉姆", "藏"), ("阿依古丽·玉素甫", "柯尔克孜"),
)  # fmt: skip
ETHNICITIES = ("汉",) * 12 + (
    "回",
    "壮",
    "满",
    "苗",
    "彝",
    "土家",
    "布依",
    "朝鲜",
    "侗",
    "瑶",
    "白",
    "哈尼",
    "傈僳",
    "仡佬",
    "达斡尔",
    "鄂温克",
    "乌孜别克",
)
COUNTIES = (
    "示范省云溪市柳湾区",
    "示范省青石县",
    "样例自治区河套市东滩县",
    "示范省云溪市古塘县",
    "样例省麦积山市榆树区",
)
PLACES = (
    "青石镇大槐村三组17号",
    "柳湾街道迎春路286号6幢2单元1104室",
    "云溪镇石桥村委会下河湾自然村45号",
    "北塘乡桃花坪村四社",
    "新民街道东风巷9号",
    "红旗镇胜利村民委员会老鸦岭屯112号附3号",
)
SIDES = (ReadField.ISSUER, ReadField.VALID_FROM, ReadField.VALID_TO)
"""What stands on the back of a card."""


@dataclass(frozen=True)
class Paper:
    """What stands on a card or licence, as a reading should have it."""

    fields: dict[ReadField, str] = field(default_factory=dict)
    representative_label: str = ""

    def __getitem__(self, name: ReadField) -> str:
        return self.fields[name]


def resident(rng: random.Random, *, has_rare_name: bool | None = None) -> Paper:
    """Make somebody up; every fourth has a rare character in the name, every twelfth a name with ·."""
    name, ethnicity = _name(rng, has_rare_name)
    born = date(1938, 1, 1) + timedelta(days=rng.randrange(31_000))
    is_male = rng.random() < 0.5
    serial = rng.randrange(50) * 2 + is_male
    stem = f"{rng.choice(NO_PROVINCES)}{rng.randrange(10_000):04d}{born:%Y%m%d}{rng.randrange(10)}{serial:02d}"
    since = date(2012, 1, 1) + timedelta(days=rng.randrange(4_800))
    county = rng.choice(COUNTIES)
    return Paper(
        {
            ReadField.NAME: name,
            ReadField.SEX: "男" if is_male else "女",
            ReadField.ETHNICITY: ethnicity,
            ReadField.BIRTH: born.isoformat(),
            ReadField.ADDRESS: county + rng.choice(PLACES),
            ReadField.NUMBER: stem + str(mod_11_2.calc_check_digit(stem)),
            ReadField.ISSUER: county.removeprefix("示范省").removeprefix("样例省").removeprefix("样例自治区")
            + "公安局",
            ReadField.VALID_FROM: since.isoformat(),
            ReadField.VALID_TO: "长期" if born.year < 1968 else _years_later(since, 20 if born.year < 1990 else 10),
        }
    )


def _name(rng: random.Random, has_rare: bool | None) -> tuple[str, str]:
    if has_rare is None and rng.random() < 1 / 12:
        return rng.choice(MINORITY)
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.05 else rng.choice(SURNAMES)
    given = [rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2, 2)))]
    if has_rare or (has_rare is None and rng.random() < 0.25):
        given[-1] = rng.choice(RARE)
    return surname + "".join(given), rng.choice(ETHNICITIES)


def _years_later(day: date, years: int) -> str:
    return (day - timedelta(days=day.day == 29 and day.month == 2)).replace(year=day.year + years).isoformat()


KINDS = (("有限公司", "法定代表人"), ("商贸有限责任公司", "法定代表人"), ("便民超市", "经营者"), ("农民专业合作社", "法定代表人"),
         ("企业管理中心（有限合伙）", "执行事务合伙人"), ("股份有限公司柳湾分公司", "负责人"))  # fmt: skip
TRADES = ("云溪丰禾", "示范县春归", "青石古塘", "样例榆树", "柳湾聚源", "河套金穗")
BUSINESSES = ("种植", "粮油", "建材", "生态农业", "茶叶", "机械")


def make_licence(rng: random.Random) -> Paper:
    """Make an enterprise up."""
    kind, label = rng.choice(KINDS)
    since = date(2003, 1, 1) + timedelta(days=rng.randrange(8_000))
    fields = {
        ReadField.NAME: rng.choice(TRADES) + rng.choice(BUSINESSES) + kind,
        ReadField.NUMBER: _code(rng),
        ReadField.REPRESENTATIVE: rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(2)),
        ReadField.ADDRESS: rng.choice(COUNTIES) + rng.choice(PLACES),
        ReadField.VALID_FROM: since.isoformat(),
        ReadField.VALID_TO: rng.choice(("长期", _years_later(since, 30))),
    }
    if fields[ReadField.VALID_TO] == "长期":
        del fields[ReadField.VALID_FROM]
    return Paper(fields, label)


def _code(rng: random.Random) -> str:
    """Return a code whose two check digits, that of the organisation within and that at the end, are right."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    own = [rng.choice("0123456789" + "ABCDEFGHJKLMNPQRTUWXY" * (rng.random() < 0.5)) for _ in range(8)]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    check = (11 - sum(w * digits.index(c) for w, c in zip(weights, own, strict=True)) % 11) % 11
    stem = rng.choice(("91", "92", "93")) + f"{rng.choice(NO_PROVINCES)}{rng.randrange(10_000):04d}" + "".join(own)
    stem += "X" if check == 10 else str(check)
    assert set(stem) <= set(alphabet)
    return stem + uscc.calc_check_digit(stem)
