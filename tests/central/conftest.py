"""One server a session, one centre a test file; stations of different tests have different codes."""

import pytest

from tests.central.server import PostgresCentre, running_server


@pytest.fixture(scope="session")
def server():
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def centre(server):
    made = PostgresCentre(server)
    yield made
    made.close()
