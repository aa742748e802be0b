import json
import os
import shutil
import subprocess
import sys

import pytest

from app.security import sealing
from app.security.administrator_passwords import KeyringPasswords, NoPasswords
from app.security.custody import CentralSecrets, KeyringCustody, SealedFileCustody, Secrets, ThrowAwayCustody
from app.security.documents import DocumentKey
from app.security.keys import Ed25519StationKey, verify
from app.security.passwords import Argon2Passwords
from app.services.errors import DamagedStore, KeyringUnavailable, KeysMissing, WrongPassphrase

KEPT = Secrets(b"d" * 32, b"s" * 32)


def test_secrets_do_not_show_themselves():
    assert "dddd" not in repr(KEPT)
    assert "ssss" not in repr(KEPT)


def test_a_signature_is_made_by_its_key_alone():
    key, other = Ed25519StationKey(b"a" * 32), Ed25519StationKey(b"b" * 32)
    signature = key.sign(b"h" * 32)
    assert verify(key.public_key, b"h" * 32, signature)
    assert not verify(other.public_key, b"h" * 32, signature)
    assert not verify(key.public_key, b"x" * 32, signature)
    assert not verify(b"short", b"h" * 32, signature)


def test_a_password_matches_its_own_hash_alone(true_cost):
    passwords = Argon2Passwords()
    hashed = passwords.hash("yunxi-2026")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches("yunxi-2026", hashed)
    assert not passwords.matches("yunxi-2027", hashed)
    assert not passwords.matches("yunxi-2026", "no hash at all")


def test_sealed_keys_open_with_their_passphrase_alone(tmp_path):
    SealedFileCustody(tmp_path, "right passphrase").store(KEPT)
    assert SealedFileCustody(tmp_path, "right passphrase").load() == KEPT
    with pytest.raises(WrongPassphrase):
        SealedFileCustody(tmp_path, "wrong passphrase").load()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of POSIX")
@pytest.mark.parametrize("kind", [SealedFileCustody, ThrowAwayCustody])
def test_a_file_with_keys_is_readable_by_its_owner_alone(tmp_path, kind):
    kind(tmp_path).store(KEPT)
    assert [oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == ["0o600"]


def test_keys_that_are_not_there_are_missing(tmp_path):
    for kind in (SealedFileCustody, ThrowAwayCustody):
        assert not kind(tmp_path).exists()
        with pytest.raises(KeysMissing):
            kind(tmp_path).load()


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"kdf": "md5"},
        {"memory_kib": 10**9},
        {"passes": "3"},
        {"passes": 3.9},
        {"passes": float("inf")},
        {"passes": 10**6},
        {"lanes": 0},
        {"salt": "AAAA"},
        {"nonce": "not base64!"},
        {"sealed": None},
    ],
)
def test_a_sealed_file_that_was_tampered_with_is_damaged(tmp_path, change):
    SealedFileCustody(tmp_path, "right passphrase").store(KEPT)
    path = tmp_path / "keys.sealed"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DamagedStore):
        SealedFileCustody(tmp_path, "right passphrase").load()


def test_a_sealed_file_that_is_nested_without_end_is_damaged(tmp_path):
    (tmp_path / "keys.sealed").write_text("[" * 4096)
    with pytest.raises(DamagedStore):
        SealedFileCustody(tmp_path, "right passphrase").load()


def test_storing_again_replaces_the_keys_in_one_step(tmp_path):
    kept = SealedFileCustody(tmp_path, "right passphrase")
    kept.store(Secrets.fresh())
    kept.store(KEPT)
    assert kept.load() == KEPT
    assert [path.name for path in tmp_path.iterdir()] == ["keys.sealed"]
    kept.discard()
    assert not kept.exists()


def test_a_keyring_that_writes_plain_text_is_refused(monkeypatch, tmp_path):
    plain = type("PlaintextKeyring", (), {"priority": 5, "__module__": "keyrings.alt.file"})()
    monkeypatch.setattr("keyring.get_keyring", lambda: plain)
    assert not KeyringCustody.works()
    with pytest.raises(KeyringUnavailable):
        KeyringCustody(tmp_path).store(KEPT)


