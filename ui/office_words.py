"""The words of the centre's office in the window: what went wrong, and what things are called. Qt-free."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.services import errors
from app.services.ports import AsideEntry, CentrePlan, Changes, StationRow
from ui.dates import long_time, recent_time
from ui.sentences import sentence
from ui.text import _, listed, ngettext, pgettext

SILENT_FOR = timedelta(days=3)
"""A station of which nothing came for so long is looked at; a weekend is shorter."""


def office_sentence(error: Exception) -> str:
    """Return what to tell an administrator of an error: what happened and what to do."""
    match error:
        case errors.CentralUnavailable(reason=reason):
            return _unavailable(reason)
        case errors.CentralVersion():
            return _("这个数据库还不是中心，或者结构与本程序不符。请先建立或升级中心，或者更新本程序。")
        case errors.CentreDeclined(why="enrolled"):
            return _("这个窗口已经入网或停用。确实要重新邀请时请勾选“重新入网”：它原来的密码和证书作废。")
        case errors.WrongPassphrase():
            return _("口令不对，签发密钥没有打开。")
        case errors.NotPermitted(act="central init"):
            return _("建立和升级要用 PostgreSQL 的超级用户登录，这个账号不是。")
    return sentence(error).text


def _unavailable(reason: str) -> str:
    return {
        "network": _("连不上数据库服务器。请核对地址和网络，防火墙要放行数据库端口。"),
        "tls": _("服务器的证书不是这个 CA 签发的，没有连接。请核对 CA 证书文件。"),
        "tls_name": _("服务器的证书上是另一个主机名，没有连接。请按证书上的主机名填写地址。"),
        "tls_time": _("服务器的证书不在有效期内，没有连接。请核对两边的日期，或更换证书。"),
        "login": _("数据库不接受这个登录：请核对用户名和密码，以及它是否在 lideng_admin 组里。"),
        "database": _("服务器上没有这个数据库。请核对地址里的数据库名，或者先用 createdb 建立。"),
        "busy": _("数据库正忙，请稍后再试。"),
    }.get(reason, _("数据库出了故障，请看服务器上的日志。"))


def plan_lines(plan: CentrePlan) -> tuple[str, ...]:
    """Return what preparing would do, in sentences."""
    if not plan.current:
        return (
            _("在数据库 %(database)s 里建立中心的表、函数和角色，结构版本 %(newest)s。") % _plain(plan),
            _("收回所有人对这台服务器上各数据库的默认权限：只有中心的各组角色能连接。"),
            _("全部在一个事务里完成：中途失败时什么都不留下。已有的其他表不动。"),
        )
    return (
        _("把数据库 %(database)s 从结构版本 %(current)s 升级到 %(newest)s，数据不动。") % _plain(plan),
        _("升级期间窗口的同步会等几秒，之后自动接着传。"),
        _("全部在一个事务里完成：中途失败时仍是原来的版本。请先做好备份。"),
    )


def _plain(plan: CentrePlan) -> dict[str, str]:
    return {"database": plan.database, "current": plan.current, "newest": plan.newest}


# --- stations ---------------------------------------------------------------------------------------------------


def standing_of(row: StationRow, now: datetime) -> str:
    """Return how a station stands: revoked, expired, invited, aside, silent, behind or working."""
    if row.revoked_at:
        return "revoked"
    if not row.enrolled_at:
        return "invited" if row.invited_until and row.invited_until > now else "expired"
    if row.quarantined:
        return "aside"
    if now - (row.received_at or row.enrolled_at) > SILENT_FOR:
        return "silent"
    return "behind" if unverified(row) else "working"


def standing_words(standing: str) -> tuple[str, str]:
    """Return tone and words of a station's standing."""
    return {
        "revoked": ("plain", _("已停用")),
        "expired": ("warn", _("邀请已过期")),
        "invited": ("plain", _("已邀请")),
        "aside": ("warn", _("有搁置")),
        "silent": ("warn", _("久未上报")),
        "behind": ("good", _("待验签")),
        "working": ("good", _("在用")),
    }[standing]


def unverified(row: StationRow) -> int:
    """Return how many entries of the last epoch nobody has checked the signatures of."""
    return row.seq - (row.verified_seq if row.verified_epoch == row.epoch else 0)


def contact_words(row: StationRow, now: datetime) -> str:
    """Return when something came last."""
    return recent_time(row.received_at, now) if row.received_at else "—"


