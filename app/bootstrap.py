"""Puts the counter together for a window, over an open profile. Plain constructor arguments, no registry."""

import logging
import platform
from collections.abc import Iterator
from contextlib import ExitStack

from app.at_centre import enrolment_of
from app.at_devices import THIS_PC, AtDevices, PageSources, at_devices
from app.capture.binding import PdfBinder
from app.clock import SystemClock
from app.config import RESOURCES, VERSION, Settings
from app.definitions.calendar import read_calendar
from app.definitions.catalogue import read_catalogue
from app.definitions.divisions import read_divisions
from app.definitions.papers import read_templates_of
from app.definitions.published import TOPICS, settle
from app.log import log_to, stop_logging
from app.open_profile import OpenProfile, open_profile, readings, recovery_service, support_writer
from app.papers.maker import PdfPaperMaker
from app.papers.slips import RollSlipMaker
from app.security.case_seals import CodeCaseSeals
from app.security.central_keys import KeptCentralKeys
from app.security.custody import KeyCustody, KeyringCustody, SealedFileCustody, Secrets
from app.security.keys import Ed25519StationKey, verify
from app.security.passwords import Argon2Passwords
from app.security.trust import RootTrust
from app.services.acceptance import AcceptanceService
from app.services.acting import CaseActs
from app.services.applicants import ApplicantService
from app.services.blanks import BlankService
from app.services.case_closing import CaseClosingService
from app.services.case_files import CaseFileService
from app.services.catalogue import CatalogueService
from app.services.certificate_life import CertificateLife
from app.services.counter import Counter
from app.services.custody import CustodyService
from app.services.day_closing import DayClosingService
from app.services.desk import DeskService
from app.services.enrolment import Offer, read_offer
from app.services.errors import BadDefinitions, NoProfile
from app.services.findings import Finding
from app.services.form_drafts import FormDraftService
from app.services.inquiries import InquiryService
from app.services.intake import IntakeService
from app.services.intake_forms import IntakeFormService
from app.services.issuance import IssuanceService
from app.services.known_stations import KnownStationService
from app.services.material_documents import MaterialDocuments
from app.services.operators import OperatorService
from app.services.overlays import OverlayService
from app.services.pages import PageService
from app.services.paper_content import PaperContent
from app.services.paper_lists import PaperListService
from app.services.papers import PaperService
from app.services.ports import Clock
from app.services.preferences import PreferenceService
from app.services.printing import PrintingService
from app.services.recognising import RecognitionService
from app.services.recording import Recorder, load_station
from app.services.registers import RegisterService
from app.services.rehearsal import RehearsalService
from app.services.reviewing import ReviewService
from app.services.searches import SavedSearchService
from app.services.separating import SeparatingService
from app.services.set_up import SetUpService
from app.services.signatures import SignatureService
from app.services.stacks import StackService
from app.services.starting import FirstStart, ProfileState
from app.services.stations import StationService
from app.services.supervising import SupervisingService
from app.services.support import SupportService
from app.services.sweeping import SweepingService
from app.services.template_editing import TemplateEditingService
from app.services.verifying import VerifyingService
from app.storage.case_file import ZipCaseFiles
from app.storage.profile import ProfileLock, make_profile
from app.storage.schema import HEAD
from app.storage.store import create_store, remove_store
from app.tables.writer import write_table
from app.template_workshop import Workshop

log = logging.getLogger(__name__)


