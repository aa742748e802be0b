"""libsane through ctypes: its structures and its calls. What they speak of is in ``sane_terms``.

Used in the helper process only: a driver may crash or hang in any of these calls.
"""

import ctypes
from collections.abc import Iterator

from app.capture.scanners.sane_terms import (
    BETWEEN,
    FrameShape,
    Option,
    SaneName,
    Span,
    Status,
    ValueType,
    ensure,
)
from app.services.errors import ScannerFault, ScannerTrouble

LIBRARY = "libsane.so.1"
FIXED = 1 << 16
"""SANE's fixed-point numbers: 16 bits behind the point."""
GONE_AT_OPENING = frozenset({Status.INVALID, Status.IO_ERROR, Status.UNSUPPORTED})
"""What drivers say of a scanner that is not there any more."""


class _Device(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("name", "vendor", "model", "type")]


class _Parameters(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_int) for name in ("format", "last_frame", "bytes_per_line", "pixels_per_line", "lines", "depth")
    ]


class _Range(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("min", "max", "quant")]


class _Constraint(ctypes.Union):
    _fields_ = [
        ("strings", ctypes.POINTER(ctypes.c_char_p)),
        ("words", ctypes.POINTER(ctypes.c_int)),
        ("range", ctypes.POINTER(_Range)),
    ]


class _Descriptor(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("desc", ctypes.c_char_p),
        ("type", ctypes.c_int),
        ("unit", ctypes.c_int),
        ("size", ctypes.c_int),
        ("cap", ctypes.c_int),
        ("constraint_type", ctypes.c_int),
        ("constraint", _Constraint),
    ]


_SOFT_SELECT, _INACTIVE = 1, 32
_SET = 1
_RELOAD_OPTIONS = 2
_MOST_OPTIONS = 1000
"""A driver with more counts wrongly."""
_MOST_VALUES = 1000
_CHUNK = 1 << 16


class SaneLibrary:
    """The library, loaded and begun; where there is none, all its scanners are gone."""

    def __init__(self) -> None:
        try:
            self._sane = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise ScannerFault(ScannerTrouble.GONE) from error
        _declare(self._sane)
        version = ctypes.c_int()
        ensure(self._sane.sane_init(ctypes.byref(version), None))

    def names(self) -> Iterator[SaneName]:
        """Yield the devices that answer now, on this PC and its network; takes seconds."""
        found = ctypes.POINTER(ctypes.POINTER(_Device))()
        ensure(self._sane.sane_get_devices(ctypes.byref(found), 0))
        for number in range(_MOST_VALUES):
            if not found[number]:
                return
            device = found[number].contents
            yield SaneName(_text(device.name), _text(device.vendor), _text(device.model), _text(device.type))

    def find(self, key: str) -> "SaneDevice":
        """Open the device that a key names; ScannerFault.

        The number of a device on the USB changes whenever it is switched on: one that is not there under its name is
        looked for among those of the same driver, maker and model.
        """
        name, _between, title = key.partition(BETWEEN)
        try:
            return self.open(name)
        except ScannerFault as fault:
            if fault.trouble is not ScannerTrouble.GONE or not title:
                raise
        driver = name.partition(":")[0]
        for other in self.names():
            if other.title == title and other.name.partition(":")[0] == driver:
                return self.open(other.name)
        raise ScannerFault(ScannerTrouble.GONE)

    def open(self, name: str) -> "SaneDevice":
        """Open a device by its name; ScannerFault."""
        handle = ctypes.c_void_p()
        status = self._sane.sane_open(name.encode(), ctypes.byref(handle))
        if status in GONE_AT_OPENING:
            raise ScannerFault(ScannerTrouble.GONE)
        ensure(status)
        return SaneDevice(self._sane, handle)


