"""What every store keeps of images on their way to the centre, and which may go from here."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.application import HandedIn, Page
from app.domain.case import CaseState
from app.services.ports import (
    Aside,
    CentralHead,
    SetAside,
    WaitingImage,
)
from tests.contracts.stations import (
    HERE,
    LATER,
    THERE,
    Writer,
    append,
    begun,
    receive,
)
from tests.domain.samples import AT


@pytest.fixture
def store(store):
    return begun(store)


def case_with_pages(store, serial, *pages):
    with store.write() as uow:
        kept = tuple(Page(uow.blobs.put(page), "image/png") for page in pages)
        number, taken = store.chain.takes(serial, materials={"id_card": HandedIn(originals=1, pages=kept)})
        uow.journal.append(taken)
        uow.commit()
    return number, [page.digest for page in kept]


def reached(store, seq):
    with store.write() as uow:
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, seq, bytes(32))))
        uow.commit()


def test_images_follow_their_entries_small_cases_first(store):
    large, first = case_with_pages(store, 1, b"a" * 10, b"b" * 10)
    small, second = case_with_pages(store, 2, b"c" * 15)
    with store.read() as uow:
        assert uow.outbox.images(10) == []
        assert uow.outbox.count_images() == (3, 35)
        assert sorted(image.size for image in uow.outbox.unsent_images()) == [10, 10, 15]
    reached(store, 2)
    with store.read() as uow:
        assert [image.case_number for image in uow.outbox.images(10)] == [large, large]
        assert uow.outbox.count_images() == (3, 35)
    reached(store, 3)
    wanted = [WaitingImage(second[0], small, 15), *(WaitingImage(digest, large, 10) for digest in first)]
    with store.write() as uow:
        assert uow.outbox.images(10) == wanted
        assert uow.outbox.count_images() == (3, 35)
        uow.outbox.image_sent(wanted[0], AT)
        uow.outbox.image_sent(wanted[1], AT, "not_a_party")
        assert uow.outbox.images(10) == wanted[2:]
        assert uow.outbox.count_images() == (1, 10)
        assert [image.size for image in uow.outbox.unsent_images()] == [10]
        uow.outbox.save(replace(uow.outbox.state(), images_until=(1, 3)))
        assert uow.outbox.images(10) == []


def test_an_image_whose_copy_went_is_elsewhere_for_a_later_case(store):
    _first, (digest,) = case_with_pages(store, 1, b"a")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(digest, _first, 1), AT)
        uow.outbox.purged(digest)
        again = HandedIn(originals=1, pages=(Page(digest, "image/png"),))
        later, taken = store.chain.takes(2, materials={"id_card": again})
        uow.journal.append(taken)
        uow.commit()
    with store.write() as uow:
        assert uow.outbox.images_elsewhere(10) == []
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, 3, bytes(32))))
        assert uow.outbox.images(10) == []
        assert uow.outbox.images_elsewhere(10) == [WaitingImage(digest, later, 0)]
        uow.outbox.image_sent(WaitingImage(digest, later, 0), AT)
        assert uow.outbox.images_elsewhere(10) == []


def test_what_was_sent_lately_is_told_the_last_first(store):
    number, (first, second, refused) = case_with_pages(store, 1, b"a", b"b", b"c")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(first, number, 1), AT)
        uow.outbox.image_sent(WaitingImage(second, number, 1), LATER)
        uow.outbox.image_sent(WaitingImage(refused, number, 1), LATER, "not_a_party")
        assert uow.outbox.sent_since(AT, 10) == [second, first]
        assert uow.outbox.sent_since(AT, 1) == [second]
        assert uow.outbox.sent_since(LATER, 10) == [second]
        uow.outbox.purged(second)
        assert uow.outbox.sent_since(AT, 10) == [first]


def test_only_what_the_centre_confirmed_may_go_and_only_after_its_time(store):
    number, (first, second) = case_with_pages(store, 1, b"a", b"b")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(first, number, 1), AT)
        uow.outbox.image_sent(WaitingImage(second, number, 1), AT, "not_a_party")
        assert uow.outbox.purgeable(AT, 10) == []
        assert uow.outbox.purgeable(LATER, 10) == [first]
        uow.outbox.purged(first)
        assert uow.outbox.purgeable(LATER, 10) == []
        assert uow.outbox.images(10) == []
        uow.blobs.put(b"a")
        uow.outbox.image_fetched(first, LATER)
        assert uow.outbox.purgeable(LATER + timedelta(days=1), 10) == [first]


def test_a_refused_image_waits_again_when_its_case_is_let_in_or_the_centre_forgot_or_after_a_while(store):
    number, (digest,) = case_with_pages(store, 1, b"a")
    image = WaitingImage(digest, number, 1)

    def waits_after(act):
        with store.write() as uow:
            head = CentralHead(1, 9, bytes(32))
            uow.outbox.save(replace(uow.outbox.state(), head=head, images_until=(1, 9)))
            uow.outbox.set_aside([SetAside(1, 2, number, Aside.QUARANTINED, "not_a_party")])
            uow.outbox.image_sent(image, AT, "NotAParty")
            act(uow.outbox)
            return uow.outbox.images(10) == [image]

    assert not waits_after(lambda outbox: outbox.let_in([(1, 3)]))
    assert not waits_after(lambda outbox: outbox.ask_again("NotAParty", AT))
    assert not waits_after(lambda outbox: outbox.ask_again("BatchRefused", LATER))
    assert waits_after(lambda outbox: outbox.let_in([(1, 2)]))
    assert waits_after(lambda outbox: outbox.ask_again("NotAParty", LATER))
    with store.write() as uow:
        uow.outbox.image_sent(image, AT, "NotAParty")
        uow.outbox.forget_after(1, 0)
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, 9, bytes(32))))
        assert uow.outbox.images(10) == [image]
        uow.outbox.image_sent(image, AT, "NotAParty")
        uow.commit()
    ended = replace(store.chain.cases[number], state=CaseState.DELIVERED)
    append(store, store.chain.moves(number, HERE, ended))
    assert not waits_after(lambda outbox: outbox.ask_again("NotAParty", LATER))


def test_an_image_of_a_received_case_is_not_swept(store):
    there = Writer(THERE)
    with store.write() as uow:
        page = Page(uow.blobs.put(b"page"), "image/png")
        uow.commit()
    receive(store, there.takes(1, materials={"id_card": HandedIn(originals=1, pages=(page,))})[1])
    with store.write() as uow:
        assert uow.blobs.unnamed() == []
        reached_none = uow.outbox.images(10)
    assert reached_none == []
