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
    │   ├── FolderGone         a scanner's folder is not there or does not answer
    │   ├── ScannerFault       a scanner stopped: no paper, jam, cover open, busy, gone …
    │   ├── CameraFault        a camera gives no picture
    │   ├── PhotoFault         a card's photo was not decoded, or no library can
    │   ├── PrinterFault       a printer does not print: unknown, paused, no paper, offline …
    │   ├── ReadingFailed      a helper process died or took too long over a page
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
    │   ├── WrongFileCode      the code of a case file does not open it
    │   ├── ProfileExists      there is a counter where one is to be restored
    │   ├── LoginTaken         there is an account of that login already
    │   ├── LastAdministrator  nobody else could manage accounts any more
    │   ├── NotPermitted       the operator's roles do not allow it
    │   ├── NotSignable        a paper cannot be signed on the screen
    │   ├── NumberTaken        a pattern gives a number that another paper has
    │   ├── PaperVoid          the paper was declared void, revoked or replaced
    │   ├── InvitationExpired  an invitation's time is over, or the PC's clock is ahead
    │   ├── InvitationAhead    an invitation was made after what the PC's clock says
    │   ├── InvitationForOther an invitation is another station's
    │   ├── OtherCentre        an invitation is of another centre than the counter is enrolled at
    │   ├── NotInvited         the counter stands alone: no centre has invited it
    │   ├── NotForked          the centre has this machine's journal: there is no twin to part from
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
    │   ├── BadImageFile       what lies beside an exported journal holds no page images
    │   ├── BadBackup          a file is no backup, was cut short or changed, or is another counter's
    │   ├── NotAJournal        a file is no journal export
    │   ├── BadInvitation      a file is no invitation, or not what was signed
    │   ├── BadAuthority       a file is no authority of a centre
    │   ├── BadRequest         a certificate request is not what it should be
    │   └── BadCertificate     a certificate is not of this centre, or not for this counter
    └── PaperFault             a paper cannot be made
        ├── MissingGlyphs      no font has some of the characters
        └── UnknownTemplate    there is no template of that name

One file a family; everybody imports them from here. Drivers' errors are mapped to these in one place a room, by code,
never by text. Sentences are made in ``ui.sentences``.
"""

from app.services.errors.accounts import AccountDisabled as AccountDisabled
from app.services.errors.accounts import BadPassword as BadPassword
from app.services.errors.accounts import FirstPasswordKept as FirstPasswordKept
from app.services.errors.accounts import LastAdministrator as LastAdministrator
from app.services.errors.accounts import LogInDelayed as LogInDelayed
from app.services.errors.accounts import LogInRefused as LogInRefused
from app.services.errors.accounts import LoginTaken as LoginTaken
from app.services.errors.accounts import NotPermitted as NotPermitted
from app.services.errors.base import BadInput as BadInput
from app.services.errors.base import Corrupt as Corrupt
from app.services.errors.base import NotFound as NotFound
from app.services.errors.base import PaperFault as PaperFault
from app.services.errors.base import Refused as Refused
from app.services.errors.base import ServiceError as ServiceError
from app.services.errors.base import Unavailable as Unavailable
from app.services.errors.centre import BatchRefused as BatchRefused
from app.services.errors.centre import CentralRefused as CentralRefused
from app.services.errors.centre import CentralUnavailable as CentralUnavailable
from app.services.errors.centre import CentralVersion as CentralVersion
from app.services.errors.centre import CentreDeclined as CentreDeclined
from app.services.errors.centre import ChainForked as ChainForked
from app.services.errors.centre import ChainRefused as ChainRefused
from app.services.errors.centre import ImageElsewhere as ImageElsewhere
from app.services.errors.centre import InvitationSpent as InvitationSpent
from app.services.errors.centre import NotAParty as NotAParty
from app.services.errors.centre import NotForked as NotForked
from app.services.errors.centre import StationRevoked as StationRevoked
from app.services.errors.centre import StationUnknown as StationUnknown
from app.services.errors.devices import CameraFault as CameraFault
from app.services.errors.devices import CameraTrouble as CameraTrouble
from app.services.errors.devices import FolderGone as FolderGone
from app.services.errors.devices import PhotoFault as PhotoFault
from app.services.errors.devices import PhotoTrouble as PhotoTrouble
from app.services.errors.devices import ReadingFailed as ReadingFailed
from app.services.errors.devices import ScannerFault as ScannerFault
from app.services.errors.devices import ScannerTrouble as ScannerTrouble
from app.services.errors.enrolling import BadAuthority as BadAuthority
from app.services.errors.enrolling import BadCertificate as BadCertificate
from app.services.errors.enrolling import BadInvitation as BadInvitation
from app.services.errors.enrolling import BadRequest as BadRequest
from app.services.errors.enrolling import InvitationAhead as InvitationAhead
from app.services.errors.enrolling import InvitationExpired as InvitationExpired
from app.services.errors.enrolling import InvitationForOther as InvitationForOther
from app.services.errors.enrolling import NotInvited as NotInvited
from app.services.errors.enrolling import OtherCentre as OtherCentre
from app.services.errors.files import BadAttachment as BadAttachment
from app.services.errors.files import BadCaseFile as BadCaseFile
from app.services.errors.files import BadDefinitions as BadDefinitions
from app.services.errors.files import BadImageFile as BadImageFile
from app.services.errors.files import DefinitionError as DefinitionError
from app.services.errors.files import WrongFileCode as WrongFileCode
from app.services.errors.papers import BadRevocationList as BadRevocationList
from app.services.errors.papers import MissingGlyphs as MissingGlyphs
from app.services.errors.papers import NoRoot as NoRoot
from app.services.errors.papers import NotASeal as NotASeal
from app.services.errors.papers import NotSignable as NotSignable
from app.services.errors.papers import NumberTaken as NumberTaken
from app.services.errors.papers import PaperVoid as PaperVoid
from app.services.errors.papers import UnknownTemplate as UnknownTemplate
from app.services.errors.printing import PrinterFault as PrinterFault
from app.services.errors.printing import PrinterTrouble as PrinterTrouble
from app.services.errors.store import BadBackup as BadBackup
from app.services.errors.store import BrokenJournal as BrokenJournal
from app.services.errors.store import DamagedStore as DamagedStore
from app.services.errors.store import DiskFault as DiskFault
from app.services.errors.store import DiskFull as DiskFull
from app.services.errors.store import KeyringUnavailable as KeyringUnavailable
from app.services.errors.store import KeysMissing as KeysMissing
from app.services.errors.store import NewerSchema as NewerSchema
from app.services.errors.store import NoProfile as NoProfile
from app.services.errors.store import NotAJournal as NotAJournal
from app.services.errors.store import PlaceUnavailable as PlaceUnavailable
from app.services.errors.store import ProfileExists as ProfileExists
from app.services.errors.store import ProfileInUse as ProfileInUse
from app.services.errors.store import ReadOnlyStore as ReadOnlyStore
from app.services.errors.store import RetiredKey as RetiredKey
from app.services.errors.store import StoreBusy as StoreBusy
from app.services.errors.store import UpgradeFailed as UpgradeFailed
from app.services.errors.store import WrongKey as WrongKey
from app.services.errors.store import WrongPassphrase as WrongPassphrase
from app.services.errors.store import WrongRecoveryCode as WrongRecoveryCode
