"""Stations that the centre names, and what is collected at one of them."""

from dataclasses import replace

from app.domain.application import Collection
from app.domain.station import KnownStation
from app.services.known_stations import called
from tests.support import CERTIFICATE, filled

TOWN = KnownStation("000732", "2 号窗口", "云溪镇便民服务中心")
STATIONS = [TOWN, *(KnownStation(f"00080{n}", name) for n, name in enumerate(("石桥村便民服务站", "柳湾村便民服务站")))]


def name_stations(rooms):
    """Let the centre name some stations."""
    with rooms.counter.intake._store.write() as uow:
        uow.directory.replace(STATIONS)
        uow.commit()


def collected_there(counter, code=CERTIFICATE):
    """Return a saved draft whose result is to be collected in the village."""
    with counter.intake._store.write() as uow:
        uow.directory.replace(STATIONS)
        uow.commit()
    counter.directory.load()
    draft, there = filled(counter, code), STATIONS[0]
    place = {"collect_at": there.code, "collect_at_name": called(there)}
    application = replace(draft.application, collection=Collection.CHOSEN_PLACE, **place)
    return counter.intake.save(replace(draft, application=application))
