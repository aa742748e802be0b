"""Makes proofs with a station's key, and checks them with nothing but the root of its centre."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.claims import Claims
from app.domain.clock import CHINA
from app.security.cose import KEY_ID_LENGTH, Certificate, Proof, compose, read_proof
from app.security.proof_text import NoProofText, as_address, as_text, packed_proof
from app.security.short_certificates import RootForm, ShortCertificate
from app.security.suites import ES256, as_fixed, low
from app.security.trust import RootTrust, names_of, station_uri
from app.services.errors import BadCertificate
from app.services.ports import SignatureSuite

SUITES: tuple[SignatureSuite, ...] = (ES256(),)


class ProofFault(StrEnum):
    """Why a proof is not believed."""

    KIND = "kind"
    """It is no proof at all"""
    FORM = "form"
    """It is a proof's beginning, and damaged or changed"""
    SUITE = "suite"
    """It is signed in a way that is not known here"""
    ROOT = "root"
    """It names another centre's root"""
    CERTIFICATE = "certificate"
    """It names this root, which did not sign the station's certificate"""
    SIGNATURE = "signature"
    """The station did not sign these claims"""
    TIME = "time"
    """It was issued on a day on which the station's certificate was not good"""


class BadProof(Exception):
    """A proof is not believed; ``fault`` says why."""

    def __init__(self, fault: ProofFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class StationCertificate:
    """What a certificate that the root signed says."""

    station: str
    serial: int
    not_before: datetime
    not_after: datetime
    public_key: bytes
    """The compressed point"""

    def covers(self, day: date) -> bool:
        """Tell whether it is good at some moment of a day in China."""
        has_begun = self.not_before.astimezone(CHINA).date() <= day  # the last day of the calendar has no day after it
        return has_begun and datetime.combine(day, time(), CHINA) <= self.not_after


@dataclass(frozen=True, slots=True)
class CheckedProof:
    """A proof that holds: its claims, and the certificate of the station that signed them."""

    claims: Claims
    certificate: StationCertificate
    proof: bytes
    """What was signed and how, byte by byte"""


class ProofWriter:
    """Makes proofs for one station: its key signs, ``certificate`` (DER) is of the centre whose root (PEM) is given.

    The same claims give the same proof (RFC 6979). ValueError for what is no root.
    """

    def __init__(self, root: str, certificate: bytes, sign: Callable[[bytes], bytes]) -> None:
        self._suite = SUITES[0]
        self._certificate: Certificate = RootForm(root).shorten(certificate) or certificate
        self._key_id = self._suite.digest(certificate)[:KEY_ID_LENGTH]
        self._sign = sign

    def write(self, claims: Claims) -> bytes:
        """Return the proof of ``claims``."""
        return compose(claims, self._suite.algorithm, self._key_id, self._certificate, self._signed)

    def _signed(self, statement: bytes) -> bytes:
        return low(as_fixed(self._sign(statement)))


def prove(claims: Claims, root: str, certificate: bytes, sign: Callable[[bytes], bytes], page: str) -> str:
    """Return the text of the proof of ``claims``, or the address of a ``page`` that is shown it; empty where the certificate is not good on the day of issue.

    Implements ``Prove`` of the services; ``certificate`` (DER) was checked under ``root`` (PEM) when it came.
    """
    found = said_by(certificate)
    if not found.covers(claims.issued_on):
        return ""
    proof = ProofWriter(root, certificate, sign).write(claims)
    return as_address(proof, page) if page else as_text(proof)


class ProofReader:
    """Believes what the root (PEM) of one centre stands behind; ValueError for what is no root."""

    def __init__(self, root: str) -> None:
        self._trust = RootTrust(root)
        self._form = RootForm(root)

    def read(self, text: str) -> CheckedProof:
        """Return what the text of a proof proves; BadProof."""
        try:
            data = packed_proof(text)
            proof = read_proof(data)
        except NoProofText as error:
            raise BadProof(ProofFault.KIND) from error
        except ValueError as error:
            raise BadProof(ProofFault.FORM) from error
        return self._checked(proof, data)

    def _checked(self, proof: Proof, data: bytes) -> CheckedProof:
        suite = next((suite for suite in SUITES if suite.algorithm == proof.algorithm), None)
        if suite is None:
            raise BadProof(ProofFault.SUITE)
        certificate = self._certificate(proof, suite)
        if not suite.verify(certificate.public_key, proof.statement, proof.signature):
            raise BadProof(ProofFault.SIGNATURE)
        try:
            claims = proof.claims(certificate.station)
        except ValueError as error:
            raise BadProof(ProofFault.FORM) from error
        if not certificate.covers(claims.issued_on):
            raise BadProof(ProofFault.TIME)
        return CheckedProof(claims, certificate, data)

    def _certificate(self, proof: Proof, suite: SignatureSuite) -> StationCertificate:
        """Return the certificate of a proof after the root was asked for it."""
        if isinstance(proof.certificate, bytes):
            whole, found = proof.certificate, self._whole(proof.certificate)
        else:
            whole, found = self._rebuilt(proof.certificate, suite)
        if suite.digest(whole)[:KEY_ID_LENGTH] != proof.key_id:
            raise BadProof(ProofFault.CERTIFICATE)
        return found

    def _rebuilt(self, short: ShortCertificate, suite: SignatureSuite) -> tuple[bytes, StationCertificate]:
        if short.root != self._form.mark:
            raise BadProof(ProofFault.ROOT)
        try:
            signed = self._form.signed_part(short)
        except ValueError as error:
            raise BadProof(ProofFault.CERTIFICATE) from error
        # The centre's own signatures come in either form; the key's name in the header leaves one of them.
        if not suite.verify(self._form.public_key, signed, low(short.signature)):
            raise BadProof(ProofFault.CERTIFICATE)
        begin, end = (datetime.fromtimestamp(at, UTC) for at in (short.not_before, short.not_after))
        found = StationCertificate(short.station, int.from_bytes(short.serial, "big"), begin, end, short.public_key)
        return self._form.whole(signed, short), found

    def _whole(self, certificate: bytes) -> StationCertificate:
        """Return what a whole certificate says, which may be of any centre."""
        try:
            found = self._trust.station_certificate(certificate)
        except BadCertificate as error:
            is_foreign = self._trust.is_of_another(certificate)
            raise BadProof(ProofFault.ROOT if is_foreign else ProofFault.CERTIFICATE) from error
        return _said_by(found)


def said_by(certificate: bytes) -> StationCertificate:
    """Return what a station's certificate (DER) says; who signed it was looked at before."""
    return _said_by(x509.load_der_x509_certificate(certificate))


def term(certificate: bytes) -> tuple[datetime, datetime]:
    """Return from when until when a station's certificate (DER) is good. Implements ``Term`` of the services."""
    found = said_by(certificate)
    return found.not_before, found.not_after


def _said_by(found: x509.Certificate) -> StationCertificate:
    key: Any = found.public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    (name,) = names_of(found)
    times = found.not_valid_before_utc, found.not_valid_after_utc
    return StationCertificate(name.removeprefix(station_uri("")), found.serial_number, *times, point)
