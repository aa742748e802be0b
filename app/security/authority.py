"""The centre's authority: one key (ECDSA P-256) under which everything stands that stations believe of their centre.

It signs invitations, bulletins, station certificates and the list of those that are revoked. Its file holds the root
certificate in clear and the key (PKCS#8) sealed under a passphrase; it is never in a database. Strangers check what it
signs with X.509 and ECDSA alone, as docs/central.md tells.
"""

import ipaddress
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

from app.security.sealing import read_sealed, seal, unseal, write_private
from app.security.trust import as_pem, names_of, station_uri
from app.services.bulletins import bulletin_statement
from app.services.errors import BadAuthority, BadRequest, DamagedStore

PURPOSE = b"lideng authority 1"
LARGEST_FILE = 16 * 1024
LARGEST_REQUEST = 4 * 1024
ROOT_FOR = timedelta(days=20 * 365)
STATION_FOR = timedelta(days=3 * 365)
REVOCATIONS_FOR = timedelta(days=31)
SKEW = timedelta(hours=1)
"""Certificates are good from a little before they are made: a counter's clock may be behind."""
UNIT = "stations"
EVERY_NETWORK = ("0.0.0.0/0", "::/0")


class Authority:
    """An opened authority; it is closed by being forgotten."""

    def __init__(self, key: EllipticCurvePrivateKey, root: x509.Certificate) -> None:
        self._key = key
        self._root = root

    @classmethod
    def make(cls, name: str, now: datetime) -> "Authority":
        """Return the new authority of the centre called ``name``."""
        key = generate_private_key(SECP256R1())
        subject = x509.Name([_organisation(name), _attribute(NameOID.COMMON_NAME, "Lideng authority")])
        builder = _certificate(subject, subject, key.public_key(), now, now + ROOT_FOR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(signs_others=True), critical=True)
        builder = builder.add_extension(_only_stations_of(name), critical=True)
        return cls(key, _identified(builder, key.public_key(), key.public_key()).sign(key, SHA256()))

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "Authority":
        """Return the authority in a file; WrongPassphrase, BadAuthority when it is none or was changed."""
        try:
            plain = read_sealed(path, LARGEST_FILE)
            root = x509.load_pem_x509_certificate(_root_of(plain).encode())
            key = load_der_private_key(unseal(plain.get("key"), passphrase, PURPOSE), password=None)
        except (OSError, ValueError, DamagedStore) as error:
            raise BadAuthority from error
        if not isinstance(key, EllipticCurvePrivateKey) or key.public_key() != root.public_key():
            raise BadAuthority
        return cls(key, root)

    def save(self, path: Path, passphrase: str) -> None:
        """Write the authority to ``path``, readable by its owner alone, replacing what was there in one step."""
        plain = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        text = {"v": 1, "root": self.root, "key": seal(plain, passphrase, PURPOSE)}
        write_private(path, json.dumps(text, indent=1).encode())

    @property
    def root(self) -> str:
        """Return the root certificate (PEM), which everybody may have."""
        return as_pem(self._root)

    def sign(self, statement: bytes) -> bytes:
        """Return the signature (DER) of a statement that says itself what kind it is."""
        return self._key.sign(statement, ECDSA(SHA256()))

    def sign_bulletin(self, topic: str, version: int, published_at: str, payload: bytes) -> bytes:
        """Return the signature of a bulletin; ``published_at`` is a stamp."""
        return self.sign(bulletin_statement(topic, version, published_at, payload))

    def sign_request(self, request: bytes, station: str, now: datetime) -> bytes:
        """Return the certificate (DER) of ``station`` for its request (DER); BadRequest.

        Nothing of the request but its key gets into the certificate.
        """
        key = _requested_key(request, station)
        subject = x509.Name([*_organisation_of(self._root), _unit(), _attribute(NameOID.COMMON_NAME, station)])
        until = min(now + STATION_FOR, self._root.not_valid_after_utc)
        builder = _certificate(subject, self._root.subject, key, now, until)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs_others=False), critical=True)
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(station_uri(station))])
        builder = builder.add_extension(names, critical=False)
        builder = _identified(builder, key, self._key.public_key())
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)

    def revocations(self, revoked: Iterable[tuple[int, datetime]], number: int, now: datetime) -> bytes:
        """Return the list (an X.509 CRL, DER) of revoked certificates by serial number and time; ``number`` grows."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._root.subject)
        builder = builder.last_update(now).next_update(now + REVOCATIONS_FOR)
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
        for serial, at in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)


def serial_of(certificate: bytes) -> int:
    """Return the serial number of a certificate (DER), by which it is revoked."""
    return x509.load_der_x509_certificate(certificate).serial_number


def _requested_key(request: bytes, station: str) -> EllipticCurvePublicKey:
    """Return the key that ``request`` asks a certificate for, after every check."""
    if len(request) > LARGEST_REQUEST:
        raise BadRequest("form")
    try:
        found = x509.load_der_x509_csr(request)
        key = found.public_key()
        signed = found.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise BadRequest("form") from error
    if not signed:
        raise BadRequest("signature")
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise BadRequest("key")
    if names_of(found) != [station_uri(station)]:
        raise BadRequest("station")
    return key


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - SKEW).not_valid_after(until)


def _identified(
    builder: x509.CertificateBuilder, key: EllipticCurvePublicKey, issuer: EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not signs_others,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        encipher_only=False,
        decipher_only=False,
    )


def _only_stations_of(name: str) -> x509.NameConstraints:
    """Return what the root may certify: stations of this centre, and never a server on the network.

    A constraint on URIs would forbid the name of a station: RFC 5280 §4.2.1.10 refuses URIs without a host then.
    """
    stations = x509.DirectoryName(x509.Name([_organisation(name), _unit()]))
    networks = [x509.IPAddress(ipaddress.ip_network(network)) for network in EVERY_NETWORK]
    return x509.NameConstraints([stations], [x509.DNSName(""), *networks])


def _organisation(name: str) -> x509.NameAttribute[str]:
    return _attribute(NameOID.ORGANIZATION_NAME, name)


def _organisation_of(root: x509.Certificate) -> list[x509.NameAttribute[Any]]:
    return root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)


def _unit() -> x509.NameAttribute[str]:
    return _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, UNIT)


def _attribute(kind: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(kind, text)


def _root_of(plain: Any) -> str:  # noqa: ANN401  what was read from a file
    if not isinstance(plain, dict) or plain.get("v") != 1 or not isinstance(plain.get("root"), str):
        raise DamagedStore
    root: str = plain["root"]
    return root
