"""What to say of scanners, cameras, photos and pages that cannot be read; what to do depends on the kind of trouble."""

from app.services import errors
from app.services.errors import CameraTrouble, PhotoTrouble, ScannerTrouble
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _, ngettext


def _scanner(error: errors.ScannerFault) -> Message:
    troubles = {
        ScannerTrouble.NO_PAPER: (_("扫描仪里没有纸了。"), _("把没扫的放进进纸器，再接着扫。")),
        ScannerTrouble.JAM: (_("扫描仪卡纸了。"), _("打开盖板取出卡住的纸，从这一页起重新放好，再接着扫。")),
        ScannerTrouble.COVER_OPEN: (_("扫描仪的盖板开着。"), _("盖好盖板，再接着扫。")),
        ScannerTrouble.BUSY: (_("扫描仪正忙，可能别的程序在用。"), _("等它停下或关掉别的程序，再接着扫。")),
        ScannerTrouble.GONE: (
            _("找不到扫描仪了。"),
            _("看看电源、数据线和网络，再接着扫；换了扫描仪请到“设置→设备”里选。"),
        ),
        ScannerTrouble.NONE_FOUND: (
            _("没有找到扫描仪。"),
            _("接好电源和数据线再扫一次，或到“设置→设备”里查找；也可以用 F4 添加图片和 PDF。"),
        ),
        ScannerTrouble.NOT_CHOSEN: (
            _("找到好几台扫描仪，还没有选用哪一台。"),
            _("到“设置→设备”里选好，再扫一次。"),
        ),
        ScannerTrouble.DENIED: (_("系统不让本程序用扫描仪。"), _("请管理员把这个用户加进扫描仪的用户组。")),
        ScannerTrouble.MEMORY: (_("内存不够，这一页没有扫成。"), _("关掉别的程序，或把清晰度调低，再接着扫。")),
        ScannerTrouble.DRIVER: (_("扫描仪的驱动程序出了问题，这一页没有扫成。"), _("把扫描仪关掉再打开，再接着扫。")),
    }
    what, do = troubles[error.trouble]
    safe = ngettext("前面 %(count)d 页已经存好。", "前面 %(count)d 页已经存好。", error.pages) if error.pages else ""
    return Message(what, safe % {"count": error.pages} if safe else "", do)


def _camera(error: errors.CameraFault) -> Message:
    troubles = {
        CameraTrouble.GONE: (_("没有找到高拍仪。"), _("看看数据线，重新插一次。")),
        CameraTrouble.BUSY: (_("高拍仪正被别的程序占用。"), _("关掉用它的程序，再试一次。")),
        CameraTrouble.DENIED: (_("系统不让本程序用高拍仪。"), _("请管理员允许这个用户使用摄像头。")),
        CameraTrouble.DRIVER: (_("高拍仪没有给出画面。"), _("拔下再插上，再试一次。")),
    }
    what, do = troubles[error.trouble]
    return Message(what, kept(), do)


def _photo(error: errors.PhotoFault) -> Message:
    troubles = {
        PhotoTrouble.MISSING: (_("照片解码程序找不到了。"), _("到“设置→设备”里重新选。")),
        PhotoTrouble.UNUSABLE: (
            _("选的文件在这台电脑上不能用。"),
            _("请向读卡器厂家要这个系统的 64 位照片解码程序，再重新选。"),
        ),
        PhotoTrouble.UNKNOWN: (_("选的文件不会解照片。"), _("请选读卡器厂家给的照片解码程序，如 WltRS.dll。")),
        PhotoTrouble.FAILED: (_("照片没有解出来。"), _("没有照片也能办；总是这样，请向读卡器厂家换一个照片解码程序。")),
    }
    what, do = troubles[error.trouble]
    return Message(what, "", do)


SENTENCES: Sentences = {
    errors.ScannerFault: _scanner,
    errors.CameraFault: _camera,
    errors.PhotoFault: _photo,
    errors.FolderGone: plain(lambda: (_("扫描文件夹打不开。"), kept(), _("看看网络和共享文件夹；回来了会接着收。"))),
    errors.ReadingFailed: plain(lambda: (_("这一页没有读出来。"), kept(), _("请再试一次。"))),
}
