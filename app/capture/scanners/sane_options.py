"""What a scanner's options mean: what it can do, and what has to be set for a wish. Pure; calls no driver.

Every maker's driver names its sources and modes in its own words. What is matched here was taken from the drivers of
sane-backends, from sane-airscan and from those of makers (Brother, Epson, Canon, Fujitsu, HP, Kodak).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.capture.limits import MOST_PIXELS
from app.capture.scanners.sane_terms import Option, SaneName, Span, Unit, ValueType
from app.services.ports.scanning import Colours, Feeding, ScannerInfo, SheetSize

Options = Mapping[str, Option]

SOURCE = "source"
USUAL_DPI = (75, 100, 150, 200, 240, 300, 400, 600)
"""Offered where a scanner takes any resolution of a range."""
MM_OF_AN_INCH = 25.4
SHEETS_MM = {
    SheetSize.A3: (297, 420),
    SheetSize.A4: (210, 297),
    SheetSize.A5: (148, 210),
    SheetSize.CARD: (105, 75),
}
LARGEST_MM = 1000
"""A driver that tells of a larger area tells nothing."""
A4_MM = SHEETS_MM[SheetSize.A4]
TWO_SIDED = {"adf-mode": "duplex", "scan-both-sides": "", "duplex": "", "adf-duplex": ""}
"""Options that make a feeder scan both sides, with the value for it; a switch where there is none."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One option and the value that it is to have."""

    name: str
    value: str | float


# --- what it can do -----------------------------------------------------------------------------------------------


def capabilities(device: SaneName, options: Options) -> ScannerInfo:
    """Return the scanner with what its options say it can do."""
    width_mm, height_mm = _reach_mm(options)
    is_feeder = any(word in device.kind.lower() for word in ("sheetfed", "feed"))
    sources, modes = _sources(is_feeder, options), _modes(options)
    return ScannerInfo(
        key=device.key,
        name=device.title,
        feedings=tuple(feeding for feeding in Feeding if feeding in sources),
        colours=tuple(colours for colours in Colours if colours in modes),
        resolutions=_resolutions(options),
        largest_mm=(round(width_mm), round(height_mm)),
        is_local=device.is_local,
    )


def unopened(device: SaneName) -> ScannerInfo:
    """Return a scanner that did not let itself be asked: it is busy, say, and tells so when something is scanned."""
    return ScannerInfo(device.key, device.title, (Feeding.FLATBED,), tuple(Colours), (300,), A4_MM, device.is_local)


def _resolutions(options: Options) -> tuple[int, ...]:
    option = options.get("resolution") or options.get("x-resolution")
    match option.limits if option else None:
        case Span(lowest=lowest, highest=highest):
            return tuple(dpi for dpi in USUAL_DPI if lowest <= dpi <= highest) or (max(1, round(highest)),)
        case tuple() as values if numbers := [value for value in values if not isinstance(value, str) and value >= 1]:
            return tuple(sorted({round(value) for value in numbers}))
    return (300,)


def _reach_mm(options: Options) -> tuple[float, float]:
    return _end_mm(options, "br-x", "page-width", A4_MM[0]), _end_mm(options, "br-y", "page-height", A4_MM[1])


def _end_mm(options: Options, edge: str, paper: str, usual: float) -> float:
    """Return how far the area reaches; a feeder's driver lets it grow with the paper that it is told of."""
    found = [_highest_mm(options[name], options) for name in (edge, paper) if name in options]
    largest = max(found, default=0.0)
    return largest if 1 <= largest <= LARGEST_MM else usual


def _highest_mm(option: Option, options: Options) -> float:
    match option.limits:
        case Span(highest=highest):
            pass
        case tuple() as values:
            highest = max((value for value in values if not isinstance(value, str)), default=0.0)
        case _:
            return 0.0
    return highest * MM_OF_AN_INCH / _resolutions(options)[-1] if option.unit == Unit.PIXEL else highest


# --- what has to be set for a wish --------------------------------------------------------------------------------