def place_name(row: StationRow) -> str:
    """Return service point and window."""
    return row.name if row.service_point in {"", row.name} else f"{row.service_point} {row.name}"


def station_facts(row: StationRow, division: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what is known of a station, as name and words; ``division`` is what its division is called."""
    facts = [(_("编号"), row.code), (_("服务点"), row.service_point or "—")]
    facts.append((_("区划"), division or row.division or "—"))
    if row.invited_until and not row.enrolled_at:
        facts.append((_("邀请有效至"), long_time(row.invited_until)))
    if row.enrolled_at:
        facts.append((_("入网"), long_time(row.enrolled_at)))
        facts.append((_("最近上报"), contact_words(row, now)))
        facts.append((_("台账"), _("第 %(epoch)d 段第 %(seq)d 条") % {"epoch": row.epoch, "seq": row.seq}))
        facts.append((_("待验签"), count_words(unverified(row))))
        facts.append((_("搁置"), count_words(row.quarantined)))
    if row.left_behind:
        facts.append((_("恢复时落下"), count_words(row.left_behind)))
    if row.revoked_at:
        facts.append((pgettext("centre", "停用"), long_time(row.revoked_at)))
    return tuple(facts)


def count_words(count: int) -> str:
    """Return a number of entries."""
    return ngettext("%(count)d 条", "%(count)d 条", count) % {"count": count}


# --- bulletins --------------------------------------------------------------------------------------------------


def topic_words(topic: str) -> str:
    """Return what a topic is called."""
    return {
        "catalogue": _("事项目录"),
        "calendar": _("工作日历"),
        "papers": _("文书模板"),
        "operators": _("人员"),
        "stations": _("窗口名录"),
        "revocations": _("停用名单"),
        "called_back": _("撤销名单"),
    }.get(topic, topic)


def published_words(changes: Changes) -> str:
    """Return what is published of a topic."""
    if changes.published_at is None:
        return _("还没有发布过。")
    said = {"version": changes.version, "at": long_time(changes.published_at)}
    return _("现在发布的是第 %(version)d 版，%(at)s。") % said


# --- what is to be looked at --------------------------------------------------------------------------------------


def finding_words(what: str) -> str:
    """Return what an audit or the watch found, in words."""
    return {
        "hash": _("哈希不符：内容被改过"),
        "digest": _("摘要不符：内容被改过"),
        "body": _("内容不规范或读不出"),
        "sequence": _("序号不连续：有记录被抽走"),
        "head": _("链尾不符：末尾的记录被抽走"),
        "signature": _("签名不符"),
        "epoch": _("这一段接不上前一段"),
        "custody": _("不持有办件的窗口改了它"),
        "holder": _("中心记的持有窗口与历史不符"),
        "numbers": _("编号缺号或重号"),
        "time": _("自称的时间不可能"),
        "anchor": _("锚点不是中心给这个窗口的"),
    }.get(what, what)


def place_of_entry(station: str, epoch: int, seq: int) -> str:
    """Return station and place of an entry, the station alone where nothing else is meant."""
    return f"{station} · {epoch}/{seq}" if epoch else station


def aside_words(entry: AsideEntry) -> str:
    """Return why an entry was set aside."""
    return aside_reason(entry.reason)


def aside_reason(reason: str) -> str:
    """Return a reason of the centre's in words."""
    return {
        "not_the_holder": _("写这一条时，办件不在它手里"),
        "not_the_taker": _("办件还没有到过中心，编号又不是它的"),
        "not_a_party": _("在与它无关的办件上写了附注"),
        "too_many": _("在同一件上写了太多不能采用的记录"),
        "header": _("记录说的不是它所属的办件"),
        "unknown_holder": _("交给了不存在的窗口"),
        "refused": _("不认这一段"),
    }.get(reason, reason)


def storage_words(count: int) -> str:
    """Return a size on a disk."""
    if count >= 2**30:
        return f"{count / 2**30:,.1f} GB"
    return f"{count / 2**20:,.0f} MB" if count >= 2**20 else f"{-(-count // 2**10)} KB"


def replica_words(server: Mapping[str, Any]) -> str:
    """Return how it stands with the replicas."""
    replicas = server.get("replicas") or ()
    if replicas:
        behind = ({"name": one["name"], "size": storage_words(one["lag_bytes"] or 0)} for one in replicas)
        return listed(_("%(name)s 落后 %(size)s") % one for one in behind)
    return _("应有而没有连接") if server.get("replicas_wanted") else _("没有备机")
