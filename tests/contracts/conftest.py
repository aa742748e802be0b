"""The server of the central database, for the contract of a centre."""

from tests.central import conftest

server = conftest.server
