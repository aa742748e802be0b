"""Paper templates, for whoever changes one."""

import argparse

from app.config import Settings
from commands.exit_codes import GOOD
from ui.text import _


def check(called: argparse.Namespace, settings: Settings) -> int:
    """Tell whether every template can be used."""
    from app.paper_tools import check_papers  # noqa: PLC0415

    read = check_papers(settings, called.folder)
    words = {"count": len(read.templates), "own": len(read.own)}
    print(_("%(count)d 个模板都能用，其中自己的 %(own)d 个") % words)
    return GOOD


def show(called: argparse.Namespace, settings: Settings) -> int:
    """Draw a template with sample values."""
    from app.domain.paper import PageSize  # noqa: PLC0415
    from app.paper_tools import show_paper  # noqa: PLC0415

    called.out.write_bytes(show_paper(settings, called.template, PageSize(called.size)))
    print(_("样张在 %(file)s") % {"file": called.out})
    return GOOD
