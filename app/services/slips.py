"""The short form of receipts and notices for a roll of 58 or 80 mm: the same numbers and times in a few rows.

A slip carries the number of the paper that it is taken from; whoever wants the whole paper gets it at the window.
"""

from collections.abc import Iterator, Mapping

from app.domain.paper import Paper, PaperKind
from app.services.ports import Look, Row

Fields = tuple[tuple[str, str], ...]

_WHO: Fields = (("申请人", "applicant"), ("代办人", "agent"), ("事项", "item"))
_WHERE: Fields = (("经办人", "clerk"), ("窗口", "window"), ("查询电话", "window_phone"))
_COLLECTION: Fields = (("取件方式", "collection"),)

FIELDS: Mapping[PaperKind, Fields] = {
    PaperKind.MATERIALS_RECEIPT: (*_WHO, *_COLLECTION, ("收件时间", "received_at"), ("容缺后补", "owed"), *_WHERE),
    PaperKind.SUPPLEMENT_RECEIPT: (*_WHO, ("收件时间", "received_at"), *_WHERE),
    PaperKind.ACCEPTANCE_NOTICE: (
        *_WHO,
        ("受理时间", "accepted_at"),
        ("法定时限", "statutory"),
        ("承诺时限", "promised"),
        ("办结期限", "due"),
        ("收费", "fee"),
        *_COLLECTION,
        ("容缺后补", "owed"),
        ("告知承诺", "by_pledge"),
        *_WHERE,
    ),
    PaperKind.COLLECTION_SLIP: (
        *_WHO,
        ("领取内容", "result"),
        ("可取时间", "ready_from"),
        ("领取期限", "collect_until"),
        ("领取地点", "collect_at"),
        *_COLLECTION,
        *_WHERE,
    ),
}
"""What a slip says of each kind of paper, in order; what has no value is left out."""

MATERIALS = "materials"
NOTHING = frozenset({None, "", "无"})
INQUIRE = "凭办件编号查询进度、领取结果"


def slip_rows(paper: Paper, kind: PaperKind, title: str, mark: str = "") -> list[Row]:
    """Return the rows of the slip of ``paper``, with ``mark`` (补打) at its end; KeyError for a kind that has none."""
    values = paper.values
    return [
        Row(values.get("issuer", ""), Look.CENTRED),
        Row(title, Look.TITLE),
        Row(values.get("number", ""), Look.CENTRED),
        *(Row(remark) for remark in paper.remarks),
        Row("", Look.RULE),
        *(Row(f"{label}：{values[key]}") for label, key in FIELDS[kind] if values.get(key) not in NOTHING),
        *_materials(paper),
        Row("", Look.RULE),
        *_code(paper),
        Row(INQUIRE, Look.CENTRED),
        Row(f"本小票摘自《{title}》，全文可在窗口索取。"),
        *([Row(mark)] if mark else []),
    ]


def _materials(paper: Paper) -> Iterator[Row]:
    """Yield what was handed in: number, name, originals, copies, pages, how it was taken."""
    rows = paper.tables.get(MATERIALS, ())
    if not rows:
        return
    yield Row("", Look.RULE)
    for number, name, originals, copies, pages, how in rows:
        yield Row(f"{number}. {name}")
        counts = (("原件", originals), ("复印件", copies), ("页数", pages))
        told = "，".join(f"{label} {count}" for label, count in counts if count.strip("-—0 "))
        yield Row("　" + "，".join(part for part in (told, how) if part))
    totals = paper.values
    yield Row(
        f"合计 {totals.get('materials_total', '')} 种，原件 {totals.get('originals_total', '')} 份，"
        f"复印件 {totals.get('copies_total', '')} 份"
    )


def _code(paper: Paper) -> Iterator[Row]:
    if paper.barcode:
        yield Row(paper.barcode, Look.CODE)
        yield Row(paper.values.get("case_number", paper.barcode), Look.CENTRED)
    if paper.witness:
        yield Row(f"存证码 {paper.witness}", Look.CENTRED)
