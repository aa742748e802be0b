from app.services.device_settings import PREFIX, DeviceSettings, DeviceSettingsService
from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore


def test_what_is_chosen_is_there_at_the_next_start():
    store = MemoryStore(FewReadings())
    network = ("192.0.2.7", "http://printer/eSCL")
    chosen = DeviceSettings(
        "test:0", "Test", Feeding.BOTH_SIDES, Colours.GREY, 200, SheetSize.CARD, network_scanners=network
    )
    service = DeviceSettingsService(store)
    for name in ("scanner", "scanner_name", "feeding", "colours", "dpi", "size", "network_scanners"):
        service.keep(**{name: getattr(chosen, name)})
    assert DeviceSettingsService(store).read() == chosen


def test_what_is_unknown_falls_back_to_what_is_usual():
    store = MemoryStore(FewReadings())
    with store.write() as uow:
        for name in ("feeding", "colours", "dpi", "size"):
            uow.preferences.set(PREFIX + name, "999")
        uow.commit()
    assert DeviceSettingsService(store).read() == DeviceSettings()


def test_without_colours_a_page_is_scanned_in_colour():
    assert DeviceSettings("test:0", colours=None).wish() == ScanWish("test:0", colours=Colours.COLOUR)
    assert DeviceSettings("test:0").wish("test:1").scanner == "test:1"
