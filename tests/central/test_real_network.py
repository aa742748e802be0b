"""Two counters and a real PostgreSQL with a network between them that is slow, loses packets and goes away without a word.

A network namespace with the kernel's own queues, so that what the driver's keepalives are for is tried on real TCP.
Skipped where nobody may make one.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.central.client import PostgresCentral
from app.central.connection import Address
from app.services.ports import CHUNK
from app.services.sync_report import Contact
from tests.central.far_desks import RealDesk, ensure_nothing_is_lost_or_doubled
from tests.services.sync_desk import TOWN, VILLAGE

HERE, THERE, PORT = "10.213.77.1", "10.213.77.2", 5544
SLOW = "64kbit"
"""8 kB/s."""
FOR_EVER_S = 3600
TOP = Path(__file__).parents[2]


def command(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True)


def may_make_networks():
    """Tell whether this user may make a network namespace here."""
    if os.geteuid() or not (shutil.which("ip") and shutil.which("tc")):
        return False
    name = f"ldt{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        return False
    command("ip", "netns", "del", name)
    return True


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not may_make_networks(), reason="no network namespaces here")]


class Network:
    """A namespace with a relay to the server, and the pair of devices that leads there."""

    def __init__(self, server):
        self.name = f"ld{os.getpid()}"
        self.device, self._far_device = f"{self.name}a", f"{self.name}b"
        command("ip", "netns", "add", self.name)
        try:
            command("ip", "link", "add", self.device, "type", "veth", "peer", "name", self._far_device)
            command("ip", "link", "set", self._far_device, "netns", self.name)
            command("ip", "addr", "add", f"{HERE}/30", "dev", self.device)
            self._inside("ip", "addr", "add", f"{THERE}/30", "dev", self._far_device)
            command("ip", "link", "set", self.device, "up")
            self._inside("ip", "link", "set", self._far_device, "up")
            relay = [sys.executable, "-m", "tests.central.relay", THERE, str(PORT), f"{server._socket}/.s.PGSQL.5432"]
            self._relay = subprocess.Popen(
                ["ip", "netns", "exec", self.name, *relay], stdout=subprocess.PIPE, text=True, cwd=TOP
            )
            assert self._relay.stdout.readline() == "ready\n"
        except BaseException:
            self._remove()
            raise

    def _inside(self, *words):
        command("ip", "netns", "exec", self.name, *words)

    def limits(self, rate):
        """Let no more than this through in either direction."""
        queue = ["root", "tbf", "rate", rate, "burst", "4kb", "latency", "2s"]
        command("tc", "qdisc", "replace", "dev", self.device, *queue)
        self._inside("tc", "qdisc", "replace", "dev", self._far_device, *queue)

    def is_fast(self):
        command("tc", "qdisc", "del", "dev", self.device, "root")
        self._inside("tc", "qdisc", "del", "dev", self._far_device, "root")

    def goes_away(self):
        """Lose every packet from now on; neither end is told."""
        command("ip", "neigh", "replace", THERE, "lladdr", "02:00:00:00:00:01", "dev", self.device, "nud", "permanent")

    def comes_back(self):
        command("ip", "neigh", "del", THERE, "dev", self.device)

    def close(self):
        self._relay.kill()
        self._relay.wait()
        self._relay.stdout.close()
        self._remove()

    def _remove(self):
        subprocess.run(["ip", "link", "del", self.device], capture_output=True, check=False)
        command("ip", "netns", "del", self.name)


@pytest.fixture
def network(server):
    made = Network(server)
    yield made
    made.close()


class NetCentre:
    """A centre as stations reach it over the network."""

    def __init__(self, centre):
        self.centre = centre

    def enrol(self, station):
        self.centre.enrol(station)

    def connect(self, station):
        self.centre.role(f"station_{station}")
        options = {"host": THERE, "port": str(PORT), "dbname": self.centre.database, "sslmode": "disable"}
        return PostgresCentral(Address({**options, "user": f"station_{station}"}))


@pytest.fixture
def desks(centre, network, tmp_path):
    centre.empty()
    far, made = NetCentre(centre), []
    for code in (TOWN, VILLAGE):
        (tmp_path / code).mkdir()
        made.append(RealDesk(far, tmp_path / code, code))
    for desk in made:
        desk.knows(*made)
    yield made
    for desk in made:
        desk.link.close()
        desk.closes()


def test_a_network_that_is_slow_and_goes_away_without_a_word_loses_nothing(centre, network, desks):
    town, village = desks
    for desk in desks:
        assert desk.round().contact is Contact.ON_LINE
        desk.link._central._link._silence_s = FOR_EVER_S
    network.limits(SLOW)
    for n in range(2):
        town.hands(town.takes(note="慢" * 1000 + str(n)), VILLAGE)
    assert town.round().contact is Contact.ON_LINE
    assert village.round().received == 4

    town.takes([b"a page" * (CHUNK // 12)])
    results, steps = [], []
    round_ = threading.Thread(target=lambda: results.append(town.round(tell=steps.append)))
    round_.start()
    while not any(one.step == "images" for one in steps):
        time.sleep(0.01)
    time.sleep(0.5)
    network.goes_away()
    round_.join()  # the driver's keepalives end it
    assert results[0].contact is Contact.OFF_LINE
    assert results[0].pushed > 0
    network.comes_back()
    network.is_fast()
    for desk in (town, village, town):
        result = desk.round()
        assert (result.contact, result.failures) == (Contact.ON_LINE, ())
    ensure_nothing_is_lost_or_doubled(centre, town, village)
