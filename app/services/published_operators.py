"""What the centre publishes about operators: names, roles and closed accounts of each station.

A bulletin opens no account and carries no password: who is new gets a first one from the counter's administrator, as
before. An account that a bulletin does not name stays as it is.
"""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from app.domain.facts import Fact, OperatorDisabled, OperatorEnabled, OperatorEnrolled
from app.domain.operators import SYSTEM, Operator, Role
from app.domain.plain import from_plain
from app.services.accounts import manages
from app.services.errors import BadInput
from app.services.ports import Account, Store, UnitOfWork
from app.services.recording import Recorder

TOPIC = "operators"
VERSION = 1


@dataclass(frozen=True, slots=True)
class PublishedOperator:
    """One account at one station as the centre wants it."""

    station: str
    login: str
    name: str
    roles: tuple[Role, ...]
    disabled: bool = False


class OperatorBulletin:
    """Takes published operators in; the program records what it changed."""

    def __init__(self, store: Store, recorder: Recorder, station: str) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station

    def take(self, payload: bytes) -> None:
        """Change this station's accounts; BadInput, with nothing changed, when it is malformed or leaves no administrator."""
        wanted = {one.login: one for one in read_operators(payload) if one.station == self._station}
        with self._store.write() as uow:
            for account in uow.accounts.everyone():
                if one := wanted.get(account.operator.login):
                    for changed, fact in changes(account, one):
                        uow.accounts.save(changed)
                        self._recorder.record(uow, SYSTEM, fact, self._recorder.now())
            if not any(manages(account) for account in uow.accounts.everyone()):
                raise BadInput("no administrator would be left")
            uow.commit()


def changes(account: Account, wanted: PublishedOperator) -> list[tuple[Account, Fact]]:
    """Return the account after each change that it needs, with the fact of it."""
    done: list[tuple[Account, Fact]] = []
    operator = Operator(wanted.login, wanted.name, wanted.roles)
    if account.operator != operator:
        account = replace(account, operator=operator)
        done.append((account, OperatorEnrolled(operator.login, operator.name, operator.roles)))
    if account.disabled != wanted.disabled:
        account = replace(account, disabled=wanted.disabled)
        done.append((account, OperatorDisabled(wanted.login) if wanted.disabled else OperatorEnabled(wanted.login)))
    return done


def read_operators(payload: bytes) -> list[PublishedOperator]:
    """Return what a bulletin says; BadInput when it is malformed. Its signature was checked before."""
    try:
        said = json.loads(payload)
        if said["v"] != VERSION:
            raise BadInput("newer operators")
        return [from_plain(PublishedOperator, one) for one in said["operators"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("no operators") from error


def published_names(uow: UnitOfWork, stations: Container[str]) -> Mapping[tuple[str, str], str]:
    """Return what operators of ``stations`` are called by station and login, as the centre published it last.

    Empty when it never did. The list was looked through when it was taken in, and of a province it has 60,000 lines: those
    of other stations are not looked at again, for a screen waits.
    """
    payload = uow.directory.payload(TOPIC)
    told = json.loads(payload)["operators"] if payload else ()
    return {(one["station"], one["login"]): one["name"] for one in told if one["station"] in stations}
