"""What to say of disk, keys, store, journal and backups."""

from app.services import errors
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _


def _broken_journal(error: errors.BrokenJournal) -> Message:
    faults = {
        "body": _("内容被改动"),
        "hash": _("内容与哈希不符"),
        "signature": _("签名不符"),
        "sequence": _("缺少、重复或调换了条目"),
        "epoch": _("起始条目不符"),
        "cut": _("结尾被截去"),
        "key": _("签名密钥不符"),
    }
    place = {"epoch": error.epoch, "seq": error.seq, "fault": faults.get(error.fault, error.fault)}
    what = _("台账核对不通过：第 %(epoch)d 段第 %(seq)d 条，%(fault)s。") % place
    return Message(what, "", _("请保留此文件，不要修改，报告中心。"))


def _bad_backup(error: errors.BadBackup) -> Message:
    faults = {
        "kind": _("这不是备份文件，或者文件没有写完。"),
        "changed": _("备份文件的内容与写入时不符。"),
        "newer": _("备份由更新的程序写成。"),
        "station": _("这是另一个窗口的备份。"),
    }
    return Message(faults[error.fault], _("本柜台的数据没有改动。"), _("请换一份备份，或联系维护人员。"))


def _wrong_recovery_code(error: errors.WrongRecoveryCode) -> Message:
    if error.group:
        return Message(_("恢复码第 %(group)d 组有误。") % {"group": error.group}, "", _("请对照恢复单再输一次。"))
    return Message(_("恢复码打不开密钥。"), _("数据没有改动。"), _("请找出编号相符的恢复单。"))


SENTENCES: Sentences = {
    errors.DiskFull: plain(lambda: (_("磁盘已满，没有存上。"), kept(), _("请腾出空间后再试。"))),
    errors.ReadOnlyStore: plain(lambda: (_("数据所在的文件夹不能写入。"), kept(), _("请检查磁盘和权限后再试。"))),
    errors.DiskFault: plain(
        lambda: (
            _("磁盘写入出错，没有存上。"),
            _("已受理的办件和已填写的内容没有丢失。"),
            _("请再试一次；再出现时请停用本机，让维护人员检查磁盘。"),
        )
    ),
    errors.StoreBusy: plain(lambda: (_("数据正被另一个程序占用。"), kept(), _("请稍候再试。"))),
    errors.ProfileInUse: plain(
        lambda: (_("这个柜台已经有一个窗口开着。"), "", _("请使用已打开的窗口，或先把它关闭。"))
    ),
    errors.NoProfile: plain(
        lambda: (_("这个文件夹里还没有柜台。"), "", _("请先打开窗口完成首次设置，或用 --profile 指明文件夹。"))
    ),
    errors.KeyringUnavailable: plain(
        lambda: (_("系统密钥环没有应答。"), _("数据没有改动。"), _("请解锁密钥环（通常是登录桌面）后再试。"))
    ),
    errors.KeysMissing: plain(
        lambda: (
            _("找不到本柜台的密钥。"),
            _("数据没有改动。"),
            _("没有密钥无法打开；请用当初的系统账户登录，或联系维护人员。"),
        )
    ),
    errors.PlaceUnavailable: lambda error: Message(
        _("备份文件夹 %(folder)s 不在或不能写入。") % {"folder": error.folder},
        _("柜台的数据没有改动。"),
        _("请检查移动盘或网络后再试。"),
    ),
    errors.UpgradeFailed: lambda error: Message(
        _("数据升级没有成功，已全部退回。"),
        _("数据和升级前完全一样，备份在 %(copy)s。") % {"copy": error.copy},
        _("请继续用原来的版本，并联系维护人员。"),
    ),
    errors.WrongKey: plain(
        lambda: (
            _("密钥打不开数据，或文件不是本程序的数据库。"),
            _("数据没有改动。"),
            _("请核对文件夹，或联系维护人员。"),
        )
    ),
    errors.DamagedStore: plain(
        lambda: (_("数据文件已损坏。"), _("程序没有改动它。"), _("请不要继续使用，保留文件并用备份恢复。"))
    ),
    errors.NewerSchema: plain(lambda: (_("数据由更新的程序写成。"), _("数据没有改动。"), _("请安装新版本后再打开。"))),
    errors.RetiredKey: plain(
        lambda: (
            _("找到的签名密钥是更换以前的，不能再用。"),
            _("数据没有改动。"),
            _("请用恢复单运行 main.py recover。"),
        )
    ),
    errors.BrokenJournal: _broken_journal,
    errors.WrongPassphrase: plain(lambda: (_("密钥口令不对。"), "", _("请再输一次。"))),
    errors.WrongRecoveryCode: _wrong_recovery_code,
    errors.ProfileExists: lambda error: Message(
        _("%(folder)s 里已经有一个柜台。") % {"folder": error.profile},
        _("数据没有改动。"),
        _("确实要恢复时加上 --replace：原来的数据会移到旁边，不会删除。"),
    ),
    errors.BadBackup: _bad_backup,
    errors.NotAJournal: lambda error: Message(
        _("第 %(line)d 行不是台账导出的内容。") % {"line": error.line} if error.line else _("这个文件读不了。"),
        "",
        _("请核对文件是否完整。"),
    ),
}