class ProfileStarter:
    """Implements ``Starter`` on the profile that the program was called for."""

    def __init__(self, settings: Settings, clock: Clock | None = None, sources: PageSources = THIS_PC) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._sources = sources

    def state(self) -> ProfileState:
        """Look at the profile without changing it."""
        if not self._settings.store.exists():
            return ProfileState.NEW
        sealed = SealedFileCustody(self._settings.profile).exists()
        return ProfileState.SEALED if sealed else ProfileState.READY

    def needs_passphrase(self) -> bool:
        """Tell whether this system has no keyring that could hold the keys of a new counter."""
        return not KeyringCustody.works()

    def read_invitation(self, data: bytes) -> Offer:
        """Return what an invitation file offers; BadInvitation, InvitationExpired, InvitationAhead."""
        return read_offer(data, RootTrust, self._clock.now())

    def set_up(self, first: FirstStart) -> Counter:
        """Set a new counter up and open it; when anything fails nothing is left behind."""
        set_up(self._settings, self._custody(first.passphrase), first, self._clock)
        return self.open(first.passphrase)

    def open(self, passphrase: str = "") -> Counter:
        """Open the counter for a window; a second window on the same profile is refused with ProfileInUse."""
        return open_counter(self._settings, self._custody(passphrase), self._clock, self._sources)

    def _custody(self, passphrase: str) -> KeyCustody:
        if passphrase or self.state() is ProfileState.SEALED:
            return SealedFileCustody(self._settings.profile, passphrase)
        return KeyringCustody(self._settings.profile)


def set_up(settings: Settings, custody: KeyCustody, first: FirstStart, clock: Clock) -> None:
    """Make a new profile: keys, store, the journal's first entries, the demonstration catalogue.

    When anything fails, keys and store are removed again and the error is raised.
    """
    make_profile(settings.profile)
    kept = Secrets.fresh()
    key = Ed25519StationKey(kept.station_seed)
    store = create_store(settings.store, kept.database_key, readings())
    try:
        custody.store(kept)
        SetUpService(store, clock, key, Argon2Passwords(), VERSION).set_up(
            first.station, first.operator, first.password
        )
        recorder = Recorder(clock, key, first.station.code)
        CatalogueService(store, recorder, readings()).load(read_catalogue(settings.definitions("catalogue")).items)
        if first.invitation:
            keys = KeptCentralKeys(custody, kept.central)
            enrolment_of(settings, store, recorder, keys).accept(first.invitation)
    except BaseException:
        store.close()
        remove_store(settings.store)
        custody.discard()
        raise
    store.close()


def open_counter(settings: Settings, custody: KeyCustody, clock: Clock, sources: PageSources = THIS_PC) -> Counter:
    """Open a profile for one window and hold its lock until the counter is closed; a failure leaves nothing held."""
    if not settings.store.exists():
        raise NoProfile(settings.profile)
    began_ms = clock.uptime_ms()
    lock = ProfileLock(settings.profile)
    with ExitStack() as undo:
        lock.take()
        undo.callback(lock.release)
        log_to(settings.logs)
        undo.callback(stop_logging)
        undo.push(_log_why_not)
        log.info("opening, program %s, Python %s, %s", VERSION, platform.python_version(), platform.system())
        for name in TOPICS:
            settle(settings.own(name))
        opened = open_profile(settings, custody, clock)
        undo.callback(opened.store.close)
        opened.clock.begin()
        counter = _counter(opened, settings, lock, at_devices(settings, opened.store, opened.recorder, sources))
        _load_catalogue(counter, settings)
        log.info("open after %d ms", clock.uptime_ms() - began_ms)
        undo.pop_all()
    return counter


def _log_why_not(_kind: object, error: BaseException | None, _trace: object) -> None:
    """Log why a counter was not opened."""
    log.warning("not opened", exc_info=error)


def _load_catalogue(counter: Counter, settings: Settings) -> None:
    """Publish what changed in the catalogue's files since the last start; files with a fault change nothing."""
    try:
        counter.catalogue.load(read_catalogue(settings.definitions("catalogue")).items)
    except BadDefinitions as error:
        log.warning("the catalogue was left as it is: %s", error)


