"""Pages from a scanner become part of a draft or form, whatever the window saves meanwhile, and survive every trouble."""

from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.domain.application import Page, PageRemark, TakenHow
from app.services.errors import NotFound, ScannerFault, ScannerTrouble
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import Colours, Feeding, ScannedPage, ScanWish
from app.services.scanning import ScanningService
from tests.fakes.scanners import FLATBED, FakeCleaner, FakeScanner
from tests.support import filled

WISH = ScanWish(FLATBED.key, Feeding.FEEDER)
FIRST, SECOND, THIRD = b"first sheet", b"second sheet", b"third sheet"


@pytest.fixture
def draft(counter):
    return filled(counter)


@pytest.fixture
def there(draft):
    """Where the pages of the identity card belong."""
    return PagePlace("id_card", draft=draft.draft_id)


def service(counter, *feeder, **found):
    return ScanningService(counter.intake._store, counter.desk.now, FakeScanner(feeder), FakeCleaner(**found))


def stored(counter, draft):
    return counter.intake.resume(draft.draft_id)[0].application.materials["id_card"]


def nothing(_page):
    """Need nothing of a page."""


def digests(counter, *pages):
    with counter.intake._store.write() as uow:
        return [uow.blobs.put(page) for page in pages]


def test_pages_before_a_jam_are_there_and_the_scan_goes_on_behind_them(counter, draft, there):
    scans, came = service(counter, FIRST, SECOND, ScannerTrouble.JAM, THIRD), []
    with pytest.raises(ScannerFault) as fault:
        scans.scan(there, WISH, came.append)
    assert (fault.value.trouble, fault.value.pages, stored(counter, draft).pages) == ("jam", 2, tuple(came))
    assert scans.scan(there, WISH, came.append) == 1
    kept = stored(counter, draft)
    assert [page.digest for page in kept.pages] == digests(counter, FIRST, SECOND, THIRD)
    assert (kept.how, kept.originals) == (TakenHow.SCAN, 1)


def test_a_page_is_durable_before_the_next_is_asked_for(counter, draft, there):
    seen = []
    service(counter, FIRST, SECOND).scan(there, WISH, lambda _page: seen.append(len(stored(counter, draft).pages)))
    assert seen == [1, 2]


def test_one_page_can_be_scanned_again_in_its_place(counter, draft, there):
    scans, came = service(counter, FIRST, SECOND), []
    scans.scan(there, WISH, came.append)
    scans._scanner.feeder = [THIRD, b"not wanted"]
    scans.scan(there, WISH, nothing, instead_of=came[0])
    assert [page.digest for page in stored(counter, draft).pages] == digests(counter, THIRD, SECOND)
    assert scans._scanner.feeder == [b"not wanted"]


def test_what_the_window_saves_meanwhile_loses_no_page_that_it_has_not_seen(counter, draft, there):
    came = []
    service(counter, FIRST, SECOND).scan(there, WISH, came.append)
    shown = replace(stored(counter, draft), pages=(came[0].turned(),))
    application = replace(draft.application, materials={**draft.application.materials, "id_card": shown})
    saved = counter.intake.save(replace(draft, application=application), {came[0].identity})
    assert saved.application.materials["id_card"].pages == (came[0].turned(), came[1])
    saved = counter.intake.save(replace(draft, application=application), {page.identity for page in came})
    assert stored(counter, draft).pages == saved.application.materials["id_card"].pages == (came[0].turned(),)


def test_pages_come_into_a_form_that_is_being_filled_in(counter):
    place = PagePlace("photo", about="20260518000731000197", form="TakeInSupplementForm")
    scans, came = service(counter, FIRST, SECOND), []
    with pytest.raises(NotFound):
        scans.scan(place, WISH, nothing)
    empty = {"values": {"note": "x"}, "handed": {}}
    counter.form_drafts.keep(place.about, place.form, empty)
    scans.scan(place, WISH, came.append)
    counter.form_drafts.keep(place.about, place.form, empty, ())
    kept = counter.form_drafts.find(place.about, place.form).filled
    assert (kept["values"], [page["digest"] for page in kept["handed"]["photo"]["pages"]]) == (
        {"note": "x"},
        [page.digest for page in came],
    )


