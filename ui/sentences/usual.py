"""What to say of a kind of error as a whole, where a single one has no sentence of its own."""

from app.services import errors
from ui.sentences.message import Sentences, kept, plain
from ui.text import _

SENTENCES: Sentences = {
    errors.NotFound: plain(lambda: (_("找不到了，可能刚在别处办完。"), kept(), _("请返回后重新查找。"))),
    errors.Unavailable: plain(lambda: (_("现在办不到。"), kept(), _("请稍候再试。"))),
    errors.Corrupt: plain(lambda: (_("数据与写入时不符。"), _("程序没有改动它。"), _("请联系维护人员。"))),
    errors.Refused: plain(lambda: (_("没有办成。"), kept(), _("请核对后再试。"))),
}