def source_settings(feeding: Feeding, options: Options) -> list[Setting]:
    """Return what chooses where sheets come from: first of all, because other options follow it."""
    sources = _sources(feeding is not Feeding.FLATBED, options)
    nearest = {
        Feeding.FLATBED: (Feeding.FLATBED, Feeding.FEEDER),
        Feeding.FEEDER: (Feeding.FEEDER, Feeding.BOTH_SIDES),
        Feeding.BOTH_SIDES: (Feeding.BOTH_SIDES, Feeding.FEEDER),
    }[feeding]
    return next((sources[one] for one in nearest if one in sources), [])


def is_fed(feeding: Feeding, options: Options) -> bool:
    """Tell whether sheets will come from a feeder: as wished, or because there is nothing else."""
    sources = _sources(feeding is not Feeding.FLATBED, options)
    if feeding is Feeding.FLATBED:
        return Feeding.FLATBED not in sources
    return Feeding.FEEDER in sources or Feeding.BOTH_SIDES in sources


def colour_settings(colours: Colours, options: Options) -> list[Setting]:
    """Return what chooses colours; a scanner without them gives the nearest that it has."""
    modes = _modes(options)
    nearest = {
        Colours.COLOUR: (Colours.COLOUR, Colours.GREY, Colours.BLACK_AND_WHITE),
        Colours.GREY: (Colours.GREY, Colours.COLOUR, Colours.BLACK_AND_WHITE),
        Colours.BLACK_AND_WHITE: (Colours.BLACK_AND_WHITE, Colours.GREY, Colours.COLOUR),
    }[colours]
    return next((modes[one] for one in nearest if one in modes), [])


def resolution_settings(dpi: int, options: Options) -> list[Setting]:
    """Return what chooses the resolution, the nearest that there is."""
    chosen = min(_allowed_dpi(options, dpi), key=lambda one: abs(one - dpi))
    names = ["resolution"] if "resolution" in options else ["x-resolution", "y-resolution"]
    return [Setting(name, chosen) for name in names if name in options]


def area_settings(size: SheetSize, dpi: float, options: Options) -> list[Setting]:
    """Return what chooses the area, from the upper left: the paper first, because the edges may reach as far as it."""
    wished_mm = SHEETS_MM.get(size, (LARGEST_MM, LARGEST_MM))
    settings = []
    names = (("page-width", "tl-x", "br-x"), ("page-height", "tl-y", "br-y"))
    for length_mm, (paper, begin, end) in zip(wished_mm, names, strict=True):
        settings += _within(paper, length_mm, dpi, options)
        settings += _within(begin, 0, dpi, options)
        settings += _within(end, length_mm, dpi, options)
    return settings


def bearable_dpi(dpi: int, size: SheetSize, options: Options) -> int:
    """Return ``dpi``, or as much as a page image of that size may have."""
    reach = _reach_mm(options)
    wished = SHEETS_MM.get(size, reach)
    square_inches = min(wished[0], reach[0]) * min(wished[1], reach[1]) / MM_OF_AN_INCH**2
    return min(dpi, int((MOST_PIXELS / square_inches) ** 0.5))


def _allowed_dpi(options: Options, wished: int) -> Sequence[float]:
    option = options.get("resolution") or options.get("x-resolution")
    if option and isinstance(option.limits, Span):
        return (min(max(wished, option.limits.lowest), option.limits.highest),)
    if option and option.limits is None:
        return (wished,)
    return _resolutions(options)


def _within(name: str, length_mm: float, dpi: float, options: Options) -> list[Setting]:
    option = options.get(name)
    if option is None or not option.can_be_set or option.kind not in {ValueType.INT, ValueType.FIXED}:
        return []
    length = length_mm * dpi / MM_OF_AN_INCH if option.unit == Unit.PIXEL else length_mm
    if isinstance(option.limits, Span):
        length = min(max(length, option.limits.lowest), option.limits.highest)
    return [Setting(name, length)]


# --- words of the drivers -----------------------------------------------------------------------------------------


