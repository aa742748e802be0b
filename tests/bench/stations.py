"""Counters for the benchmarks of sync: encrypted stores filled beforehand with real entries, and their real sync.

Hashes, signatures, views, store and services are the product's. Only what a clerk would type is made up, and many cases
are written in one transaction, because filling is not what is measured.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from app.clock import SystemClock
from app.domain.application import Application, HandedIn, Page
from app.domain.case import Case
from app.domain.facts import CaseAccepted, CaseHandedOver, CaseReceived, EpochOpened, NumberedPaper, PaperPrinted
from app.domain.journal import Entry, Head
from app.domain.numbering import case_number
from app.domain.outcomes import HandOverPurpose
from app.domain.station import EpochKey, KnownStation
from app.security.keys import Ed25519StationKey, verify
from app.services.ports import Central, Store, UnitOfWork
from app.services.recording import Recorder
from app.services.sync_ahead import InThread
from app.services.syncing import SyncService
from app.services.timekeeping import ClockService
from app.storage.store import create_store, open_store
from tests.domain.samples import ITEM, PERSON
from tests.fakes.pinyin import FewReadings

PER_CASE = 3
KEY = bytes(32)
CLERK = "zhangmin"
REASON = "申请人长期居住在本镇,材料齐全,转由镇便民服务中心办理并在窗口领取结果。" * 4
FORM = {"since": "2021-03-15", "purpose": "子女入学", "people": "4", "note": REASON, "filled_on": "2026-05-18"}
"""Makes a body about as long as those of a counter's journal, 1 kB."""
FIRST_STATION = 100_000


def code_of(index: int) -> str:
    """Return the code of the ``index``-th station of a benchmark."""
    return f"{FIRST_STATION + index:06d}"


class Listed:
    """Stands in for a transaction of a store that keeps nothing but the journal."""

    def __init__(self) -> None:
        self.journal = self
        self.entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)

    def head(self) -> Head | None:
        if not self.entries:
            return None
        last = self.entries[-1]
        return Head(last.epoch, last.seq, last.hash)


class BenchTrust:
    """Believes no bulletin; none is published."""

    def has_signed(self, statement: bytes, signature: bytes) -> bool:
        return False


class BenchStation:
    """One counter: its store on disk, its key, and what it records."""

    def __init__(self, folder: Path, code: str) -> None:
        self.code = code
        self.path = folder / f"{code}.db"
        self.key = Ed25519StationKey(hashlib.sha256(code.encode()).digest())
        self._clock = SystemClock()
        self.recorder = Recorder(self._clock, self.key, code)
        self._serial = 0

    def create(self) -> Store:
        """Make the store with the first entry of its journal."""
        store = create_store(self.path, KEY, FewReadings())
        with store.write() as uow:
            self._begin(uow)
            uow.commit()
        return store

    def _begin(self, uow: UnitOfWork) -> None:
        opened = EpochOpened(self.key.public_key.hex(), None)
        self.recorder.append(uow, CLERK, opened, self._clock.now())

    def open(self) -> Store:
        """Open the store that ``create`` made."""
        return open_store(self.path, KEY, FewReadings())

    def takes(self, store: Store, cases: int, to: str = "", pages: Sequence[bytes] = ()) -> None:
        """Record whole cases of three entries; each is handed over ``to`` another station, if one is named.

        Every page belongs to a case of its own.
        """
        with store.write() as uow:
            for index in range(cases):
                self._take(uow, to, pages[index : index + 1])
            uow.commit()

    def only_chain(self, cases: int, to: str = "") -> list[Entry]:
        """Return the entries of such a journal without a store: for more stations than there is room for."""
        uow = Listed()
        self._begin(uow)
        for _ in range(cases):
            self._take(uow, to, ())
        return uow.journal.entries

    def _take(self, uow: UnitOfWork, to: str, pages: Iterable[bytes]) -> None:
        now = self._clock.now()
        self._serial += 1
        number = case_number(now.date(), self.code, self._serial)
        kept = tuple(Page(uow.blobs.put(page), "image/jpeg") for page in pages)
        received = CaseReceived(
            item=ITEM.code,
            item_version=1,
            title=ITEM.title,
            department=ITEM.department,
            project_type=ITEM.project_type,
            applicant=PERSON,
            form=FORM,
            materials={"id_card": HandedIn(originals=1, pages=kept)},
            collection=Application(PERSON).collection,
            receipt=self._paper("receipt"),
            holder=self.code,
        )
        case = Case.opened(number, received, now)
        self.recorder.append(uow, CLERK, received, now, case=case)
        accepted = CaseAccepted(now, self._paper("notice"))
        case = case.after(accepted, now)
        self.recorder.append(uow, CLERK, accepted, now, case=case)
        if to:
            handed = CaseHandedOver(to, to, HandOverPurpose.HANDLING, REASON, self._paper("slip"), self.code)
            self.recorder.append(uow, CLERK, handed, now, case=case.after(handed, now))
        else:
            printed = PaperPrinted(f"{number}/receipt", reason=REASON * 2)
            self.recorder.append(uow, CLERK, printed, now, number=number)

    def _paper(self, series: str) -> NumberedPaper:
        return NumberedPaper(f"{self.code}/{series}", self._serial, f"{self.code}-{series}-{self._serial}")

    def knows(self, store: Store, others: Iterable["BenchStation"]) -> None:
        """Put the keys of other stations into the directory, as a bulletin would."""
        with store.write() as uow:
            uow.directory.replace(
                [KnownStation(one.code, one.code, keys=(EpochKey(1, one.key.public_key.hex()),)) for one in others]
            )
            uow.commit()

    def sync(self, store: Store, connect: Callable[[], Central]) -> SyncService:
        """Return the sync of this counter."""
        return SyncService(
            store,
            self.recorder,
            ClockService(store, self.recorder, self._clock),
            verify,
            connect=connect,
            trust=BenchTrust,
            chance=Random(7),
            ahead=InThread(),
        )


def picture(size: int, seed: int) -> bytes:
    """Return bytes that no compression makes smaller, as a scanned page's are not."""
    return Random(seed).randbytes(size)
