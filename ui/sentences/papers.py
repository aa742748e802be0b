"""What to say when a paper cannot be made or printed."""

from app.domain.paper import PaperState
from app.services import errors
from ui.paper_titles import ended_words
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _


def _missing_glyphs(error: errors.MissingGlyphs) -> Message:
    what = _("没有字体能显示这些字：%(characters)s") % {"characters": error.characters}
    return Message(
        what, _("还没有取号，内容没有丢失。"), _("请核对是否输错；确是此字，请让维护人员安装含生僻字的字体。")
    )


def _paper_void(error: errors.PaperVoid) -> Message:
    ended = {"number": error.number, "ended": ended_words(error.state, error.ground)}
    do = {
        PaperState.VOIDED: _("有代替它的文书的，请打开那一份。"),
        PaperState.REPLACED: _("请打开代替它的 %(number)s。") % {"number": error.replaced_by},
    }
    return Message(_("%(number)s %(ended)s，不能再打印或签名。") % ended, "", do.get(error.state, ""))


def _not_a_seal(error: errors.NotASeal) -> Message:
    what = {
        "size": lambda: _("印章图片太大。"),
        "form": lambda: _("这个文件不是印章图片。"),
        "coarse": lambda: _("印章图片太小，印出来会模糊。"),
    }
    return Message(what[error.fault](), "", _("请用 300 dpi 以上扫描的 PNG 或 JPEG。"))


SENTENCES: Sentences = {
    errors.NumberTaken: lambda error: Message(
        _("编号 %(number)s 已经用过，没有办理。") % {"number": error.number},
        kept(),
        _("请管理员在“设置”中修改文书编号的格式。"),
    ),
    errors.PaperVoid: _paper_void,
    errors.NotSignable: plain(
        lambda: (_("这份文书不能在屏幕上签名。"), "", _("请打印出来签；已经签过的，打开就能看到。"))
    ),
    errors.NotASeal: _not_a_seal,
    errors.NoRoot: plain(
        lambda: (_("这个文件里没有中心的根证书。"), "", _("请用中心管理员给的证书、密钥文件或邀请文件。"))
    ),
    errors.BadRevocationList: plain(lambda: (_("这不是本中心签发的撤销名单。"), "", _("请向中心管理员索取新的名单。"))),
    errors.MissingGlyphs: _missing_glyphs,
    errors.UnknownTemplate: lambda error: Message(
        _("没有名为 %(name)s 的文书模板。") % {"name": error.template}, kept(), _("请联系维护人员。")
    ),
    errors.PaperFault: plain(lambda: (_("文书没有做成。"), kept(), _("请联系维护人员。"))),
}
