"""Adds to a signed PDF behind its signature, as PDF allows it (ISO 32000-2, 7.5.6): what a shadow attack does."""

import random
import re
import zlib

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
MORE = 60
"""The first number of an object that is free in every paper here."""


def updated(pdf: bytes, chance: random.Random) -> bytes:
    """Return ``pdf`` with one or two things added or replaced behind it; sometimes in objects that stand in a stream."""
    known = {int(one[1]): one[2] for one in OBJECT.finditer(pdf)}
    objects: dict[int, bytes] = {}
    for change in chance.sample(CHANGES, chance.choice((1, 1, 1, 2))):
        objects.update(change(known, pdf, chance))
    prev = int(re.findall(rb"startxref\n(\d+)", pdf)[-1])
    root = _named(pdf, b"/Root")
    prev = chance.choice((prev, prev, prev, prev, 0, prev + 1))
    keys = b"/Root %d 0 R /Prev %d /Size 90 /ID [<%x> <%x>]" % (root, prev, *(chance.getrandbits(64) for _ in "12"))
    return pdf + (_in_streams if chance.random() < 0.4 else _in_a_table)(objects, len(pdf), keys)


def _in_a_table(objects: dict[int, bytes], begin: int, keys: bytes) -> bytes:
    out, table = b"", b"xref\n0 1\n0000000000 65535 f \n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, begin + len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + table + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (keys, begin + len(out))


def _in_streams(objects: dict[int, bytes], begin: int, keys: bytes) -> bytes:
    """Write an update whose table of objects is a stream, and those that may be are in a stream themselves."""
    out, places = b"", {}
    packed = {number: body for number, body in objects.items() if b"stream\n" not in body}
    for number, body in objects.items():
        if number not in packed:
            places[number] = (1, begin + len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    if packed:
        heads, bodies = b"", b""
        for index, (number, body) in enumerate(packed.items()):
            heads += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
            places[number] = (2, MORE + 28, index)
        places[MORE + 28] = (1, begin + len(out), 0)
        keys_of_it = b"/Type /ObjStm /N %d /First %d" % (len(packed), len(heads))
        out += b"%d 0 obj\n%s\nendobj\n" % (MORE + 28, _stream(heads + bodies, keys_of_it))
    places[MORE + 29] = (1, begin + len(out), 0)
    numbers = sorted(places)
    rows = b"".join(b"%c%s%s" % (a, b.to_bytes(4, "big"), c.to_bytes(2, "big")) for a, b, c in map(places.get, numbers))
    index = b"/Index [%s]" % b" ".join(b"%d 1" % number for number in numbers)
    table = _stream(rows, b"/Type /XRef /W [1 4 2] %s %s" % (index, keys))
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (MORE + 29, table, begin + len(out))


def _stream(data: bytes, keys: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (keys, len(packed), packed)


def _with(known: dict[int, bytes], number: int, keys: bytes) -> bytes:
    """Return an object with more keys, which stand first where a reader takes the first of two."""
    return known[number].replace(b"<<\n", b"<<\n" + keys + b"\n", 1)


def _named(pdf: bytes, key: bytes) -> int:
    return int(re.findall(key + rb" (\d+) 0 R", pdf)[-1])


def _catalogue(known, pdf, chance):
    keys = chance.choice(
        (
            b"/OpenAction " + SCRIPT,
            b"/AA << /WC " + SCRIPT + b" >>",
            b"/Names << /JavaScript << /Names [(a) " + SCRIPT + b"] >> >>",
            b"/AcroForm << /Fields [] >>",
            b"/AF []",
            b"/Perms << >>",
            b"/DSS << /Certs [] >>",
            b"/Lang (en)",
            b"/Collection << /View /T >>",
            b"/OCProperties << /OCGs [] /D << /OFF [] >> >>",
            b"/PageLabels << /Nums [] >>",
        )
    )
    return {_named(pdf, b"/Root"): _with(known, _named(pdf, b"/Root"), keys)}


def _page(known, pdf, chance):
    number = _named(pdf, b"/P")
    written, left = chance.randrange(10**6), chance.randrange(300)
    content = {MORE: _stream(b"BT /F1 30 Tf %d 400 Td (%06d) Tj ET" % (left, written), b"")}
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [%d 300 400 500] /Contents (%06d) >>" % (left, written)
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (http://192.0.2.1/) >> >>"
    keys, more = chance.choice(
        (
            (b"/Contents [%d 0 R]" % MORE, content),
            (b"/Annots [%d 0 R]" % MORE, {MORE: note}),
            (b"/Annots [%d 0 R]" % MORE, {MORE: link}),
            (b"/Rotate 90", {}),
            (b"/CropBox [0 0 10 10]", {}),
            (b"/AA << /O " + SCRIPT + b" >>", {}),
        )
    )
    return {number: _with(known, number, keys), **more}


def _field(known, pdf, chance):
    number = _named(pdf, b"/AcroForm")
    sig = _named(pdf, b"/DocMDP")
    text = (
        b"<< /FT /Tx /T (more) /V (%06d) /Type /Annot /Subtype /Widget /Rect [100 300 400 500] >>"
        % chance.randrange(10**6)
    )
    again = b"<< /FT /Sig /T (Seal2) /V %d 0 R >>" % sig
    blank = b"<< /FT /Sig /T (Seal2) >>"
    body = chance.choice((text, again, blank))
    seal = int(re.findall(rb"/Fields \[ (\d+)", pdf)[-1])
    fields = chance.choice(
        (b"%d 0 R %d 0 R" % (seal, MORE + 1), b"%d 0 R %d 0 R" % (MORE + 1, seal), b"%d 0 R" % (MORE + 1))
    )
    return {number: b"<< /Fields [%s] /SigFlags 3 >>" % fields, MORE + 1: body}


def _claims(known, pdf, chance):
    files = [number for number, body in known.items() if b"/EmbeddedFile" in body and b"stream" in body]
    data = chance.choice((b"{}", b'{"a": "%d"}' % chance.randrange(10**6), b"", b"[" * chance.randrange(5000)))
    return {number: _stream(data, b"/Type /EmbeddedFile") for number in files} or _catalogue(known, pdf, chance)


def _signature(known, pdf, chance):
    """Tell the signature anew, as if it covered what was added."""
    number = _named(pdf, b"/DocMDP")
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", known[number])
    assert found is not None
    rest = int(found[4]) + chance.choice((0, 1, chance.randrange(3000)))
    keys = chance.choice(
        (
            b"/ByteRange [0 %s %s %d]" % (found[2], found[3], rest),
            b"/M (D:20200101000000Z)",
            b"/Reference []",
            b"/Name (x)",
            b"/Contents <00>",
        )
    )
    return {number: _with(known, number, keys)}


def _nothing(known, pdf, chance):
    """Write an object again as it is."""
    number = chance.choice(sorted(known))
    return {number: known[number]}


def _another_object(known, pdf, chance):
    """Put one object in the place of another: fonts, drawings, the look of the seal."""
    one, other = chance.sample(sorted(known), 2)
    return {one: known[other]}


def _no_object(known, pdf, chance):
    return {}


CHANGES = (_catalogue, _page, _field, _claims, _signature, _nothing, _another_object, _no_object)
