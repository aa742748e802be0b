"""What the commands of a centre say: plain lines, or JSON for scripts. Qt-free."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from ui.dates import exact_time
from ui.enrolling import fingerprint_words
from ui.supervising_words import case_lines, file_lines, opening_lines
from ui.text import _, listed, ngettext, pgettext

ALARMS = {
    "findings": lambda: _("有签名不符的记录"),
    "keys": lambda: _("有没人担保的新签名密钥"),
    "years": lambda: _("下一年的分区还没有建"),
    "replicas": lambda: _("没有备机连接"),
    "archive": lambda: _("预写日志归档失败过"),
    "transactions": lambda: _("数据库很久没有清理（事务号将用尽）"),
    "connections": lambda: _("连接数将满"),
    "work": lambda: _("值守没有做完，数据库写不进去（磁盘可能满了）"),
    "disk": lambda: _("磁盘将满"),
}


def as_lines(command: str, value: Any) -> str:  # noqa: ANN401  whatever the command answers
    """Return the answer to a command as an administrator reads it."""
    return {
        "central init": lambda version: _("中心数据库已就绪，结构版本 %(version)s") % {"version": version},
        "central authority": authority_lines,
        "central invite": invited_lines,
        "central enrol": signed_lines,
        "central take-in": taken_in_lines,
        "central status": status_lines,
        "central stations": station_lines,
        "central quarantine": aside_lines,
        "central findings": found_lines,
        "central keys": key_lines,
        "central publish": lambda version: _("已发布第 %(version)d 版") % {"version": version},
        "central revocation-list": list_lines,
        "central revoke": lambda _nothing: _("窗口已停用"),
        "central keep": lambda _nothing: _("保存天数已改"),
        "central erase": erased_words,
        "central detach": lambda tables: _("已移出，请归档后删除：%(tables)s") % {"tables": listed(tables)},
        "central cases": case_lines,
        "central case": file_lines,
        "central openings": opening_lines,
        "central audit": audit_lines,
        "central blanks": blank_lines,
        "central watch": round_lines,
    }[command](value)


def erased_words(count: int) -> str:
    """Return how many bodies were erased."""
    return ngettext("已清除 %(count)d 条的内容", "已清除 %(count)d 条的内容", count) % {"count": count}


def authority_lines(fingerprint: str) -> str:
    """Return what to do with a new authority."""
    said = {"fingerprint": fingerprint_words(fingerprint)}
    return (
        _("签发密钥已建立。中心标识 %(fingerprint)s。请另存一份在安全的地方，口令分开保管；丢失后各窗口都要重新入网。")
        % said
    )


def invited_lines(invited: Any) -> str:  # noqa: ANN401  of app.central_enrolling, which ui does not know
    """Return what to do with an invitation file."""
    said = {
        "station": invited.station,
        "file": invited.file,
        "until": exact_time(invited.expires_at),
        "fingerprint": fingerprint_words(invited.fingerprint),
    }
    words = _("窗口 %(station)s 的邀请文件在 %(file)s，%(until)s 前有效，只能用一次。")
    return words % said + "\n" + _("请当面或用移动盘交给窗口，并在电话里核对中心标识 %(fingerprint)s。") % said


def signed_lines(signed: Iterable[Any]) -> str:
    """Return one line a request."""
    faults = {
        "": _("已签发"),
        "waiting": _("等待签发"),
        "published": _("已向所有窗口发布"),
        "form": _("申请读不懂，没有签发"),
        "signature": _("申请的签名不符，没有签发"),
        "key": _("密钥的种类不对，没有签发"),
        "station": _("申请的不是它自己的编号，没有签发"),
    }
    lines = [f"{one.station}\t{faults[one.fault]}" for one in signed]
    return "\n".join(lines) or _("没有等待签发的申请")


def taken_in_lines(taken: Any) -> str:  # noqa: ANN401  of app.taking_in
    """Return what was taken in, and what was set aside."""
    lines = [f"{epoch}/{seq}\t{reason}" for epoch, seq, reason in taken.aside]
    words = _("窗口 %(station)s 的台账共 %(entries)d 条，补上 %(taken)d 条，其中搁置 %(aside)d 条")
    counts = {"entries": taken.entries, "taken": taken.taken, "aside": len(taken.aside)}
    lines.append(words % {"station": taken.station, **counts})
    if taken.images or taken.images_refused:
        images = {"images": taken.images, "refused": taken.images_refused}
        lines.append(_("图片 %(images)d 张已在中心，%(refused)d 张没有收（损坏，或不是这个窗口的办件）") % images)
    return "\n".join(lines)


def as_json(value: object) -> str:
    """Return any answer of a centre for a script; times are ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, PurePath):
        return str(value)
    return dataclasses.asdict(value)  # type: ignore[call-overload]


