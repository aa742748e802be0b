"""The words of enrolment and how an invitation file is read, for the first start and the settings. Qt-free."""

from pathlib import Path

from app.services.enrolment import EnrolmentState, EnrolmentStatus, Offer, Step
from app.services.errors import BadInvitation
from app.services.invitations import LARGEST_FILE
from ui.dates import long_day, long_time
from ui.text import _

SUFFIX = "*.lideng-invitation"
GROUP = 4


def kinds() -> str:
    """Return what the system's dialogue offers to open."""
    return _("邀请文件 (%(suffix)s)") % {"suffix": f"{SUFFIX} *.json"}


def read_file(path: Path) -> bytes:
    """Return the bytes of an invitation file, cut where no invitation goes on; BadInvitation when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInvitation("kind") from error


def fingerprint_words(fingerprint: str) -> str:
    """Return a fingerprint in groups, to be read aloud."""
    return " ".join(fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP))


def offer_words(offer: Offer) -> str:
    """Return what an invitation is for, until when, and what to compare with the administrator."""
    invitation = offer.invitation
    said = {
        "station": invitation.station,
        "place": f"{invitation.service_point} {invitation.name}",
        "until": long_time(invitation.expires_at),
        "fingerprint": fingerprint_words(offer.fingerprint),
    }
    words = (
        _("邀请给窗口 %(station)s（%(place)s），%(until)s 前有效。中心标识 %(fingerprint)s，请与管理员核对。") % said
    )
    if not offer.replaces:
        return words
    other = _(
        "这不是本柜台现在登记的中心（标识 %(fingerprint)s）。请在电话里向管理员问明为什么换，登记时要第二人确认。"
    )
    return f"{words}{other % {'fingerprint': fingerprint_words(offer.replaces)}}"


def step_words(step: Step) -> str:
    """Return what an enrolment does now."""
    return {
        Step.KEYS: _("正在准备本柜台的密钥"),
        Step.CONNECTING: _("正在连接中心"),
        Step.ENROLLING: _("正在登记"),
        Step.CERTIFICATE: _("正在领取证书"),
    }[step]


def state_words(status: EnrolmentStatus) -> str:
    """Return how the counter stands with its centre."""
    match status.state:
        case EnrolmentState.ALONE:
            return _("单独使用，没有登记到中心")
        case EnrolmentState.PENDING:
            until = long_time(status.expires_at) if status.expires_at else ""
            return _("已收下邀请，等待连接中心（%(until)s 前有效）") % {"until": until}
        case EnrolmentState.KEYLESS:
            return _("登录中心的密钥丢失了，需要新的邀请文件")
    at = long_time(status.enrolled_at) if status.enrolled_at else ""
    return _("%(at)s 登记") % {"at": at}


def certificate_words(status: EnrolmentStatus) -> str:
    """Return how it stands with the certificate, empty where there is no centre."""
    if status.state is not EnrolmentState.ENROLLED:
        return ""
    if status.certified_until is None:
        return _("等待中心签发")
    return _("有效至 %(day)s，到期前自动更新") % {"day": long_day(status.certified_until.date())}
