"""What the centre's authority signs, and what a counter believes of it."""

import json
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, SECP384R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.domain.clock import CHINA
from app.security.authority import Authority, serial_of
from app.security.documents import DocumentKey
from app.security.trust import RootTrust, fingerprint_of, station_uri
from app.services.bulletins import bulletin_statement
from app.services.errors import BadAuthority, BadCertificate, BadRequest, WrongPassphrase

NOW = datetime(2026, 5, 18, 10, 24, 7, tzinfo=CHINA)
STATION = "000731"
KEY = DocumentKey(bytes(range(1, 33)))


@pytest.fixture(scope="module")
def authority():
    return Authority.make("云溪市政务服务中心", NOW)


@pytest.fixture
def trust(authority):
    return RootTrust(authority.root)


def request_of(key, *names, subject=STATION):
    builder = x509.CertificateSigningRequestBuilder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(list(names)), critical=False)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def uri(station):
    return x509.UniformResourceIdentifier(station_uri(station))


# --- its file --------------------------------------------------------------------------------------------------


def test_a_file_opens_with_its_passphrase_alone_and_is_the_same_authority(authority, tmp_path):
    path = tmp_path / "authority"
    authority.save(path, "right passphrase")
    opened = Authority.open(path, "right passphrase")
    assert opened.root == authority.root
    assert RootTrust(authority.root).has_signed(b"said", opened.sign(b"said"))
    with pytest.raises(WrongPassphrase):
        Authority.open(path, "wrong passphrase")


def test_a_file_is_its_owners_alone_and_tells_nothing_of_the_key(authority, tmp_path):
    path = tmp_path / "authority"
    authority.save(path, "right passphrase")
    assert path.stat().st_mode & 0o077 == 0
    assert "PRIVATE KEY" not in path.read_text()


def test_a_root_that_is_not_the_keys_own_is_found(authority, tmp_path):
    path = tmp_path / "authority"
    authority.save(path, "right passphrase")
    other = json.loads(path.read_text()) | {"root": Authority.make("another", NOW).root}
    path.write_text(json.dumps(other))
    with pytest.raises(BadAuthority):
        Authority.open(path, "right passphrase")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"v": 1}', '{"v": 2, "root": "", "key": {}}', "[" * 5000])
def test_a_file_that_is_no_authority_is_told(tmp_path, text):
    path = tmp_path / "authority"
    path.write_text(text)
    with pytest.raises(BadAuthority):
        Authority.open(path, "right passphrase")
    with pytest.raises(BadAuthority):
        Authority.open(tmp_path / "none", "right passphrase")


# --- statements ------------------------------------------------------------------------------------------------


def test_a_bulletin_is_believed_as_it_was_published_and_no_other(authority, trust):
    at = "2026-05-18T10:24:07.000+08:00"
    signature = authority.sign_bulletin("catalogue", 3, at, b"items")
    assert trust.has_signed(bulletin_statement("catalogue", 3, at, b"items"), signature)
    for other in (
        bulletin_statement("operators", 3, at, b"items"),
        bulletin_statement("catalogue", 4, at, b"items"),
        bulletin_statement("catalogue", 3, at.replace("07.", "08."), b"items"),
        bulletin_statement("catalogue", 3, at, b"other items"),
    ):
        assert not trust.has_signed(other, signature)
    assert not trust.has_signed(bulletin_statement("catalogue", 3, at, b"items"), b"no signature")


def test_another_centre_is_not_believed(authority):
    other = Authority.make("another", NOW)
    assert not RootTrust(other.root).has_signed(b"said", authority.sign(b"said"))
    assert fingerprint_of(other.root) != fingerprint_of(authority.root)
    with pytest.raises(ValueError, match=r".*"):
        fingerprint_of("no root")


# --- certificates ----------------------------------------------------------------------------------------------


def test_a_station_gets_a_certificate_for_its_own_key_and_name(authority, trust):
    certificate = authority.sign_request(KEY.request(STATION), STATION, NOW)
    until = trust.check_certificate(certificate, STATION, KEY.public_key, NOW)
    assert until == NOW + timedelta(days=3 * 365)
    found = x509.load_der_x509_certificate(certificate)
    found.public_key().verify(KEY.sign(b"a paper"), b"a paper", ECDSA(SHA256()))
    assert found.subject.rfc4514_string() == f"CN={STATION},OU=stations,O=云溪市政务服务中心"


