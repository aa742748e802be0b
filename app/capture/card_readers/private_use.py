"""Rare characters that stand on older cards with the private numbers of GBK, from before Unicode had them.

䶮 is the one that people are called; the others are of the same row of GBK, FE50 to FEA0, which Python decodes, but for
the fourteen that got their numbers last (GB 18030-2022, table E).
"""

FIRST, ROW, FIRST_IN_ROW, GAP, COUNT = 0xE815, 0xFE, 0x50, 0x7F, 80
PRIVATE_USE = range(0xE000, 0xF900)
LATEST = {
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}


def _row() -> dict[int, str]:
    seconds = [byte for byte in range(FIRST_IN_ROW, FIRST_IN_ROW + COUNT + 1) if byte != GAP]
    return {FIRST + place: bytes([ROW, second]).decode("gb18030") for place, second in enumerate(seconds)}


_TODAY = {**_row(), **LATEST}


def without_private_use(words: str) -> str:
    """Return ``words`` with the numbers of today; what nobody can know becomes U+FFFD."""
    return "".join(_TODAY.get(ord(sign), "\ufffd") if ord(sign) in PRIVATE_USE else sign for sign in words)
