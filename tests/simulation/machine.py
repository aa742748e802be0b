"""One PC at a counter: its disk, its clock, and the program that runs on it until the power is cut.

The services are the real ones. A process that was killed does nothing any more: every further step of it raises
``PowerCut``, so that what unwinds in the simulation has no effect that a dead program could not have.
"""

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.config import RESOURCES
from app.definitions.calendar import read_calendar
from app.definitions.papers import read_paper_templates
from app.security.keys import Ed25519StationKey, verify
from app.security.proofs import term
from app.services.acceptance import AcceptanceService
from app.services.acting import CaseActs
from app.services.case_closing import CaseClosingService
from app.services.case_files import CaseFileService
from app.services.catalogue import CatalogueService
from app.services.custody import CustodyService
from app.services.document_signing import DocumentSigning
from app.services.epochs import RESTORED, ensure_epoch, open_epoch
from app.services.errors import ChainForked, ChainRefused
from app.services.intake import IntakeService
from app.services.issuance import IssuanceService
from app.services.paper_content import PaperContent
from app.services.papers import PaperService
from app.services.proving import ProvingService
from app.services.recording import Recorder
from app.services.reviewing import ReviewService
from app.services.sync_images import ImageService
from app.services.syncing import SyncService
from app.services.timekeeping import ClockService
from app.services.twins import TwinService
from app.storage.case_file import ZipCaseFiles
from tests.fakes.case_seals import FakeCaseSeals
from tests.fakes.centre_desk import FakeCentralKeys
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import PowerCut
from tests.fakes.pages import BlankPages
from tests.fakes.papers import PlainPaperMaker
from tests.simulation.disks import PINYIN, first_key, station_of


@dataclass(frozen=True)
class Backup:
    """A backup of a disk, and where its journal ended."""

    content: Any
    head: tuple[int, int]


class Machine:
    """One PC of a station; ``name`` is the station's code, with a mark for a copy that runs by mistake."""

    def __init__(self, world, code, disk, key=None, name=""):
        self.world = world
        self.code = code
        self.name = name or code
        self.disk = disk
        self.key = key or first_key(code)
        self.clock = FakeClock(world.now)
        self.cut_chance = 0.0
        """How bad its line is."""
        self.steps_to_live = 0
        """The power is cut at that step of the program from now; 0 for never."""
        self.backups = []
        self.may_fork = False
        """Whether another machine of the station went on from the same place."""
        self.has_given_all = False
        """Whether, at the end, the centre took everything from here at least once, whatever its twin did later."""
        self.told = {}
        """Hash → place of the last entry of every act that was said to be done here."""
        self.result = None
        self.process = Process(self)

    def say(self, text):
        self.world.say(f"{self.name}: {text}")

    def start(self):
        """Start the program, after it has ended in whatever way; its clock begins where the PC's clock is."""
        self.process.end()
        self.clock = FakeClock(self.clock.reading().wall)
        self.steps_to_live = 0
        self.process = Process(self)

    def note_told(self):
        """Remember that everything in the journal was said to be done."""
        with self.process.disk_store.read() as uow:
            head = uow.journal.head()
        self.told[head.hash] = (head.epoch, head.seq)

    def back_up(self):
        with self.process.disk_store.read() as uow:
            head = uow.journal.head()
        self.backups.append(Backup(self.disk.backup(), (head.epoch, head.seq)))

    def restore(self, backup, seed, *, reads_disk):
        """Bring a backup back with a new key, as the program does it; ``reads_disk`` if what is in the way can be read."""
        latest, given = (self.latest_epoch(), self.series_ends()) if reads_disk else (0, ())
        self.process.end()
        self.disk.restore(backup.content)
        self.key = Ed25519StationKey(seed)
        self.clock = FakeClock(self.clock.reading().wall)
        self.steps_to_live = 0
        self.process = Process(self, restored_after=latest, given=given)

    def is_forked(self):
        """Tell whether the last round was told that the chain went on elsewhere: it goes no further and keeps what it has."""
        return self.result is not None and any(
            isinstance(one.error, ChainForked | ChainRefused) for one in self.result.failures
        )

    def journal(self):
        """Return what was recorded here, as far as no restore took it away."""
        with self.process.disk_store.read() as uow:
            return list(uow.journal.entries())

    def latest_epoch(self):
        """Return the last epoch that was begun here, as a restore reads it of what is in the way."""
        return self.head.epoch

    def series_ends(self):
        """Return how far each series of numbers has come here, as a restore reads it."""
        with self.process.disk_store.read() as uow:
            return uow.numbers.ends()

    def own_chain(self):
        """Return all own entries that are here, the journal's and those that were read back, oldest first."""
        with self.process.disk_store.read() as uow:
            return uow.outbox.after(0, 0, 1_000_000)

    @property
    def head(self):
        with self.process.disk_store.read() as uow:
            return uow.journal.head()


