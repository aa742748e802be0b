"""Which font files papers are set in, and where they are found.

Nothing is opened here: this module is imported at start, the fonts are loaded with the first paper. Fonts that may be
installed are asked in an order that keeps to one look: those in the style of the text (宋体) before others.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SERIF = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
SANS = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
SANS_VARIABLE = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
BOLD = 700
REGULAR = 400
RARE = ("HanaMinA.ttf", "HanaMinB.ttf", "HanaMinC.ttf", "BabelStoneHan.ttf", "simsunb.ttf", "SimSunExtG.ttf")
"""Fonts with rare characters in the style of the text that may be installed, the first one asked first."""
OUTLINES = (".ttf", ".otf", ".ttc", ".otc")
ALIKE = ("song", "sung", "sun", "ming", "min", "serif", "han", "kai")
"""What the names of fonts contain that look more like the text than others."""
NO_LETTERS = ("emoji", "lastresort", "fallback", "symbol", "dingbat", "icon", "math")
"""What the names of fonts contain that draw signs, or boxes, for what they lack."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file; ``name`` is its PostScript name, ``weight`` pins the axis of a variable font, where it has one."""

    path: Path
    name: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class FontSet:
    """The chains of papers: each character is drawn by the first font of its chain that has it.

    ``others`` are all that is installed beside them; they are asked for what a whole chain lacks.
    """

    text: tuple[FontFile, ...]
    bold: tuple[FontFile, ...]
    others: tuple[FontFile, ...] = ()


def standard_fonts() -> FontSet:
    """Return the fonts that come with the program, followed by installed ones for rare characters."""
    serif = FontFile(_packaged(*SERIF), "NotoSerifSC-Regular")
    sans = FontFile(_packaged(*SANS), "NotoSansSC-Regular")
    bold = FontFile(_packaged(*SANS_VARIABLE), "NotoSansSC-Bold", BOLD)
    installed = {path.name.lower(): path for folder in _font_folders() for path in _files_below(folder)}
    rare = tuple(_rare(installed))
    return FontSet((serif, *rare, sans), (bold, sans, serif, *rare), tuple(_others(installed)))


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


def _rare(installed: Mapping[str, Path]) -> Iterator[FontFile]:
    for name in RARE:
        if path := installed.get(name.lower()):
            yield FontFile(path, path.stem)


def _others(installed: Mapping[str, Path]) -> Iterator[FontFile]:
    """Yield what else is installed, fonts that look like the text first; always in the same order."""
    known = {name.lower() for name in RARE}
    names = (name for name in installed if name.endswith(OUTLINES) and name not in known)
    fit = sorted((name for name in names if not _contains(name, NO_LETTERS)), key=lambda name: (_style(name), name))
    yield from (FontFile(installed[name], installed[name].stem, REGULAR) for name in fit)


def _style(name: str) -> int:
    """Return how far a font is from the style of the text, as its name tells."""
    return (0 if _contains(name, ALIKE) else 1) + (2 if _contains(name, ("bold", "black", "italic", "light")) else 0)


def _contains(name: str, words: Iterable[str]) -> bool:
    return any(word in name for word in words)


def _files_below(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        yield from (Path(root, name) for name in names)
