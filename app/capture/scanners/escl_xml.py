"""What eSCL says in XML: capabilities, status, the settings of a job. Pure; what comes is hostile until it is read.

Names are compared without their namespaces, which makers spell in several ways. Documents are small and flat: one that is
not, or that declares anything (entities), is not read at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, SheetSize

LARGEST_XML = 512 * 1024
MOST_NODES = 10_000
DEEPEST = 30
UNITS_OF_AN_INCH = 300
"""Lengths of eSCL are in 300ths of an inch."""
MM_OF_AN_INCH = 25.4
LARGEST_MM = 1000
MODES = {Colours.COLOUR: "RGB24", Colours.GREY: "Grayscale8"}
"""There is a mode of one bit, but not as JPEG: black and white is made of grey."""
INPUTS = {
    Feeding.FLATBED: "PlatenInputCaps",
    Feeding.FEEDER: "AdfSimplexInputCaps",
    Feeding.BOTH_SIDES: "AdfDuplexInputCaps",
}
ADF_TROUBLES = {
    "ScannerAdfJam": ScannerTrouble.JAM,
    "ScannerAdfMispick": ScannerTrouble.JAM,
    "ScannerAdfMultipickDetected": ScannerTrouble.JAM,
    "ScannerAdfDuplexPageTooShort": ScannerTrouble.JAM,
    "ScannerAdfDuplexPageTooLong": ScannerTrouble.JAM,
    "ScannerAdfHatchOpen": ScannerTrouble.COVER_OPEN,
    "ScannerAdfInputTrayFailed": ScannerTrouble.DRIVER,
    "ScannerAdfInputTrayOverloaded": ScannerTrouble.JAM,
    "ScannerAdfEmpty": ScannerTrouble.NO_PAPER,
}
"""What the state of the feeder means; every other state is none."""
_USUAL_DPI = (75, 100, 150, 200, 300, 400, 600)


@dataclass
class Node:
    """An element: its name without namespace, its text, what stands in it."""

    name: str
    text: str = ""
    inside: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """Yield every element of that name, however deep."""
        for node in self.inside:
            if node.name == name:
                yield node
            yield from node.all(name)

    def first(self, name: str) -> str:
        """Return the text of the first element of that name, empty when there is none."""
        return next((node.text.strip() for node in self.all(name)), "")


def read_xml(data: bytes) -> Node:
    """Return the root element; ScannerFault for what is no XML, too large, too deep, or declares anything."""
    if len(data) > LARGEST_XML:
        raise _unreadable()
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last for an encoding that nobody knows
        raise _unreadable() from error
    if reader.root is None:
        raise _unreadable()
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._declares

    def _begin(self, name: str, _attributes: object) -> None:
        self._count += 1
        if self._count > MOST_NODES or len(self._open) >= DEEPEST:
            raise _unreadable()
        node = Node(name.rpartition(":")[2])
        if self._open:
            self._open[-1].inside.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].text += text

    def _declares(self, *_told: object) -> None:
        raise _unreadable()


# --- capabilities -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Input:
    """What a scanner can do with one way of feeding."""

    colours: tuple[Colours, ...]
    resolutions: tuple[int, ...]
    largest_mm: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a scanner says of itself."""

    name: str
    version: str
    inputs: Mapping[Feeding, Input]


def read_capabilities(data: bytes) -> Capabilities:
    """Return what ``ScannerCapabilities`` says; ScannerFault when it is not that."""
    root = read_xml(data)
    inputs = {feeding: _input(node) for feeding, name in INPUTS.items() if (node := next(root.all(name), None))}
    if root.name != "ScannerCapabilities" or not inputs:
        raise _unreadable()
    version = root.first("Version")
    is_version = version.replace(".", "").isdecimal() and version.isascii()
    return Capabilities(root.first("MakeAndModel")[:80], version if is_version else "2.0", inputs)


def _input(node: Node) -> Input:
    modes = {mode.text.strip() for mode in node.all("ColorMode")}
    colours = tuple(one for one, mode in MODES.items() if mode in modes)
    size = (_mm(node.first("MaxWidth"), 210), _mm(node.first("MaxHeight"), 297))
    return Input(colours or (Colours.COLOUR,), _resolutions(node), size)


def _resolutions(node: Node) -> tuple[int, ...]:
    listed = {_number(one.text) for one in node.all("XResolution")} - {0}
    for span in node.all("XResolutionRange"):
        lowest, highest = _number(span.first("Min")), _number(span.first("Max"))
        listed |= {dpi for dpi in _USUAL_DPI if lowest <= dpi <= highest}
    return tuple(sorted(listed)) or (300,)


def _mm(text: str, usual: int) -> int:
    length = round(_number(text) * MM_OF_AN_INCH / UNITS_OF_AN_INCH)
    return length if 1 <= length <= LARGEST_MM else usual


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0


# --- status -------------------------------------------------------------------------------------------------------


def read_trouble(data: bytes) -> ScannerTrouble | None:
    """Return what ``ScannerStatus`` says is the matter, None for nothing; ScannerFault when it is not that."""
    root = read_xml(data)
    if root.name != "ScannerStatus":
        raise _unreadable()
    if trouble := ADF_TROUBLES.get(root.first("AdfState")):
        return trouble
    return ScannerTrouble.DRIVER if root.first("State") in {"Stopped", "Down"} else None


# --- a job --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JobSettings:
    """What a job is asked for."""

    feeding: Feeding
    colours: Colours
    dpi: int
    width_mm: int
    height_mm: int


def settings_xml(settings: JobSettings, version: str) -> bytes:
    """Return ``ScanSettings`` for a job; nothing in it comes from outside but a version of figures and points."""
    width, height = (
        round(length * UNITS_OF_AN_INCH / MM_OF_AN_INCH) for length in (settings.width_mm, settings.height_mm)
    )
    source = "Platen" if settings.feeding is Feeding.FLATBED else "Feeder"
    both = "true" if settings.feeding is Feeding.BOTH_SIDES else "false"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"
    xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">
<pwg:Version>{version}</pwg:Version>
<pwg:ScanRegions><pwg:ScanRegion>
<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>
<pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>
</pwg:ScanRegion></pwg:ScanRegions>
<pwg:InputSource>{source}</pwg:InputSource>
<scan:Duplex>{both}</scan:Duplex>
<scan:ColorMode>{MODES[settings.colours]}</scan:ColorMode>
<scan:XResolution>{settings.dpi}</scan:XResolution><scan:YResolution>{settings.dpi}</scan:YResolution>
<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>
</scan:ScanSettings>
""".encode()


def sheet_mm(
    size: SheetSize, largest_mm: tuple[int, int], sheets: Mapping[SheetSize, tuple[int, int]]
) -> tuple[int, int]:
    """Return the area of a sheet, never larger than the scanner."""
    wished = sheets.get(size, largest_mm)
    return min(wished[0], largest_mm[0]), min(wished[1], largest_mm[1])


def _unreadable() -> ScannerFault:
    return ScannerFault(ScannerTrouble.DRIVER)
