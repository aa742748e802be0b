"""What the window says of an error, without Qt: one file a family of ``app.services.errors``, and the rules' own.

A new error gets its sentence in its family's file. Remarks on single fields are in ``ui.problems``.
"""

from ui.sentences import accounts, centre, devices, enrolling, files, papers, printers, rules, store, usual
from ui.sentences.message import Message as Message
from ui.sentences.message import Sentences
from ui.text import _

SENTENCES: Sentences = {
    kind: said
    for family in (rules, store, accounts, centre, enrolling, papers, files, devices, printers, usual)
    for kind, said in family.SENTENCES.items()
}


def sentence(error: Exception) -> Message:
    """Return what to say of ``error``; of a fault that nobody foresaw, only that it happened and was logged."""
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](error)
    return Message(
        _("程序出了意外的问题。"),
        _("已受理的办件和草稿都还在。"),
        _("请再试一次；再出现时请联系维护人员，详情已写入日志。"),
    )