class SaneDevice:
    """One open device. ``cancel`` may be called from any thread, everything else from one."""

    def __init__(self, sane: ctypes.CDLL, handle: ctypes.c_void_p) -> None:
        self._sane = sane
        self._handle = handle
        self._buffer = ctypes.create_string_buffer(_CHUNK)

    def options(self) -> dict[str, Option]:
        """Return every option that has a name and a value, by name."""
        found = {}
        for index in range(1, _MOST_OPTIONS):
            pointer = self._sane.sane_get_option_descriptor(self._handle, index)
            if not pointer:
                break
            option = _option(index, pointer.contents)
            if option.name and option.kind < ValueType.BUTTON:
                found[option.name] = option
        return found

    def set(self, option: Option, value: str | float) -> bool:
        """Set an option; tell whether the others have to be read again. ScannerFault when the driver refuses."""
        info = ctypes.c_int()
        holder: ctypes.Array[ctypes.c_char] | ctypes.c_int
        if option.kind is ValueType.STRING:
            text = str(value).encode()
            holder = ctypes.create_string_buffer(text, max(option.size, len(text) + 1))
        else:
            holder = ctypes.c_int(round(float(value) * (FIXED if option.kind is ValueType.FIXED else 1)))
        control = self._sane.sane_control_option
        ensure(control(self._handle, option.index, _SET, ctypes.byref(holder), ctypes.byref(info)))
        return bool(info.value & _RELOAD_OPTIONS)

    def number(self, option: Option) -> float:
        """Return what a number stands at: drivers round what they are told."""
        holder = ctypes.c_int()
        ensure(self._sane.sane_control_option(self._handle, option.index, 0, ctypes.byref(holder), None))
        return holder.value / (FIXED if option.kind is ValueType.FIXED else 1)

    def start(self) -> None:
        """Feed a sheet where there is a feeder, and begin a frame; ScannerFault, NO_PAPER at the end of the feeder."""
        ensure(self._sane.sane_start(self._handle))

    def shape(self) -> FrameShape:
        """Return what the frame that was begun holds; after its end what it held."""
        told = _Parameters()
        ensure(self._sane.sane_get_parameters(self._handle, ctypes.byref(told)))
        return FrameShape(
            told.format, bool(told.last_frame), told.bytes_per_line, told.pixels_per_line, told.lines, told.depth
        )

    def read(self) -> bytes | None:
        """Return the next bytes of the frame, None at its end; ScannerFault."""
        length = ctypes.c_int()
        status = self._sane.sane_read(self._handle, self._buffer, _CHUNK, ctypes.byref(length))
        if status == Status.END_OF_FILE:
            return None
        ensure(status)
        return ctypes.string_at(self._buffer, max(0, min(length.value, _CHUNK)))

    def cancel(self) -> None:
        """End what is being scanned; some drivers hang here."""
        self._sane.sane_cancel(self._handle)

    def close(self) -> None:
        """Let the device go; some drivers hang here."""
        self._sane.sane_close(self._handle)


def _declare(sane: ctypes.CDLL) -> None:
    handle, whole, pointer = ctypes.c_void_p, ctypes.c_int, ctypes.POINTER
    sane.sane_open.argtypes = [ctypes.c_char_p, pointer(handle)]
    sane.sane_get_option_descriptor.argtypes = [handle, whole]
    sane.sane_get_option_descriptor.restype = pointer(_Descriptor)
    sane.sane_control_option.argtypes = [handle, whole, whole, ctypes.c_void_p, pointer(whole)]
    sane.sane_get_parameters.argtypes = [handle, pointer(_Parameters)]
    sane.sane_start.argtypes = [handle]
    sane.sane_read.argtypes = [handle, ctypes.c_void_p, whole, pointer(whole)]
    for ending in (sane.sane_cancel, sane.sane_close):
        ending.argtypes = [handle]
        ending.restype = None


def _option(index: int, told: _Descriptor) -> Option:
    kind = ValueType(told.type) if told.type in list(ValueType) else ValueType.GROUP
    is_single = kind is ValueType.STRING or told.size == ctypes.sizeof(ctypes.c_int)
    can_be_set = is_single and bool(told.cap & _SOFT_SELECT) and not told.cap & _INACTIVE
    return Option(_text(told.name), index, kind, told.unit, told.size, can_be_set, _limits(kind, told))


def _limits(kind: ValueType, told: _Descriptor) -> Span | tuple[float, ...] | tuple[str, ...] | None:
    """Return what SANE calls a constraint: none, a range, a list of words, a list of strings."""
    scale = FIXED if kind is ValueType.FIXED else 1
    match told.constraint_type:
        case 1:
            span = told.constraint.range.contents
            return Span(span.min / scale, span.max / scale)
        case 2:
            words = told.constraint.words
            return tuple(words[number] / scale for number in range(1, min(max(words[0], 0), _MOST_VALUES) + 1))
        case 3:
            return tuple(_strings(told.constraint.strings))
    return None


def _strings(found: "ctypes._Pointer[ctypes.c_char_p]") -> Iterator[str]:
    for number in range(_MOST_VALUES):
        text = found[number]
        if text is None:
            return
        yield _text(text)


def _text(text: bytes | None) -> str:
    return (text or b"").decode(errors="replace")
