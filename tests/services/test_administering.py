"""Who gets into the office of a centre, and what is remembered of it."""

import pytest

from app.domain.operators import Operator, Role
from app.services.administering import AdministeringService, OfficePlace, has_password
from app.services.errors import BadInput, CentralUnavailable, NotPermitted
from app.tables.writer import write_table
from tests.contracts.entries import PINYIN
from tests.fakes.office import MemoryOffice, MemoryPasswords
from tests.fakes.store import MemoryStore

ADMINISTRATOR = Operator("li_na", "李娜", (Role.ADMINISTRATOR,))
SUPERVISOR = Operator("lin", "林", (Role.SUPERVISOR, Role.CLERK))
CLERK = Operator("shen", "沈", (Role.CLERK, Role.REVIEWER))
PLACE = OfficePlace("postgresql://li_na@db1.example/lideng", "ca.pem")


class Place:
    def __init__(self, usual=""):
        self.office, self.passwords, self.asked = MemoryOffice(), MemoryPasswords(), []
        self.store = MemoryStore(PINYIN)
        self.service = AdministeringService(self.store, self._open, self.passwords, write_table, usual)

    def _open(self, url, ca, password):
        self.asked.append((url, ca, password))
        return self.office


@pytest.fixture
def place():
    return Place()


def test_only_administrators_get_in_and_supervisors_to_the_cases_whoever_finds_the_page(place):
    for act in (
        lambda: place.service.connect(PLACE, "x", CLERK, keep=False),
        lambda: place.service.remember(PLACE, CLERK),
    ):
        with pytest.raises(NotPermitted):
            act()
    place.service.connect(PLACE, "x", SUPERVISOR, keep=False)
    with pytest.raises(NotPermitted):
        place.service.office(SUPERVISOR)
    with pytest.raises(NotPermitted):
        place.service.cases(CLERK)
    assert place.service.cases(SUPERVISOR) is place.service.office(ADMINISTRATOR) is place.office
    place.service.leave()
    with pytest.raises(CentralUnavailable):
        place.service.cases(SUPERVISOR)


def test_a_supervisor_does_not_log_in_with_what_an_administrator_left_in_the_keyring(place):
    place.service.connect(PLACE, "pa55word", ADMINISTRATOR, keep=True)
    place.service.connect(PLACE, "", SUPERVISOR, keep=True)
    assert place.asked[-1] == (PLACE.url, PLACE.ca, "")
    place.service.connect(PLACE, "", ADMINISTRATOR, keep=True)
    assert place.asked[-1] == (PLACE.url, PLACE.ca, "pa55word")


def test_the_address_is_remembered_and_the_password_is_in_no_store(place):
    assert place.service.place() == OfficePlace()
    connected = place.service.connect(PLACE, "pa55word", ADMINISTRATOR, keep=True)
    assert connected.plan.is_ready
    assert connected.is_kept
    assert place.service.place() == PLACE
    with place.store.read() as uow:
        assert "pa55word" not in str(uow.preferences.all())


def test_a_kept_password_is_used_and_goes_when_it_is_not_wanted_any_more(place):
    place.service.connect(PLACE, "pa55word", ADMINISTRATOR, keep=True)
    place.service.connect(PLACE, "", ADMINISTRATOR, keep=True)
    assert place.asked[-1] == (PLACE.url, PLACE.ca, "pa55word")
    assert not place.service.connect(PLACE, "", ADMINISTRATOR, keep=False).is_kept
    place.service.connect(PLACE, "", ADMINISTRATOR, keep=False)
    assert place.asked[-1] == (PLACE.url, PLACE.ca, "")


def test_where_there_is_no_keyring_it_is_asked_each_time(place):
    place.passwords.works = False
    assert not place.service.connect(PLACE, "pa55word", ADMINISTRATOR, keep=True).is_kept


@pytest.mark.parametrize(
    ("url", "has"),
    [
        ("postgresql://li_na:secret@db1/lideng", True),
        ("host=db1 password=secret", True),
        ("postgresql://li_na@db1/lideng?password=secret", True),
        ("postgresql://li_na@db1,db2:5433/lideng", False),
        ("host=db1 passfile=/etc/pass", False),
    ],
)
def test_a_password_in_the_address_is_refused_before_it_is_remembered(place, url, has):
    assert has_password(url) == has
    if has:
        for act in (place.service.remember, lambda wanted, by: place.service.connect(wanted, "", by, keep=False)):
            with pytest.raises(BadInput):
                act(OfficePlace(url), ADMINISTRATOR)
        assert place.asked == []
        assert place.service.place() == OfficePlace()


def test_what_the_program_was_called_with_is_offered_first_without_its_password():
    assert Place("postgresql://li_na@db1/lideng").service.place().url == "postgresql://li_na@db1/lideng"
    assert Place("postgresql://li_na:secret@db1/lideng").service.place().url == ""


def test_a_centre_that_is_not_reached_leaves_the_office_as_it_was(place):
    place.service.connect(PLACE, "", ADMINISTRATOR, keep=False)
    first, place.office = place.office, MemoryOffice()
    place.office.error = CentralUnavailable("login")
    with pytest.raises(CentralUnavailable):
        place.service.connect(OfficePlace("host=other"), "", ADMINISTRATOR, keep=False)
    assert place.office.is_closed
    assert place.service.office(ADMINISTRATOR) is first
    assert place.service.place() == PLACE


def test_after_leaving_nothing_is_done_and_the_connection_is_closed(place):
    place.service.connect(PLACE, "", ADMINISTRATOR, keep=False)
    place.service.leave()
    assert place.office.is_closed
    with pytest.raises(CentralUnavailable):
        place.service.office(ADMINISTRATOR)
