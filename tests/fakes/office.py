"""A centre's office in memory, for presenters; passes the same contract as the one on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from app.comparing import compare
from app.security.revocation_list import SCHEME
from app.services.administering import AdministeringService
from app.services.errors import (
    BadAuthority,
    BadInput,
    BadRevocationList,
    CentralUnavailable,
    CentreDeclined,
    WrongPassphrase,
)
from app.services.ports import (
    SETTLEABLE,
    SHORTEST_PASSPHRASE,
    AsideEntry,
    Audited,
    CalledBack,
    CentrePlan,
    FoundEntry,
    Invited,
    PublishedBulletin,
    Remark,
    Signed,
    StationRow,
    TakenIn,
    WaitingKey,
)
from app.tables.writer import write_table
from tests.domain.samples import AT
from tests.fakes.centre_cases import MemoryCases, furnished_cases

FINGERPRINT = "1a2b3c4d5e6f7081"
NEWEST = "0004"


class MemoryOffice:
    """Implements the port ``CentreOffice``; a test lays out what stands at the centre."""

    def __init__(self, current=NEWEST, now=AT):
        self.current = current
        self.now = now
        self.may_prepare = True
        self.rows = {}
        self.requests = []
        self.topics = {}
        self.published = []
        self.aside = []
        self.found = []
        self.keys = []
        self.remarks = []
        self.settled = []
        self.settled_remarks = {}
        self.called_back = 0
        self.days = 3653
        self.due = 0
        self.years = [2026, 2027, 2028]
        self.watched = None
        self.error = None
        self.is_closed = False
        self.every_case = MemoryCases(now=now)
        """What supervisors see; ``may_run`` and ``may_supervise`` are the log-in's groups."""
        self.may_run = self.may_supervise = True
        self._authorities = {}
        self._fingerprint = ""

    def plan(self):
        self._reach()
        return CentrePlan("lideng", "17.2", self.current, NEWEST, self.may_prepare, self.may_run, self.may_supervise)

    def prepare(self):
        self._reach()
        self.current = NEWEST
        return NEWEST

    def status(self):
        self._reach()
        rows = self.rows.values()
        return {
            "schema": self.current,
            "version": "17.2",
            "now": self.now.isoformat(),
            "stations": len(self.rows),
            "enrolled": sum(bool(row.enrolled_at and not row.revoked_at) for row in rows),
            "revoked": sum(bool(row.revoked_at) for row in rows),
            "last_received": max((row.received_at for row in rows if row.received_at), default=None),
            "entries": sum(row.seq for row in rows),
            "cases": 0,
            "quarantined": len(self.aside),
            "findings": len(self.found),
            "unverified": sum((row.epoch, row.seq) != (row.verified_epoch, row.verified_seq) for row in rows),
            "bulletins": len(self.published),
            "waiting_requests": len(self.requests),
            "years": self.years,
            "bytes": 3 << 30,
            "keep_bodies_days": self.days,
            "open_databases": [],
            "durable": True,
            "watched": self.watched,
        }

    def stations(self):
        self._reach()
        return sorted(self.rows.values(), key=lambda row: row.code)

    def invite(self, wish):
        self._reach()
        self._sign()
        known = self.rows.get(wish.station)
        if known and (known.enrolled_at or known.revoked_at) and not wish.again:
            raise CentreDeclined("enrolled")
        name = wish.name or (known.name if known else "")
        if not name:
            raise BadInput("a new station needs a name")
        until = self.now + timedelta(days=wish.days)
        wish.file.write_text("an invitation")
        self.rows[wish.station] = StationRow(
            wish.station, name, wish.service_point or name, invited_until=until, division=wish.division
        )
        return Invited(wish.station, wish.file, until, self._fingerprint)

    def revoke(self, station, why):
        self._reach()
        row = self.rows.get(station)
        if row is None or row.revoked_at:
            raise CentreDeclined("station")
        self.rows[station] = replace(row, revoked_at=self.now)
        if self._fingerprint:
            self._publish("revocations", b"", 0)

    def take_in(self, path, tell):
        self._reach()
        tell(12, 12)
        return TakenIn("000732", 12, 3, (), 4, 1)

    def waiting(self):
        self._reach()
        return [Signed(station, "waiting") for station in self.requests]

    def sign(self):
        self._reach()
        self._sign()
        signed, self.requests = [Signed(station) for station in self.requests], []
        return signed

    def bulletins(self, limit):
        self._reach()
        return self.published[::-1][:limit]

    def newest(self, topic):
        self._reach()
        versions = [one.version for one in self.published if one.topic == topic]
        return (max(versions), self.topics[topic][1]) if versions else (0, b"")

    def compare(self, topic, payload):
        self._reach()
        versions = [one.version for one in self.published if one.topic == topic]
        return compare(topic, payload, max(versions, default=0), self.topics.get(topic))

    def publish(self, topic, payload, version=0):
        self._reach()
        self._sign()
        self.compare(topic, payload)
        return self._publish(topic, payload, version)

    def call_back(self, path, days, tell, *, to_stations):
        self._reach()
        self._sign()
        if path.exists() and not path.read_text().startswith(SCHEME):
            raise BadRevocationList
        tell(40, 40)
        number = int(path.read_text().removeprefix(SCHEME)) + 1 if path.exists() else 1
        said = str((self.called_back, sorted(self.rows))).encode()
        is_news = to_stations and self.topics.get("called_back", (None, b""))[1] != said
        version = self._publish("called_back", said, 0) if is_news else 0
        path.write_text(f"{SCHEME}{number}")
        until = self.now + timedelta(days=days)
        remarks = tuple(self.remarks[:1])
        return CalledBack(path, number, until, 1, self.called_back, self.called_back, 40, version, remarks)

    def quarantined(self):
        self._reach()
        return list(self.aside)

    def settle(self, station, epoch, seq, how):
        self._reach()
        found = [one for one in self.aside if (one.station, one.epoch, one.seq) == (station, epoch, seq)]
        if not found:
            raise CentreDeclined("quarantine")
        self.aside.remove(found[0])
        self.settled.append((station, epoch, seq, how))

    def findings(self):
        self._reach()
        return list(self.found)

    def settle_finding(self, station, epoch, seq, how):
        self._reach()
        gone = [one for one in self.found if (one.station, one.epoch, one.seq) == (station, epoch, seq)]
        if not gone:
            raise CentreDeclined("finding")
        self.found.remove(gone[0])
        self.settled.append((station, epoch, seq, how))

    def waiting_keys(self):
        self._reach()
        return list(self.keys)

    def believe_key(self, station, epoch, how):
        self._reach()
        gone = [one for one in self.keys if (one.station, one.epoch) == (station, epoch)]
        if not gone:
            raise CentreDeclined("key")
        self.keys.remove(gone[0])
        self.settled.append((station, epoch, "believed", how))
        if self._fingerprint:
            self._publish("stations", b"", 0)

    def refuse(self, station, epoch, seq, how):
        self._reach()
        gone = [one for one in self.keys if (one.station, one.epoch, 1) == (station, epoch, seq)]
        gone += [one for one in self.found if (one.station, one.epoch, one.seq) == (station, epoch, seq)]
        if not gone:
            raise CentreDeclined("refused")
        for one in gone:
            (self.keys if one in self.keys else self.found).remove(one)
        self.settled.append((station, epoch, f"refused from {seq}", how))

    def audit(self, only, tell):
        self._reach()
        tell(1, 2)
        tell(2, 2)
        audited = Audited(len(self.rows), 40, 7, len(self.aside), list(self.remarks))
        audited.settle(self.settled_remarks)
        return audited

    def settle_remark(self, station, epoch, seq, what, how):
        self._reach()
        places = [(one.station, one.epoch, one.seq, one.what) for one in self.remarks if one.what in SETTLEABLE]
        if (station, epoch, seq, what) not in places or (station, epoch, seq, what) in self.settled_remarks:
            raise CentreDeclined("remark")
        self.settled_remarks[station, epoch, seq, what] = how

    def keep_bodies(self, days):
        self._reach()
        self.days = days

    def erase_bodies(self, tell):
        self._reach()
        erased, self.due = self.due, 0
        tell(erased, erased)
        return erased

    def detach_year(self, year):
        self._reach()
        if year not in self.years:
            raise CentreDeclined("year")
        if year >= self.now.year - 10:
            raise CentreDeclined("kept")
        self.years.remove(year)
        return [f"core.journal_{year}"]

    def cases(self, wish, after, limit):
        self._supervise()
        return self.every_case.cases(wish, after, limit)

    def case_counts(self, taken_in, held, digits):
        self._supervise()
        return self.every_case.case_counts(taken_in, held, digits)

    def desks(self):
        self._supervise()
        return self.every_case.desks()

    def open_case(self, number):
        self._supervise()
        return self.every_case.open_case(number)

    def open_authority(self, path, passphrase):
        if path not in self._authorities:
            raise BadAuthority
        if self._authorities[path] != passphrase:
            raise WrongPassphrase
        self._fingerprint = FINGERPRINT
        return FINGERPRINT

    def make_authority(self, path, name, passphrase):
        if path.exists():
            raise BadInput("there is a file of that name")
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise BadInput("the passphrase is too short")
        path.write_text(name)
        self._authorities[path] = passphrase
        return self.open_authority(path, passphrase)

    def close_authority(self):
        self._fingerprint = ""

    def close(self):
        self.close_authority()
        self.is_closed = True

    def _publish(self, topic, payload, version):
        last = max((one.version for one in self.published if one.topic == topic), default=0)
        if version > max(last + 1000, int(f"{self.now + timedelta(days=1):%Y%m%d}")):
            raise CentreDeclined("far")
        if version and version <= last:
            raise CentreDeclined("version")
        number = len(self.published) + 1
        self.published.append(PublishedBulletin(number, topic, version or last + 1, self.now, len(payload)))
        self.topics[topic] = (self.now, payload)
        return version or last + 1

    def _sign(self):
        if not self._fingerprint:
            raise BadInput("no authority was opened")

    def _supervise(self):
        self._reach()
        if not self.may_supervise:
            raise CentralUnavailable("login")

    def _reach(self):
        if self.error:
            raise self.error


