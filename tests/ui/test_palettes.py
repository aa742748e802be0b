"""Contrast as WCAG 2 counts it, for every pair of colours that stands on the screen."""

import pytest

from ui.palettes import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, PALETTES

GROUNDS = ("ground", "surface", "rail", "field", "hover")
TEXTS = ("text", "text-soft", "accent", "danger")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS if (text, ground) != ("accent", "hover")),
    *((tone, f"{tone}-wash") for tone in ("good", "warn", "danger", "accent")),
    ("text", "accent-wash"),
    ("text-soft", "accent-wash"),
    ("text-soft", "neutral-wash"),
    ("text-off", "surface"),
    ("on-fill", "fill"),
    ("on-fill", "fill-hover"),
    ("surface", "text"),
]
EDGES = [("line-strong", "surface"), ("line-strong", "field"), ("accent", "surface"), ("on-fill-line", "fill")]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(palette, pairs, least):
    found = {(one, other): contrast(palette[one], palette[other]) for one, other in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


def test_the_measure_knows_the_ends_of_its_scale():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(palette):
    assert too_weak(palette, PAIRS, 4.5) == {}


@pytest.mark.parametrize("palette", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
def test_text_in_high_contrast_can_be_read_by_weak_eyes(palette):
    assert too_weak(palette, [*PAIRS, *EDGES, ("text-off", "fill-off")], 7) == {}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=map(str, PALETTES))
def test_edges_of_what_can_be_used_can_be_seen(palette):
    assert too_weak(palette, EDGES, 3) == {}


def test_every_palette_has_every_token():
    assert {frozenset(palette) for palette in PALETTES.values()} == {frozenset(LIGHT)}
