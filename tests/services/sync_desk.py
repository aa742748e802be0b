"""Stations and a centre for tests of sync: real services on a store in memory, a clock and a link that obey the test."""

import hashlib
import random
import shutil
from copy import deepcopy
from datetime import timedelta

from app.domain.application import Application, HandedIn, Page
from app.domain.case import Case
from app.domain.clock import stamp
from app.domain.facts import CaseHandedOver, CaseReceived, EpochOpened, NumberedPaper, PaperPrinted
from app.domain.numbering import case_number
from app.domain.outcomes import HandOverPurpose
from app.domain.station import EpochKey, KnownStation
from app.domain.vouching import NOBODY
from app.services import directories
from app.services.bulletins import bulletin_statement
from app.services.ports import CHUNK
from app.services.recording import Recorder, load_case
from app.services.sync_ahead import when_asked
from app.services.sync_images import ImageService
from app.services.syncing import SyncService
from app.services.timekeeping import ClockService
from app.storage.engine import station_engine
from app.storage.store import create_store, open_store, remove_store
from tests.domain.samples import ITEM, PERSON
from tests.fakes.central import OPENED_AT, MemoryCentre
from tests.fakes.clock import FakeClock
from tests.fakes.cut_link import CutLink
from tests.fakes.keys import FakeStationKey, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

TOWN, VILLAGE, CITY = "000731", "000732", "000733"


def sign(statement):
    """Sign as the centre's authority of these tests does."""
    return hashlib.sha256(b"authority" + statement).digest()


class Trust:
    """Believes what the authority of these tests signed."""

    def has_signed(self, statement, signature):
        return signature == sign(statement)


def known(*desks):
    """Return the directory that names these stations with the keys that they have had."""
    return [
        KnownStation(one.code, one.code, keys=tuple(EpochKey(n, key.hex()) for n, key in one.keys.items()))
        for one in desks
    ]


class Centre(MemoryCentre):
    """A centre that publishes its directory of stations."""

    def __init__(self):
        super().__init__()
        self.versions = {}

    def says(self, topic, payload, signature=None):
        version = self.versions[topic] = self.versions.get(topic, 0) + 1
        at = self.now()
        statement = bulletin_statement(topic, version, stamp(at), payload)
        self.at = at - timedelta(milliseconds=1)  # publish() looks at the clock once more
        self.publish(topic, version, payload, signature or sign(statement))

    def names(self, *stations):
        """Publish the directory with the keys that these stations have had."""
        self.says(directories.TOPIC, directories.directory_payload(known(*stations)))