def status_lines(status: Mapping[str, Any]) -> str:
    """Return what an administrator wants to know first."""
    last = status["last_received"]
    lines = [
        _("结构版本 %(schema)s，PostgreSQL %(version)s") % status,
        _("窗口 %(stations)d 个，在用 %(enrolled)d 个，停用 %(revoked)d 个") % status,
        _("台账 %(entries)d 条，办件 %(cases)d 件，数据库 %(mb)d MB") % {**status, "mb": status["bytes"] >> 20},
        _("最近上报 %(at)s") % {"at": exact_time(datetime.fromisoformat(last)) if last else "—"},
        _("待验签的窗口 %(unverified)d 个，签名不符 %(findings)d 条，搁置 %(quarantined)d 条") % status,
        _("分区 %(years)s，内容保存 %(keep_bodies_days)d 天") % {**status, "years": listed(map(str, status["years"]))},
    ]
    lines.append(watched_words(status["watched"]))
    if not status["durable"]:
        lines.append(_("! 提交不等待落盘：请打开 fsync 和 synchronous_commit"))
    if status["open_databases"]:
        lines.append(_("! 对所有人开放的数据库：%(names)s") % {"names": listed(status["open_databases"])})
    lines += [f"! {ALARMS[name]()}" for name in (status["watched"] or {}).get("alarms", ()) if name in ALARMS]
    return "\n".join(lines)


def watched_words(watched: Mapping[str, Any] | None) -> str:
    """Return when the watch last looked."""
    if watched is None:
        return _("! 值守（central watch）还没有运行过")
    return _("值守上次查看 %(at)s") % {"at": exact_time(datetime.fromisoformat(watched["at"]))}


def station_lines(stations: Iterable[Any]) -> str:
    """Return one line a station, in columns."""
    rows = [(_("窗口"), _("状态"), _("最后一条"), _("最近上报"), _("已验签"), _("收件箱"), _("搁置"), _("名称"))]
    for one in stations:
        received = exact_time(one.received_at) if one.received_at else "—"
        places = [f"{epoch}/{seq}" for epoch, seq in ((one.epoch, one.seq), (one.verified_epoch, one.verified_seq))]
        figures = (places[0], received, places[1], str(one.inbox_last), str(one.quarantined))
        rows.append((one.code, _standing(one), *figures, one.name))
    return "\n".join("\t".join(row) for row in rows)


def _standing(one: Any) -> str:  # noqa: ANN401  a row of app.central, which ui does not know
    if one.revoked_at:
        return _("停用")
    return _("在用") if one.enrolled_at else _("未入网")


def aside_lines(entries: Iterable[Any]) -> str:
    """Return one line an entry in quarantine."""
    lines = [
        f"{one.station} {one.epoch}/{one.seq}\t{exact_time(one.received_at)}\t{one.case_number}\t{one.reason}"
        for one in entries
    ]
    return "\n".join(lines) or _("没有搁置的记录")


