import errno
from types import SimpleNamespace

import pytest
from serial.serialutil import SerialException
from serial.tools import list_ports

from app.capture.card_readers import lines
from app.services.ports import ReaderPort


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (SerialException(errno.EACCES, "could not open port"), lines.PortDenied),
        (SerialException(errno.EAGAIN, "Could not exclusively lock port"), lines.PortBusy),
        (SerialException(errno.EBUSY, "could not open port"), lines.PortBusy),
        (
            SerialException("could not open port 'COM3': PermissionError(13, 'Access is denied.', None, 5)"),
            lines.PortBusy,
        ),
        (SerialException("could not open port 'COM9': FileNotFoundError(2, 'No such file')"), lines.PortMissing),
    ],
)
def test_why_a_port_cannot_be_opened_is_told_apart(error, refusal, monkeypatch):
    def refuse(_port):
        raise error

    monkeypatch.setattr("serial.Serial.open", refuse)
    with pytest.raises(refusal):
        lines.SerialLine("/dev/ttyUSB0")


def test_a_port_that_is_not_there_is_missing():
    with pytest.raises(lines.PortMissing):
        lines.SerialLine("/dev/no-such-port")


def test_only_the_ports_of_usb_devices_are_asked_without_being_chosen(monkeypatch):
    built_in = SimpleNamespace(device="/dev/ttyS0", product=None, description="ttyS0", vid=None)
    usb = SimpleNamespace(device="/dev/ttyUSB0", product="USB Serial", description="USB Serial - n/a", vid=0x1A86)
    monkeypatch.setattr(list_ports, "comports", lambda: [built_in, usb])
    assert lines.usb_ports() == [ReaderPort("/dev/ttyUSB0", "USB Serial")]
    assert lines.ports() == [ReaderPort("/dev/ttyS0", "ttyS0"), ReaderPort("/dev/ttyUSB0", "USB Serial")]
