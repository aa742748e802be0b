"""The card reader of this window: looked for among the serial ports, followed while it is there, found again.

Without a port of its own choice it asks the ports of USB devices for the number of a security module, three times from
when one was plugged in; a device that does not answer is left alone until it is plugged in again. Serial is imported on
the thread, after the window is there.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, RLock, Thread

from app.capture.card_readers import lines
from app.capture.card_readers.dialogue import CardFails, Dialogue, Line, LineLost, NoAnswer, ReaderFails
from app.capture.card_readers.lines import PortBusy, PortDenied, PortMissing, SerialLine
from app.capture.card_readers.watching import CardWatch
from app.services.ports import IdentityCard, ReaderPort, ReaderState

MOST_TRIES = 3
"""A reader that was plugged in a moment ago may still be testing itself."""
LONGEST_END_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited between two looks, in seconds."""

    card: float = 0.15
    reader: float = 2.0
    """For a reader that is not there, or is ill."""


class SerialCardReader:
    """``usb`` lists the ports that are asked without being chosen, ``every`` all, ``opened`` opens one."""

    def __init__(
        self,
        usb: Callable[[], Sequence[ReaderPort]] = lines.usb_ports,
        every: Callable[[], Sequence[ReaderPort]] = lines.ports,
        opened: Callable[[str], Line] = SerialLine,
        pace: Pace = Pace(),
    ) -> None:
        self._usb = usb
        self._every = every
        self._opened = opened
        self._pace = pace
        self._chosen = ""
        self._reader: ReaderPort | None = None
        self._tries: dict[str, int] = {}
        self._state: ReaderState | None = None
        self._woken = Event()
        self._telling = RLock()
        self._is_closed = False
        self._thread: Thread | None = None

    @property
    def state(self) -> ReaderState:
        """Return how it stands with the reader now; none before ``watch``."""
        return self._state or ReaderState.NONE

    @property
    def reader(self) -> ReaderPort | None:
        """Return where the reader is that was heard last, None when none was since the program began."""
        return self._reader

    def ports(self) -> Sequence[ReaderPort]:
        """Return the serial ports of this machine, for a choice; takes some milliseconds."""
        return self._every()

    def use(self, device: str) -> None:
        """Look for the reader at this port alone from now on; empty: at every USB-serial port."""
        if device != self._chosen:
            self._chosen = device
            self._woken.set()

    def watch(self, card: Callable[[IdentityCard], None], state: Callable[[ReaderState], None]) -> None:
        """Begin to look for readers and cards on a thread of its own; both are called from there."""
        self._told_card, self._told_state = card, state
        self._thread = Thread(target=self._run, daemon=True, name="card reader")
        self._thread.start()

    def close(self) -> None:
        """Stop looking and close the port; nothing is told afterwards."""
        with self._telling:
            self._is_closed = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join(LONGEST_END_S)

    # --- on the thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_closed:
            self._woken.clear()
            try:
                self._look()
            except Exception:
                log.exception("the card reader's thread goes on after")
                self._tell_state(ReaderState.FAILING)
            if not self._is_closed:
                self._woken.wait(self._pace.reader)

    def _look(self) -> None:
        """Follow the reader until it is gone, when there is one."""
        found = self._find()
        if found is None:
            return
        self._reader, line = found
        log.info("a card reader answers")
        try:
            self._follow(line)
        except LineLost:
            log.info("the card reader is gone")
            self._tell_state(ReaderState.NONE)
        finally:
            line.close()
            self._tries.pop(self._reader.device, None)

    def _follow(self, line: Line) -> None:
        watch = CardWatch(Dialogue(line), self._tell_card, self._tell_state)
        watch.begin()
        while not (self._woken.wait(self._pace.reader if watch.is_failing else self._pace.card) or self._is_closed):
            watch.step()

    def _find(self) -> tuple[ReaderPort, Line] | None:
        """Return the first reader that answers, with its open port; tell why there is none."""
        chosen = self._chosen
        candidates = [ReaderPort(chosen)] if chosen else self._usb()
        here = {port.device for port in candidates}
        self._tries = {} if chosen else {device: count for device, count in self._tries.items() if device in here}
        why = ReaderState.NONE
        for port in candidates:
            if self._tries.get(port.device, 0) >= MOST_TRIES:
                continue
            try:
                return port, self._asked(port)
            except PortDenied:
                why = ReaderState.DENIED
            except PortBusy:
                why = ReaderState.DENIED if chosen else why
            except NoAnswer:
                why = ReaderState.FAILING if chosen else why
            except (PortMissing, LineLost):
                pass
        self._tell_state(why)
        return None

    def _asked(self, port: ReaderPort) -> Line:
        """Return the open port when what is there answers as a card reader does; else it is closed again."""
        line = self._opened(port.device)
        self._tries[port.device] = self._tries.get(port.device, 0) + 1
        try:
            Dialogue(line).module_number()
        except (ReaderFails, CardFails):
            pass  # whoever answers in such frames is one
        except (NoAnswer, LineLost):
            line.close()
            raise
        return line

    # --- telling -----------------------------------------------------------------------------------------------

    def _tell_card(self, card: IdentityCard) -> None:
        with self._telling:
            if not self._is_closed:
                self._told_card(card)

    def _tell_state(self, state: ReaderState) -> None:
        with self._telling:
            if not self._is_closed and state is not self._state:
                self._state = state
                self._told_state(state)
