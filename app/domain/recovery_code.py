"""The code on a recovery sheet: how it is made of random bytes, shown, and read back from what a person types.

Six groups of five characters, 120 bits. The alphabet is Crockford's base 32, without I, L, O and U; each group ends
with a check character over its place and its four others, so that a typing error is found in its group. How keys are
sealed under a code is the job of ``app.security``.
"""

from stdnum import luhn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_DATA = 6, 4
GROUP_LENGTH = GROUP_DATA + 1
ENTROPY_BYTES = GROUPS * GROUP_DATA * 5 // 8
MISREAD = str.maketrans("ILO", "110")
SPACES = " -–—－　\t\r\n"


class MistypedCode(Exception):
    """Group ``group`` (from 1) is the first that does not check; one after the last when there is too much."""

    def __init__(self, group: int) -> None:
        super().__init__(f"group {group}")
        self.group = group


def make_code(entropy: bytes) -> str:
    """Return the code of 15 random bytes, in groups: ``7XK2M-…``."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError("a recovery code is made of 15 bytes")
    number = int.from_bytes(entropy, "big")
    digits = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (GROUPS * GROUP_DATA - 1), -1, -5))
    groups = [digits[start : start + GROUP_DATA] for start in range(0, len(digits), GROUP_DATA)]
    return "-".join(data + _check(place, data) for place, data in enumerate(groups))


def read_code(typed: str) -> bytes:
    """Return the 15 bytes of a code as typed: any case, with or without separators, O for 0, I and L for 1.

    MistypedCode names the first group that is not right.
    """
    text = "".join(character for character in typed.upper() if character not in SPACES).translate(MISREAD)
    groups = [text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH)]
    number = 0
    for place in range(GROUPS):
        number = number << 5 * GROUP_DATA | _read_group(place, groups[place] if place < len(groups) else "")
    if len(groups) > GROUPS:
        raise MistypedCode(GROUPS + 1)
    return number.to_bytes(ENTROPY_BYTES, "big")


def _read_group(place: int, group: str) -> int:
    data, check = group[:GROUP_DATA], group[GROUP_DATA:]
    if len(group) != GROUP_LENGTH or set(group) - set(ALPHABET) or check != _check(place, data):
        raise MistypedCode(place + 1)
    number = 0
    for character in data:
        number = number << 5 | ALPHABET.index(character)
    return number


def _check(place: int, data: str) -> str:
    """Return the check character; the place counts too, so that two swapped groups are found."""
    return str(luhn.calc_check_digit(ALPHABET[place] + data, ALPHABET))
