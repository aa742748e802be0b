"""Holds back what would leave a trace of a practice draft (跟着做一件). Qt-free."""

from ui.intake.sheet import Sheet
from ui.navigation import Navigator
from ui.text import _


def holds_back(sheet: Sheet, navigator: Navigator) -> bool:
    """Tell whether the draft that lies open is for practice; whoever asked is told why nothing happens."""
    if not sheet.now().is_practice:
        return False
    navigator.notify(_("这是练习，这一步不真的做，也不留记录。"))
    return True
