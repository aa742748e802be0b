"""Keys of this counter: the sheet that brings them back, and new ones."""

import argparse

from app.config import Settings
from commands.exit_codes import GOOD
from ui import terminal
from ui.text import _


def recovery_sheet(called: argparse.Namespace, settings: Settings) -> int:
    """Make a recovery sheet and put it in force."""
    from app.open_profile import opened_profile, recovery_service  # noqa: PLC0415
    from app.security.sealing import write_private  # noqa: PLC0415
    from app.whole_files import place_errors  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile:
        service = recovery_service(profile)
        sheet = service.draw()
        with place_errors(called.file.absolute().parent):
            write_private(called.file.absolute(), sheet.pdf)
        service.put_in_force(sheet)
    print(_("恢复单 %(sheet)s 已写入 %(file)s") % {"sheet": sheet.name, "file": called.file})
    print(_("请打印两份，离开本机分开保管，然后删除此文件。以前的恢复单不能打开今后的备份。"))
    return GOOD


def recover(_called: argparse.Namespace, settings: Settings) -> int:
    """Keep the keys again, from a recovery sheet."""
    from app.clock import SystemClock  # noqa: PLC0415
    from app.restoring import recover  # noqa: PLC0415

    recover(settings, terminal, SystemClock())
    print(_("密钥已重新保存，台账另起一段；各种编号已跳过可能用过的部分。"))
    return GOOD


def rotate(_called: argparse.Namespace, settings: Settings) -> int:
    """Sign with a new key from now on."""
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase, alone=True) as profile:
        epoch = profile.rotation.rotate()
    print(_("已换用新的签名密钥，台账另起第 %(epoch)d 段；编号照旧连续。") % {"epoch": epoch})
    return GOOD
