"""Demonstrations: of a counter, and of two with their centre, in a window or played and left in a folder."""

import argparse
import os
import signal
import sys
from functools import partial
from pathlib import Path

from app.config import Settings
from commands.exit_codes import ENVIRONMENT, GOOD
from ui.text import _


def demo(called: argparse.Namespace, settings: Settings) -> int:
    """Show a counter with a fictitious history, or play its main job and leave it in ``out``."""
    if called.central:
        return _demo_central(called.out, settings)
    from app.demonstration import PASSWORD, DemonstrationStarter  # noqa: PLC0415

    print(_("演示数据均为虚构，密钥用完即弃，结束后删除。"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is told to be removed is removed at any end
    with DemonstrationStarter(settings.cache, alone=called.out is not None) as starter:
        if called.out is None:
            from ui.start import run_window  # noqa: PLC0415

            return run_window(lambda: starter, settings.cache, _("演示密码 %(password)s") % {"password": PASSWORD})
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.walkthrough import Walkthrough  # noqa: PLC0415

        Walkthrough(starter, PASSWORD, called.out, settings.cache, later=starter.let_pass).play()
        (called.out / "root.pem").write_text(starter.root, encoding="ascii")
    print(_("演示完毕，图片、PDF 和台账在 %(folder)s") % {"folder": called.out})
    return GOOD


def _demo_central(out: Path | None, settings: Settings) -> int:
    """Show two counters and their centre, or play what they do together and leave it in ``out``."""
    from app.demonstration import PASSWORD  # noqa: PLC0415
    from app.two_counters import ending, server  # noqa: PLC0415

    if not server.is_installed():
        print(_("演示用的数据库没有安装，请运行 uv run --group demo-central main.py demo --central"), file=sys.stderr)
        return ENVIRONMENT
    from app.two_counters.place import TwoCounters  # noqa: PLC0415
    from app.two_counters.story import begin, tell  # noqa: PLC0415

    print(_("演示数据均为虚构，密钥用完即弃，结束后删除。正在建立数据库和两个柜台…"), flush=True)
    place = TwoCounters(settings.cache)
    ending.call_at_the_end(place.remove, place.folder)
    with place:
        if out is None:
            from ui.start import run_windows  # noqa: PLC0415

            begin(place)
            hint = _("%(place)s，演示密码 %(password)s")
            asked = [(one, hint % {"place": name, "password": PASSWORD}) for name, one in place.starters.items()]
            return run_windows(asked, settings.cache)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.walkthrough_central import CentralWalkthrough  # noqa: PLC0415

        starters = list(place.starters.values())
        told = partial(tell, place, out)
        CentralWalkthrough(starters, PASSWORD, out, settings.cache, told, place.office_url).play()
    print(_("演示完毕，图片、PDF 和台账在 %(folder)s") % {"folder": out})
    return GOOD
