"""By what strangers know the station."""

from dataclasses import replace

import pytest

from app.services.invitations import CentralAddress
from app.services.membership import Certified, Membership, certified_in, keep_certified, keep_membership
from tests.support import MONDAY

OWN = Certified("root of its own", "0a0b", MONDAY)
MEMBER = Membership(CentralAddress(("db1.example",), 5432, "lideng"), "root of the centre", enrolled_at=MONDAY)


@pytest.fixture
def uow(counter):
    with counter.papers._store.write() as uow:
        yield uow


def test_a_counter_that_stands_alone_is_certified_by_nobody(uow):
    assert certified_in(uow) is None


def test_it_may_have_a_certificate_of_its_own(uow):
    keep_certified(uow, OWN)
    assert certified_in(uow) == OWN


def test_once_it_has_a_centre_only_that_counts(uow):
    keep_certified(uow, OWN)
    keep_membership(uow, MEMBER)
    assert certified_in(uow) is None
    keep_membership(uow, replace(MEMBER, certificate="0c", certified_until=MONDAY))
    assert certified_in(uow) == Certified("root of the centre", "0c", MONDAY)
