"""Errors of disk, keys, store, journal, backups and restoring."""

from pathlib import Path

from app.services.errors.base import BadInput, Corrupt, Refused, Unavailable


class DiskFull(Unavailable):
    """There is no room to write; the transaction was rolled back, the caller asks for room and tries again."""


class ReadOnlyStore(Unavailable):
    """The store cannot be written; the caller names the folder and lets the clerk read on."""


class DiskFault(Unavailable):
    """The disk refused to write or to sync; the transaction was rolled back, the caller has the disk looked at."""


class StoreBusy(Unavailable):
    """Another process held the store for longer than the busy timeout; the caller tries again."""


class ProfileInUse(Unavailable):
    """Another window has this profile open; the caller tells the clerk to use that one."""

    def __init__(self, profile: Path) -> None:
        super().__init__("profile in use")
        self.profile = profile


class NoProfile(Unavailable):
    """The folder holds no counter; the caller offers to set one up or to name another folder."""

    def __init__(self, profile: Path) -> None:
        super().__init__("no profile")
        self.profile = profile


class KeyringUnavailable(Unavailable):
    """The system keyring refuses or does not answer; the caller asks to unlock it and tries again."""


class KeysMissing(Unavailable):
    """No keys are stored for this counter; without them the store cannot be opened by anybody."""


class PlaceUnavailable(Unavailable):
    """The folder for a backup is not there or cannot be written; the caller names it and tries again later."""

    def __init__(self, folder: Path) -> None:
        super().__init__("no such place")
        self.folder = folder


class UpgradeFailed(Unavailable):
    """The store of schema ``found`` could not be brought up to date; it is as it was, and ``copy`` is a backup of it."""

    def __init__(self, found: str, copy: Path) -> None:
        super().__init__(found)
        self.found = found
        self.copy = copy


class WrongKey(Corrupt):
    """The key does not open the store, or the file is no store; nothing was changed."""


class DamagedStore(Corrupt):
    """Pages of the store are damaged; nothing was changed, the caller names the backup as the way out."""


class NewerSchema(Corrupt):
    """The store was written by a newer program; the caller asks to update the program."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class RetiredKey(Corrupt):
    """The signing key that was found signed an earlier epoch and must not sign again; the caller names ``recover``."""


class BrokenJournal(Corrupt):
    """Entry ``seq`` of ``epoch`` fails the check named ``fault``; the caller shows it and keeps the file."""

    def __init__(self, epoch: int, seq: int, fault: str) -> None:
        super().__init__(f"epoch {epoch} entry {seq}: {fault}")
        self.epoch = epoch
        self.seq = seq
        self.fault = fault


class WrongPassphrase(Refused):
    """The passphrase does not open the sealed keys; the caller asks again."""


class WrongRecoveryCode(Refused):
    """The code does not open the keys; ``group`` (from 1) is the first mistyped one, 0 when the code is well formed."""

    def __init__(self, group: int = 0) -> None:
        super().__init__(f"group {group}")
        self.group = group


class ProfileExists(Refused):
    """``profile`` holds a counter already; the caller asks whether to move it aside."""

    def __init__(self, profile: Path) -> None:
        super().__init__("profile exists")
        self.profile = profile


class BadBackup(BadInput):
    """A file cannot be restored; ``fault`` says why.

    ``kind``: no backup, or its end is missing; ``changed``: not what was written; ``newer``: by a newer program;
    ``station``: another counter's.
    """

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NotAJournal(BadInput):
    """Line ``line`` of a file is not a line of a journal export; 0 when the file cannot be read at all."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line
