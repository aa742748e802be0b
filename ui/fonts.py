"""Fonts on screen: Noto Sans SC in two real weights, and Phosphor for icons.

The variable font draws in its thinnest weight whatever a style sheet says, so its bold is pinned into a file of its
own, once, in the cache; a cache that cannot be written costs the bold, not the window.
"""

import logging
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

FAMILY = "Noto Sans SC"
REGULAR = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
VARIABLE = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
BOLD_WEIGHT = 700
BOLD_FILE = "NotoSansSC-Bold-1.ttf"
"""The number grows when the way it is made changes."""

log = logging.getLogger(__name__)


def load_text_fonts(cache: Path) -> None:
    """Give Qt the regular and bold weight; the bold is made in ``cache`` at the first start."""
    QFontDatabase.addApplicationFont(str(packaged(*REGULAR)))
    bold = cache / BOLD_FILE
    try:
        if not bold.exists():
            _pin_bold(bold)
    except OSError:
        log.warning("the bold font could not be kept in the cache")
        return
    QFontDatabase.addApplicationFont(str(bold))


def packaged(package: str, path: str) -> Path:
    """Return a file that ships inside an installed package; FileNotFoundError when the package is not there."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(package)
    return Path(spec.submodule_search_locations[0], path)


def _pin_bold(path: Path) -> None:
    import uharfbuzz as hb  # noqa: PLC0415  needed at the first start alone

    face = hb.Face(packaged(*VARIABLE).read_bytes())
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(face, "wght", BOLD_WEIGHT)
    bold = hb.subset(face, wanted)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".ttf")
    with os.fdopen(handle, "wb") as file:
        file.write(bold.blob.data)
    Path(fresh).replace(path)
