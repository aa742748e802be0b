from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.domain.operators import Operator
from app.services.errors import NotPermitted


def test_a_change_needs_an_administrator(counter):
    with pytest.raises(NotPermitted):
        counter.stations.change(Operator("luoshoutian", "罗守田"), replace(counter.station, phone="1"))
    assert counter.stations.read() == counter.station


def test_the_code_stays(counter):
    with pytest.raises(ValueError, match="code"):
        counter.stations.change(CLERK, replace(counter.station, code="000732"))


def test_the_last_change_counts_after_a_restart(counter, place):
    counter.stations.change(CLERK, replace(counter.station, phone="0899-555 0199"))
    counter.close()
    with place.opened() as again:
        assert again.station.phone == "0899-555 0199"
        again.ledger.verify()
