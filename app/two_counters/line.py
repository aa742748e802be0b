"""A line between counters and centre that can be cut and mended, also in the middle of what is being said."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

BLOCK = 4096


class Line:
    """A port of this machine that leads to wherever ``call`` connects, as long as it is whole."""

    def __init__(self, call: Callable[[], socket.socket]) -> None:
        self._call = call
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._is_cut = False
        self._left: int | None = None
        """Bytes towards the centre until the line is cut, None for no end."""
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._answer, daemon=True).start()

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self._door.getsockname()[1])

    @property
    def is_cut(self) -> bool:
        """Tell whether nothing gets through."""
        return self._is_cut

    def cut(self) -> None:
        """Cut the line; who speaks on it is cut off, and nobody is let on."""
        with self._lock:
            self._is_cut = True
            ends, self._ends = self._ends, set()
        for end in ends:
            _shut(end)

    def mend(self, cut_after: int | None = None) -> None:
        """Mend the line; it is cut again when so many bytes have gone towards the centre."""
        with self._lock:
            self._is_cut = False
            self._left = cut_after

    def close(self) -> None:
        """Take the line away."""
        self.cut()
        _shut(self._door)

    # --- threads -----------------------------------------------------------------------------------------------

    def _answer(self) -> None:
        while True:
            try:
                caller, _address = self._door.accept()
            except OSError:
                return
            with suppress(OSError):
                self._connect(caller)

    def _connect(self, caller: socket.socket) -> None:
        if self._is_cut:
            caller.close()
            return
        try:
            centre = self._call()
        except OSError:
            caller.close()
            raise
        with self._lock:
            self._ends |= {caller, centre}
        threading.Thread(target=self._carry, args=(caller, centre, True), daemon=True).start()
        threading.Thread(target=self._carry, args=(centre, caller, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while not self._is_cut and (data := source.recv(BLOCK)):
                passed = self._counted(data) if is_up else data
                target.sendall(passed)
                if len(passed) < len(data):
                    self.cut()
        for end in (source, target):
            _shut(end)
        with self._lock:
            self._ends -= {source, target}

    def _counted(self, data: bytes) -> bytes:
        """Return what of ``data`` still goes through."""
        with self._lock:
            if self._left is None:
                return data
            passed = data[: self._left]
            self._left -= len(passed)
            return passed


def _shut(end: socket.socket) -> None:
    """End a connection, and wake whoever waits on it."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
