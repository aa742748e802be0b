"""The text of a proof for a code on paper: compressed, in base45 (RFC 9285), behind a short word; or in a page's address.

All of it stands in the letters that a QR code packs closest. What is read here comes from anybody: it is as long as a QR
code can be at most, and no more comes out of the compression than was allowed.
"""

import struct
import zlib
from string import ascii_lowercase

from base45 import BASE45_CHARSET, b45encode

from app.domain.wide_letters import narrowed

SCHEME = "LDV1:"
LONGEST_TEXT = 4296
"""Letters that the largest QR code holds."""
LARGEST_PROOF = 4096
LEVEL = 9
ZLIB_HEAD = b"\x78\xda"
SIGN = "#"
"""Stands between an address and the proof."""
CHECKSUM = 4
"""Bytes at the end of what zlib writes."""
NO_DIGIT = 0xFF
DIGITS = bytes(BASE45_CHARSET.find(chr(byte)) & NO_DIGIT for byte in range(256))
"""The value of each letter of base45."""
STORED_MASK, LAST_BLOCK = 0b110, 0b001
ESCAPED = {"%": "%25", " ": "%20"}
"""What base45 uses and an address cannot hold as it is."""
TYPED = {ord(small): small.upper() for small in ascii_lowercase} | {
    ord(sign): letter for sign, letter in {"。": ".", "、": "/", "￥": "$", "¥": "$"}.items()
}
"""What Caps Lock and Chinese punctuation make of the letters of base45, which are capitals alone."""


class NoProofText(Exception):
    """A text does not claim to be a proof."""


def as_text(proof: bytes) -> str:
    """Return the text of a proof."""
    letters: bytes = b45encode(zlib.compress(proof, LEVEL))
    return SCHEME + letters.decode()


def as_address(proof: bytes, page: str) -> str:
    """Return the address of a verification page that is shown this proof; the part behind ``#`` is never sent anywhere."""
    return f"{page}#{as_text(proof).replace('%', ESCAPED['%']).replace(' ', ESCAPED[' '])}"


def claims_to_be_proof(text: str) -> bool:
    """Tell whether a text or an address begins as a proof does."""
    return text.startswith(SCHEME) or text.partition("#")[2].startswith(SCHEME)


def as_written(text: str) -> str:
    """Return a typed proof, or the beginning of one, as its code says it, whatever the keyboard did; other text as it is."""
    page, sign, fragment = narrowed(text).strip().partition(SIGN)
    letters = (fragment or page).translate(TYPED)
    if not letters.startswith(SCHEME):
        return text
    return f"{page}{sign}{letters}" if fragment else letters


def packed_proof(text: str) -> bytes:
    """Return the proof in a text or an address; NoProofText, or ValueError where it is damaged."""
    if len(text) > LONGEST_TEXT:
        raise NoProofText
    return _inflated(_unpacked(_code_in(text.strip())))


def _code_in(text: str) -> str:
    if text.startswith(SCHEME):
        return text.removeprefix(SCHEME)
    _page, _sign, fragment = text.partition("#")
    if not fragment.startswith(SCHEME):
        raise NoProofText
    return _unescaped(fragment.removeprefix(SCHEME))


def _unescaped(text: str) -> str:
    first, *others = text.split("%")
    if " " in text or any(part[:2] not in {"20", "25"} for part in others):
        raise ValueError("an address that was written otherwise")
    return first + "".join((" " if part[:2] == "20" else "%") + part[2:] for part in others)


def _unpacked(code: str) -> bytes:
    """Return the bytes of base45, a good deal faster than letter by letter."""
    digits = code.encode("ascii").translate(DIGITS)
    whole, rest = divmod(len(digits), 3)
    if NO_DIGIT in digits or rest == 1:
        raise ValueError("no base45")
    pairs = zip(digits[0 : 3 * whole : 3], digits[1 : 3 * whole : 3], digits[2 : 3 * whole : 3], strict=True)
    try:
        data = struct.pack(f">{whole}H", *[low + 45 * middle + 2025 * high for low, middle, high in pairs])
        return data + (bytes([digits[-2] + 45 * digits[-1]]) if rest else b"")
    except struct.error as error:
        raise ValueError("no base45") from error


def _inflated(packed: bytes) -> bytes:
    if not packed.startswith(ZLIB_HEAD):
        raise ValueError("compressed in another way")
    data = _whole(packed)
    if data is None:
        raise ValueError("damaged, or too large")
    if _has_loose_bits(packed, data):
        raise ValueError("bits that nobody reads were changed")
    return data


def _whole(packed: bytes) -> bytes | None:
    """Return what was compressed, None when it is damaged, too large or followed by something."""
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(packed, LARGEST_PROOF)
    except zlib.error:
        return None
    return data if inflating.eof and not inflating.unused_data else None


def _has_loose_bits(packed: bytes, data: bytes) -> bool:
    """Tell whether bits are set that mean nothing, so that no letter of a text can be changed unseen.

    Deflate fills up its last byte, and the first of a block that is stored as it is, with bits that nobody reads: they
    are written as 0. So the highest bit that is set in the last byte means something: without it other data comes out.
    """
    first, last = packed[len(ZLIB_HEAD)], packed[-CHECKSUM - 1]
    if first & STORED_MASK == 0:
        return first != LAST_BLOCK
    if last == 0:
        return False
    without = last ^ 1 << last.bit_length() - 1
    return _whole(packed[: -CHECKSUM - 1] + bytes([without]) + packed[-CHECKSUM:]) == data
