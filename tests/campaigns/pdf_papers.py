"""The signed papers that campaigns change, and those that others than a station of the centre signed.

A stranger has the paper, the centre's root, the station's certificate, and keys of their own; never the station's key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.domain.clock import CHINA
from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.pades import FIELD, signed
from app.security.pades_checking import checked
from app.services.document_signing import Signature
from tests.papers.samples import certificate, maker, notice

AT = datetime(2026, 5, 18, 9, 2, 11, tzinfo=CHINA)
BODY, CENTRE, STATION = "云溪镇人民政府", "示例市政务服务中心", "000731"
CLAIMS = b'{"\xe8\xaf\x81\xe7\x85\xa7\xe5\x90\x8d\xe7\xa7\xb0": "\xe5\xb1\x85\xe4\xbd\x8f\xe8\xaf\x81\xe6\x98\x8e"}'
DAY = timedelta(days=1)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Material:
    """What a campaign works with: papers as they left the press and the signer, and those that strangers signed."""

    root: str
    drawn: tuple[bytes, ...]
    papers: tuple[bytes, ...]
    strangers: tuple[tuple[str, bytes], ...]


@cache
def material() -> Material:
    """Return the material, the same in every run but for the keys."""
    authority, key = Authority.make(CENTRE, AT - DAY), DocumentKey(b"\7" * 32)
    signature = Signature(authority.root, authority.sign_request(key.request(STATION), STATION, AT), key.sign, AT, BODY)
    other = maker().make(certificate(name="黎若谷", number="云溪3证〔2026〕000098号"))
    drawn = (maker().make(certificate()), other, maker().make(notice()))
    papers = tuple(signed(pdf, replace(signature, told=told)) for pdf in drawn for told in (b"", CLAIMS))
    for pdf in papers:
        checked(pdf, authority.root)
    return Material(authority.root, drawn, papers, tuple(_by_strangers(authority, signature, drawn[1])))


def _by_strangers(authority: Authority, ours: Signature, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the paper as others sign it than a station that the centre certified for that day."""
    later, key = AT + 2 * DAY, DocumentKey(b"\5" * 32)
    request = key.request(STATION)
    namesake = Authority.make(CENTRE, AT - DAY)
    for name, root, of_station, sign in (
        ("a centre of the same name", namesake.root, namesake.sign_request(request, STATION, AT), key.sign),
        ("our root named, certified by another", ours.root, namesake.sign_request(request, STATION, AT), key.sign),
        ("not certified yet", ours.root, authority.sign_request(request, STATION, later), key.sign),
        ("certified no more", ours.root, authority.sign_request(request, STATION, AT - 1100 * DAY), key.sign),
        ("our certificate, another key", ours.root, ours.certificate, key.sign),
    ):
        yield name, signed(pdf, Signature(root, of_station, sign, AT, BODY, CLAIMS))
    yield from _by_other_keys(ours, pdf)


def _by_other_keys(ours: Signature, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the paper under certificates that an authority of ours would never make."""
    station = x509.load_der_x509_certificate(ours.certificate)
    root = x509.load_pem_x509_certificate(ours.root.encode())
    curve, large = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
    rsa_key = rsa.generate_private_key(65537, 2048)
    for name, key, issuer, by, digest in (
        ("made by itself", curve, station.subject, curve, "sha256"),
        ("made by itself, our root named", curve, root.subject, curve, "sha256"),
        ("another curve", large, root.subject, curve, "sha384"),
        ("RSA", rsa_key, root.subject, curve, "sha256"),
        ("RSA, long digest", rsa_key, root.subject, rsa_key, "sha512"),
        ("a chain below the station's certificate", curve, station.subject, curve, "sha256"),
    ):
        made = _certificate(station, key, issuer, by)
        chain = (ours.certificate, root.public_bytes(Encoding.DER)) if name.startswith("a chain") else ()
        yield name, _signed(pdf, made, key, digest, chain)
    theirs = DocumentKey(b"\7" * 32)._key  # the station itself, with digests that no signature of ours has
    for digest in ("sha1", "sha384", "sha512"):
        yield f"the station's key with {digest}", _signed(pdf, ours.certificate, theirs, digest, ())


def _certificate(like: x509.Certificate, key: Key, issuer: x509.Name, by: Key) -> bytes:
    """Return a certificate that says everything that ``like`` says, about another key and signed by whoever has ``by``."""
    builder = x509.CertificateBuilder().subject_name(like.subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(like.serial_number)
    builder = builder.not_valid_before(like.not_valid_before_utc).not_valid_after(like.not_valid_after_utc)
    for extension in like.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.sign(by, SHA256()).public_bytes(Encoding.DER)


def _signed(pdf: bytes, of_signer: bytes, key: Key, digest: str, chain: tuple[bytes, ...]) -> bytes:
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    known = SimpleCertificateStore()
    known.register_multiple([asn1_x509.Certificate.load(one) for one in chain])
    signer = SimpleSigner(
        asn1_x509.Certificate.load(of_signer), keys.PrivateKeyInfo.load(plain), known, embed_roots=True
    )
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=digest,
        subfilter=SigSeedSubFilter.PADES,
        name=BODY,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    target = BytesIO()
    PdfSigner(meta, signer, new_field_spec=SigFieldSpec(FIELD)).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=target
    )
    return target.getvalue()


def root_of(material: Material) -> asn1_x509.Certificate:
    """Return the root as pyHanko has it."""
    _kind, _headers, der = pem.unarmor(material.root.encode())
    return asn1_x509.Certificate.load(der)
