"""The part of the intake where the applicant chooses at which service point the result is collected. Qt-free."""

from dataclasses import replace

from app.domain.application import Application, Collection
from app.services.known_stations import called
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeView
from ui.surroundings import Surroundings

PLACE = "collect_at"


class Collecting:
    """Proposes the service points of the directory, and takes the name of one for the point itself."""

    def __init__(self, sheet: Sheet, around: Surroundings, view: IntakeView) -> None:
        self._sheet = sheet
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._view = view

    @property
    def ways(self) -> tuple[Collection, ...]:
        """Return how a result may be collected: elsewhere only where the directory has other service points."""
        chosen = self._sheet.is_open and self._sheet.now().application.collection is Collection.CHOSEN_PLACE
        has_places = chosen or self._counter.directory.has_others()
        return tuple(way for way in Collection if has_places or way is not Collection.CHOSEN_PLACE)

    def load(self) -> None:
        """Have the directory ready before the first letter is typed."""
        self._runner.run(self._counter.directory.load, lambda _nothing: None, self._navigator.report)

    def suggestions(self, typed: str) -> list[str]:
        """Return what service points are called where a result can be collected, those chosen last first."""
        return [called(station) for station in self._counter.directory.find_places(typed)]

    def understood(self, application: Application, place: str, value: str) -> Application:
        """Return the application with the service point that was named, where ``value`` names one."""
        if place == PLACE and (station := self._counter.directory.named(value)):
            return replace(application, collect_at=station.code)
        return application

    def lead_on(self, place: str, value: str) -> None:
        """Lead to the field for the service point when one is to be chosen."""
        if (place, value) == ("collection", Collection.CHOSEN_PLACE):
            self._view.focus_place(PLACE)
