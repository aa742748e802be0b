"""What ``doctor`` looks at of devices: libraries for scanners and photos, scanners that answer, ports of card readers.

Not part of the support file, nor of what a window looks at: the search for scanners takes seconds.
"""

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.capture.card_readers.lines import usb_ports
from app.capture.card_readers.photo_decoder import HelperPhotoDecoder
from app.capture.scanners.sane_library import LIBRARY
from app.capture.scanners.scanners import Scanners
from app.services.errors import PhotoFault, ScannerFault
from app.services.findings import Finding, Grade
from app.services.ports import ScannerInfo

AIRSCAN = "*/sane/libsane-airscan.so.1"
LIBRARIES = (Path("/usr/lib"), Path("/usr/lib64"))


def examine_devices() -> Iterator[Finding]:
    """Yield what can be said of devices; what is not there is no fault, but which package or group would bring it is told."""
    if sys.platform == "linux":
        yield from _libraries()
    yield _scanners()
    yield from _serial_ports([port.device for port in usb_ports()])


def examine_photo_library(library: str) -> Iterator[Finding]:
    """Yield whether the library that was chosen to decode photos can be used; none at all is no fault."""
    if not library:
        yield Finding("no_photo_library")
        return
    decoder = HelperPhotoDecoder()
    try:
        decoder.examine(library)
    except PhotoFault as error:
        yield Finding("photo_library", Grade.LOOK, error=error)
    else:
        yield Finding("photo_library")
    finally:
        decoder.close()


def found_scanners() -> Sequence[ScannerInfo]:
    """Return the scanners that answer."""
    scanners = Scanners()
    try:
        return scanners.devices()
    finally:
        scanners.close()


def _libraries() -> Iterator[Finding]:
    try:
        ctypes.CDLL(LIBRARY)  # loads no driver: that is done by whoever asks for devices
    except OSError:
        yield Finding("no_libsane")
        return
    has_airscan = any(True for folder in LIBRARIES for _file in folder.glob(AIRSCAN))
    yield Finding("libsane" if has_airscan else "no_airscan")


def _scanners() -> Finding:
    try:
        found = found_scanners()
    except ScannerFault as error:
        return Finding("scanners", Grade.LOOK, error=error)
    names = ", ".join(one.name for one in found)
    return Finding("scanners" if found else "no_scanner", details={"count": len(found), "names": names})


def _serial_ports(devices: Sequence[str]) -> Iterator[Finding]:
    """Tell of ports that are there, and which of them this user may not open."""
    denied = [device for device in devices if sys.platform == "linux" and not os.access(device, os.R_OK | os.W_OK)]
    if denied:
        yield Finding("serial_denied", Grade.LOOK, {"names": ", ".join(denied)})
    elif devices:
        yield Finding("serial_ports", details={"names": ", ".join(devices)})