class Ring:
    """A keyring as ``keyring`` knows it."""

    priority = 5

    def __init__(self):
        self.kept = {}

    def get_password(self, service, name):
        return self.kept.get((service, name))

    def set_password(self, service, name, password):
        self.kept[service, name] = password

    def delete_password(self, service, name):
        del self.kept[service, name]


def test_an_administrators_password_stands_in_the_keyring_for_its_address_alone(monkeypatch, tmp_path):
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    passwords = KeyringPasswords(tmp_path)
    assert passwords.keep("host=db1 user=li_na", "secret")
    assert passwords.get("host=db1 user=li_na") == "secret"
    assert passwords.get("host=db2 user=li_na") == ""
    assert not passwords.keep("host=db1 user=li_na", "")
    assert ring.kept == {}
    assert not passwords.keep("host=db1 user=li_na", "")


def test_without_a_keyring_an_administrators_password_is_kept_nowhere(monkeypatch, tmp_path):
    ring = Ring()
    ring.priority = 0
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    for passwords in (KeyringPasswords(tmp_path), NoPasswords()):
        assert not passwords.keep("host=db1", "secret")
        assert passwords.get("host=db1") == ""
    assert ring.kept == {}


@pytest.mark.skipif(not shutil.which("gnome-keyring-daemon"), reason="gnome-keyring is not installed")
def test_a_real_keyring_keeps_and_forgets_the_keys(tmp_path):
    code = (
        "from pathlib import Path; from app.security.custody import *\n"
        "from app.security.central_keys import KeptCentralKeys\n"
        "kept = KeyringCustody(Path('/a profile')); secrets = Secrets.fresh()\n"
        "assert KeyringCustody.works() and not kept.exists()\n"
        "kept.store(secrets); assert KeyringCustody(Path('/a profile')).load() == secrets\n"
        "assert not KeyringCustody(Path('/another profile')).exists()\n"
        "keys = KeptCentralKeys(kept, None); keys.renew()\n"
        "with_centre = KeyringCustody(Path('/a profile')).load()\n"
        "assert with_centre.database_key == secrets.database_key\n"
        "assert KeptCentralKeys(kept, with_centre.central).password() == keys.password()\n"
        "kept.discard(); assert not kept.exists(); print('kept')\n"
    )
    script = (
        "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f'exec {sys.executable} -c "$CODE"'
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "CODE": code}
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "kept", done.stderr


def test_the_parameters_of_sealing_are_those_that_were_promised(true_cost):
    sealed = sealing.seal(b"a secret", "right passphrase", b"test")
    assert (sealed["passes"], sealed["memory_kib"], sealed["lanes"]) == (3, 65_536, 4)
    assert sealing.unseal(sealed, "right passphrase", b"test") == b"a secret"


# --- what a counter has for a centre ---------------------------------------------------------------------------

WITH_CENTRE = Secrets(b"d" * 32, b"s" * 32, CentralSecrets(b"k" * 32, b"p" * 32))


def test_keys_that_an_older_program_kept_open_and_are_kept_as_it_wrote_them():
    assert Secrets.unpack(b"d" * 32 + b"s" * 32) == KEPT
    assert KEPT.pack() == b"d" * 32 + b"s" * 32


def test_keys_for_a_centre_are_kept_with_the_others_and_do_not_show_themselves(tmp_path):
    for kind in (SealedFileCustody, ThrowAwayCustody):
        kind(tmp_path).store(WITH_CENTRE)
        assert kind(tmp_path).load() == WITH_CENTRE
    assert "kkkk" not in repr(WITH_CENTRE)
    assert "pppp" not in repr(WITH_CENTRE.central)


@pytest.mark.parametrize("length", [0, 32, 63, 65, 96, 129, 160])
def test_keys_of_another_length_are_damaged(length):
    with pytest.raises(DamagedStore):
        Secrets.unpack(bytes(length))


def test_fresh_keys_for_a_centre_are_other_ones_each_time_and_can_be_used():
    first, second = CentralSecrets.fresh(), CentralSecrets.fresh()
    assert first != second
    assert len(DocumentKey(first.document_key).public_key) == 65
