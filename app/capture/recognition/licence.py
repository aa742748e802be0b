"""Takes the fields of a business licence (营业执照) out of lines of text, landscape and portrait. Plain Python.

Each label owns what stands right of it, and the lines that go on below that at the same left edge.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.capture.recognition.days import day_of, days_of
from app.capture.recognition.lines import Box, Fields, Found, TextLine, squeezed
from app.capture.recognition.resident_card import DOUBTFUL, MENDED
from app.capture.recognition.traditional import simplified
from app.domain.misreadings import looks_like_credit_code, read_credit_code
from app.domain.people import tidy_name
from app.services.ports import ReadField

LABELS: Mapping[str, ReadField | None] = {
    "统一社会信用代码": ReadField.NUMBER,
    "社会信用代码": ReadField.NUMBER,
    "名称": ReadField.NAME,
    "字号名称": ReadField.NAME,
    "法定代表人": ReadField.REPRESENTATIVE,
    "负责人": ReadField.REPRESENTATIVE,
    "经营者": ReadField.REPRESENTATIVE,
    "经营者姓名": ReadField.REPRESENTATIVE,
    "投资人": ReadField.REPRESENTATIVE,
    "执行事务合伙人": ReadField.REPRESENTATIVE,
    "住所": ReadField.ADDRESS,
    "营业场所": ReadField.ADDRESS,
    "经营场所": ReadField.ADDRESS,
    "主要经营场所": ReadField.ADDRESS,
    "营业期限": ReadField.VALID_TO,
    "合伙期限": ReadField.VALID_TO,
    "类型": None, "组成形式": None, "经营范围": None, "注册资本": None, "成立日期": None, "注册日期": None, "出资额": None,
    "成员出资总额": None, "登记机关": None, "核准日期": None,
}  # fmt: skip
"""Labels and the field that each names; None where it only ends what stood before."""
TITLE = "营业执照"
CODE_LABEL = "信用代码"
_BY_LENGTH = sorted(LABELS, key=len, reverse=True)
_DAY = re.compile(r"([0-9OIlSB]{4})年([0-9OIlSB]{1,2})月([0-9OIlSB]{1,2})日?")
_WITHOUT_END = re.compile(r"[长長]期|永久|无固定期限")
LINE_PITCH = 1.6
"""Lines of one value follow each other within so many heights of a label; values stand further apart."""
_WHOLE_NAME = re.compile(
    r"(?:公司|合作社|合作联社|超市|商店|商行|经营部|服务部|中心|工作室|厂|店|部|行|[（(](?:有限|普通)合伙[)）])$"
)
"""How an enterprise's name ends; the line below is its type then, whose label was not read."""
_SHORT = 3
"""Characters: a label that is spread over a line is found in pieces of so many at most."""


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    field: ReadField | None
    box: Box
    rest: str
    """What stands behind it in the same piece of text."""
    line: TextLine


def is_licence(lines: Iterable[TextLine]) -> bool:
    """Tell whether lines of text are those of a business licence."""
    text = "".join(squeezed(line.text) for line in lines)
    return TITLE in text or CODE_LABEL in text


def licence(lines: Sequence[TextLine]) -> Fields:
    """Return the fields of a business licence, as far as they were read."""
    pieces = _joined(lines)
    labels = [label for piece in pieces if (label := _label(piece))]
    labels += _misread_labels(pieces, labels)
    own = {label.line for label in labels}
    others = [piece for piece in pieces if piece not in own and TITLE not in squeezed(piece.text)]
    fields = _code(pieces)
    for label in labels:
        if label.field and label.field is not ReadField.NUMBER and label.field not in fields:
            fields |= _read(label, _owned(label, labels, others))
    return fields


