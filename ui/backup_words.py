"""The words of backups, for the command line and the settings. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dates import long_time
from ui.text import _

if TYPE_CHECKING:
    from app.services.backup_files import Manifest
    from app.services.backups import BackupStatus


def backup_words(manifest: Manifest) -> str:
    """Return one line about a backup: whose, when made, up to which entry, and which sheet opens it."""
    what = _("%(place)s（%(station)s），%(time)s，第 %(epoch)d 段第 %(seq)d 条，程序 %(program)s") % {
        "place": manifest.place,
        "station": manifest.station,
        "time": long_time(manifest.made_at),
        "epoch": manifest.epoch,
        "seq": manifest.seq,
        "program": manifest.program,
    }
    return what + (_("，恢复单 %(sheet)s") % {"sheet": manifest.sheet} if manifest.sheet else "")


def last_words(status: BackupStatus) -> str:
    """Return when the last good backup was made, and where it is."""
    if status.last_good_at is None:
        return _("还没有备份")
    return _("%(time)s，%(file)s") % {"time": long_time(status.last_good_at), "file": status.last_good_file}


def trouble(status: BackupStatus) -> str:
    """Return what is not as it should be with the automatic backups, empty when all is well."""
    if status.failure == "DiskFull":
        return _("上次自动备份没有成功：备份盘已满。程序会每十分钟再试。")
    if status.failure:
        return _("上次自动备份没有成功：备份文件夹不在或不能写入。程序会每十分钟再试。")
    if status.plan.folder and status.is_old:
        return _("最近两天没有成功的备份。")
    if status.is_same_disk:
        return _("备份文件夹和数据在同一块磁盘上：磁盘坏了会一起丢失。请选移动盘或网络盘。")
    if status.last_good_at and not status.last_good_sheet:
        return _("还没有恢复单：密钥或口令丢了，这些备份就打不开。请在下面新做一张，再备份一次。")
    return ""


def sign(status: BackupStatus | None) -> tuple[str, str, str] | None:
    """Return words, explanation and tone for the status strip; None while all is well or nobody has begun with backups."""
    if status is None or (status.plan.folder is None and status.last_good_at is None):
        return None
    if status.failure:
        return _("备份未成功"), trouble(status), "warn"
    return (_("备份过期"), _("最近两天没有成功的备份。"), "warn") if status.is_old else None