class Desk:
    """One station: its store, its clock, its services, and the link to the centre."""

    make_key = FakeStationKey
    verify = staticmethod(fake_verify)
    ahead = staticmethod(when_asked)

    def __init__(self, centre, code=TOWN, store=None, at=OPENED_AT):
        self.centre, self.code = centre, code
        self.store = store or MemoryStore(FewReadings())
        self.clock = FakeClock(at)
        self.keys, self.pauses, self.took = {}, [], {}
        self.serial = 0
        self.recorder = None
        self.certify, self.takers, self.program = (lambda: None), {}, "0.1"
        centre.enrol(code)
        self.opens(1)

    # --- the program -------------------------------------------------------------------------------------------

    def opens(self, epoch):
        """Begin an epoch with a key of its own, as a first start or a restore does."""
        key = self.make_key(hashlib.sha256(f"{self.code}/{epoch}/{len(self.keys)}".encode()).digest())
        self.keys[epoch] = key.public_key
        voucher = self.recorder.vouch_for(key.public_key) if self.recorder else NOBODY
        self.recorder = Recorder(self.clock, key, self.code)
        with self.store.write() as uow:
            head = uow.journal.head()
            known = head.hash.hex() if head else None
            opened = EpochOpened(key.public_key.hex(), known, vouched_by=voucher.by, voucher=voucher.signature)
            self.recorder.append(uow, "system", opened, self.clock.now(), epoch_from=epoch)
            uow.commit()
        self.starts()

    def starts(self):
        """Start the program again: what was only in memory is gone."""
        self.link = CutLink(self.centre.connect(self.code))
        self.sync = SyncService(
            self.store,
            self.recorder,
            ClockService(self.store, self.recorder, self.clock),
            self.verify,
            connect=lambda: self.link,
            certify=self.looks_for_a_certificate,
            trust=Trust,
            takers={"CALENDAR": lambda payload: self.took.__setitem__("CALENDAR", payload), **self.takers},
            program=self.program,
            chance=random.Random(7),
            pause=self.pauses.append,
            ahead=self.ahead,
        )
        self.images = ImageService(self.store, self.clock.now, lambda: self.link)

    def knows(self, *desks):
        """Put the directory in place past the centre's bulletins."""
        with self.store.write() as uow:
            uow.directory.replace(known(*desks))
            uow.commit()

    def looks_for_a_certificate(self):
        self.certify()

    def round(self, **plan):
        return self.sync.run(**plan)

    # --- the work ----------------------------------------------------------------------------------------------

    def takes(self, pages=(), note="", number=""):
        """Take a case in and return its number."""
        self.serial += 1
        number = number or case_number(self.clock.now().date(), self.code, self.serial)
        with self.store.write() as uow:
            kept = tuple(Page(uow.blobs.put(page), "image/png") for page in pages)
            fact = CaseReceived(
                item=ITEM.code,
                item_version=1,
                title=ITEM.title,
                department=ITEM.department,
                project_type=ITEM.project_type,
                applicant=PERSON,
                form={"note": note} if note else {},
                materials={"id_card": HandedIn(originals=1, pages=kept)} if kept else {},
                collection=Application(PERSON).collection,
                receipt=NumberedPaper(f"{self.code}/receipt", self.serial, f"{self.code}-{number}"),
                holder=self.code,
            )
            now = self.clock.now()
            case = Case.opened(number, fact, now)
            self.recorder.record(uow, "somebody", fact, now, case=case)
            uow.commit()
        return number

    def hands(self, number, to):
        """Hand a case over."""
        slip = NumberedPaper(
            f"{self.code}/slip", self.serial + 1000, f"slip {self.code} {len(self.keys)} {self.length()}"
        )
        fact = CaseHandedOver(to, to, HandOverPurpose.HANDLING, "x", slip, self.code)
        return self.acts(number, fact)

    def acts(self, number, fact):
        with self.store.write() as uow:
            now = self.clock.now()
            case = load_case(uow, number).after(fact, now)
            entry = self.recorder.record(uow, "somebody", fact, now, case=case)
            uow.commit()
        return entry

    def notes(self, number="", text="x"):
        """Record something that leaves the state of a case alone, or belongs to none."""
        with self.store.write() as uow:
            entry = self.recorder.record(uow, "x", PaperPrinted("none", reason=text), self.clock.now(), number=number)
            uow.commit()
        return entry

    # --- what there is -----------------------------------------------------------------------------------------

    def length(self):
        with self.store.read() as uow:
            return uow.journal.length()

    def chain(self):
        with self.store.read() as uow:
            return [entry.hash for entry in uow.journal.entries()]

    def history(self, number):
        with self.store.read() as uow:
            return [entry.hash for entry in uow.journal.of_case(number)]

    def holder(self, number):
        row = self.store.views.case(number)
        return row.holder if row else None

    def mark(self, number):
        return self.store.views.case(number).mark

    def backup(self):
        return deepcopy(self.store.state)

    def restores(self, backup, epoch=0):
        """Put a backup in place, which opens the next epoch (or ``epoch``) with a fresh key."""
        self.store.state = deepcopy(backup)
        with self.store.read() as uow:
            last = uow.journal.head().epoch
        self.opens(epoch or last + 1)

    def closes(self):
        """Leave nothing open."""
        self.store.close()

    def twin(self):
        """Return a second machine with a copy of everything, keys too."""
        other = Desk.__new__(Desk)
        other.__dict__.update(self.__dict__)
        other.store = MemoryStore(FewReadings())
        other.store.state = deepcopy(self.store.state)
        other.starts()
        return other


class FileDesk(Desk):
    """A station on the encrypted store; its backups are copies of the file."""

    def __init__(self, centre, folder, code=TOWN):
        self.folder, self.copies = folder, 0
        super().__init__(centre, code, create_store(folder / "station.db", bytes(32), FewReadings()))

    def backup(self):
        self.copies += 1
        path = self.folder / f"copy-{self.copies}.db"
        engine = station_engine(self.folder / "station.db", bytes(32))
        pooled = engine.raw_connection()
        pooled.driver_connection.execute("VACUUM INTO ?", (str(path),))
        pooled.close()
        engine.dispose()
        return path

    def copied_to(self, folder):
        """Return a second machine with a copy of everything in ``folder``, keys too."""
        shutil.copy(self.backup(), folder / "station.db")
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.folder, other.store = folder, open_store(folder / "station.db", bytes(32), FewReadings())
        other.starts()
        return other

    def restores(self, backup, epoch=0):
        self.store.close()
        remove_store(self.folder / "station.db")
        shutil.copy(backup, self.folder / "station.db")
        self.store = open_store(self.folder / "station.db", bytes(32), FewReadings())
        with self.store.read() as uow:
            last = uow.journal.head().epoch
        self.opens(epoch or last + 1)


def at_centre(centre, code):
    return [stored.hash for stored in centre.journal_of(code)]


def worked(centre, town, village):
    """Have something of everything wait: entries, an inbox, a bulletin, images of several chunks."""
    centre.names(town, village)
    village.hands(village.takes(), TOWN)
    village.round()
    number = town.takes([b"a" * CHUNK + b"b", b"c"])
    town.hands(number, VILLAGE)


def whole(desk):
    """Return the hashes of the own chain, with what was read back."""
    with desk.store.read() as uow:
        return [entry.hash for entry in uow.outbox.after(0, 0, 100)]


def converged(centre, *desks):
    """Tell whether the centre has all journals, and all parties of a case the same history of it."""
    for desk in desks:
        assert at_centre(centre, desk.code) == desk.chain()
    for number in centre.state.cases:
        histories = [desk.history(number) for desk in desks if desk.code in centre.parties(number)]
        assert all(history == histories[0] for history in histories), number