def _joined(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, those that are pieces of one label (名 … 称) joined."""
    left = sorted(lines, key=lambda one: (one.box.left, one.box.top))
    joined: list[TextLine] = []
    while left:
        line = left.pop(0)
        for other in [one for one in left if _goes_on(line, one)]:
            line = TextLine(line.text + other.text, min(line.confidence, other.confidence), _both(line.box, other.box))
            left.remove(other)
        joined.append(line)
    return sorted(joined, key=lambda one: (one.box.top, one.box.left))


def _goes_on(line: TextLine, other: TextLine) -> bool:
    text = squeezed(line.text) + squeezed(other.text)
    is_near = abs(line.box.middle[1] - other.box.middle[1]) < line.box.height / 2
    is_short = len(squeezed(line.text)) <= _SHORT and len(squeezed(other.text)) <= _SHORT
    return is_near and is_short and any(label.startswith(text) for label in LABELS)


def _both(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )


def _label(line: TextLine) -> _Label | None:
    text = squeezed(line.text)
    for name in _BY_LENGTH:
        if text.startswith(name):
            return _Label(name, LABELS[name], line.box, text[len(name) :].lstrip(":"), line)
    return None


def _misread_labels(pieces: Sequence[TextLine], known: Sequence[_Label]) -> list[_Label]:
    """Return labels with one misread character, of fields that no label was read for."""
    have = {label.field for label in known}
    missing = [
        name for name, field in LABELS.items() if field not in have or (field is None and not _is_known(name, known))
    ]
    own = {label.line for label in known}
    found = ((piece, name) for piece in pieces if piece not in own for name in missing if _is_misread(piece, name))
    return [_Label(name, LABELS[name], piece.box, "", piece) for piece, name in found]


def _is_known(name: str, known: Sequence[_Label]) -> bool:
    return any(label.name == name for label in known)


def _is_misread(line: TextLine, name: str) -> bool:
    text = squeezed(line.text).rstrip(":")
    return len(text) == len(name) and sum(a != b for a, b in zip(text, name, strict=True)) == 1


def _owned(label: _Label, labels: Sequence[_Label], others: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines that belong to a label, from the top."""
    height = label.box.height
    next_right = min((other.box.left for other in labels if _is_right_of(other.box, label.box)), default=float("inf"))
    first = [one for one in others if not label.rest and _is_right_of(one.box, label.box) and one.box.left < next_right]
    first = sorted(first, key=lambda one: one.box.left)[:1]
    own = [label.line] if label.rest else first
    if not own:
        return []
    edge = own[0].box.left if first else label.box.right
    ends = [other.box.top for other in labels if other.box.top > label.box.bottom and other.box.left < edge + height]
    bottom = min((top for top in ends if top > label.box.bottom), default=float("inf"))
    for line in others:
        last = own[-1].box
        if label.field is ReadField.NAME and _WHOLE_NAME.search(squeezed(own[-1].text)):
            break
        is_below = 0 < line.box.middle[1] - last.middle[1] < LINE_PITCH * height and line.box.middle[1] < bottom
        if line not in own and is_below and _goes_on_below(line.box, own[-1].box if first else None, edge, height):
            own.append(line)
    return own


def _goes_on_below(box: Box, last: Box | None, edge: float, height: float) -> bool:
    if last is None:
        return abs(box.left - edge) < 4 * height
    return abs(box.left - edge) < 1.2 * height


def _is_right_of(box: Box, label: Box) -> bool:
    return box.left > label.right - label.height / 2 and abs(box.middle[1] - label.middle[1]) < label.height * 0.7


def _read(label: _Label, lines: Sequence[TextLine]) -> Fields:
    texts = [label.rest if line is label.line else squeezed(line.text) for line in lines]
    text = "".join(texts)
    if not text or label.field is None:
        return {}
    found = Found(text, min(line.confidence for line in lines), tuple(line.box for line in lines))
    if label.field is ReadField.VALID_TO:
        return _term(found)
    if label.field is ReadField.REPRESENTATIVE:
        return {label.field: replace(found, text=tidy_name(text))}
    if label.field is ReadField.NAME:
        return {label.field: replace(found, text=_with_full_brackets(text))}
    return {label.field: replace(found, text=simplified(text))}


def _with_full_brackets(text: str) -> str:
    """Return an enterprise's name with the brackets of Chinese print."""
    return simplified(text).replace("(", "（").replace(")", "）")


def _term(found: Found) -> Fields:
    """Return from when to when an enterprise may do business; 长期 may stand alone."""
    if days := days_of(found.text.replace("自", "")):
        since, until = days
        return {
            ReadField.VALID_FROM: replace(found, text=since.isoformat()),
            ReadField.VALID_TO: replace(found, text=until.isoformat() if until else "长期"),
        }
    if _WITHOUT_END.search(found.text):
        return {ReadField.VALID_TO: replace(found, text="长期")}
    match = _DAY.search(found.text)
    day = day_of(*match.groups()) if match else None
    return {ReadField.VALID_TO: replace(found, text=day.isoformat())} if day else {}


def _code(lines: Sequence[TextLine]) -> Fields:
    """Return the unified social credit code, wherever it stands: no other text looks like it."""
    for line in lines:
        text = squeezed(line.text)
        text = text[text.rindex("代码") + 2 :].lstrip(":") if "代码" in text else text
        if looks_like_credit_code(text):
            code = read_credit_code(text)
            found = Found(code.text, line.confidence, (line.box,), code.is_repaired)
            limit = 1.0 if code.is_sound and not code.is_repaired else MENDED if code.is_sound else DOUBTFUL
            return {ReadField.NUMBER: replace(found, confidence=min(found.confidence, limit))}
    return {}
