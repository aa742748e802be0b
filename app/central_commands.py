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

from app.central.administration import Administration, SetAside
from app.central.audit import Audit
from app.central.connection import Address
from app.central.metrics import write_metrics
from app.central.schema import prepare
from app.central.watch import Watch
from app.central_enrolling import (
    Invited,
    Signed,
    invite,
    make_authority,
    named_station,
    place_of,
    sign_waiting,
)
from app.config import Settings
from app.domain.clock import CHINA
from app.publishing import publish, publish_what_changed
from app.security.authority import Authority
from app.security.keys import verify
from app.services.errors import BadInput, ServiceError
from app.taking_in import take_in

MOST_ASIDE = 1000

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
        yield Answer(make_authority(asked["file"], asked["name"], ask_passphrase()))
        return
    url = asked["url"] or settings.central
    if not url:
        raise BadInput("no address of a centre")
    yield from _carry_out_at(Address.of_url(url), command, asked, ask_passphrase)


def _carry_out_at(address: Address, command: str, asked: Asked, ask_passphrase: AskPassphrase) -> Iterator[Answer]:
    match command:
        case "central init":
            yield Answer(prepare(address))
        case "central invite":
            with closing(Administration(address)) as opened:
                yield Answer(_invite(opened, address, asked, ask_passphrase))
        case "central enrol":
            yield from _enrol(address, asked, ask_passphrase)
        case "central take-in":
            with closing(Administration(address)) as opened:
                taken = take_in(opened, asked["file"], verify)
            yield Answer(taken, not taken.aside)
        case "central audit":
            with closing(Audit(address, verify)) as audit:
                audited = audit.run(asked["station"])
            yield Answer(audited, not audited.remarks)
        case "central watch":
            yield from _watch(address, asked)
        case _:
            with closing(Administration(address)) as opened:
                yield Answer(ACTS[command](opened, asked, ask_passphrase))


def _quarantine(opened: Administration, asked: Asked, _ask: AskPassphrase) -> list[SetAside]:
    if asked["settle"]:
        station, epoch, seq, how = asked["settle"]
        opened.settle(station, int(epoch), int(seq), how)
    return opened.quarantined(MOST_ASIDE)


def _invite(opened: Administration, address: Address, asked: Asked, ask_passphrase: AskPassphrase) -> Invited:
    place = place_of(address, asked["host"], asked["ca"])
    station = named_station(asked["station"], asked["name"], asked["service_point"], opened.stations())
    authority = Authority.open(asked["authority"], ask_passphrase())
    return invite(opened, authority, place, station, asked["file"], days=asked["days"], again=asked["again"])


def _enrol(address: Address, asked: Asked, ask_passphrase: AskPassphrase) -> Iterator[Answer]:
    """Say which certificate requests wait; or sign them and publish what stations must know, once or again and again."""
    if not asked["sign"]:
        with closing(Administration(address)) as opened:
            yield Answer([Signed(waiting.station, "waiting") for waiting in opened.waiting_requests()])
        return
    if not asked["authority"]:
        raise BadInput("signing needs the file of the authority")
    authority = Authority.open(asked["authority"], ask_passphrase())
    while True:
        with closing(Administration(address)) as opened:
            signed = sign_waiting(opened, authority)
            signed += [Signed(topic, "published") for topic in publish_what_changed(opened, authority)]
        if signed or not asked["every"]:
            yield Answer(signed, not any(one.fault not in {"", "published"} for one in signed))
        if not asked["every"]:
            return
        time.sleep(asked["every"])


def _revoke(opened: Administration, asked: Asked, ask_passphrase: AskPassphrase) -> None:
    """Shut a station out; where the authority is at hand, tell all stations at once."""
    authority = Authority.open(asked["authority"], ask_passphrase()) if asked["authority"] else None
    opened.revoke(asked["station"], asked["reason"])
    if authority:
        publish_what_changed(opened, authority)


def _publish(opened: Administration, asked: Asked, ask_passphrase: AskPassphrase) -> int:
    authority = Authority.open(asked["authority"], ask_passphrase())
    return publish(opened, asked["topic"], asked["file"].read_bytes(), authority, asked["number"])


def _watch(address: Address, asked: Asked) -> Iterator[Answer]:
    """Look after the centre once, or until the process is ended; a centre that is not there is tried again."""
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
                if metrics is not None:
                    write_metrics(metrics, done, datetime.now(CHINA))
                yield Answer(done, not done.alarms)
                if asked["once"]:
                    return
                if done.verified and done.health["entries_unverified"]:
                    continue  # many came at once: the next page of signatures now
            time.sleep(asked["every"])


ACTS: dict[str, Callable[[Administration, Asked, AskPassphrase], Any]] = {
    "central status": lambda opened, _asked, _ask: opened.status(),
    "central stations": lambda opened, _asked, _ask: opened.stations(),
    "central quarantine": _quarantine,
    "central publish": _publish,
    "central revoke": _revoke,
    "central keep": lambda opened, asked, _ask: opened.keep_bodies(asked["days"]),
    "central erase": lambda opened, _asked, _ask: sum(opened.erase_bodies()),
    "central detach": lambda opened, asked, _ask: opened.detach_year(asked["year"]),
}
"""What is done through ``Administration``, by command."""