def test_a_cleaned_page_takes_the_place_of_the_raw_one_and_the_way_back_stays_open(counter, draft, there):
    scans, came = service(counter, FIRST, found={FIRST: ({PageRemark.BLANK}, ())}), []
    scans.scan(there, WISH, came.append)
    cleaned = scans.clean(there, came[0])
    assert (stored(counter, draft).pages, cleaned.remarks) == ((cleaned.page,), {PageRemark.BLANK})
    assert cleaned.page.original == came[0].digest != cleaned.page.digest
    grey = scans.clean(there, cleaned.page, colours=Colours.GREY)
    assert scans._cleaner.asked == [(FIRST, None, None), (FIRST, Colours.GREY, None)]
    raw = scans.take_original(there, grey.page)
    assert (stored(counter, draft).pages, raw.digest) == ((raw,), came[0].digest)
    item = counter.catalogue.item(draft.item)
    case = counter.intake.accept(counter.intake.resume(draft.draft_id)[0], item, CLERK).case
    assert case.materials["id_card"].pages == (Page(came[0].digest, "image/jpeg"),)
    with counter.intake._store.read() as uow:
        assert uow.blobs.get(came[0].digest) == FIRST


def test_what_a_page_was_made_from_is_gone_when_the_case_is_received(counter, draft, there):
    scans, came = service(counter, FIRST), []
    scans.scan(there, WISH, came.append)
    cleaned = scans.clean(there, came[0]).page
    counter.intake.accept(counter.intake.resume(draft.draft_id)[0], counter.catalogue.item(draft.item), CLERK)
    with counter.intake._store.read() as uow:
        assert uow.blobs.get(cleaned.digest)
        with pytest.raises(NotFound):
            uow.blobs.get(came[0].digest)


def test_what_the_pages_of_a_form_were_made_from_is_gone_when_it_is_done(counter):
    place = PagePlace("photo", about="20260518000731000197", form="TakeInSupplementForm")
    scans, came = service(counter, FIRST), []
    counter.form_drafts.keep(place.about, place.form, {"values": {}, "handed": {}})
    scans.scan(place, WISH, came.append)
    scans.clean(place, came[0])
    counter.form_drafts.finish(place.about, place.form)
    with counter.intake._store.read() as uow, pytest.raises(NotFound):
        uow.blobs.get(came[0].digest)


def test_a_page_that_was_turned_while_it_was_cleaned_stays_turned(counter, draft, there):
    scans, came = service(counter, FIRST), []
    scans.scan(there, WISH, came.append)
    shown = replace(stored(counter, draft), pages=(came[0].turned(),))
    application = replace(draft.application, materials={"id_card": shown})
    counter.intake.save(replace(draft, application=application))
    scans.clean(there, came[0])
    assert stored(counter, draft).pages[0].turn == 90


def test_cleaning_a_page_whose_case_was_accepted_meanwhile_changes_nothing(counter, draft, there):
    scans, came = service(counter, FIRST), []
    scans.scan(there, WISH, came.append)
    counter.intake.discard(draft)
    assert scans.clean(there, came[0]).page == came[0]
    with pytest.raises(NotFound):
        scans.keep(there, ScannedPage(SECOND, "image/png", 300))


def test_a_page_that_came_or_was_cleaned_after_the_last_save_is_so_in_the_case(counter, draft, there):
    scans, came = service(counter, FIRST), []
    scans.scan(there, WISH, came.append)
    shown = counter.intake.resume(draft.draft_id)[0]  # the window has not heard of what follows
    clean = scans.clean(there, came[0]).page
    late = scans.keep(there, ScannedPage(SECOND, "image/jpeg", 0))
    case = counter.intake.accept(shown, counter.catalogue.item(draft.item), CLERK).case
    assert [page.digest for page in case.materials["id_card"].pages] == [clean.digest, late.digest]
    with counter.intake._store.read() as uow, pytest.raises(NotFound):
        uow.blobs.get(came[0].digest)
