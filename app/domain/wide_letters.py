"""Wide letters, digits and signs, as an input method types them, made the plain ones that codes are written in."""

WIDE, WIDE_END, PLAIN = 0xFF01, 0xFF5E, 0x21
WIDE_BLANK = 0x3000
NARROW = {wide: wide - WIDE + PLAIN for wide in range(WIDE, WIDE_END + 1)} | {WIDE_BLANK: " "}


def narrowed(text: str) -> str:
    """Return ``text`` with every wide letter, digit, sign and blank as the plain one; Chinese stays as it is."""
    return text.translate(NARROW)
