"""Ways to change a signed PDF on purpose: what knows how PDFs and their signatures are made. Each tries to stay sound.

``ATTACKS`` names them; each takes the material and chance, and returns a file that no station signed – or, by chance, the
very paper again. What breaks files blindly is in ``mutations``.
"""

import random
import re
import warnings
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

import pikepdf

from tests.campaigns import der_tree
from tests.campaigns.mutations import mutated
from tests.campaigns.pdf_papers import Material
from tests.campaigns.pdf_updates import updated

CONTENTS = b"/Contents <"
RANGE = re.compile(rb"/ByteRange \[[^\]]*\] *")
HEX = b"0123456789ABCDEFabcdef"
BLANKS = b" \t\r\n\f\0"

Attack = Callable[[Material, random.Random], bytes]


def hole(pdf: bytes) -> tuple[int, int]:
    """Return where the signature's digits begin and end."""
    begin = pdf.rindex(CONTENTS) + len(CONTENTS)
    return begin, pdf.index(b">", begin)


def message(pdf: bytes) -> bytes:
    """Return the signature as it stands there (DER), without what fills the hole up."""
    begin, end = hole(pdf)
    data = bytes.fromhex(pdf[begin:end].decode())
    size = data[1] & 0x7F
    return data[: 2 + size + int.from_bytes(data[2 : 2 + size], "big")]


def with_message(pdf: bytes, der: bytes) -> bytes:
    """Return ``pdf`` with another signature in its hole, cut where the hole ends."""
    begin, end = hole(pdf)
    digits = der.hex().upper().encode().ljust(end - begin, b"0")[: end - begin]
    return pdf[:begin] + digits + pdf[end:]


def digits(material: Material, chance: random.Random) -> bytes:
    """Other digits of the signature, letters in the other case, blanks between them."""
    pdf = bytearray(chance.choice(material.papers))
    begin, end = hole(bytes(pdf))
    signs = chance.choice((HEX, HEX, b"abcdef", BLANKS, b"%(<[/"))
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(begin, end)
        pdf[at] = ord(chr(pdf[at]).swapcase()) if signs == b"abcdef" else chance.choice(signs)
    return bytes(pdf)


def another_hole(material: Material, chance: random.Random) -> bytes:
    """What no signature covers is filled with something else that reads as the same signature, or as more."""
    pdf = chance.choice(material.papers)
    begin, end = hole(pdf)
    used = message(pdf).hex().upper().encode()
    room = end + 1 - begin + 1
    at = chance.randrange(len(used))
    text = chance.choice(
        (
            b"<" + used + b">",
            b"<" + used + b"00>",
            b"<" + used[:at] + chance.choice((b"\n", b" ", b"\0", b"%\n")) + used[at:] + b">",
            b"<" + used + b"> /Cert (%d)" % at,
            b"<" + used + b"> /M (D:%dZ)" % (20200101000000 + at),
            b"<" + used[:at] + used[at:].lower() + b">",
            b"<" + used + b"%x>" % chance.randrange(1, 1 << 40),
            b"<" + used + b"> /ByteRange [0 10 20 30]",
            b"<00> /Contents <" + used + b">",
            b"<" + used + b"> %",
            b"(" + b"".join(b"\\%03o" % byte for byte in message(pdf)[:380]) + b")",
        )
    )
    filled = text[:-1].ljust(room - 1, chance.choice((b"0", b" "))) + text[-1:] if chance.random() < 0.3 else text
    return pdf[: begin - 1] + filled.ljust(room, chance.choice((b" ", b"\0", b"\n")))[:room] + pdf[end + 1 :]


def another_form(material: Material, chance: random.Random) -> bytes:
    """The signature (CMS) says something more, less, twice, in another order or another form."""
    pdf = chance.choice(material.papers)
    return with_message(pdf, der_tree.changed(message(pdf), chance))


def anothers_signature(material: Material, chance: random.Random) -> bytes:
    """The signature of one paper in another, whole or in part."""
    pdf, other = chance.choice(material.papers), chance.choice(_all(material))
    mine, theirs = message(pdf), message(other)
    if chance.random() < 0.5:
        return with_message(pdf, theirs)
    (into,), (source,) = der_tree.taken_apart(mine), der_tree.taken_apart(theirs)
    pieces, places = list(source.all()), [one for one in into.all() if one.inner]
    place = chance.choice(places)
    place.inner[chance.randrange(len(place.inner))] = chance.choice(pieces)
    return with_message(pdf, into.written())


