"""What the options of makers' drivers mean. The words are those of real drivers; nothing here calls one."""

import pytest

from app.capture.limits import MOST_PIXELS
from app.capture.scanners.sane_options import (
    area_settings,
    bearable_dpi,
    capabilities,
    colour_settings,
    is_fed,
    resolution_settings,
    source_settings,
    unopened,
)
from app.capture.scanners.sane_terms import Option, SaneName, Span, Unit, ValueType
from app.services.ports.scanning import Colours, Feeding, SheetSize

FLAT, FED, BOTH = Feeding.FLATBED, Feeding.FEEDER, Feeding.BOTH_SIDES
SHEETFED = SaneName("maker:1", "Maker", "M 1", "sheetfed scanner")
FLATBED = SaneName("maker:2", "Maker", "M 2", "flatbed scanner")


def option(name, limits=None, kind=ValueType.STRING, unit=Unit.NONE, *, can_be_set=True):
    return Option(name, 1, kind, unit, 4, can_be_set, limits)


def options(*found):
    return {one.name: one for one in found}


def sources(*words):
    return options(option("source", words))


def told(settings):
    return {setting.name: setting.value for setting in settings}


@pytest.mark.parametrize(
    ("words", "flatbed", "feeder", "both"),
    [
        (("Flatbed", "Automatic Document Feeder"), "Flatbed", "Automatic Document Feeder", None),
        (("Flatbed", "ADF", "ADF Duplex"), "Flatbed", "ADF", "ADF Duplex"),
        (("Flatbed", "ADF Front", "ADF Back", "ADF Duplex"), "Flatbed", "ADF Front", "ADF Duplex"),
        (("ADF Front", "ADF Back", "ADF Duplex"), None, "ADF Front", "ADF Duplex"),
        (("Auto", "Flatbed", "ADF", "Duplex"), "Flatbed", "ADF", "Duplex"),
        (("Normal", "ADF", "ADF Rear", "ADF Duplex"), "Normal", "ADF", "ADF Duplex"),
        (("Flatbed", "Transparency Adapter", "Negative Adapter"), "Flatbed", None, None),
        (("Document Table", "ADF"), "Document Table", "ADF", None),
        (
            (
                "FlatBed",
                "Automatic Document Feeder(left aligned)",
                "Automatic Document Feeder(left aligned,Duplex)",
                "Automatic Document Feeder(centrally aligned)",
            ),
            "FlatBed",
            "Automatic Document Feeder(left aligned)",
            "Automatic Document Feeder(left aligned,Duplex)",
        ),
    ],
)
def test_sources_are_known_by_the_words_of_each_maker(words, flatbed, feeder, both):
    found = sources(*words)
    asked = {FLAT: flatbed, FED: feeder, BOTH: both}
    assert capabilities(FLATBED, found).feedings == tuple(one for one, word in asked.items() if word)
    for feeding, word in asked.items():
        if word:
            assert told(source_settings(feeding, found)) == {"source": word}
            assert is_fed(feeding, found) == (feeding is not FLAT)


@pytest.mark.parametrize(
    ("extra", "one", "two"),
    [
        (option("adf-mode", ("Simplex", "Duplex")), "Simplex", "Duplex"),
        (option("duplex", kind=ValueType.BOOL), 0, 1),
        (option("scan-both-sides", kind=ValueType.BOOL), 0, 1),
    ],
)
def test_both_sides_may_be_an_option_of_the_feeder(extra, one, two):
    found = sources("Flatbed", "Automatic Document Feeder") | options(extra)
    feeder = {"source": "Automatic Document Feeder"}
    assert capabilities(FLATBED, found).feedings == (FLAT, FED, BOTH)
    assert told(source_settings(FED, found)) == feeder | {extra.name: one}
    assert told(source_settings(BOTH, found)) == feeder | {extra.name: two}
    assert told(source_settings(FLAT, found)) == {"source": "Flatbed"}


def test_what_a_scanner_lacks_is_replaced_by_the_nearest():
    flatbed_only, feeder_only = sources("Flatbed"), sources("ADF Front", "ADF Duplex")
    assert not is_fed(FED, flatbed_only)
    assert is_fed(FLAT, feeder_only)
    assert told(source_settings(FLAT, feeder_only)) == {"source": "ADF Front"}
    grey_only = options(option("mode", ("Gray",)))
    assert [told(colour_settings(one, grey_only)) for one in Colours] == [{"mode": "Gray"}] * 3


def test_a_scanner_that_names_no_sources_has_one_way_by_its_kind():
    assert capabilities(SHEETFED, {}).feedings == (FED,)
    assert capabilities(FLATBED, {}).feedings == (FLAT,)
    assert (is_fed(FED, {}), is_fed(FLAT, {})) == (True, False)
    assert source_settings(FED, {}) == source_settings(FLAT, {}) == []


