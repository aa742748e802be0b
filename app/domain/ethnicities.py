"""The ethnicities of China by their numbers in GB/T 3304, as cards carry them and machines read them."""

ETHNICITIES = (
    *("汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼"),
    *("哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土"),
    *("达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克"),
    *("俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺"),
)
"""From number 1."""
OTHERS = {97: "其他", 98: "外国血统"}


def ethnicity(code: str) -> str:
    """Return the ethnicity of a number such as 01, empty for one that nobody has."""
    if not (code.isascii() and code.isdigit()):
        return ""
    number = int(code)
    return ETHNICITIES[number - 1] if 1 <= number <= len(ETHNICITIES) else OTHERS.get(number, "")


def ethnicity_like(text: str) -> str:
    """Return the group that a machine has read as ``text``: the same, the only one with one other character, or its end."""
    name = "".join(text.split()).removesuffix("族")
    if name in ETHNICITIES:
        return name
    near = [one for one in ETHNICITIES if len(one) == len(name) > 1 and _differences(one, name) == 1]
    ends = sorted((one for one in ETHNICITIES if name.endswith(one)), key=len)
    return near[0] if len(near) == 1 else ends[-1] if ends and not near else ""


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
