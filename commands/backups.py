"""Backups: made, tried without touching this counter, and brought back."""

import argparse
import sys

from app.config import Settings
from commands.exit_codes import GOOD
from commands.journal import entries_words
from ui import terminal
from ui.backup_words import backup_words
from ui.text import _


def back_up(called: argparse.Namespace, settings: Settings) -> int:
    """Write a backup of this counter."""
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("备份")) as tell:
        manifest = profile.backups.back_up(called.file.absolute(), tell)
    print(_("已备份到 %(file)s") % {"file": called.file})
    print(backup_words(manifest))
    if not manifest.sheet:
        print(_("还没有恢复单：密钥丢失后，这份备份只能在本机打开。请用 recovery-sheet 做一张。"), file=sys.stderr)
    return GOOD


def check(called: argparse.Namespace, settings: Settings) -> int:
    """Restore a backup into nothing, to see that it can be."""
    from app.restoring import check_backup  # noqa: PLC0415

    with terminal.progress(_("演练")) as tell:
        drilled = check_backup(settings, called.file.absolute(), terminal, by_sheet=called.by_sheet, tell=tell)
    print(backup_words(drilled.manifest))
    print(entries_words(drilled.entries) % {"count": drilled.entries})
    print(_("这份备份可以恢复。"))
    return GOOD


def restore(called: argparse.Namespace, settings: Settings) -> int:
    """Bring this counter back from a backup."""
    from app.clock import SystemClock  # noqa: PLC0415
    from app.restoring import restore  # noqa: PLC0415

    with terminal.progress(_("恢复")) as tell:
        restored = restore(
            settings,
            called.file.absolute(),
            terminal,
            SystemClock(),
            replace=called.replace,
            by_sheet=called.by_sheet,
            tell=tell,
        )
    print(backup_words(restored.manifest))
    print(entries_words(restored.entries) % {"count": restored.entries})
    if restored.aside:
        print(_("原来的数据移到了 %(folder)s") % {"folder": restored.aside})
    print(_("已恢复。备份以后办的件不在其中，请凭纸质存档补录；各种编号已跳过可能用过的部分，不会重号。"))
    return GOOD