class MemoryPasswords:
    """Implements the port ``KeptPasswords``; ``works`` is whether there is a keyring."""

    def __init__(self, *, works=True):
        self.works = works
        self.kept = {}

    def get(self, url):
        return self.kept.get(url, "")

    def keep(self, url, password):
        self.kept.pop(url, None)
        if self.works and password:
            self.kept[url] = password
        return url in self.kept


def enrolled(code, name, seq=120, **changes):
    """Return a station that works."""
    row = StationRow(
        code, name, name, enrolled_at=AT, epoch=1, seq=seq, received_at=AT, verified_epoch=1, verified_seq=seq
    )
    return replace(row, **changes)


def furnished(now=AT):
    """Return an office in which there is something of everything."""
    office = MemoryOffice(now=now)
    hour = timedelta(hours=1)
    rows = [
        enrolled("000731", "3 号窗口", service_point="云溪镇便民服务中心", received_at=now - hour / 20, quarantined=2),
        enrolled(
            "000732", "1 号窗口", service_point="柳湾村便民服务站", seq=88, verified_seq=60, received_at=now - hour
        ),
        enrolled("000733", "1 号窗口", service_point="石桥村便民服务站", received_at=now - 90 * hour, left_behind=4),
        StationRow("000734", "2 号窗口", "示范县云溪镇大坪里少数民族聚居村便民服务站", invited_until=now + 200 * hour),
        StationRow("000735", "1 号窗口", "南坡村便民服务站", invited_until=now - hour),
        enrolled("000736", "旧 1 号窗口", service_point="云溪镇便民服务中心", revoked_at=now - 24 * hour),
    ]
    office.rows = {row.code: row for row in rows}
    office.requests = ["000732"]
    office.every_case = furnished_cases(now)
    for topic in ("stations", "calendar", "catalogue"):
        office._publish(topic, b"", 0)
    office.aside = [
        AsideEntry("000731", 1, 97, "202605180007310012", "not_the_holder", now - hour),
        AsideEntry("000731", 1, 98, "202605180007320003", "not_a_party", now - hour),
    ]
    office.found = [FoundEntry("000733", 1, 57, "signature", now - hour)]
    office.keys = [WaitingKey("000733", 98342, "5d" * 32, now - hour / 2, 12)]
    office.remarks = [
        Remark("000733", 1, 57, "signature", ""),
        Remark("000733", 1, 60, "numbers", "云溪3-2026-RES: 18 is missing"),
        Remark("000731", 1, 97, "custody", "202605180007310012"),
    ]
    office.watched = {
        "at": (now - hour / 360).isoformat(),
        "alarms": ["disk"],
        "disk_free": 40 << 30,
        "server": {
            "replicas": [{"name": "db2", "state": "streaming", "sync": "sync", "lag_bytes": 2048}],
            "replicas_wanted": True,
            "connections": 41,
            "connections_allowed": 200,
        },
        "health": {},
    }
    return office


def with_office(counter, office, passwords=None):
    """Return the counter as one whose administrator reaches ``office`` wherever the centre is said to be."""
    service = AdministeringService(
        counter.intake._store, lambda _url, _ca, _password: office, passwords or MemoryPasswords(), write_table
    )
    return replace(counter, administering=service)
