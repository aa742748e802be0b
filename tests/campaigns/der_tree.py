"""Takes DER apart into a tree of values, changes the tree at random, and writes it again; lengths above fit afterwards."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

CONSTRUCTED = 0x20
INDEFINITE = -1
"""A length that is not written: the end is marked, as BER allows and DER does not."""
NULL = b"\x05\x00"


@dataclass
class Value:
    """One value: bytes, or others where it is constructed; ``longer`` bytes more than needed tell its length."""

    tag: int
    content: bytes = b""
    inner: list["Value"] = field(default_factory=list)
    longer: int = 0

    def written(self) -> bytes:
        """Return the value with tag and length."""
        content = b"".join(one.written() for one in self.inner) if self.tag & CONSTRUCTED else self.content
        if self.longer == INDEFINITE:
            return bytes([self.tag, 0x80]) + content + bytes(2)
        return bytes([self.tag]) + _length(len(content), self.longer) + content

    def all(self) -> Iterator["Value"]:
        """Yield the value and everything in it."""
        yield self
        for one in self.inner:
            yield from one.all()


def taken_apart(der: bytes) -> list[Value]:
    """Return the values that stand one after another in sound DER with tags of one byte."""
    values, at = [], 0
    while at < len(der):
        tag, first = der[at], der[at + 1]
        size = first & 0x7F if first & 0x80 else 0
        begin = at + 2 + size
        end = begin + (int.from_bytes(der[at + 2 : begin], "big") if size else first)
        content = der[begin:end]
        values.append(Value(tag, b"", taken_apart(content)) if tag & CONSTRUCTED else Value(tag, content))
        at = end
    return values


def changed(der: bytes, chance: random.Random) -> bytes:
    """Return sound DER after one or two changes of its tree."""
    (root,) = taken_apart(der)
    for _ in range(chance.choice((1, 1, 1, 2))):
        chance.choice(CHANGES)(root, chance)
    return root.written()


def _length(length: int, longer: int) -> bytes:
    plain = length.to_bytes((length.bit_length() + 7) // 8 or 1, "big")
    if length < 0x80 and not longer:
        return plain
    digits = bytes(longer - (length < 0x80)) + plain
    return bytes([0x80 | len(digits)]) + digits


def _parent(root: Value, chance: random.Random) -> Value:
    return chance.choice([one for one in root.all() if one.inner])


def _leaf(root: Value, chance: random.Random) -> Value:
    return chance.choice([one for one in root.all() if not one.tag & CONSTRUCTED])


def _twice(root: Value, chance: random.Random) -> None:
    parent = _parent(root, chance)
    parent.inner.insert(chance.randint(0, len(parent.inner)), deepcopy(chance.choice(parent.inner)))


def _gone(root: Value, chance: random.Random) -> None:
    parent = _parent(root, chance)
    del parent.inner[chance.randrange(len(parent.inner))]


def _in_another_order(root: Value, chance: random.Random) -> None:
    chance.shuffle(_parent(root, chance).inner)


def _elsewhere_too(root: Value, chance: random.Random) -> None:
    parent, small = _parent(root, chance), [one for one in root.all() if len(one.written()) < 200]
    parent.inner.insert(chance.randint(0, len(parent.inner)), deepcopy(chance.choice(small)))


def _longer(root: Value, chance: random.Random) -> None:
    chance.choice(list(root.all())).longer = chance.choice((1, 1, 2, 3))


def _unmarked_length(root: Value, chance: random.Random) -> None:
    _parent(root, chance).longer = INDEFINITE


def _other_tag(root: Value, chance: random.Random) -> None:
    _leaf(root, chance).tag ^= chance.choice((1, 2, 4, 8, 0x40, 0x80, 0xC0))


def _in_pieces(root: Value, chance: random.Random) -> None:
    """Write bytes as BER allows it: in pieces."""
    leaf = _leaf(root, chance)
    half = len(leaf.content) // 2
    pieces = [Value(leaf.tag & 0x1F, leaf.content[:half]), Value(leaf.tag & 0x1F, leaf.content[half:])]
    leaf.tag, leaf.inner = leaf.tag | CONSTRUCTED, pieces


def _other_bytes(root: Value, chance: random.Random) -> None:
    leaf = _leaf(root, chance)
    data = bytearray(leaf.content or b"\0")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    leaf.content = bytes(data)


def _zero_in_front(root: Value, chance: random.Random) -> None:
    leaf = _leaf(root, chance)
    leaf.content = bytes(chance.randint(1, 2)) + leaf.content


def _zero_behind(root: Value, chance: random.Random) -> None:
    leaf = _leaf(root, chance)
    leaf.content += bytes(chance.randint(1, 2))


def _nothing_added(root: Value, chance: random.Random) -> None:
    _parent(root, chance).inner.append(Value(NULL[0]))


def _nothing_dropped(root: Value, _chance: random.Random) -> None:
    for parent in root.all():
        parent.inner = [one for one in parent.inner if one.tag != NULL[0]]


CHANGES: tuple[Callable[[Value, random.Random], None], ...] = (
    _twice,
    _gone,
    _in_another_order,
    _elsewhere_too,
    _longer,
    _unmarked_length,
    _other_tag,
    _in_pieces,
    _other_bytes,
    _zero_in_front,
    _zero_behind,
    _nothing_added,
    _nothing_dropped,
)
