"""The first start of a counter: its journal's first entries and its first operator."""

from app.domain.facts import EpochOpened, StationSetUp
from app.domain.operators import SYSTEM, Operator
from app.domain.station import Station
from app.services.accounts import enrol
from app.services.ports import Clock, Passwords, StationKey, Store
from app.services.recording import Recorder


class SetUpService:
    """Sets a new counter up; there is no other way to begin a journal."""

    def __init__(self, store: Store, clock: Clock, key: StationKey, passwords: Passwords, program: str) -> None:
        self._store = store
        self._clock = clock
        self._key = key
        self._passwords = passwords
        self._program = program

    def set_up(self, station: Station, operator: Operator, password: str) -> None:
        """Open the first epoch, say who and where the counter is, and enrol its first operator; all or nothing.

        BadPassword when the password is weak.
        """
        recorder = Recorder(self._clock, self._key, station.code)
        now = recorder.now()
        opened = EpochOpened(public_key=recorder.public_key.hex(), program=self._program)
        with self._store.write() as uow:
            recorder.record(uow, SYSTEM, opened, now)
            recorder.record(uow, SYSTEM, StationSetUp(station), now)
            enrol(uow, recorder, self._passwords, SYSTEM, operator, password)
            uow.commit()