def found_lines(entries: Iterable[Any]) -> str:
    """Return one line an entry whose signature does not fit."""
    lines = [f"{one.station} {one.epoch}/{one.seq}\t{exact_time(one.found_at)}\t{one.fault}" for one in entries]
    return "\n".join(lines) or _("没有签名不符的记录")


def key_lines(waiting: Iterable[Any]) -> str:
    """Return one line a key that nobody has spoken for."""
    words = _("%(entries)d 条")
    lines = [
        f"{one.station} {one.epoch}\t{exact_time(one.opened_at)}\t{words % {'entries': one.entries}}\t{one.public_key}"
        for one in waiting
    ]
    return "\n".join(lines) or _("没有等待认可的密钥")


def audit_lines(audited: Any) -> str:  # noqa: ANN401  as above
    """Return every remark, then what was looked at."""
    lines = [f"{one.station} {one.epoch}/{one.seq}\t{one.what}\t{one.detail}" for one in audited.remarks]
    if audited.settled:
        lines.append(settled_words(len(audited.settled)))
    words = _("核对窗口 %(stations)d 个，记录 %(entries)d 条，办件 %(cases)d 件，搁置 %(quarantined)d 条")
    lines.append(words % vars(audited))
    count = len(audited.remarks)
    lines.append(
        ngettext("有 %(count)d 处不符", "有 %(count)d 处不符", count) % {"count": count} if count else _("全部相符")
    )
    return "\n".join(lines)


def settled_words(count: int) -> str:
    """Return how many remarks were settled before."""
    words = ngettext("另有 %(count)d 处已写明处理意见。", "另有 %(count)d 处已写明处理意见。", count)
    return words % {"count": count}


def list_lines(made: Any) -> str:  # noqa: ANN401  as above
    """Return what stands on a list of what was called back, and at whose journal somebody must look."""
    lines = [f"! {one.station} {one.epoch}/{one.seq}\t{one.what}\t{one.detail}" for one in made.remarks]
    lines += [list_words(made), _("已写入 %(file)s") % {"file": made.file}]
    if made.version:
        lines.append(_("已发布第 %(version)d 版") % {"version": made.version})
    return "\n".join(lines)


def list_words(made: Any) -> str:  # noqa: ANN401  as above
    """Return how much stands on such a list, and whose journals have faults."""
    said = {"number": made.number, "papers": made.papers, "added": made.added, "stations": made.stations}
    words = _(
        "撤销名单第 %(number)d 号：证照和决定 %(papers)d 份（新增 %(added)d 份），停用窗口的证书 %(stations)d 份。"
    )
    faulty = listed(one.station for one in made.remarks)
    told = _("台账有不符的地方，其余照常列入，请核对：%(stations)s。") % {"stations": faulty} if faulty else ""
    return words % said + told


def blank_lines(counted: Any) -> str:  # noqa: ANN401  as above
    """Return one line a station and form, in columns, and what could not be read."""
    rows = [(_("窗口"), _("空白凭证"), _("结存"), _("使用"), _("作废"), pgettext("blank", "退回"))]
    for one in counted.rows:
        counts = one.counts
        figures = (counts.unused, counts.used, counts.spoiled, counts.given_back)
        rows.append((one.station, one.form, *map(str, figures)))
    lines = ["\t".join(row) for row in rows] if counted.rows else [_("还没有窗口登记空白凭证")]
    lines += [f"! {one.station} {one.epoch}/{one.seq}\t{one.what}\t{one.detail}" for one in counted.remarks]
    return "\n".join(lines)


def round_lines(done: Any) -> str:  # noqa: ANN401  as above
    """Return what one round of the watch did, and what somebody must look at."""
    words = _("验签 %(verified)d 条，不符 %(broken)d 条，结束连接 %(ended)d 个")
    lines = [words % {"verified": done.verified, "broken": done.broken, "ended": done.ended}]
    if done.years:
        lines.append(_("已建分区 %(years)s") % {"years": listed(map(str, done.years))})
    lines += [f"! {ALARMS[name]()}" for name in done.alarms]
    return "\n".join(lines)