def _sources(is_feeder: bool, options: Options) -> dict[Feeding, list[Setting]]:
    """Return what has to be set for each feeding that the scanner has; one that names none has but one way."""
    words = _words(options, SOURCE)
    found = {}
    for feeding, fits in _SOURCES.items():
        if word := next((word for word in words if fits(word.lower())), ""):
            found[feeding] = [Setting(SOURCE, word)]
    if not found:
        found[Feeding.FEEDER if is_feeder else Feeding.FLATBED] = []
    if Feeding.FEEDER in found and Feeding.BOTH_SIDES not in found and (both := _both_sides(options)):
        found[Feeding.BOTH_SIDES] = [*found[Feeding.FEEDER], both]
        found[Feeding.FEEDER] = [*found[Feeding.FEEDER], *_one_side(options)]
    return found


def _is_two_sided(word: str) -> bool:
    return "duplex" in word or "both" in word


def _is_feeder(word: str) -> bool:
    back = ("back", "rear", "slide", "card")
    return ("adf" in word or "feed" in word) and not _is_two_sided(word) and not any(one in word for one in back)


def _is_flatbed(word: str) -> bool:
    return any(one in word.replace(" ", "") for one in ("flatbed", "platen", "documenttable", "normal"))


_SOURCES: Mapping[Feeding, Callable[[str], bool]] = {
    Feeding.FLATBED: _is_flatbed,
    Feeding.FEEDER: _is_feeder,
    Feeding.BOTH_SIDES: _is_two_sided,
}


def _both_sides(options: Options) -> Setting | None:
    return next((setting for name in TWO_SIDED if (setting := _side_setting(name, options, two=True))), None)


def _one_side(options: Options) -> list[Setting]:
    return [setting for name in TWO_SIDED if (setting := _side_setting(name, options, two=False))][:1]


def _side_setting(name: str, options: Options, *, two: bool) -> Setting | None:
    option = options.get(name)
    if option is None:
        return None
    if option.kind is ValueType.BOOL:
        return Setting(name, int(two))
    word = next((word for word in _words(options, name) if _is_two_sided(word.lower()) == two), "")
    return Setting(name, word) if word else None


def _modes(options: Options) -> dict[Colours, list[Setting]]:
    """Return what has to be set for each kind of colours; a driver without modes gives what it gives, as colour."""
    words = _words(options, "mode")
    depths = _depths(options)
    eight = [Setting("depth", 8)] if 8 in depths and len(depths) > 1 else []
    found: dict[Colours, list[Setting]] = {}
    for colours, fits in _MODES.items():
        if word := next((word for word in words if fits(word.lower())), ""):
            found[colours] = [Setting("mode", word), *([] if colours is Colours.BLACK_AND_WHITE else eight)]
    if Colours.GREY in found and Colours.BLACK_AND_WHITE not in found and 1 in depths:
        found[Colours.BLACK_AND_WHITE] = [found[Colours.GREY][0], Setting("depth", 1)]
    return found or {Colours.COLOUR: eight}


def _is_colour(word: str) -> bool:
    return "colo" in word and "lineart" not in word


def _is_black_and_white(word: str) -> bool:
    return any(
        one in word.replace(" ", "") for one in ("lineart", "black&white", "binary", "monochrome", "blackandwhite")
    )


def _is_grey(word: str) -> bool:
    return ("gray" in word or "grey" in word) and "lineart" not in word and "error" not in word


_MODES: Mapping[Colours, Callable[[str], bool]] = {
    Colours.COLOUR: _is_colour,
    Colours.GREY: _is_grey,
    Colours.BLACK_AND_WHITE: _is_black_and_white,
}


def _depths(options: Options) -> tuple[int, ...]:
    option = options.get("depth")
    if option is None or not isinstance(option.limits, tuple):
        return ()
    return tuple(round(value) for value in option.limits if not isinstance(value, str))


def _words(options: Options, name: str) -> tuple[str, ...]:
    option = options.get(name)
    if option is None or not isinstance(option.limits, tuple):
        return ()
    return tuple(word for word in option.limits if isinstance(word, str))
