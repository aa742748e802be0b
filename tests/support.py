"""Builders that tests share: a real counter in a folder of its own, on a clock that can be set."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.bootstrap import open_counter, set_up
from app.clock import SystemClock
from app.config import Settings
from app.demonstration import CLERK, COOPERATIVE, PASSWORD, STATION, SetClock
from app.domain.application import Application, HandedIn, LateEntry, Page
from app.domain.case import Case
from app.domain.catalogue import ApplicantKind
from app.domain.clock import CHINA
from app.domain.people import Person
from app.domain.station import Station
from app.open_profile import readings
from app.security.authority import STATION_FOR, Authority
from app.security.central_keys import KeptCentralKeys
from app.security.custody import CentralSecrets, ThrowAwayCustody
from app.security.keys import verify
from app.services.counter import Counter
from app.services.invitations import CentralAddress
from app.services.membership import Membership, keep_membership
from app.services.ports import Aside, CentralHead, Draft, SetAside, SyncState
from app.services.scanning import ScanningService
from app.services.snapshots import PaperRow
from app.services.starting import FirstStart
from app.storage.backups import StoredBackups
from tests.fakes.card_reading import FakeCardReader
from tests.fakes.scanners import FakeCleaner, FakeScanner

CERTIFICATE = "510117051000"
COMMITTED = "510111032000"
FORBIDDEN = "510000090005"
FOR_ORGANISATIONS = "510120035000"
MONDAY = datetime(2026, 5, 18, 10, 24, 7, tzinfo=CHINA)
SET_UP_BEFORE = timedelta(days=30)
PERSON = Person("林𬱖宁", "519900199203070323", "13805555270", "云溪镇柳湾村4组27号")


@dataclass(frozen=True, slots=True)
class Place:
    """A profile's folder with what opens it."""

    settings: Settings
    custody: ThrowAwayCustody
    clock: SetClock

    @contextmanager
    def opened(self) -> Iterator[Counter]:
        """Open the counter for the block, with a card reader and a scanner that tests lay cards and sheets on."""
        counter = open_counter(self.settings, self.custody, self.clock)
        scanning = ScanningService(counter.intake._store, counter.desk.now, FakeScanner(), FakeCleaner())
        try:
            yield replace(counter, card_reader=FakeCardReader(), scanning=scanning)
        finally:
            counter.close()


def new_place(folder: Path, cache: Path, at: datetime = MONDAY, station: Station = STATION) -> Place:
    """Set a new counter up in ``folder``, some weeks before ``at``: the journal's time never goes back."""
    place = place_in(folder, cache, at - SET_UP_BEFORE)
    set_up(place.settings, place.custody, FirstStart(station, CLERK, PASSWORD), place.clock)
    place.clock.set(at)
    return place


def place_in(folder: Path, cache: Path, at: datetime = MONDAY) -> Place:
    """Return the place of a counter that is in ``folder`` already, with its clock at ``at``."""
    clock = SetClock(SystemClock())
    clock.set(at)
    return Place(Settings(folder, cache), ThrowAwayCustody(folder), clock)


NOWHERE = CentralAddress(("db1.example",), 5432, "lideng")


def certify(place: Place, authority: Authority, code: str = STATION.code, address: CentralAddress = NOWHERE) -> bytes:
    """Give the station of a closed counter keys for a centre and the certificate (DER) of its authority; return it."""
    now = place.clock.now()
    place.custody.store(replace(place.custody.load(), central=CentralSecrets.fresh()))
    keys = KeptCentralKeys(place.custody, place.custody.load().central)
    certificate = authority.sign_request(keys.request(code), code, now)
    kept = Membership(
        address, authority.root, enrolled_at=now, certificate=certificate.hex(), certified_until=now + STATION_FOR
    )
    with place.opened() as counter, counter.papers._store.write() as uow:
        keep_membership(uow, kept)
        uow.commit()
    return certificate


def copy_of(place: Place, folder: Path) -> Place:
    """Return a copy of a closed counter in another folder."""
    shutil.copytree(place.settings.profile, folder)
    return place_in(folder, place.settings.cache)


def filled(counter: Counter, code: str = CERTIFICATE, person: Person = PERSON, **form: str) -> Draft:
    """Return a saved draft of an item with everything that it asks for."""
    item = counter.catalogue.item(code)
    draft = counter.intake.begin(item, CLERK)
    usual = {"residence_address": "云溪镇青杠路18号", "residence_since": "2021-03-15", "purpose": "子女入学"}
    usual |= {"household_size": "4", "monthly_income": "1200", "project": "春笋大棚", "amount": "50000"} | form
    application = Application(
        applicant=person,
        organisation=None if ApplicantKind.PERSON in item.applicants else COOPERATIVE,
        form={entry.code: usual[entry.code] for entry in item.form},
        materials={material.code: HandedIn(originals=1) for material in item.materials},
    )
    return counter.intake.save(replace(draft, application=application))


def marked_late(draft: Draft, late: LateEntry) -> Draft:
    """Return the draft as one that was really handled earlier on paper (补录)."""
    return replace(draft, application=replace(draft.application, late=late))


def accepted(counter: Counter, code: str = CERTIFICATE, person: Person = PERSON) -> Case:
    """Return an accepted case."""
    draft = filled(counter, code, person)
    return counter.intake.accept(draft, counter.catalogue.item(code), CLERK).case


def accepted_with_page(counter: Counter, picture: bytes) -> Case:
    """Return an accepted case whose identity card has one page, a PNG."""
    draft = filled(counter)
    with counter.intake._store.write() as uow:
        page = Page(uow.blobs.put(picture), "image/png")
        uow.commit()
    materials = {**draft.application.materials, "id_card": HandedIn(originals=1, pages=(page,))}
    paged = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    return counter.intake.accept(paged, counter.catalogue.item(paged.item), CLERK).case


def handed_over_certificate(counter: Counter) -> PaperRow:
    """Return the certificate of a case that was delivered, printed well."""
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    paper = counter.papers.of_case(case.number)[-1]
    counter.papers.to_print(paper, CLERK)
    counter.papers.confirm(paper, CLERK)
    counter.issuance.deliver(case.number, CLERK, case.applicant.name, in_person=True)
    return counter.papers.find(paper.number)


def set_aside_for_good(counter: Counter, paper: PaperRow, reason: str = "not_the_holder") -> PaperRow:
    """Let the centre have said that the entry of a paper is set aside for good; return the paper as it is then."""
    aside = SetAside(paper.epoch, paper.seq, paper.case_number, Aside.QUARANTINED, reason, is_final=True)
    with counter.papers._store.write() as uow:
        uow.outbox.save(SyncState(head=CentralHead(paper.epoch, paper.seq, bytes(32))))
        uow.outbox.set_aside([aside])
        uow.rebuild_views()
        uow.commit()
    return counter.papers.find(paper.number)


def backups_of(place: Place) -> StoredBackups:
    """Return what writes and checks backups of a counter, also while it is open elsewhere."""
    key = place.custody.load().database_key
    return StoredBackups(place.settings.store, key, readings(), verify, place.settings.cache)
