"""What to say of a file from outside that cannot be used."""

from app.services import errors
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _


def _bad_attachment(error: errors.BadAttachment) -> Message:
    faults = {
        "kind": _("只能添加 PDF、JPEG、PNG 和 TIFF 文件。"),
        "size": _("文件太大。"),
        "pages": _("文件页数太多。"),
        "damaged": _("文件已损坏，打不开。"),
        "encrypted": _("文件有密码，打不开。"),
    }
    return Message(faults.get(error.fault, faults["damaged"]), kept(), _("请换一个文件，或重新扫描。"))


def _bad_case_file(error: errors.BadCaseFile) -> Message:
    faults = {
        "kind": _("这不是一件的文件。"),
        "changed": _("文件的内容与写出时不符。"),
        "newer": _("文件由更新的程序写成。"),
    }
    way = _("请先更新本程序。") if error.fault == "newer" else _("请对方重新导出，不要改动文件。")
    return Message(faults[error.fault], _("什么都没有收入。"), way)


def _definitions(error: errors.BadDefinitions) -> Message:
    return Message(_("数据文件有误：") + "\n" + str(error), "", _("请改正后再试。"))


SENTENCES: Sentences = {
    errors.DefinitionError: lambda error: Message(str(error), "", ""),
    errors.BadDefinitions: _definitions,
    errors.BadAttachment: _bad_attachment,
    errors.BadCaseFile: _bad_case_file,
    errors.BadImageFile: plain(
        lambda: (
            _("台账旁边的图片文件不能用。"),
            _("已经收入的台账都在。"),
            _("请重新复制这两个文件，或者只收台账：把图片文件移开。"),
        )
    ),
    errors.WrongFileCode: plain(
        lambda: (_("文件口令不对。"), _("什么都没有收入。"), _("请向导出的窗口核对 16 位数字，再输一次。"))
    ),
    errors.BadInput: plain(lambda: (_("文件或内容不能使用。"), kept(), _("请核对后再试。"))),
}
