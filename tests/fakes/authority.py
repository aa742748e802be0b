"""A centre's authority without cryptography worth the name; anyone who has its root can sign."""

import hashlib
import hmac

ROOT = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


class FakeAuthority:
    """Signs as ``Authority`` does."""

    def __init__(self, root=ROOT):
        self.root = root

    def sign(self, statement):
        return hmac.digest(self.root.encode(), statement, hashlib.sha512)


def fake_signed_by_root(root, statement, signature):
    return hmac.compare_digest(FakeAuthority(root).sign(statement), signature)
