"""The driver for Windows, on objects of our own that behave as the reference says: there was no Windows to run it on."""

import io

import pytest
from PIL import Image

from app.capture.scanners import wia
from app.capture.scanners.driver import Progress
from app.capture.scanners.wia import BMP, JPEG, WiaDriver, windows_driver
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize
from tests.capture.scanners.escl_server import sheet

PAPER_EMPTY, JAM = -2145320957, -2145320958  # as the objects give them: signed
KEY = "{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0000"


class ComError(Exception):
    def __init__(self, hresult):
        super().__init__(hresult)
        self.hresult = hresult


class Counted:
    """A collection of automation objects: it counts from 1, or is asked by name."""

    def __init__(self, *things):
        self.things = things
        self.Count = len(things)

    def __call__(self, number):
        return self.things[number - 1]


class Property:
    def __init__(self, value, sub_type=0, lowest=0, highest=0, values=()):
        self.Value, self.SubType, self.SubTypeMin, self.SubTypeMax = value, sub_type, lowest, highest
        self.SubTypeValues = Counted(*values)


class Properties(dict):
    def __call__(self, name):
        return self[name]

    def Exists(self, name):  # noqa: N802  as Windows calls it
        return name in self


class Item:
    def __init__(self, pages, format_id):
        self.pages, self.format_id = pages, format_id
        self.Properties = Properties(
            {
                "6146": Property(1),
                "6147": Property(200, wia.LIST, values=(100, 200, 300)),
                "6148": Property(200, wia.LIST, values=(100, 200, 300)),
                "6149": Property(0),
                "6150": Property(0),
                "6151": Property(0, wia.RANGE, 1, 2550),
                "6152": Property(0, wia.RANGE, 1, 3300),
            }
        )

    def Transfer(self, asked):  # noqa: N802
        assert asked == BMP
        page = self.pages.pop(0) if self.pages else PAPER_EMPTY
        if isinstance(page, int):
            raise ComError(page)
        return Picture(page, self.format_id)


class Picture:
    def __init__(self, data, format_id):
        self.data, self.FormatID = data, format_id

    @property
    def FileData(self):  # noqa: N802
        return type("Vector", (), {"BinaryData": tuple(self.data)})


class Process:
    """Makes a JPEG of a BMP."""

    def __init__(self):
        self.added = []
        settings = Properties({"FormatID": Property(""), "Quality": Property(0)})
        self.FilterInfos = lambda _name: type("Info", (), {"FilterID": "{convert}"})
        self.Filters = lambda _number: type("Filter", (), {"Properties": settings})
        self.Filters.Add = self.added.append
        self.settings = settings

    def Apply(self, picture):  # noqa: N802
        assert self.added == ["{convert}"]
        buffer = io.BytesIO()
        shown = Image.open(io.BytesIO(picture.data), formats=("BMP",))
        shown.save(buffer, "JPEG", quality=self.settings("Quality").Value)
        return Picture(buffer.getvalue(), self.settings("FormatID").Value)


class Device:
    """A device, and what the manager knows of it."""

    def __init__(self, pages=(), able=wia.FLATBED | wia.FEEDER, format_id=JPEG, away=0):
        self.DeviceID, self.Type, self.away = KEY, wia.SCANNER, away
        self.item = Item(list(pages), format_id)
        self.Items = Counted(self.item)
        self.Properties = Properties(
            {
                "Name": Property("Fictitious 300"),
                "3074": Property(8500),
                "3075": Property(11_700),
                "3076": Property(8500),
                "3077": Property(14_000),
                "3086": Property(able),
                "3088": Property(0),
                "3096": Property(0),
            }
        )

    def Connect(self):  # noqa: N802
        if self.away:
            raise ComError(self.away)
        return self


def driver(*devices):
    made = {
        "WIA.DeviceManager": lambda: type("Manager", (), {"DeviceInfos": Counted(*devices)}),
        "WIA.ImageProcess": Process,
    }
    return WiaDriver(lambda name: made[name](), ComError)


