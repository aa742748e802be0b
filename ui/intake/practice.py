"""Holds back what would leave a trace of a practice draft (跟着做一件), or come before all pages are there. Qt-free."""

from ui.intake.sheet import Sheet
from ui.navigation import Navigator
from ui.text import _


def waits_for_scan(sheet: Sheet, navigator: Navigator) -> bool:
    """Tell whether pages are still coming into the draft that lies open; whoever asked is told so."""
    scan = sheet.now().pages.scan
    if scan is not None and scan.is_running:
        navigator.notify(_("还在扫描，扫完再办这一步"))
        return True
    if sheet.now().busy_material:
        navigator.notify(_("正在读取…"))
        return True
    return False


def holds_back(sheet: Sheet, navigator: Navigator) -> bool:
    """Tell whether the draft that lies open is for practice; whoever asked is told why nothing happens."""
    if not sheet.now().is_practice:
        return False
    navigator.notify(_("这是练习，这一步不真的做，也不留记录。"))
    return True
