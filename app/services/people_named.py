"""What operators are called in a history: the same login is somebody else at another station."""

from collections.abc import Iterable

from app.domain.operators import SYSTEM
from app.services.known_stations import called
from app.services.ports import UnitOfWork
from app.services.published_operators import published_names


class People:
    """Names the operators of ``stations``; ``own`` is the code of this one."""

    def __init__(self, uow: UnitOfWork, own: str, stations: Iterable[str]) -> None:
        self._own = own
        others = set(stations) - {own}
        self._names = {(own, one.operator.login): one.operator.name for one in uow.accounts.everyone()}
        if others:
            self._names = {**published_names(uow, others), **self._names}
        known = {code: uow.directory.get(code) for code in others}
        self._places = {code: called(station) if station else code for code, station in known.items()}

    def name(self, station: str, login: str) -> str:
        """Return the name of an operator; the login with the station's name where nobody published it."""
        if login in {"", SYSTEM}:
            return login
        known = self._names.get((station, login))
        if known or station == self._own:
            return known or login
        return f"{login}·{self._places[station]}"