class Process:
    """The program from its start to its end."""

    def __init__(self, machine, *, restored_after=None, given=()):
        self.machine = machine
        self.is_alive = True
        self.in_round = False
        self.disk_store = machine.disk.open()
        store = GuardedStore(self.disk_store, self)
        station = station_of(machine.code)
        recorder = Recorder(machine.clock, machine.key, machine.code)
        if restored_after is not None:
            with self.disk_store.write() as uow:
                now = machine.clock.now()
                open_epoch(uow, recorder, "simulation", RESTORED, now, latest=restored_after, given=given)
                uow.commit()
        else:
            ensure_epoch(self.disk_store, recorder, "simulation")
        clock = ClockService(store, recorder, machine.clock)
        clock.begin()
        maker = PlainPaperMaker(_templates())
        content = PaperContent(station)
        pages = BlankPages()
        images = ImageService(store, recorder.now, lambda: machine.world.connect(self))
        proving = ProvingService(station, FakeCentralKeys(), lambda *_: "")
        self.papers = PaperService(
            store,
            recorder,
            station,
            maker,
            content,
            pages,
            images,
            proving,
            DocumentSigning(FakeCentralKeys(), lambda pdf, _: pdf, term),
        )
        acts = CaseActs(store, recorder, station, _calendar(), self.papers.numbers)
        self.store = store
        self.catalogue = CatalogueService(store, recorder, PINYIN)
        self.intake = IntakeService(store, recorder, acts, pages, maker, self.papers, content)
        self.acceptance = AcceptanceService(store, recorder, acts)
        self.review = ReviewService(acts)
        self.issuance = IssuanceService(store, recorder, acts, self.papers, content)
        self.closing = CaseClosingService(acts)
        self.custody = CustodyService(acts)
        self.case_files = CaseFileService(store, recorder, station, verify, ZipCaseFiles(FakeCaseSeals()), images)
        self.twins = TwinService(store, recorder, Keyring(self), "simulation", lambda: machine.world.connect(self))
        self.sync = SyncService(
            store,
            recorder,
            clock,
            verify,
            connect=lambda: machine.world.connect(self),
            trust=Trust,
            chance=random.Random(0),
            pause=lambda _s: None,
        )

    def burn(self):
        """Be at a step between which and the next one the power may be cut."""
        if not self.is_alive:
            raise PowerCut
        if self.machine.steps_to_live:
            self.machine.steps_to_live -= 1
            if not self.machine.steps_to_live:
                self.is_alive = False
                raise PowerCut

    def end(self):
        """Be ended from outside, in the middle of whatever it does."""
        self.is_alive = False
        self.sync.close()
        self.machine.disk.close()


class Keyring:
    """Implements the port ``SigningKeys`` as the keyring of the machine does it."""

    def __init__(self, process):
        self._process = process
        self._drawn = None

    def draw(self):
        self._drawn = Ed25519StationKey(self._process.machine.world.chance.randbytes(32))
        return self._drawn

    def keep(self):
        self._process.burn()
        self._process.machine.key = self._drawn
        self._process.burn()


class Trust:
    """The authority of the simulation signs with a word."""

    def has_signed(self, _statement, signature):
        return signature == AUTHORITY


AUTHORITY = b"authority".ljust(64, b".")


class GuardedStore:
    """The store as a process reaches it while it is alive."""

    def __init__(self, store, process):
        self._store = store
        self._process = process

    def write(self):
        self._process.burn()
        work = self._store.write()
        commit = work.commit

        def guarded():
            self._process.burn()
            commit()
            self._process.burn()

        work.commit = guarded
        return work

    def read(self):
        if not self._process.is_alive:
            raise PowerCut
        return self._store.read()

    @property
    def views(self):
        return self._store.views


@cache
def _templates():
    return read_paper_templates(RESOURCES / "papers")


@cache
def _calendar():
    return read_calendar(RESOURCES / "calendar")