def test_a_certificate_ends_with_its_root_at_the_latest(authority, trust):
    late = NOW + timedelta(days=19 * 365)
    certificate = authority.sign_request(KEY.request(STATION), STATION, late)
    root = x509.load_pem_x509_certificate(authority.root.encode())
    assert trust.check_certificate(certificate, STATION, KEY.public_key, late) == root.not_valid_after_utc


def test_a_certificate_is_refused_for_whatever_it_is_not(authority, trust):
    certificate = authority.sign_request(KEY.request(STATION), STATION, NOW)
    stranger = Authority.make("云溪市政务服务中心", NOW).sign_request(KEY.request(STATION), STATION, NOW)
    root = x509.load_pem_x509_certificate(authority.root.encode()).public_bytes(Encoding.DER)
    other = DocumentKey(bytes(range(2, 34))).public_key
    for fault, given in {
        "form": (b"no certificate", STATION, KEY.public_key, NOW),
        "root": (stranger, STATION, KEY.public_key, NOW),
        "station": (certificate, "000732", KEY.public_key, NOW),
        "key": (certificate, STATION, other, NOW),
        "time": (certificate, STATION, KEY.public_key, NOW + timedelta(days=1200)),
    }.items():
        with pytest.raises(BadCertificate) as refused:
            trust.check_certificate(*given)
        assert refused.value.fault == fault
    for given in ((certificate, STATION, KEY.public_key, NOW - timedelta(days=1)), (root, STATION, other, NOW)):
        with pytest.raises(BadCertificate):
            trust.check_certificate(*given)
    with pytest.raises(BadCertificate):
        trust.check_certificate(b"\x30" * 100_000, STATION, KEY.public_key, NOW)


def test_a_root_certifies_stations_of_its_centre_and_no_servers(authority):
    root = x509.load_pem_x509_certificate(authority.root.encode())
    limits = root.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert [name.value.rfc4514_string() for name in limits.value.permitted_subtrees] == [
        "OU=stations,O=云溪市政务服务中心"
    ]
    assert {type(name).__name__ for name in limits.value.excluded_subtrees} == {"DNSName", "IPAddress"}
    basic = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)


def test_a_request_is_refused_for_another_station_another_name_or_another_kind_of_key(authority):
    key = generate_private_key(SECP256R1())
    good = KEY.request(STATION)
    forged = good[:-4] + bytes(4)
    for fault, request in {
        "station": KEY.request("000732"),
        "key": request_of(generate_private_key(SECP384R1()), uri(STATION)),
        "form": b"no request",
    }.items():
        with pytest.raises(BadRequest) as refused:
            authority.sign_request(request, STATION, NOW)
        assert refused.value.fault == fault
    for request in (
        request_of(key),
        request_of(key, uri(STATION), x509.DNSName("centre.example")),
        request_of(key, uri(STATION), uri("000732")),
        forged,
        good + b"\x00" * 5000,
    ):
        with pytest.raises(BadRequest):
            authority.sign_request(request, STATION, NOW)


def test_nothing_of_a_request_but_its_key_gets_into_the_certificate(authority, trust):
    key = generate_private_key(SECP256R1())
    certificate = authority.sign_request(request_of(key, uri(STATION), subject="root"), STATION, NOW)
    assert "root" not in x509.load_der_x509_certificate(certificate).subject.rfc4514_string()


def test_revoked_certificates_are_listed_by_the_centre_alone(authority, trust):
    serial = serial_of(authority.sign_request(KEY.request(STATION), STATION, NOW))
    assert trust.revoked_since(authority.revocations([(serial, NOW)], 1, NOW)) == {serial: NOW.replace(microsecond=0)}
    assert trust.revoked_since(authority.revocations([], 2, NOW)) == {}
    with pytest.raises(BadCertificate):
        trust.revoked_since(Authority.make("another", NOW).revocations([(serial, NOW)], 1, NOW))
    with pytest.raises(BadCertificate):
        trust.revoked_since(b"no list")


def test_a_key_of_an_unknown_kind_is_refused_as_any_other_that_does_not_fit(authority, trust):
    of_a_curve, of_nothing = bytes.fromhex("06072a8648ce3d0201"), bytes.fromhex("06072a0648483d0201")
    request = KEY.request(STATION)
    certificate = authority.sign_request(request, STATION, NOW)
    with pytest.raises(BadRequest):
        authority.sign_request(request.replace(of_a_curve, of_nothing), STATION, NOW)
    with pytest.raises(BadCertificate):
        trust.check_certificate(certificate.replace(of_a_curve, of_nothing), STATION, KEY.public_key, NOW)
