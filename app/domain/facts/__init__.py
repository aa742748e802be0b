"""What can be said in the journal: every kind of fact, in the past participle, as frozen dataclasses, one file a family.

A fact's class name is its ``kind`` in the body and its fields are the ``data``. A field is only ever added, with a
default, so that old entries stay readable. What follows from a fact for a case is told in ``app.domain.case``.

A new fact stands in its family's file and once more below: everybody imports facts from here.
"""

from app.domain.facts.acceptance import CaseAccepted as CaseAccepted
from app.domain.facts.acceptance import CaseDeemedAccepted as CaseDeemedAccepted
from app.domain.facts.acceptance import CaseEnteredLate as CaseEnteredLate
from app.domain.facts.acceptance import CaseForwarded as CaseForwarded
from app.domain.facts.acceptance import CaseNotAccepted as CaseNotAccepted
from app.domain.facts.acceptance import CaseReceived as CaseReceived
from app.domain.facts.acceptance import CaseReturned as CaseReturned
from app.domain.facts.acceptance import CaseWithdrawn as CaseWithdrawn
from app.domain.facts.acceptance import SupplementAsked as SupplementAsked
from app.domain.facts.acceptance import SupplementReceived as SupplementReceived
from app.domain.facts.base import NO_NUMBER as NO_NUMBER
from app.domain.facts.base import Fact as Fact
from app.domain.facts.base import NumberedPaper as NumberedPaper
from app.domain.facts.blanks import BlanksGivenBack as BlanksGivenBack
from app.domain.facts.blanks import BlanksReceived as BlanksReceived
from app.domain.facts.blanks import BlanksRestored as BlanksRestored
from app.domain.facts.blanks import BlanksSpoiled as BlanksSpoiled
from app.domain.facts.blanks import BlankUsed as BlankUsed
from app.domain.facts.clock import ClockCorrected as ClockCorrected
from app.domain.facts.clock import ClockDrifted as ClockDrifted
from app.domain.facts.clock import ClockFoundBehind as ClockFoundBehind
from app.domain.facts.clock import ClockJumped as ClockJumped
from app.domain.facts.closing import CaseArchived as CaseArchived
from app.domain.facts.closing import CaseCorrected as CaseCorrected
from app.domain.facts.closing import CaseDelivered as CaseDelivered
from app.domain.facts.closing import CaseRated as CaseRated
from app.domain.facts.closing import CaseVoided as CaseVoided
from app.domain.facts.closing import MaterialsFollowed as MaterialsFollowed
from app.domain.facts.custody import CaseHandedOver as CaseHandedOver
from app.domain.facts.custody import CaseTakenOver as CaseTakenOver
from app.domain.facts.custody import CollectionChosen as CollectionChosen
from app.domain.facts.day import DayClosed as DayClosed
from app.domain.facts.disclosure import CasesExported as CasesExported
from app.domain.facts.disclosure import JournalExported as JournalExported
from app.domain.facts.disclosure import PapersExported as PapersExported
from app.domain.facts.disclosure import PersonalDataShown as PersonalDataShown
from app.domain.facts.inquiry import InquiryAnswered as InquiryAnswered
from app.domain.facts.inquiry import InquiryClosed as InquiryClosed
from app.domain.facts.inquiry import InquiryHandedOn as InquiryHandedOn
from app.domain.facts.inquiry import InquiryOpened as InquiryOpened
from app.domain.facts.kinds import FACTS as FACTS
from app.domain.facts.kinds import NOTES as NOTES
from app.domain.facts.kinds import read_fact as read_fact
from app.domain.facts.numbered import numbered_papers as numbered_papers
from app.domain.facts.operators import OperatorDisabled as OperatorDisabled
from app.domain.facts.operators import OperatorEnabled as OperatorEnabled
from app.domain.facts.operators import OperatorEnrolled as OperatorEnrolled
from app.domain.facts.operators import OperatorLoggedIn as OperatorLoggedIn
from app.domain.facts.operators import OperatorLoggedOut as OperatorLoggedOut
from app.domain.facts.operators import PasswordChanged as PasswordChanged
from app.domain.facts.operators import WindowHandedOver as WindowHandedOver
from app.domain.facts.papers import FormPrepared as FormPrepared
from app.domain.facts.papers import PaperMade as PaperMade
from app.domain.facts.papers import PaperPrinted as PaperPrinted
from app.domain.facts.papers import PaperRecalled as PaperRecalled
from app.domain.facts.papers import PaperReplaced as PaperReplaced
from app.domain.facts.papers import PaperRevoked as PaperRevoked
from app.domain.facts.papers import PaperSigned as PaperSigned
from app.domain.facts.papers import PaperVoided as PaperVoided
from app.domain.facts.papers import PrintConfirmed as PrintConfirmed
from app.domain.facts.papers import PrintSpoiled as PrintSpoiled
from app.domain.facts.review import CaseDecided as CaseDecided
from app.domain.facts.review import CaseExtended as CaseExtended
from app.domain.facts.review import CaseResumed as CaseResumed
from app.domain.facts.review import CaseSuspended as CaseSuspended
from app.domain.facts.review import CertificateIssued as CertificateIssued
from app.domain.facts.review import ReviewStarted as ReviewStarted
from app.domain.facts.station import CatalogueLoaded as CatalogueLoaded
from app.domain.facts.station import CentreJoined as CentreJoined
from app.domain.facts.station import EntrySetApart as EntrySetApart
from app.domain.facts.station import EpochOpened as EpochOpened
from app.domain.facts.station import NumbersSkipped as NumbersSkipped
from app.domain.facts.station import PublishedItem as PublishedItem
from app.domain.facts.station import RecoverySheetMade as RecoverySheetMade
from app.domain.facts.station import SeriesEnd as SeriesEnd
from app.domain.facts.station import StationSetUp as StationSetUp
