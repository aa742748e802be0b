"""Damages good files: bytes, blocks and numbers, and a PNG whose checksums are right again so that more of it is read."""

import random
import re
import struct
import zlib

PNG_MARK = b"\x89PNG\r\n\x1a\n"
EVIL_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
EVIL_WORDS = (b"-1", b"0", b"99999999", b"2147483648", b"-2147483648", b"1e38", b"0.00000001", b"4294967295")


def mutated(seed: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return ``seed`` after one to four damages, sometimes with a piece of another file in it."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(DAMAGES)(data, others, chance) or bytearray(b"\0")
    if bytes(data).startswith(PNG_MARK) and chance.random() < 0.7:
        return with_checksums(bytes(data))
    return bytes(data)


def with_checksums(png: bytes) -> bytes:
    """Return a PNG whose chunks' checksums fit their content."""
    out, place = bytearray(PNG_MARK), len(PNG_MARK)
    while place + 12 <= len(png):
        length = struct.unpack_from(">I", png, place)[0]
        body = png[place + 4 : place + 8 + length]
        out += struct.pack(">I", length) + body + struct.pack(">I", zlib.crc32(body))
        place += 12 + length
    return bytes(out) + png[place:]


def _bits(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 24)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _bytes(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    start = chance.randrange(min(len(data), chance.choice((64, 512, len(data)))))
    length = chance.randint(1, 16)
    data[start : start + length] = chance.randbytes(length)
    return data


def _number(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    """Write a number that breaks sums over one that stands there."""
    form = chance.choice((">B", ">H", "<H", ">I", "<I"))
    size = struct.calcsize(form)
    if len(data) > size:
        value = chance.choice(EVIL_NUMBERS) & ((1 << 8 * size) - 1)
        struct.pack_into(form, data, chance.randrange(min(len(data) - size, chance.choice((300, 10**9)))), value)
    return data


def _word(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    """Write another number where one stands in letters, as in a PDF."""
    found = list(re.finditer(rb"-?\d+\.?\d*", bytes(data[:200_000])))
    if found:
        place = chance.choice(found)
        data[place.start() : place.end()] = chance.choice(EVIL_WORDS)
    return data


def _name(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    """Exchange two names of a PDF or two chunks' types of a PNG."""
    found = list(re.finditer(rb"/[A-Za-z]+|IDAT|IHDR|PLTE|tRNS|IEND", bytes(data[:200_000])))
    if len(found) > 1:
        first, second = chance.sample(found, 2)
        data[first.start() : first.end()] = second.group()
    return data


def _cut(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data)) + 1]


def _without(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 400)]
    return data


def _twice(data: bytearray, _others: list[bytes], chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    piece = bytes(data[start : start + chance.randint(1, 2000)])
    place = chance.randrange(len(data))
    data[place:place] = piece * chance.choice((1, 1, 2, 50))
    return data


def _spliced(data: bytearray, others: list[bytes], chance: random.Random) -> bytearray:
    other = chance.choice(others)
    return data[: chance.randrange(len(data)) + 1] + other[chance.randrange(len(other)) :]


DAMAGES = (_bits, _bits, _bytes, _bytes, _number, _number, _word, _word, _name, _cut, _without, _twice, _spliced)