def an_update(material: Material, chance: random.Random) -> bytes:
    """Something is added behind the signature, as PDF allows it; sometimes the signature is told to cover it."""
    return updated(chance.choice(material.papers), chance)


def by_a_stranger(material: Material, chance: random.Random) -> bytes:
    """A stranger signs; or their signature is changed, or given the station's parts."""
    _name, pdf = chance.choice(material.strangers)
    what = chance.random()
    if what < 0.02:
        return pdf
    if what < 0.5:
        return with_message(pdf, der_tree.changed(message(pdf), chance))
    if what < 0.55:
        return with_message(pdf, message(chance.choice(material.papers)))
    (into,), (source,) = der_tree.taken_apart(message(pdf)), der_tree.taken_apart(message(material.papers[0]))
    ours = {(one.tag, len(one.written()) // 64): one for one in source.all() if len(one.written()) > 30}
    for parent in list(into.all()):
        for at, one in enumerate(parent.inner):
            like = ours.get((one.tag, len(one.written()) // 64))
            if like is not None and chance.random() < 0.3:
                parent.inner[at] = deepcopy(like)
    return with_message(pdf, into.written())


def other_range(material: Material, chance: random.Random) -> bytes:
    """What the signature covers is told differently."""
    pdf = chance.choice(material.papers)
    found = RANGE.search(pdf, pdf.rindex(CONTENTS))
    assert found is not None
    begin, end = hole(pdf)
    zero, first, second, rest = 0, begin - 1, end + 1, len(pdf) - end - 1
    some = chance.choice((1, 2, chance.randrange(1, rest), chance.randrange(1, first)))
    text = chance.choice(
        (
            [zero, first - some, second, rest],
            [zero, first, second + some, rest - some],
            [zero, first, second, rest - some],
            [zero, first, second, rest + some],
            [some, first - some, second, rest],
            [zero, first + some, second, rest],
            [second, rest, zero, first - some],
            [zero, len(pdf) - some, len(pdf), 0],
            [zero, first, second, rest, len(pdf) - some, 0],
            [zero, first + some],
            [zero, first, -some, rest],
            [zero, first, second, 2**31 + some],
            [zero, some, 0, 0],
            [zero, f"{first}.{some}", second, rest],
            [zero, f"+{first}", second, rest],
            [f"-{zero}", first, second, rest],
            ["00", f"0{first}", second, rest],
            [f"{some % 34} 0 R", first, second, rest],
        )
    )
    said = b"/ByteRange [" + " ".join(map(str, text)).encode() + b"]"
    return (
        pdf[: found.start()]
        + said.ljust(found.end() - found.start())[: found.end() - found.start()]
        + pdf[found.end() :]
    )


WORDS = (
    (b"/P 1", b"/P 3"),
    (b"/Type /Sig\n", b"/Type /Sog\n"),
    (b"/Contents 17 0 R", b"/Contents 18 0 R"),
    (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.pkcs7.detached"),
    (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.x509.rsa_sha1 "),
    (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /ETSI.RFC3161       "),
    (b"%PDF-1.5", b"%PDF-2.0"),
    (b"/M (D", b"/M (E"),
    (b"/FT /Sig", b"/FT /Btn"),
    (b"/V 32 0 R", b"/V 31 0 R"),
    (b"/DocMDP 32 0 R", b"/DocMDP 31 0 R"),
    (b"/SigFlags 3", b"/SigFlags 0"),
    (b"/Prev ", b"/Prew "),
    (b"/Root 14 0 R", b"/Root 15 0 R"),
    (b"/Name (", b"/Nane ("),
    (b"/AF 27 0 R", b"/AG 27 0 R"),
    (b"%%EOF", b"%%eof"),
    (b"/Rect [ 355", b"/Rect [ 155"),
    (b"/Filter /FlateDecode", b"/Filter /LZWDecode  "),
)


def other_words(material: Material, chance: random.Random) -> bytes:
    """Words that matter say something else, as long as before; keys stand twice where there is room."""
    pdf = chance.choice(material.papers)
    if chance.random() < 0.2:
        found = RANGE.search(pdf, pdf.rindex(CONTENTS))
        assert found is not None
        twice = found.group().rstrip() + chance.choice(
            (b" /P 3", b" /Contents <00>", b" /Type /Sig", b" /V 1", b" /Cert (x)")
        )
        return pdf[: found.start()] + twice.ljust(len(found.group()))[: len(found.group())] + pdf[found.end() :]
    for before, after in chance.sample(WORDS, chance.randint(1, 2)):
        places = [one.start() for one in re.finditer(re.escape(before), pdf)]
        if places:
            at = chance.choice(places)
            pdf = pdf[:at] + after + pdf[at + len(before) :]
    return pdf


def around(material: Material, chance: random.Random) -> bytes:
    """Something stands before or behind the file, or it ends earlier."""
    pdf = chance.choice(material.papers)
    ends = [one.end() for one in re.finditer(rb"%%EOF\n?", pdf)]
    some = chance.randrange(1, 5000)
    behind = (b"\n", b" " * some, bytes(some), b"%%%d\n" % some, b"\r\n%%EOF", b"startxref\n%d\n%%%%EOF\n" % some)
    before = (b"\n" * some, b"%%%d\n" % some, b"%PDF-1.4\n", b"\xef\xbb\xbf", b"<html>\n", b"PK\3\4", bytes(some))
    linear = b"%%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L %d /H [0 0] /O 12 /E 0 /N 1 /T 0 >>\nendobj\n" % len(pdf)
    return chance.choice(
        (
            lambda: pdf + chance.choice(behind),
            lambda: chance.choice(before) + pdf,
            lambda: linear + pdf,
            lambda: pdf[: chance.choice(ends)],
            lambda: pdf[: chance.choice(ends) - some],
            lambda: pdf[:some] + pdf[some + 1 :],
            lambda: pdf + chance.choice(_all(material)),
            lambda: pdf + chance.choice(material.drawn),
            lambda: chance.choice(_all(material)) + pdf,
            lambda: pdf.replace(b"\n", b"\r", chance.randint(1, 4)),
        )
    )()


def made_anew(material: Material, chance: random.Random) -> bytes:
    """Another program writes the file again: pages exchanged, drawings replaced, objects in streams."""
    pdf = chance.choice(material.papers)
    target = BytesIO()
    with (
        pikepdf.open(BytesIO(pdf)) as opened,
        pikepdf.open(BytesIO(chance.choice(material.papers))) as other,
        warnings.catch_warnings(action="ignore"),
    ):
        what = chance.randrange(6)
        opened.docinfo["/Title"] = str(chance.random())
        if what == 0:
            opened.pages[0] = other.pages[0]
        elif what == 1:
            opened.pages.append(other.pages[0])
        elif what == 2:
            opened.pages[0].Contents = opened.copy_foreign(other.pages[0].Contents)
        elif what == 3:
            opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=str(chance.random()))
        elif what == 4:
            opened.attachments["more.json"] = chance.randbytes(9)
        modes = pikepdf.ObjectStreamMode
        mode = chance.choice((modes.generate, modes.preserve, modes.disable))
        opened.save(target, object_stream_mode=mode, linearize=what == 5, static_id=True)
    return target.getvalue()


def blindly(material: Material, chance: random.Random) -> bytes:
    """Bytes, words, numbers, pieces twice or gone, anywhere."""
    papers = list(material.papers)
    return mutated(chance.choice(papers), papers, chance)


def blindly_at_the_end(material: Material, chance: random.Random) -> bytes:
    """The same in what signing added, where the signature itself and the way to it stand."""
    pdf = chance.choice(material.papers)
    begin = pdf.index(b"%%EOF") + 5
    return pdf[:begin] + mutated(pdf[begin:], list(material.papers), chance)


def _all(material: Material) -> list[bytes]:
    return [*material.papers, *(pdf for _name, pdf in material.strangers)]


ATTACKS: tuple[Attack, ...] = (
    digits,
    another_hole,
    another_form,
    another_form,
    anothers_signature,
    an_update,
    an_update,
    by_a_stranger,
    other_range,
    other_words,
    around,
    made_anew,
    blindly,
    blindly_at_the_end,
)