def scanned(device, feeding=Feeding.FEEDER, **wished):
    job = driver(device).begin(ScanWish(KEY, feeding, **wished), Progress())
    pages = []
    while page := job.next_page():
        pages.append(page)
    job.end()
    return pages


def chosen(device):
    return {name: told.Value for name, told in device.item.Properties.items()}


def test_scanners_are_listed_and_cameras_and_those_that_are_away_are_not():
    camera, away = Device(), Device(away=-2145320955)
    camera.Type = 2
    (found,) = driver(camera, away, Device()).devices()
    assert (found.key, found.name) == (KEY, "Fictitious 300")
    assert found.feedings == (Feeding.FLATBED, Feeding.FEEDER)
    assert found.resolutions == (100, 200, 300)
    assert found.largest_mm == (216, 297)


def test_the_feeder_gives_its_sheets_until_it_is_empty():
    device = Device([sheet(1), sheet(2), sheet(3)])
    assert [page.data for page in scanned(device)] == [sheet(1), sheet(2), sheet(3)]
    assert (device.Properties("3088").Value, device.Properties("3096").Value) == (wia.FEEDER, 1)


def test_one_page_comes_from_the_glass_as_it_was_wished():
    device = Device([sheet(1), sheet(2)])
    (page,) = scanned(device, Feeding.FLATBED, colours=Colours.GREY, dpi=190, size=SheetSize.A5)
    assert (page.data, page.dpi) == (sheet(1), 200)
    assert chosen(device) == {
        "6146": 2, "6147": 200, "6148": 200, "6149": 0, "6150": 0, "6151": 1165, "6152": 1653
    }  # fmt: skip
    assert device.Properties("3088").Value == wia.FLATBED


def test_lengths_stay_within_what_the_scanner_takes():
    device = Device([sheet()])
    scanned(device, Feeding.FLATBED, dpi=300, size=SheetSize.WHOLE)
    assert (chosen(device)["6151"], chosen(device)["6152"]) == (2550, 3300)


def test_a_picture_without_compression_becomes_a_jpeg():
    buffer = io.BytesIO()
    Image.new("RGB", (620, 877), "white").save(buffer, "BMP")
    (page,) = scanned(Device([buffer.getvalue()], format_id=BMP), Feeding.FLATBED)
    assert page.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(page.data), formats=("JPEG",)).size == (620, 877)


def test_a_jam_is_told_after_the_sheets_before_it():
    device = Device([sheet(1), JAM, sheet(2)])
    job = driver(device).begin(ScanWish(KEY, Feeding.FEEDER), Progress())
    assert job.next_page()
    with pytest.raises(ScannerFault) as fault:
        job.next_page()
    assert fault.value.trouble is ScannerTrouble.JAM


@pytest.mark.parametrize(("code", "trouble"), [*wia.TROUBLES.items(), (0x80004005, ScannerTrouble.DRIVER)])
def test_every_code_has_its_trouble(code, trouble):
    with pytest.raises(ScannerFault) as fault:
        scanned(Device([code - 2**32]))
    assert fault.value.trouble is trouble


@pytest.mark.parametrize("away", [0x80210005 - 2**32, 0x80210006 - 2**32])
def test_a_scanner_that_cannot_be_connected_to_says_why(away):
    with pytest.raises(ScannerFault) as fault:
        scanned(Device(away=away))
    assert fault.value.trouble is wia.TROUBLES[away + 2**32]


def test_a_scanner_that_nobody_knows_is_gone():
    with pytest.raises(ScannerFault) as fault:
        driver().begin(ScanWish(KEY), Progress())
    assert fault.value.trouble is ScannerTrouble.GONE


def test_what_is_no_picture_is_not_taken():
    with pytest.raises(ScannerFault):
        scanned(Device([b"no picture"]))


def test_where_there_is_no_windows_its_scanners_are_gone(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "comtypes", None)
    with pytest.raises(ScannerFault) as fault:
        windows_driver()
    assert fault.value.trouble is ScannerTrouble.GONE
