"""Puts together what a counter has of its centre: enrolment, sync, and the images that are kept there alone.

The driver of PostgreSQL is loaded when the centre is reached: a counter that stands alone never needs it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from app.config import RESOURCES, VERSION, Settings
from app.definitions.pinyin import Readings
from app.definitions.published import PAPERS, take_calendar, take_catalogue, take_papers
from app.security.administrator_passwords import KeyringPasswords, NoPasswords
from app.security.custody import KeyCustody, KeyringCustody
from app.security.keys import verify
from app.security.proofs import prove, term
from app.security.revocation_list import read_list
from app.security.trust import RootTrust
from app.services.administering import AdministeringService
from app.services.catalogue import CatalogueService
from app.services.document_signing import DocumentSigning, Signature
from app.services.enrolment import EnrolmentService
from app.services.errors import NotInvited
from app.services.ports import Central, CentralKeys, CentralLogin, CentreOffice, Reception, Store
from app.services.proving import ProvingService
from app.services.published_operators import TOPIC as OPERATORS
from app.services.published_operators import OperatorBulletin
from app.services.recording import Recorder, load_station
from app.services.revocations import CALLED_BACK, check_revocations
from app.services.revocations import TOPIC as REVOCATIONS
from app.services.sync_ahead import InThread
from app.services.sync_images import ImageService
from app.services.syncing import SyncService
from app.services.timekeeping import ClockService
from app.tables.writer import write_table
from app.template_checks import ensure_drawn


@dataclass(frozen=True, slots=True)
class AtCentre:
    """What a counter has of its centre; without one every part of it does nothing."""

    enrolment: EnrolmentService
    sync: SyncService
    images: ImageService
    proving: ProvingService
    signing: DocumentSigning
    connect: Callable[[], Central]


def enrolment_of(settings: Settings, store: Store, recorder: Recorder, keys: CentralKeys) -> EnrolmentService:
    """Return the enrolment of a profile."""

    def receive(login: CentralLogin) -> AbstractContextManager[Reception]:
        from app.central.reception import Receptions  # noqa: PLC0415  a counter that stands alone needs no driver

        return Receptions(settings.profile)(login)

    return EnrolmentService(store, recorder, load_station(store), keys, RootTrust, receive)


def administering_of(settings: Settings, store: Store, custody: KeyCustody) -> AdministeringService:
    """Return the office of a centre's administrator; a password is kept only where keys are in the system's keyring."""

    def open_office(url: str, ca: str, password: str) -> CentreOffice:
        from app.centre_office import office_at  # noqa: PLC0415  a counter that stands alone needs no driver

        return office_at(url, ca, password, verify)

    kept = KeyringPasswords(settings.profile) if isinstance(custody, KeyringCustody) else NoPasswords()
    return AdministeringService(store, open_office, kept, write_table, settings.central)


def sign_pdf(pdf: bytes, signature: Signature) -> bytes:
    """Return a PDF with its signature behind it; the library for that takes a while to load and few papers need it."""
    from app.security.pades import signed  # noqa: PLC0415

    return signed(pdf, signature)


def check_list(enrolment: EnrolmentService, payload: bytes) -> None:
    """Refuse a list of what was called back that is none of the own centre's; a good one is kept as it came."""
    kept = enrolment.membership()
    if kept is None:
        raise NotInvited
    read_list(payload.decode(), kept.root)


def at_centre(
    settings: Settings,
    store: Store,
    recorder: Recorder,
    clock: ClockService,
    keys: CentralKeys,
    readings: Readings,
) -> AtCentre:
    """Return what a profile has of its centre; the recorder goes on with the last anchor that was kept."""
    enrolment, station = enrolment_of(settings, store, recorder, keys), load_station(store)
    with store.read() as uow:
        recorder.anchor = uow.outbox.state().anchor

    def connect() -> Central:
        from app.central.client import PostgresCentral  # noqa: PLC0415  a counter that stands alone needs no driver
        from app.central.reception import address_of  # noqa: PLC0415

        return PostgresCentral(address_of(enrolment.login(), settings.profile))

    def reach() -> Central | None:
        try:
            return connect()
        except NotInvited:
            return None

    def take_items(payload: bytes) -> None:
        CatalogueService(store, recorder, readings).load(take_catalogue(settings.own("catalogue"), payload))

    def take_years(payload: bytes) -> None:
        take_calendar(settings.own("calendar"), RESOURCES / "calendar", payload)

    def take_templates(payload: bytes) -> None:
        take_papers(settings.own(PAPERS), RESOURCES / "papers", payload, ensure_drawn)

    operators = OperatorBulletin(store, recorder, station.code)
    sync = SyncService(
        store,
        recorder,
        clock,
        verify,
        connect=connect,
        join=enrolment.join,
        certify=enrolment.certify,
        trust=enrolment.trust,
        program=VERSION,
        takers={
            "catalogue": take_items,
            "calendar": take_years,
            PAPERS: take_templates,
            REVOCATIONS: check_revocations,
            CALLED_BACK: partial(check_list, enrolment),
            OPERATORS: operators.take,
        },
        is_alone=lambda: enrolment.membership() is None,
        ahead=InThread(),
    )
    proving = ProvingService(station, keys, prove)
    signing = DocumentSigning(keys, sign_pdf, term)
    return AtCentre(enrolment, sync, ImageService(store, recorder.now, reach), proving, signing, connect)
