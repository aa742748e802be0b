"""The counter as its window sees it: every use case of one open profile in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.division import Divisions
from app.domain.station import Station
from app.services.acceptance import AcceptanceService
from app.services.administering import AdministeringService
from app.services.applicants import ApplicantService
from app.services.backups import BackupService
from app.services.blanks import BlankService
from app.services.card_photos import CardPhotoService
from app.services.case_closing import CaseClosingService
from app.services.case_files import CaseFileService
from app.services.catalogue import CatalogueService
from app.services.certificate_life import CertificateLife
from app.services.custody import CustodyService
from app.services.day_closing import DayClosingService
from app.services.desk import DeskService
from app.services.device_settings import DeviceSettingsService
from app.services.enrolment import EnrolmentService
from app.services.epochs import KeyRotation
from app.services.errors import DefinitionError
from app.services.form_drafts import FormDraftService
from app.services.inquiries import InquiryService
from app.services.intake import IntakeService
from app.services.intake_forms import IntakeFormService
from app.services.issuance import IssuanceService
from app.services.known_stations import KnownStationService
from app.services.ledger import LedgerService
from app.services.material_documents import MaterialDocuments
from app.services.operators import OperatorService
from app.services.overlays import OverlayService
from app.services.pages import PageService
from app.services.paper_lists import PaperListService
from app.services.papers import PaperService
from app.services.ports import Cameras, CardReader
from app.services.preferences import PreferenceService
from app.services.printing import PrintingService
from app.services.recognising import RecognitionService
from app.services.recovery import RecoveryService
from app.services.registers import RegisterService
from app.services.rehearsal import RehearsalService
from app.services.reviewing import ReviewService
from app.services.scanning import ScanningService
from app.services.searches import SavedSearchService
from app.services.separating import SeparatingService
from app.services.signatures import SignatureService
from app.services.stacks import StackService
from app.services.stations import StationService
from app.services.supervising import SupervisingService
from app.services.support import SupportService
from app.services.sweeping import SweepingService
from app.services.sync_images import ImageService
from app.services.syncing import SyncService
from app.services.template_editing import TemplateEditingService
from app.services.timekeeping import ClockService
from app.services.twins import TwinService
from app.services.unsent import UnsentService
from app.services.verifying import VerifyingService
from app.services.watched_folder import WatchedFolderService


@dataclass(frozen=True, slots=True)
class Counter:
    """The open counter; ``close`` ends every helper process and connection."""

    station: Station
    operators: OperatorService
    catalogue: CatalogueService
    divisions: Divisions
    applicants: ApplicantService
    intake: IntakeService
    pages: PageService
    forms: IntakeFormService
    form_drafts: FormDraftService
    acceptance: AcceptanceService
    review: ReviewService
    issuance: IssuanceService
    certificates: CertificateLife
    closing: CaseClosingService
    custody: CustodyService
    directory: KnownStationService
    rehearsal: RehearsalService
    papers: PaperService
    printing: PrintingService
    blanks: BlankService
    overlays: OverlayService
    signatures: SignatureService
    verifying: VerifyingService
    inquiries: InquiryService
    days: DayClosingService
    registers: RegisterService
    paper_lists: PaperListService
    searches: SavedSearchService
    desk: DeskService
    ledger: LedgerService
    templates: TemplateEditingService
    unsent: UnsentService
    preferences: PreferenceService
    devices: DeviceSettingsService
    cameras: Cameras
    watched_folder: WatchedFolderService
    card_reader: CardReader
    """Told to look for cards by the window; the same one ``again``."""
    card_photos: CardPhotoService
    scanning: ScanningService
    """The same one ``again``; a scan may run meanwhile."""
    material_documents: MaterialDocuments
    recognition: RecognitionService
    separating: SeparatingService
    stacks: StackService
    sweeping: SweepingService
    stations: StationService
    paper_faults: tuple[DefinitionError, ...]
    """What is wrong with the counter's own paper templates; the shipped ones are used in their place."""
    again: Callable[[], Counter]
    """Gives the counter on the same store with the station as it is now; this one is not used any more."""
    clock: ClockService
    backups: BackupService
    recovery: RecoveryService
    support: SupportService
    enrolment: EnrolmentService
    sync: SyncService
    images: ImageService
    case_files: CaseFileService
    rotation: KeyRotation
    twins: TwinService
    administering: AdministeringService
    supervising: SupervisingService
    close: Callable[[], None]
