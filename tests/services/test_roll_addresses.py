"""Addresses of receipt printers, as a person writes them."""

import pytest

from app.services.roll_addresses import read_address, shown_address


@pytest.mark.parametrize(
    ("typed", "address", "shown"),
    [
        ("192.0.2.9", "tcp:192.0.2.9:9100", "192.0.2.9"),
        (" 192.0.2.9:9101 ", "tcp:192.0.2.9:9101", "192.0.2.9:9101"),
        ("printer.example", "tcp:printer.example:9100", "printer.example"),
        ("[2001:db8::7]", "tcp:[2001:db8::7]:9100", "[2001:db8::7]"),
        ("/dev/ttyUSB0", "serial:/dev/ttyUSB0:9600", "/dev/ttyUSB0"),
        ("/dev/ttyUSB0:115200", "serial:/dev/ttyUSB0:115200", "/dev/ttyUSB0:115200"),
        ("COM3", "serial:COM3:9600", "COM3"),
        ("/dev/usb/lp0", "usb:/dev/usb/lp0", "/dev/usb/lp0"),
        ("", "", ""),
        ("a:b:c", "", ""),
    ],
)
def test_an_address_is_read_and_shown_as_it_was_written(typed, address, shown):
    assert read_address(typed) == address
    assert shown_address(address) == shown
