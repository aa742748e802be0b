"""The recovery sheet (恢复单): a printed code that opens the backups when keyring or passphrase are lost."""

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.facts import RecoverySheetMade
from app.domain.operators import SYSTEM, Act, Operator
from app.domain.paper import Paper, PaperKind
from app.domain.station import Station
from app.services.paper_words import long_time
from app.services.permits import ensure_may
from app.services.ports import PaperMaker, Store
from app.services.recording import Recorder


class RecoverySeals(Protocol):
    """Seals the database key under codes; a code is kept nowhere."""

    @property
    def sheet(self) -> str:
        """Return the name of the sheet that is in force, empty for none."""
        ...

    def new_code(self) -> str:
        """Return a code that nobody has had before."""
        ...

    def seal(self, code: str, sheet: str) -> None:
        """Seal the database key under ``code`` from now on; an older sheet opens only what was made before."""
        ...


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet on its way to paper: it opens nothing until it is put in force."""

    name: str
    code: str = field(repr=False)
    pdf: bytes = field(repr=False)


class RecoveryService:
    """Use cases of the recovery sheet."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, maker: PaperMaker, seals: RecoverySeals
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._seals = seals

    @property
    def sheet(self) -> str:
        """Return the name of the sheet that is in force, empty when none was made yet."""
        return self._seals.sheet

    def draw(self, operator: Operator | None = None) -> DrawnSheet:
        """Draw a new sheet; the one in force stays so until this one is safely on paper. NotPermitted."""
        if operator:  # the command line has opened the keys instead
            ensure_may(operator, Act.MAKE_RECOVERY_SHEET)
        now = self._recorder.now()
        name = f"{self._station.code}-{now:%Y%m%d-%H%M%S}"
        code = self._seals.new_code()
        groups = {f"code_{place}": group for place, group in enumerate(code.split("-"), start=1)}
        values = {
            **groups,
            "number": name,
            "station": self._station.code,
            "body": self._station.body,
            "issuer": self._station.body,
            "service_point": self._station.service_point,
            "window": self._station.window,
            "window_phone": self._station.phone,
            "clerk": operator.name if operator else "",
            "date": long_time(now),
        }
        paper = Paper(PaperKind.RECOVERY_SHEET, values, size=self._station.page_size, copies=("存档",))
        return DrawnSheet(name, code, self._maker.make(paper))

    def put_in_force(self, sheet: DrawnSheet, operator: Operator | None = None) -> None:
        """Let ``sheet`` open every backup from now on, in place of the one before; the journal says so. NotPermitted."""
        if operator:  # the command line has opened the keys instead
            ensure_may(operator, Act.MAKE_RECOVERY_SHEET)
        self._seals.seal(sheet.code, sheet.name)
        with self._store.write() as uow:
            login = operator.login if operator else SYSTEM
            self._recorder.record(uow, login, RecoverySheetMade(sheet.name), self._recorder.now())
            uow.commit()
