"""The centre as it receives stations, in memory, and a counter's keys for it; each passes the contract of the real one."""

import hashlib
import secrets
from contextlib import contextmanager

from app.services.errors import BadCertificate, CentralUnavailable, InvitationSpent, NotInvited, StationRevoked
from app.services.invitations import role_of
from tests.fakes.authority import FakeAuthority


class FakeCentralKeys:
    """Implements the port ``CentralKeys``; ``kept`` is what survives a crash."""

    def __init__(self, kept=None):
        self.kept = {} if kept is None else kept

    def exist(self):
        return bool(self.kept)

    def renew(self):
        self.kept.update(password=secrets.token_hex(16), document=secrets.token_bytes(64))

    def password(self):
        if not self.kept:
            raise NotInvited
        return self.kept["password"]

    def verifier(self):
        return fake_verifier(self.password())

    @property
    def document_key(self):
        if not self.kept:
            raise NotInvited
        return b"\x04" + self.kept["document"]

    def request(self, station):
        return b"request " + station.encode() + b" " + self.document_key

    def sign(self, statement):
        return hashlib.sha256(self.document_key + statement).digest()


class FakeTrust:
    """Implements the port ``CentreTrust``; a certificate says its parts, and anyone who has the root can make one."""

    def __init__(self, root):
        if not root.startswith("-----BEGIN"):
            raise ValueError("no certificate")
        self._authority = FakeAuthority(root)
        self.fingerprint = hashlib.sha256(root.encode()).hexdigest()[:16]

    def has_signed(self, statement, signature):
        return self._authority.sign(statement) == signature

    def check_certificate(self, certificate, station, public_key, now):
        said, _, signature = certificate.rpartition(b" ")
        if not self.has_signed(said, bytes.fromhex(signature.decode())):
            raise BadCertificate("root")
        until, its_station, its_key = said.split(b" ")
        if its_station.decode() != station:
            raise BadCertificate("station")
        if its_key.decode() != public_key.hex():
            raise BadCertificate("key")
        end = now.fromisoformat(until.decode())
        if now > end:
            raise BadCertificate("time")
        return end


class FakeCentreDesk:
    """A centre that stations enrol at; ``open`` is an ``OpenReception``."""

    def __init__(self, authority):
        self.authority = authority
        self.verifiers = {}
        self.invited = set()
        self.revoked = set()
        self.public_keys = {}
        self.requests = {}
        self.certificates = {}
        self.log_ins = 0
        self.fails = None
        """An error that every connection ends with, None for none."""

    def invite(self, station, secret):
        self.verifiers[role_of(station)] = fake_verifier(secret)
        self.invited.add(role_of(station))
        self.revoked.discard(role_of(station))

    def sign_requests(self, until):
        for user, request in self.requests.items():
            _, station, key = request.split(b" ", 2)
            said = f"{until.isoformat()} {station.decode()} {key.hex()}".encode()
            self.certificates[user] = said + b" " + self.authority.sign(said).hex().encode()

    @contextmanager
    def open(self, login):
        if self.fails:
            raise self.fails
        self.log_ins += 1
        if self.verifiers.get(login.user) != fake_verifier(login.password):
            raise CentralUnavailable("login")
        yield _FakeReception(self, login.user)


class _FakeReception:
    def __init__(self, desk, user):
        self._desk = desk
        self._user = user

    def enrol(self, public_key, request, verifier):
        if self._user not in self._desk.invited:
            raise InvitationSpent
        self._desk.invited.discard(self._user)
        self._desk.public_keys[self._user] = public_key
        self._desk.requests[self._user] = request
        self._desk.certificates.pop(self._user, None)
        self._desk.verifiers[self._user] = verifier

    def certificate(self):
        self._refuse_revoked()
        return self._desk.certificates.get(self._user)

    def ask_certificate(self, request):
        self._refuse_revoked()
        self._desk.requests[self._user] = request

    def _refuse_revoked(self):
        if self._user in self._desk.revoked:
            raise StationRevoked


def fake_verifier(password):
    return "verifier of " + hashlib.sha256(password.encode()).hexdigest()
