"""Where a receipt printer is, as a person writes it: an address of the network, a serial port, a device of USB."""

PORT, BAUD = 9100, 9600
SERIAL = ("/dev/", "COM")
USB = "/dev/usb/"


def read_address(typed: str) -> str:
    """Return the address for what was typed, empty for nothing and for what is none.

    ``192.0.2.9`` or ``192.0.2.9:9100`` · ``/dev/ttyUSB0``, ``COM3`` or ``/dev/ttyUSB0:115200`` · ``/dev/usb/lp0``
    """
    text = "".join(typed.split())
    if text.startswith(USB):
        return f"usb:{text}"
    place, number = _parted(text)
    if text.startswith(SERIAL):
        return f"serial:{place}:{number or BAUD}"
    return f"tcp:{place}:{number or PORT}" if (place and ":" not in place.strip("[]")) or place.startswith("[") else ""


def shown_address(address: str) -> str:
    """Return an address as a person writes it, without what is usual."""
    kind, _colon, rest = address.partition(":")
    usual = {"tcp": f":{PORT}", "serial": f":{BAUD}"}.get(kind, "\0")
    return rest.removesuffix(usual)


def _parted(text: str) -> tuple[str, str]:
    place, colon, number = text.rpartition(":")
    return (place, number) if colon and number.isascii() and number.isdecimal() else (text, "")
