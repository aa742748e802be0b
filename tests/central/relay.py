"""Leads a port to a server's socket, for a network of its own: ``python -m tests.central.relay ADDRESS PORT SOCKET``."""

import socket
import sys
import threading
from contextlib import suppress

from tests.central.toxic import BLOCK, door_of, shut


def carry(source, target):
    with suppress(OSError):
        while data := source.recv(BLOCK):
            target.sendall(data)
    shut(source)
    shut(target)


def main(address, port, path):
    with socket.create_server((address, int(port))) as door:
        print("ready", flush=True)
        while True:
            caller, _address = door.accept()
            centre = door_of(path)()
            for source, target in ((caller, centre), (centre, caller)):
                threading.Thread(target=carry, args=(source, target), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