def _counter(opened: OpenProfile, settings: Settings, lock: ProfileLock, at: AtDevices) -> Counter:
    store, recorder = opened.store, opened.recorder
    station = load_station(store)
    calendar = read_calendar(settings.definitions("calendar"))
    templates = read_templates_of(RESOURCES / "papers", settings.own("papers"))
    maker = PdfPaperMaker(templates.templates)
    content = PaperContent(station)
    centre = opened.centre
    papers = PaperService(
        store, recorder, station, maker, content, at.pages, centre.images, centre.proving, centre.signing
    )
    printing = PrintingService(
        store, recorder, station.code, papers, content, maker, at.printers, at.rolls, RollSlipMaker()
    )
    forms = (template.blank for template in templates.templates.values())
    blanks = BlankService(store, recorder, station.window, forms, write_table)
    acts = CaseActs(store, recorder, station, calendar, papers.numbers)

    def look() -> Iterator[Finding]:
        from app.examination import examine_machine, examine_store  # noqa: PLC0415  seldom needed

        yield from examine_machine(settings)
        yield from examine_store(store, opened.ledger)

    def close() -> None:
        at.close()
        opened.centre.sync.close()
        opened.administering.leave()
        store.close()
        log.info("closed")
        stop_logging()
        lock.release()

    return Counter(
        station=station,
        operators=OperatorService(store, recorder, opened.passwords),
        catalogue=CatalogueService(store, recorder, readings()),
        divisions=read_divisions(settings.definitions("divisions") / "divisions.csv"),
        applicants=ApplicantService(store, recorder),
        intake=IntakeService(store, recorder, acts, at.pages, maker, papers, content),
        pages=PageService(store, at.pages, opened.centre.images),
        forms=IntakeFormService(papers, recorder),
        form_drafts=FormDraftService(store, recorder),
        acceptance=AcceptanceService(store, recorder, acts),
        review=ReviewService(acts),
        closing=CaseClosingService(acts),
        custody=CustodyService(acts),
        directory=KnownStationService(store, station.code, readings()),
        rehearsal=RehearsalService(store, recorder, station, calendar, papers.numbers),
        issuance=IssuanceService(store, recorder, acts, papers, content),
        certificates=CertificateLife(store, recorder, acts, papers, content),
        papers=papers,
        printing=printing,
        blanks=blanks,
        overlays=OverlayService(store, recorder, station.code, templates.templates, papers, maker, printing, blanks),
        signatures=SignatureService(store, recorder, station.code, maker, papers),
        verifying=VerifyingService(store, recorder, station.code, at.judges),
        inquiries=InquiryService(store, recorder, papers.numbers),
        days=DayClosingService(store, recorder, papers.numbers),
        searches=SavedSearchService(store),
        registers=RegisterService(store, recorder, station, maker, write_table),
        paper_lists=PaperListService(store, recorder, station, maker, write_table),
        desk=DeskService(store, recorder, station, calendar),
        ledger=opened.ledger,
        templates=TemplateEditingService(store, recorder, Workshop()),
        unsent=opened.unsent,
        preferences=PreferenceService(store),
        devices=at.chosen,
        cameras=at.cameras,
        watched_folder=at.watched_folder,
        card_reader=at.card_reader,
        card_photos=at.card_photos,
        scanning=at.scanning,
        separating=SeparatingService(recorder.now, station, maker),
        stacks=StackService(store, recorder, station.code),
        sweeping=SweepingService(store, recorder),
        material_documents=MaterialDocuments(store, station.code, opened.centre.images, PdfBinder(), maker),
        recognition=RecognitionService(at.text_reader, at.pages, opened.centre.images),
        stations=StationService(store, recorder, maker),
        paper_faults=(*templates.faults, *templates.collisions(station)),
        again=lambda: _counter(opened, settings, lock, at),
        clock=opened.clock,
        backups=opened.backups,
        recovery=recovery_service(opened, maker),
        enrolment=opened.centre.enrolment,
        sync=opened.centre.sync,
        images=opened.centre.images,
        case_files=CaseFileService(
            store, recorder, station, verify, ZipCaseFiles(CodeCaseSeals()), opened.centre.images
        ),
        rotation=opened.rotation,
        twins=opened.twins,
        administering=opened.administering,
        supervising=SupervisingService(recorder.now, calendar),
        support=SupportService(store, recorder.now, look, support_writer(settings), HEAD),
        close=close,
    )
