"""What trays and sizes of printers are called. Qt-free."""

import re

from ui.text import _

SIZES = {
    "iso_a3_297x420mm": "A3",
    "iso_a4_210x297mm": "A4",
    "iso_a5_148x210mm": "A5",
    "jis_b5_182x257mm": "B5 (JIS)",
    "iso_b5_176x250mm": "B5",
    "om_16k_184x260mm": "16K",
    "prc_16k_146x215mm": "16K",
    "na_letter_8.5x11in": "Letter",
}
"""The sizes that a counter knows; those first that it uses most."""
_MEASURE = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$")
INCH_MM = 25.4


def size_words(size: str) -> str:
    """Return what a size of IPP is called; its measures where it has no name that a clerk knows."""
    if size in SIZES:
        return SIZES[size]
    measure = _MEASURE.search(size)
    if measure is None:
        return size
    scale = INCH_MM if measure[3] == "in" else 1.0
    return f"{float(measure[1]) * scale:.0f} × {float(measure[2]) * scale:.0f} mm"


def tray_words(tray: str) -> str:
    """Return what a tray of IPP is called."""
    if tray.startswith("tray-"):
        return _("纸盒 %(number)s") % {"number": tray.removeprefix("tray-")}
    names = {
        "auto": _("自动"),
        "main": _("主纸盒"),
        "manual": _("手动进纸"),
        "by-pass-tray": _("手动进纸"),
        "alternate": _("备用纸盒"),
        "envelope": _("信封"),
    }
    return names.get(tray, tray)
