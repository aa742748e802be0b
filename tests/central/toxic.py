"""A line between stations and their centre that does harm: cuts after so many bytes, swallows, drips, and counts.

Nothing is decided by chance: what a test asks for happens at that very byte, in that direction.
"""

import socket
import threading
import time
from contextlib import suppress

UP, DOWN = "up", "down"
"""Towards the centre, and from it."""
BLOCK = 16384


class ToxicLine:
    """A port of this machine that leads to wherever ``call`` connects."""

    def __init__(self, call):
        self._call = call
        self._lock = threading.Lock()
        self._links = []
        self._left = {}
        self._kept_back = {UP: 0, DOWN: 0}
        self._is_closed = False
        self.is_cut = self.is_swallowing = False
        self.bytes_s = 0
        self.carried = {UP: 0, DOWN: 0}
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._answer, daemon=True).start()

    # --- what a test asks for --------------------------------------------------------------------------------------

    def cuts_after(self, count, direction):
        """Cut everything, and let nobody on, when ``count`` more bytes have gone in a direction."""
        self._left = {direction: count}

    def swallows_after(self, count, direction=UP):
        """Say nothing any more, in neither direction, after so many bytes; nobody is told that the line is dead."""
        self._left = {direction: count, "then": "swallow"}

    def swallows(self):
        """Say nothing any more, from now on."""
        self.is_swallowing = True

    def keeps_back(self, count, direction=UP):
        """Hold the last ``count`` bytes of what comes next back, and carry nothing behind it; nobody is told."""
        self._kept_back[direction] = count

    def cut(self):
        with self._lock:
            self.is_cut = True
            links, self._links = self._links, []
        for link in links:
            shut(link)

    def mends(self):
        """Be a good line again; who was swallowed is cut off."""
        self.cut()
        self._left, self._kept_back = {}, {UP: 0, DOWN: 0}
        self.is_cut = self.is_swallowing = False

    def close(self):
        self._is_closed = True
        self.cut()
        shut(self._door)

    # --- threads ---------------------------------------------------------------------------------------------------

    def _answer(self):
        while True:
            try:
                caller, _address = self._door.accept()
            except OSError:
                return
            if self.is_cut:
                shut(caller)
                continue
            if self.is_swallowing:
                self._links.append(caller)
                continue
            try:
                centre = self._call()
            except OSError:
                shut(caller)
                continue
            with self._lock:
                self._links += [caller, centre]
            for source, target, direction in ((caller, centre, UP), (centre, caller, DOWN)):
                threading.Thread(target=self._carry, args=(source, target, direction), daemon=True).start()

    def _carry(self, source, target, direction):
        with suppress(OSError):
            while not self.is_cut and (data := source.recv(BLOCK)):
                if self.is_swallowing:
                    continue
                kept_back = self._kept_back[direction]
                if self._passes(data[: len(data) - kept_back], target, direction):
                    self.is_swallowing = self.is_swallowing or bool(kept_back)
                    continue
                if self._left.get("then"):
                    self.is_swallowing = True
                else:
                    self.cut()
        if self.is_cut or not self.is_swallowing:
            shut(source)
            shut(target)

    def _passes(self, data, target, direction):
        """Send what may go through; False when that was not all of it."""
        with self._lock:
            left = self._left.get(direction)
            passed = data if left is None else data[:left]
            if left is not None:
                self._left[direction] = left - len(passed)
            self.carried[direction] += len(passed)
        if self.bytes_s:
            time.sleep(len(passed) / self.bytes_s)
        target.sendall(passed)
        return len(passed) == len(data)


def shut(link):
    """End a connection, and wake whoever waits on it."""
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
    link.close()


def door_of(path):
    """Return what connects to a socket in the file system."""

    def call():
        link = socket.socket(socket.AF_UNIX)
        try:
            link.connect(str(path))
        except OSError:
            link.close()
            raise
        return link

    return call


def port_of(port):
    """Return what connects to a port of this machine."""
    return lambda: socket.create_connection(("127.0.0.1", port))
