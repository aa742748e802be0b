"""What is said before a certificate is made that will bear no electronic signature, or soon would not. Qt-free."""

from app.services.document_signing import SigningStanding, Standing
from ui.dates import long_day, long_time
from ui.text import _


def unsigned_words(signing: SigningStanding) -> str:
    """Return what is to be known and done, empty where a paper is signed as it should be or never was."""
    at = signing.at
    match signing.standing:
        case Standing.ENDS_SOON if at:
            return _("窗口证书 %(day)s 到期，还没有更新。请联网同步，或告诉中心管理员。") % {"day": long_day(at.date())}
        case Standing.ENDED if at:
            words = _("窗口证书 %(day)s 已到期。可以照常出证，但没有电子签名。请联网同步，或告诉中心管理员。")
            return words % {"day": long_day(at.date())}
        case Standing.TO_COME if at:
            words = _("本机时间早于窗口证书的生效时间 %(time)s。可以照常出证，但没有电子签名。请先核对本机时间。")
            return words % {"time": long_time(at)}
        case Standing.KEYLESS:
            return _("登录中心的密钥丢失了，需要新的邀请文件")
    return ""
