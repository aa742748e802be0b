"""Holds a process to its promise: whatever a library tries, it does not reach the network."""

import sys


class NetworkRefused(Exception):
    """Something in this process wanted the network."""


def refuse_network() -> None:
    """Let every attempt to use a socket fail from now on, in this process, for good."""

    def look(event: str, _arguments: object) -> None:
        if event.startswith("socket."):
            raise NetworkRefused(event)

    sys.addaudithook(look)
