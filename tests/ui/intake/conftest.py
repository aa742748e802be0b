"""The intake at a fresh counter, and a case that it may know."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK
from tests.support import MONDAY, PERSON, accepted
from tests.ui.intake.desk import Desk


@pytest.fixture
def desk(counter):
    return Desk(counter)


@pytest.fixture
def visited_long_ago(counter, place):
    """A case of 200 days ago: it is known but not recent."""
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    place.clock.set(MONDAY + timedelta(days=200))
    return case