@pytest.mark.parametrize(
    ("words", "colour", "grey", "black"),
    [
        (("Lineart", "Gray", "Color"), "Color", "Gray", "Lineart"),
        (("Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color[Fast]"), "24bit Color[Fast]", "True Gray", "Black & White"),
        (("Binary", "Halftone", "Grayscale", "Color"), "Color", "Grayscale", "Binary"),
        (("Color", "Gray"), "Color", "Gray", None),
    ],
)  # fmt: skip
def test_colours_are_known_by_the_words_of_each_maker(words, colour, grey, black):
    found = options(option("mode", words))
    asked = {Colours.COLOUR: colour, Colours.GREY: grey, Colours.BLACK_AND_WHITE: black}
    assert capabilities(FLATBED, found).colours == tuple(one for one, word in asked.items() if word)
    for colours, word in asked.items():
        if word:
            assert told(colour_settings(colours, found))["mode"] == word


def test_black_and_white_may_be_grey_of_one_bit_and_sixteen_bits_are_not_wanted():
    found = options(option("mode", ("Gray", "Color")), option("depth", (1.0, 8.0, 16.0), ValueType.INT))
    assert told(colour_settings(Colours.BLACK_AND_WHITE, found)) == {"mode": "Gray", "depth": 1}
    assert told(colour_settings(Colours.GREY, found)) == {"mode": "Gray", "depth": 8}
    assert told(colour_settings(Colours.COLOUR, found)) == {"mode": "Color", "depth": 8}


def test_resolutions_come_from_a_list_a_range_or_nowhere():
    listed = options(option("resolution", (150.0, 300.0, 75.0), ValueType.INT))
    ranged = options(option("resolution", Span(100, 250), ValueType.FIXED))
    odd = options(option("resolution", Span(10, 20), ValueType.INT))
    apart = options(
        option("x-resolution", Span(50, 600), ValueType.INT), option("y-resolution", Span(50, 600), ValueType.INT)
    )
    assert capabilities(FLATBED, listed).resolutions == (75, 150, 300)
    assert capabilities(FLATBED, ranged).resolutions == (100, 150, 200, 240)
    assert capabilities(FLATBED, odd).resolutions == (20,)
    assert capabilities(FLATBED, {}).resolutions == (300,)
    assert told(resolution_settings(200, listed)) == {"resolution": 150}
    assert told(resolution_settings(300, ranged)) == {"resolution": 250}
    assert told(resolution_settings(300, apart)) == {"x-resolution": 300, "y-resolution": 300}
    assert resolution_settings(300, {}) == []


def edges(unit, highest):
    return options(
        *(option(name, Span(0, highest), ValueType.FIXED, unit) for name in ("tl-x", "tl-y", "br-x", "br-y"))
    )


def test_the_area_is_in_millimetres_or_pixels_and_never_larger_than_the_scanner():
    assert told(area_settings(SheetSize.A5, 300, edges(Unit.MILLIMETRE, 216))) == {
        "tl-x": 0, "br-x": 148, "tl-y": 0, "br-y": 210
    }  # fmt: skip
    assert told(area_settings(SheetSize.A3, 300, edges(Unit.MILLIMETRE, 216)))["br-x"] == 216
    assert told(area_settings(SheetSize.WHOLE, 300, edges(Unit.MILLIMETRE, 216)))["br-y"] == 216
    assert told(area_settings(SheetSize.A4, 300, edges(Unit.PIXEL, 5000)))["br-x"] == pytest.approx(2480, abs=1)


def test_a_feeder_is_told_of_the_paper_before_its_edges():
    paper = options(option("page-width", Span(0, 304), ValueType.FIXED, Unit.MILLIMETRE))
    found = edges(Unit.MILLIMETRE, 210) | paper
    assert area_settings(SheetSize.A3, 300, found)[0].name == "page-width"
    assert capabilities(SHEETFED, found).largest_mm == (304, 210)


def test_a_driver_that_tells_absurd_sizes_is_taken_for_one_of_a4():
    assert capabilities(FLATBED, edges(Unit.MILLIMETRE, 32767)).largest_mm == (210, 297)
    assert capabilities(FLATBED, edges(Unit.MILLIMETRE, 0)).largest_mm == (210, 297)


def test_no_more_is_scanned_than_a_page_image_may_have():
    found = edges(Unit.MILLIMETRE, 430)
    dpi = bearable_dpi(1200, SheetSize.A3, found)
    assert 400 < dpi < 600
    assert (297 / 25.4 * dpi) * (420 / 25.4 * dpi) <= MOST_PIXELS
    assert bearable_dpi(600, SheetSize.A5, found) == 600


def test_options_that_cannot_be_set_now_are_left_alone():
    fixed = options(option("br-x", Span(0, 210), ValueType.FIXED, Unit.MILLIMETRE, can_be_set=False))
    assert area_settings(SheetSize.A4, 300, fixed) == []


def test_a_scanner_is_at_this_pc_when_a_driver_found_it_there() -> None:
    names = {
        "genesys:libusb:001:004": True,
        "hpaio:/usb/Fictitious_100?serial=1": True,
        "hpaio:/net/Fictitious_libusb:?ip=192.0.2.7": False,
        "airscan:libusb:e0:Fictitious": False,
        "net:localhost:genesys:libusb:001:004": False,
        "test:0": False,
    }
    assert {name: unopened(SaneName(name, "Maker", "M 1", "")).is_local for name in names} == names
