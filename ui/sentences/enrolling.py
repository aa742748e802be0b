"""What to say of invitations, and of the keys and certificates by which a counter is known at its centre."""

from app.services import errors
from ui.dates import long_time
from ui.sentences.message import Message, Sentences, plain
from ui.text import _


def _bad_invitation(error: errors.BadInvitation) -> Message:
    faults = {
        "kind": _("这不是邀请文件。"),
        "newer": _("邀请文件由更新的程序写成。"),
        "changed": _("邀请文件的内容与签发时不符。"),
    }
    ways = {"newer": _("请先更新本程序。")}
    usual = _("请向中心管理员重新索取，不要改动文件。")
    return Message(faults[error.fault], _("本柜台没有改动。"), ways.get(error.fault, usual))


SENTENCES: Sentences = {
    errors.BadInvitation: _bad_invitation,
    errors.InvitationExpired: lambda error: Message(
        _("邀请只到 %(until)s 有效，现在是 %(now)s。")
        % {"until": long_time(error.expires_at), "now": long_time(error.now)},
        _("本柜台没有改动。"),
        _("如果本机时间不对，请先校正；否则请向中心管理员索取新的邀请文件。"),
    ),
    errors.InvitationAhead: lambda error: Message(
        _("邀请在 %(made)s 签发，而本机时间是 %(now)s。")
        % {"made": long_time(error.issued_at), "now": long_time(error.now)},
        _("本柜台没有改动。"),
        _("请先校正本机时间，再打开邀请文件。"),
    ),
    errors.InvitationForOther: lambda error: Message(
        _("邀请给的是窗口 %(invited)s，这里是 %(station)s。") % {"invited": error.invited, "station": error.station},
        _("本柜台没有改动。"),
        _("请向中心管理员索取本窗口的邀请文件；窗口编号一经使用不能更改。"),
    ),
    errors.InvitationSpent: plain(
        lambda: (
            _("邀请已经用过、已过期，或者已被收回。"),
            _("本柜台照常办理，什么都没有丢失。"),
            _("请向中心管理员索取新的邀请文件。如果本柜台从未登记过，请告诉管理员：可能有人用过它。"),
        )
    ),
    errors.OtherCentre: plain(
        lambda: (
            _("这是另一个中心的邀请，本柜台已经登记在别的中心。"),
            _("本柜台没有改动。"),
            _("请核对文件，或联系中心管理员；确实要换时请在“设置→中心”中打开，由第二人确认。"),
        )
    ),
    errors.NotInvited: plain(
        lambda: (
            _("本柜台没有登记到中心，或者登录中心的密钥丢失了。"),
            _("本柜台照常办理。"),
            _("请向中心管理员索取邀请文件，在“设置→中心”中打开。"),
        )
    ),
    errors.BadAuthority: plain(
        lambda: (_("这不是中心的签发密钥文件，或者已被改动。"), "", _("请换用正确的文件或它的备份。"))
    ),
    errors.BadRequest: plain(
        lambda: (_("窗口的证书申请不合要求，没有签发。"), "", _("请让该窗口重新登记；再出现时请联系维护人员。"))
    ),
    errors.BadCertificate: plain(
        lambda: (
            _("中心发来的证书不是给本窗口的，没有采用。"),
            _("本柜台照常办理。"),
            _("请核对本机时间；再出现时请联系中心管理员。"),
        )
    ),
}
