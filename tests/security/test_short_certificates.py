"""Station certificates in their short form, and the very DER back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.short_certificates import RootForm
from tests.security.example import CERTIFICATE, ROOT

NOW = datetime(2026, 5, 18, 10, 24, 7, 123456, tzinfo=UTC)


def certificate_of(authority, number, station="000731", now=NOW):
    key = DocumentKey(bytes([number + 1]) * 32)
    return authority.sign_request(key.request(station), station, now)


@pytest.mark.parametrize("year", [2026, 2031, 2047, 2049, 2052])
def test_every_certificate_of_an_authority_comes_back_byte_by_byte(year):
    now = NOW.replace(year=year)
    authority = Authority.make("云溪市政务服务中心（示例）", now)
    form = RootForm(authority.root)
    for number in range(12):
        certificate = certificate_of(authority, number, f"{number:06}", now + timedelta(days=200 * number))
        assert form.rebuild(form.shorten(certificate)) == certificate


def test_a_long_name_takes_lengths_of_two_bytes():
    authority = Authority.make("云溪市" * 15, NOW)
    form = RootForm(authority.root)
    certificate = certificate_of(authority, 1)
    assert form.rebuild(form.shorten(certificate)) == certificate


def test_the_frozen_certificate_of_the_documentation_comes_back():
    form = RootForm(ROOT)
    assert form.rebuild(form.shorten(CERTIFICATE)) == CERTIFICATE


def test_another_centres_certificate_and_one_of_another_form_have_no_short_one():
    form = RootForm(ROOT)
    assert form.shorten(certificate_of(Authority.make("示例市政务服务中心", NOW), 1)) is None
    assert form.shorten(made_otherwise()) is None
    assert form.shorten(b"\x30\x00") is None
    assert form.shorten(b"") is None


def made_otherwise():
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lideng authority")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    "changes",
    [
        {"root": b"1234567"},
        {"station": ""},
        {"station": "0" * 65},
        {"serial": b""},
        {"serial": b"\0\1"},
        {"serial": b"\1" * 21},
        {"not_before": -1},
        {"not_before": 2**40, "not_after": 2**40},
        {"not_after": 1},
        {"public_key": b"\2" * 32},
        {"signature": b"\1" * 63},
    ],
)
def test_parts_that_no_certificate_has_are_refused(changes):
    short = RootForm(ROOT).shorten(CERTIFICATE)
    with pytest.raises(ValueError, match=r"."):
        replace(short, **changes)


def test_a_root_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"."):
        RootForm("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
