"""Signs finished PDFs so that every reader of PDFs can check them: PAdES B-B (ETSI EN 319 142-1), ECDSA on P-256.

The signature certifies the document (ISO 32000-2, 12.8.2.2): nothing may be added to it afterwards. What a paper says is
not looked at here. Loading this module loads pyHanko; how signed PDFs are judged is told in ``pades_checking``.
"""

from datetime import datetime
from io import BytesIO

from asn1crypto import algos, pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import Reference, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.security.suites import as_der, as_fixed, low
from app.services.document_signing import Signature

FIELD = "Seal"
SEAL_PLACE = "/seal."
"""What the named destinations of the places for a seal begin with."""
CLAIMS_FILE = "certificate.json"
LONGEST_SIGNATURE = 72
"""Bytes of an ECDSA signature (DER) on P-256."""
MECHANISM = "sha256_ecdsa"
NOTHING_SHOWN = StaticStampStyle(border_width=0, background=RawContent(b" ", box=BoxConstraints(1, 1)))
"""The paper itself shows its seal: readers only learn where it is. A text, even an empty one, would name a font that is not embedded."""
Box = tuple[int, int, int, int]
"""Left, bottom, right and top, in points: enough for where a viewer shows a signature."""


def signed(pdf: bytes, signature: Signature) -> bytes:
    """Return ``pdf`` with a signature, visible where the first seal belongs.

    What it tells machines goes along as an associated file. The bytes of ``pdf`` stay as they are at the beginning. The same
    arguments give the same signature, but for names that PDF readers never show.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if signature.told:
        _associate(writer, signature.told)
    page, box = _place(writer)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signature.body,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, on_page=page, box=box)
    signer = _SignerAt(signature.at, meta, _StationSigner(signature), new_field_spec=field)
    target = BytesIO()
    signer.sign_pdf(writer, output=target)
    return target.getvalue()


class _StationSigner(Signer):
    """Signs with the station's key; the root stays out of the document: whoever checks has it already."""

    def __init__(self, signature: Signature) -> None:
        self._sign = signature.sign
        certificates = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        certificates.register(_root(signature.root))
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(signature.certificate),
            cert_registry=certificates,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": MECHANISM}),
            embed_roots=False,
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        """Return the signature (DER) of ``data``, of its two forms the one that counts here.

        As long a one as there is where only its length matters.
        """
        return bytes(LONGEST_SIGNATURE) if dry_run else as_der(low(as_fixed(self._sign(data))))


class _SignerAt(PdfSigner):
    """Signs at the counter's time, which no setting of the PC's clock moves."""

    def __init__(self, at: datetime, meta: PdfSignatureMetadata, signer: Signer, new_field_spec: SigFieldSpec) -> None:
        super().__init__(meta, signer, stamp_style=NOTHING_SHOWN, new_field_spec=new_field_spec)
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,
    ) -> PdfSigningSession:
        """Return the session, which signs at the time that was given."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at.replace(microsecond=0)
        return session


def _associate(writer: IncrementalPdfFileWriter, claims: bytes) -> None:
    """Put ``claims`` into the document as a file that tells its data (ISO 32000-2, 14.13)."""
    stored = EmbeddedFileObject.from_file_data(writer, claims, mime_type="application/json")
    embed_file(writer, FileSpec(CLAIMS_FILE, CLAIMS_FILE, stored, af_relationship=pdf_name("/Data")))


def _place(writer: IncrementalPdfFileWriter) -> tuple[int, Box | None]:
    """Return page (from 0) and edges of the first place for a seal; the first page and None where there is none."""
    count = int(writer.root["/Pages"]["/Count"])
    pages = [_page(writer, index) for index in range(count)]
    if "/Dests" not in writer.root:
        return 0, None
    places = writer.root["/Dests"]
    for name in sorted(name for name in places if name.startswith(SEAL_PLACE)):
        page, _fit, *edges = list(places[name])
        left, bottom, right, top = (round(float(edge)) for edge in edges)
        return pages.index(page.reference), (left, bottom, right, top)
    return 0, None


def _page(writer: IncrementalPdfFileWriter, index: int) -> Reference:
    page, _resources = writer.find_page_for_modification(index)  # type: ignore[no-untyped-call]
    reference: Reference = page.reference
    return reference


def _root(text: str) -> asn1_x509.Certificate:
    _kind, _headers, der = pem.unarmor(text.encode())
    return asn1_x509.Certificate.load(der)
