"""What can go wrong outside the rules: disk, keys, other windows, damaged or hostile input.

::

    ServiceError
    ├── Unavailable            the environment says no; nothing is lost, try again when it is mended
    │   ├── DiskFull           no room left to write
    │   ├── ReadOnlyStore      the profile's folder or disk cannot be written
    │   ├── DiskFault          the disk does not write or sync
    │   ├── StoreBusy          another process holds the store longer than we wait
    │   ├── ProfileInUse       another window of this counter is open
    │   ├── NoProfile          there is no counter in this folder yet
    │   ├── KeyringUnavailable the system keyring is there but does not answer
    │   ├── KeysMissing        neither keyring nor sealed file holds this counter's keys
    │   ├── PlaceUnavailable   the folder for a backup is not there or cannot be written
    │   ├── CentralUnavailable the link to the centre or the centre itself fails
    │   ├── ImageElsewhere     an image is kept at the centre, which is not reached
    │   └── UpgradeFailed      an older store could not be brought up to date and is as it was
    ├── Corrupt                what was read is not what was written
    │   ├── WrongKey           the key does not open the store
    │   ├── DamagedStore       the store opens but its pages are damaged
    │   ├── NewerSchema        a newer program wrote the store
    │   ├── RetiredKey         the signing key belongs to an earlier epoch of the journal
    │   └── BrokenJournal      an entry does not follow from the one before it
    ├── Refused                the request is understood and not granted
    │   ├── WrongPassphrase    the sealed key file does not open with this passphrase
    │   ├── LogInRefused       name or password is wrong
    │   ├── LogInDelayed       too many failures: wait
    │   ├── AccountDisabled    the account is closed
    │   ├── FirstPasswordKept  the password was given by somebody else and not changed yet
    │   ├── BadPassword        a new password is too weak
    │   ├── WrongRecoveryCode  the code of a recovery sheet is mistyped, or of another sheet
    │   ├── ProfileExists      there is a counter where one is to be restored
    │   ├── LoginTaken         there is an account of that login already
    │   ├── LastAdministrator  nobody else could manage accounts any more
    │   ├── NotPermitted       the operator's roles do not allow it
    │   ├── NumberTaken        a pattern gives a number that another paper has
    │   ├── PaperVoid          the paper was declared void
    │   ├── InvitationExpired  an invitation's time is over, or the PC's clock is ahead
    │   ├── InvitationAhead    an invitation was made after what the PC's clock says
    │   ├── InvitationForOther an invitation is another station's
    │   ├── OtherCentre        an invitation is of another centre than the counter is enrolled at
    │   ├── NotInvited         the counter stands alone: no centre has invited it
    │   ├── CentralRefused     the centre was reached and does not do it
    │   │   ├── StationUnknown     no station logs in like this
    │   │   ├── StationRevoked     the station was shut out
    │   │   ├── ChainForked        the centre has another entry at this place: two machines are the same station
    │   │   ├── ChainRefused       the entries do not follow, or their hashes are wrong
    │   │   ├── BatchRefused       too many, too large, or something that the centre cannot read
    │   │   ├── InvitationSpent    the invitation was used or has expired
    │   │   ├── CentralVersion     program and centre do not understand each other
    │   │   ├── NotAParty          the case belongs to other stations
    │   │   └── CentreDeclined     an administrator asked for what the centre does not do
    │   └── NotFound           no case, draft, paper or item of that name
    ├── BadInput               a file or text from outside cannot be used
    │   ├── DefinitionError    one remark on a data file, with file, line and field
    │   ├── BadDefinitions     a data file or folder has such remarks
    │   ├── BadAttachment      a page is too large, damaged, or of a kind that is not taken
    │   ├── BadCaseFile        a file is no case of another station, or was changed
    │   ├── BadBackup          a file is no backup, was cut short or changed, or is another counter's
    │   ├── NotAJournal        a file is no journal export
    │   ├── BadInvitation      a file is no invitation, or not what was signed
    │   ├── BadAuthority       a file is no authority of a centre
    │   ├── BadRequest         a certificate request is not what it should be
    │   └── BadCertificate     a certificate is not of this centre, or not for this counter
    └── PaperFault             a paper cannot be made
        ├── MissingGlyphs      no font has some of the characters
        └── UnknownTemplate    there is no template of that name

Drivers' errors are mapped to these in one place a room, by code, never by text. Sentences are made in ``ui.sentences``.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path


class ServiceError(Exception):
    """Something outside the rules went wrong; what was durable before is still durable."""


class Unavailable(ServiceError):
    """The environment does not allow it now; the caller keeps what was typed and offers to try again."""


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


class CentralUnavailable(Unavailable):
    """The centre cannot be reached or cannot serve now; whether the call took effect is not known: it is made again.

    ``reason`` is ``network`` (no answer, cut in the middle), ``tls`` (the server is not who it should be), ``tls_name``
    (its certificate is another host's), ``tls_time`` (its certificate is over or of the future, or the PC's clock is
    wrong), ``login`` (it does not let us in), ``busy`` (overloaded, starting, full) or ``failed`` (a fault of the
    centre's own).
    """

    def __init__(self, reason: str = "network") -> None:
        super().__init__(reason)
        self.reason = reason


class ImageElsewhere(Unavailable):
    """The image was sent to the centre and is not kept here any more; the caller says that it shows when on line."""


class UpgradeFailed(Unavailable):
    """The store of schema ``found`` could not be brought up to date; it is as it was, and ``copy`` is a backup of it."""

    def __init__(self, found: str, copy: Path) -> None:
        super().__init__(found)
        self.found = found
        self.copy = copy


class Corrupt(ServiceError):
    """What was read is not what was written; the caller stops, and a person looks at a backup."""


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


class Refused(ServiceError):
    """The request was understood and not granted; the caller says why."""


class WrongPassphrase(Refused):
    """The passphrase does not open the sealed keys; the caller asks again."""


class WrongFileCode(Refused):
    """The code does not open a case file; nothing was taken in, and the caller asks again."""


class LogInRefused(Refused):
    """Name or password is wrong; which one is not told."""


class LogInDelayed(Refused):
    """Too many failures for this name: ``wait_s`` seconds must pass; the caller counts them down."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"{wait_s} s")
        self.wait_s = wait_s


class AccountDisabled(Refused):
    """The password is right and the account is closed; the caller names the administrator as the way out."""


class FirstPasswordKept(Refused):
    """Whoever gave this first password knows it still; the caller asks its owner to log in and change it first."""


class LoginTaken(Refused):
    """There is an account called ``login`` already; the caller asks for another name."""

    def __init__(self, login: str) -> None:
        super().__init__("login taken")
        self.login = login


class LastAdministrator(Refused):
    """The act would leave no administrator who can log in; the caller names another one first."""


class BadPassword(Refused):
    """A new password is shorter than ``minimum_length`` or easy to guess; the caller asks for another one."""

    def __init__(self, minimum_length: int) -> None:
        super().__init__("password refused")
        self.minimum_length = minimum_length


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


class NotPermitted(Refused):
    """The operator has none of the roles that may do ``act``."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act


class NumberTaken(Refused):
    """By its pattern the next paper would get ``number``, which another one has; the caller has the pattern changed."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class PaperVoid(Refused):
    """The paper ``number`` was declared void and is not printed any more; the caller reads the list again."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class InvitationExpired(Refused):
    """The invitation was good until ``expires_at`` and it is ``now``; the caller shows both, a clock may be wrong."""

    def __init__(self, expires_at: datetime, now: datetime) -> None:
        super().__init__("invitation expired")
        self.expires_at = expires_at
        self.now = now


class InvitationAhead(Refused):
    """The invitation was made at ``issued_at`` and it is ``now``, earlier: the caller asks to set the PC's clock right."""

    def __init__(self, issued_at: datetime, now: datetime) -> None:
        super().__init__("invitation from the future")
        self.issued_at = issued_at
        self.now = now


class InvitationForOther(Refused):
    """The invitation is for ``invited``, this counter is ``station``; the caller asks for the right file."""

    def __init__(self, invited: str, station: str) -> None:
        super().__init__("another station")
        self.invited = invited
        self.station = station


class OtherCentre(Refused):
    """The counter is enrolled at another centre than the invitation's; nothing was changed."""


class NotInvited(Refused):
    """There is no centre for this counter, or its keys for it are lost; the caller asks for an invitation."""


class CentralRefused(Refused):
    """The centre was reached and does not do it; trying again later changes nothing by itself."""


class StationUnknown(CentralRefused):
    """The centre knows no station by this log-in; the caller names the administrator as the way out."""


class StationRevoked(CentralRefused):
    """The centre shut this station out; the counter works on, and the caller says how what is unsent is exported."""


class ChainForked(CentralRefused):
    """The centre has another entry at ``seq`` of ``epoch``: two machines were the same station; the caller says so."""

    def __init__(self, epoch: int, seq: int) -> None:
        super().__init__(f"epoch {epoch} entry {seq}")
        self.epoch = epoch
        self.seq = seq


class ChainRefused(CentralRefused):
    """Entry ``seq`` of a batch does not follow from the one before it; the caller has the journal checked."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"entry {seq}")
        self.seq = seq


class BatchRefused(CentralRefused):
    """The centre cannot take or read something of what was sent; the caller halves the batch to find what it is."""


class InvitationSpent(CentralRefused):
    """The invitation was used already or has expired; the caller asks for a new one."""


class CentralVersion(CentralRefused):
    """The centre speaks schema ``theirs`` and this program ``ours``; the caller says which of the two to update."""

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(f"{theirs} / {ours}")
        self.theirs = theirs
        self.ours = ours


class NotAParty(CentralRefused):
    """The case belongs to other stations; the caller reads the list again."""


class CentreDeclined(CentralRefused):
    """The centre does not do what an administrator asked; ``why`` says what stands in the way.

    ``station`` (no such one, or shut out), ``enrolled`` (already), ``version`` (an equal or later one is published),
    ``quarantine`` (nothing there), ``year`` (no such one), ``kept`` (must still be kept), ``open`` (has open cases).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotFound(Refused):
    """There is no ``what`` (case, draft, paper, item) called that any more; the caller reads the list again."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class BadInput(ServiceError):
    """Something from outside cannot be used; nothing was taken in."""


class DefinitionError(BadInput):
    """One remark on a data file: ``problem`` is a plain English clause for the person who wrote the file."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {problem}")
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem


