"""Which font files papers are set in, and where they are found.

Nothing is opened here: this module is imported at start, the fonts are loaded with the first paper.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SERIF = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
SANS = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
SANS_VARIABLE = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
BOLD = 700
RARE = ("HanaMinA.ttf", "HanaMinB.ttf", "HanaMinC.ttf", "BabelStoneHan.ttf", "simsunb.ttf", "SimSunExtG.ttf")
"""Fonts with rare characters that may be installed, the first one asked first."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file; ``name`` is its PostScript name, ``weight`` pins the axis of a variable font (0: it has none)."""

    path: Path
    name: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class FontSet:
    """The chains of papers: each character is drawn by the first font of its chain that has it."""

    text: tuple[FontFile, ...]
    bold: tuple[FontFile, ...]


def standard_fonts() -> FontSet:
    """Return the fonts that come with the program, followed by installed ones for rare characters."""
    serif = FontFile(_packaged(*SERIF), "NotoSerifSC-Regular")
    sans = FontFile(_packaged(*SANS), "NotoSansSC-Regular")
    bold = FontFile(_packaged(*SANS_VARIABLE), "NotoSansSC-Bold", BOLD)
    rare = tuple(_installed(_font_folders()))
    return FontSet(text=(serif, sans, *rare), bold=(bold, sans, serif, *rare))


def _packaged(package: str, path: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(package)
    return Path(spec.submodule_search_locations[0], path)


def _font_folders() -> list[Path]:
    """Return where the platform keeps fonts; not every folder need exist."""
    home = Path.home()
    if os.name == "nt":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        return [windows, home / "AppData/Local/Microsoft/Windows/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


def _installed(folders: list[Path]) -> Iterator[FontFile]:
    found = {path.name.lower(): path for folder in folders for path in _files_below(folder)}
    for name in RARE:
        if path := found.get(name.lower()):
            yield FontFile(path, path.stem)


def _files_below(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        yield from (Path(root, name) for name in names)
