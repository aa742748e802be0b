"""The commands of a centre's administrator: what each does with what was asked. Words are in ``ui.central_words``.

A command answers with values, one after another where it goes on; whoever called prints them.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.central.connection import Address
from app.central.metrics import write_metrics
from app.central.watch import Round, Watch
from app.central_enrolling import make_authority
from app.central_supervising import list_cases, open_case
from app.centre_office import DatabaseOffice
from app.config import Settings
from app.domain.clock import CHINA
from app.security.keys import verify
from app.security.trust import fingerprint_of
from app.services.errors import BadInput, ServiceError
from app.services.ports import AsideEntry, Audited, FoundEntry, InvitationWish, Invited, WaitingKey
from app.services.progress import silent

Asked = Mapping[str, Any]
"""What stood on the command line, by name."""
AskPassphrase = Callable[[], str]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say; not sound when somebody must look at it."""

    value: Any
    is_sound: bool = True


def carry_out(command: str, settings: Settings, asked: Asked, ask_passphrase: AskPassphrase) -> Iterator[Answer]:
    """Carry ``command`` (``central status``) out on the centre that was named; errors are those of the port.

    BadInput when no centre is named, by ``--url`` or LIDENG_CENTRAL.
    """
    if command == "central authority":
        authority = make_authority(asked["file"], asked["name"], ask_passphrase())
        yield Answer(fingerprint_of(authority.root))
        return
    url = asked["url"] or settings.central
    if not url:
        raise BadInput("no address of a centre")
    address = Address.of_url(url)
    if command == "central watch":
        yield from _watch(address, asked)
        return
    with closing(DatabaseOffice(address, verify)) as office:
        if asked.get("authority"):
            office.open_authority(asked["authority"], ask_passphrase())
        if command == "central enrol":
            yield from _enrol(office, asked)
        elif command in SUPERVISING:
            yield Answer(SUPERVISING[command](office, settings, asked))
        else:
            value = ACTS[command](office, asked)
            yield Answer(value, SOUND.get(command, _always)(value))


def _quarantine(office: DatabaseOffice, asked: Asked) -> list[AsideEntry]:
    if asked["settle"]:
        office.settle(*asked["settle"])
    return office.quarantined()


def _findings(office: DatabaseOffice, asked: Asked) -> list[FoundEntry]:
    if asked["settle"]:
        office.settle_finding(*asked["settle"])
    return office.findings()


def _audit(office: DatabaseOffice, asked: Asked) -> Audited:
    if asked["settle"]:
        office.settle_remark(*asked["settle"])
    return office.audit(asked["station"], silent)


def _keys(office: DatabaseOffice, asked: Asked) -> list[WaitingKey]:
    if asked["believe"]:
        office.believe_key(*asked["believe"])
    if asked["refuse"]:
        office.refuse(*asked["refuse"])
    return office.waiting_keys()


def _invite(office: DatabaseOffice, asked: Asked) -> Invited:
    named = ("station", "file", "name", "service_point", "division", "ca", "days", "again")
    return office.invite(InvitationWish(**{name: asked[name] for name in named}, hosts=tuple(asked["host"])))


def _enrol(office: DatabaseOffice, asked: Asked) -> Iterator[Answer]:
    """Say which certificate requests wait; or sign them and publish what stations must know, once or again and again."""
    if not asked["sign"]:
        yield Answer(office.waiting())
        return
    while True:
        signed = office.sign()
        if signed or not asked["every"]:
            yield Answer(signed, not any(one.fault not in {"", "published"} for one in signed))
        if not asked["every"]:
            return
        time.sleep(asked["every"])


def _watch(address: Address, asked: Asked) -> Iterator[Answer]:
    """Look after the centre once, or until the process is ended; what fails meanwhile is tried again."""
    metrics: Path | None = asked["metrics"]
    with closing(Watch(address)) as watch:
        while True:
            try:
                done = watch.round(verify, asked["disk"])
            except ServiceError:
                if asked["once"]:
                    raise
                log.warning("the centre could not be looked after", exc_info=True)
            else:
                is_written = metrics is None or _has_written(metrics, done)
                yield Answer(done, is_written and not done.alarms)
                if asked["once"]:
                    return
                if done.verified and done.health["entries_unverified"]:
                    continue  # many came at once: the next page of signatures now
            time.sleep(asked["every"])


def _has_written(metrics: Path, done: Round) -> bool:
    """Write the figures of a round. Where that fails, on a full disk say, the watch goes on, and the collector sees them age."""
    try:
        write_metrics(metrics, done, datetime.now(CHINA))
    except ServiceError:
        log.warning("the figures of a round could not be written", exc_info=True)
        return False
    return True


ACTS: dict[str, Callable[[DatabaseOffice, Asked], Any]] = {
    "central init": lambda office, _asked: office.prepare(),
    "central status": lambda office, _asked: office.status(),
    "central stations": lambda office, _asked: office.stations(),
    "central invite": _invite,
    "central take-in": lambda office, asked: office.take_in(asked["file"]),
    "central quarantine": _quarantine,
    "central findings": _findings,
    "central keys": _keys,
    "central blanks": lambda office, asked: office.blanks(asked["station"], silent),
    "central openings": lambda office, asked: office.openings(asked["most"]),
    "central audit": _audit,
    "central publish": lambda office, asked: office.publish(
        asked["topic"], asked["file"].read_bytes(), asked["number"]
    ),
    "central revocation-list": lambda office, asked: office.call_back(
        asked["file"], asked["days"], silent, to_stations=asked["publish"]
    ),
    "central revoke": lambda office, asked: office.revoke(asked["station"], asked["reason"]),
    "central keep": lambda office, asked: office.keep_bodies(asked["days"]),
    "central erase": lambda office, _asked: office.erase_bodies(silent),
    "central detach": lambda office, asked: office.detach_year(asked["year"]),
}
"""What is done in the office, by command."""
SUPERVISING: dict[str, Callable[[DatabaseOffice, Settings, Asked], Any]] = {
    "central cases": list_cases,
    "central case": open_case,
}
"""What a supervisor sees, counted by this machine's calendar."""
SOUND: dict[str, Callable[[Any], bool]] = {
    "central take-in": lambda taken: not (taken.aside or taken.images_refused),
    "central findings": lambda found: not found,
    "central keys": lambda waiting: not waiting,
    "central audit": lambda audited: not audited.remarks,
    "central blanks": lambda counted: not counted.remarks,
    "central revocation-list": lambda called_back: not called_back.remarks,
}
"""Which answers must be looked at; those of other commands need not."""


def _always(_value: object) -> bool:
    """Find nothing in an answer that must be looked at."""
    return True
