"""What to say when the centre is not reached or does not do what it is asked."""

from app.services import errors
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _


def _central_unavailable(error: errors.CentralUnavailable) -> Message:
    reasons = {
        "network": (_("现在连不上中心。"), _("网络恢复后会自动再试。")),
        "tls": (
            _("对方出示的证书不是这个中心的，没有连接。"),
            _("请核对本机时间和网络；仍然这样时请联系中心管理员。"),
        ),
        "tls_name": (
            _("服务器的证书上是另一个主机名，没有连接。"),
            _("请告诉中心管理员：邀请里的地址和服务器的证书对不上。"),
        ),
        "tls_time": (
            _("服务器的证书不在有效期内，没有连接。"),
            _("请先核对本机的日期和时间；都对时请告诉中心管理员。"),
        ),
        "login": (_("中心不接受本柜台的登录。"), _("请联系中心管理员，可能需要新的邀请文件。")),
        "busy": (_("中心正忙。"), _("稍后会自动再试。")),
    }
    what, way = reasons.get(error.reason, (_("中心出了故障。"), _("稍后会自动再试；一直这样时请联系中心管理员。")))
    return Message(what, _("本柜台照常办理，什么都没有丢失。"), way)


def _centre_declined(error: errors.CentreDeclined) -> Message:
    reasons = {
        "station": _("中心没有这个窗口，或者它已经停用。"),
        "enrolled": _("这个窗口已经入网或停用，没有邀请。确实要让它重新入网时加上 --again：它原来的密码和证书作废。"),
        "invitation": _("邀请的期限或密钥不合要求。"),
        "version": _("已经发布过这一版或更新的一版。"),
        "far": _("版次比上一版大得太多，没有发布。请核对版次。"),
        "ahead": _("这台电脑的时钟比中心快了五分钟以上，没有发布。请校准时钟再发布。"),
        "earlier": _("这一类公告的上一版发布时间更晚，各窗口不会采用这一版。请核对这台电脑的时钟，过一会再发布。"),
        "quarantine": _("这个位置没有搁置的记录。"),
        "finding": _("这个位置没有签名不符的记录，或者已经处理过。"),
        "remark": _("这一处不能这样写明，或者已经写过：说数据库本身被改动的要查明修复。"),
        "key": _("这个窗口的这一段没有等待认可的密钥。"),
        "refused": _("没有这条记录，或者它已经确认过、已经处理过。"),
        "year": _("中心没有这一年的数据。"),
        "kept": _("这一年的内容还在保存期内。"),
        "open": _("这一年还有没办结的办件。"),
    }
    return Message(reasons.get(error.why, _("中心没有照办。")), _("中心的数据没有改动。"), "")


SENTENCES: Sentences = {
    errors.CentralUnavailable: _central_unavailable,
    errors.ImageElsewhere: plain(
        lambda: (
            _("这张图片只在中心，现在连不上。"),
            _("图片没有丢失，中心确认过。"),
            _("联网后再打开。"),
        )
    ),
    errors.StationUnknown: plain(
        lambda: (
            _("中心没有本窗口的登记。"),
            _("本柜台照常办理，什么都没有丢失。"),
            _("请联系中心管理员，可能需要新的邀请文件。"),
        )
    ),
    errors.StationRevoked: plain(
        lambda: (
            _("中心已停用本窗口的登记，不再接收它的台账。"),
            _("本柜台的数据都在，没有丢失。"),
            _("请在“设置→台账”中按“导出给中心”，把文件交给中心管理员收入。"),
        )
    ),
    errors.ChainForked: lambda error: Message(
        _("中心那里第 %(epoch)d 段第 %(seq)d 条和本机不是同一条：可能有两台机器用着同一个窗口。")
        % {"epoch": error.epoch, "seq": error.seq},
        _("两边的台账都在，什么都没有覆盖；这里可以照常办理。"),
        _("请先关掉另一台电脑，不再使用，再由管理员在“设置→中心”按“与另一台分开”：本机独有的记录一条不少地并进来。"),
    ),
    errors.NotForked: plain(
        lambda: (_("中心的台账和本机的是同一份，没有要分开的。"), _("什么都没有改变。"), _("请照常办理。"))
    ),
    errors.ChainRefused: lambda error: Message(
        _("中心核对本机台账到第 %(seq)d 条时接不上，没有收下后面的。") % {"seq": error.seq},
        _("本柜台的数据没有改动，照常办理。"),
        _("请在“设置→台账”核对台账，并联系中心管理员。"),
    ),
    errors.BatchRefused: plain(
        lambda: (
            _("中心没有收下这一批内容。"),
            _("本柜台的数据没有改动，什么都没有丢失。"),
            _("程序会分开重试；一直这样时请联系中心管理员。"),
        )
    ),
    errors.CentralVersion: lambda error: Message(
        _("中心的版本是 %(theirs)d，本程序的是 %(ours)d，不能同步。") % {"theirs": error.theirs, "ours": error.ours},
        _("本柜台照常办理，内容先存着，什么都没有丢失。"),
        _("请更新本程序。") if error.theirs > error.ours else _("请等中心升级；不用改动本机。"),
    ),
    errors.NotAParty: plain(lambda: (_("这一件与本窗口无关，中心没有给。"), kept(), _("需要时请对方把办件交接过来。"))),
    errors.CentreDeclined: _centre_declined,
    errors.CentralRefused: plain(
        lambda: (_("中心没有接受。"), _("本柜台照常办理，什么都没有丢失。"), _("请联系中心管理员。"))
    ),
}