class BadDefinitions(BadInput):
    """Data files cannot be used; ``errors`` holds every remark, in the order of files and lines."""

    def __init__(self, errors: Sequence[DefinitionError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


class BadAttachment(BadInput):
    """A file cannot become a page; ``fault`` is ``kind``, ``size``, ``pages``, ``damaged`` or ``encrypted``."""

    def __init__(self, fault: str, limit: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.limit = limit


class BadCaseFile(BadInput):
    """A case cannot be taken in from a file; nothing was. ``fault``: ``kind`` (no such file), ``changed``, ``newer``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


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


class BadInvitation(BadInput):
    """A file cannot be used as an invitation; ``fault`` is ``kind``, ``newer`` or ``changed``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class BadAuthority(BadInput):
    """A file holds no authority's key, or was changed; the caller asks for the right file or its copy."""


class BadRequest(BadInput):
    """A station's certificate request is refused; ``fault`` is ``form``, ``signature``, ``key`` or ``station``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class BadCertificate(BadInput):
    """A certificate is refused; ``fault`` is ``form``, ``root``, ``time``, ``station`` or ``key``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class PaperFault(ServiceError):
    """A paper cannot be made; no number was used."""


class MissingGlyphs(PaperFault):
    """No font has ``characters``; the caller names them before anything is committed."""

    def __init__(self, characters: str) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters


class UnknownTemplate(PaperFault):
    """There is no paper template called ``template``."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        self.template = template
