"""What to say of printers that do not print; what to do depends on the kind of trouble."""

from app.services import errors
from app.services.errors import PrinterTrouble
from ui.sentences.message import Message, Sentences
from ui.text import _


def printer_trouble(trouble: PrinterTrouble) -> tuple[str, str]:
    """Return what is wrong with a printer, and what to do about it."""
    troubles = {
        PrinterTrouble.NO_SERVICE: (
            _("电脑的打印服务没有应答。"),
            _("Linux 请安装并启动 cups；远程的打印服务器请看看网络。再打印一次。"),
        ),
        PrinterTrouble.UNKNOWN: (_("系统里没有这台打印机了。"), _("到“设置→打印”里另选一台，再打印一次。")),
        PrinterTrouble.REJECTING: (
            _("这台打印机现在不接收文件。"),
            _("在系统的打印机设置里让它接收作业，或另选一台，再打印一次。"),
        ),
        PrinterTrouble.PAUSED: (_("打印机暂停了。"), _("看看打印机，在系统的打印机设置里恢复它；恢复后自动接着打。")),
        PrinterTrouble.HELD: (_("这份文书在打印队列里被扣住了。"), _("在系统的打印队列里放行，或取消后重打。")),
        PrinterTrouble.OFFLINE: (
            _("打印机没有应答。"),
            _("看看电源、数据线和网络；接通后没有自动接着打的，再打印一次。"),
        ),
        PrinterTrouble.NO_PAPER: (_("打印机没有纸了。"), _("装好纸；没有自动接着打的，再打印一次。")),
        PrinterTrouble.JAM: (_("打印机卡纸了。"), _("打开盖板取出卡住的纸，盖好；没有自动接着打的，再打印一次。")),
        PrinterTrouble.COVER_OPEN: (
            _("打印机的盖板开着，或纸盒没有推到底。"),
            _("盖好推好；没有自动接着打的，再打印一次。"),
        ),
        PrinterTrouble.NO_INK: (_("打印机没有墨粉或墨水了。"), _("换好墨粉或墨水；没有自动接着打的，再打印一次。")),
        PrinterTrouble.BUSY: (_("打印机正忙。"), _("等一会儿，再打印一次。")),
        PrinterTrouble.DENIED: (
            _("系统不让本程序用这台打印机。"),
            _("请管理员允许这个用户打印；要口令的打印服务器请先加到本机的打印机里。"),
        ),
        PrinterTrouble.SPOOL_FULL: (
            _("打印服务放不下这一份，多半是磁盘满了。"),
            _("请维护人员清出磁盘空间，再打印一次。"),
        ),
        PrinterTrouble.FAILED: (_("打印机没有打成这一份。"), _("看看打印机和它的驱动程序，再打印一次。")),
    }
    return troubles[trouble]


def _printer(error: errors.PrinterFault) -> Message:
    what, do = printer_trouble(error.trouble)
    return Message(what, _("文书没有丢，还是待打印。"), do)


SENTENCES: Sentences = {errors.PrinterFault: _printer}
