"""Images that nothing names are removed after a while, and never one that somebody may still name."""

import hashlib
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.plain import to_plain
from app.open_profile import open_profile
from app.services.errors import NotFound
from app.services.form_drafts import FormDraftService
from app.services.kept_pages import PagePlace, new_page
from app.services.stacks import COMING, STACK, STACK_FORM
from app.services.sweeping import AT_ONCE, GRACE
from app.storage.tables import StoredBlobs
from tests.support import MONDAY, filled

LATER = MONDAY + GRACE + timedelta(hours=1)


@pytest.fixture
def counter(place):
    with place.opened() as opened:
        yield opened


@pytest.fixture
def other(place, counter):
    """What another window on the same store would work with."""
    opened = open_profile(place.settings, place.custody, place.clock)
    yield opened
    opened.store.close()


def store_of(window):
    return window.store if hasattr(window, "store") else window.intake._store


def is_there(counter, digest):
    with store_of(counter).read() as uow:
        try:
            return bool(uow.blobs.get(digest))
        except NotFound:
            return False


def keep(counter, data):
    """Keep a page for a draft or form that is not saved yet, as reading a file for a form does."""
    with store_of(counter).write() as uow:
        digest = uow.blobs.put(data)
        uow.commit()
    return digest


def page_of(counter, draft, sample_png):
    draft = counter.intake.attach(draft, "id_card", sample_png)
    return draft, draft.application.materials["id_card"].pages[0].digest


def test_pages_of_a_discarded_draft_go_after_a_while(place, counter, sample_png):
    draft, digest = page_of(counter, filled(counter), sample_png)
    counter.intake.discard(draft)
    assert counter.sweeping.sweep() == 0
    place.clock.set(LATER - timedelta(hours=2))
    assert counter.sweeping.sweep() == 0
    assert is_there(counter, digest)
    place.clock.set(LATER)
    assert counter.sweeping.sweep() == 1
    assert not is_there(counter, digest)
    assert counter.sweeping.sweep() == 0


def test_a_draft_that_comes_back_in_time_has_its_pages(place, counter, sample_png):
    draft, digest = page_of(counter, filled(counter), sample_png)
    counter.intake.discard(draft)
    counter.sweeping.sweep()
    counter.intake.save(draft)
    place.clock.set(LATER)
    assert counter.sweeping.sweep() == 0
    counter.intake.discard(draft)
    assert counter.sweeping.sweep() == 0  # it has had a name since
    assert is_there(counter, digest)


def test_everything_that_is_named_stays(place, counter, sample_png):
    draft, of_case = page_of(counter, filled(counter), sample_png)
    case = counter.intake.accept(draft, counter.catalogue.item(draft.item), CLERK).case
    paper = counter.papers.of_case(case.number)[0]
    counter.papers.pdf(paper, CLERK)
    (of_form,) = counter.pages.read(sample_png + b" ")
    counter.form_drafts.keep(case.number, "F", {"handed": {"x": to_plain(HandedIn(pages=(of_form,)))}})
    of_stack = replace(of_form, digest=keep(counter, b"mixed papers"), original=keep(counter, b"as it was scanned"))
    counter.form_drafts.keep(STACK, STACK_FORM, {"handed": {COMING: to_plain(HandedIn(pages=(of_stack,)))}})
    for days in range(3):
        place.clock.set(LATER + days * GRACE)
        assert counter.sweeping.sweep() == 0
    assert all(is_there(counter, digest) for digest in (of_case, of_form.digest, of_stack.digest, of_stack.original))


def test_a_page_that_another_window_has_just_kept_again_stays(place, counter, other):
    digest = keep(counter, b"a page")
    counter.sweeping.sweep()
    place.clock.set(LATER)
    assert keep(other, b"a page") == digest  # and its draft is not saved yet
    assert counter.sweeping.sweep() == 0
    place.clock.set(LATER + GRACE - timedelta(hours=2))
    assert counter.sweeping.sweep() == 0
    assert is_there(other, digest)


@pytest.mark.parametrize("is_named", [False, True])
def test_a_page_that_another_window_takes_up_while_strays_are_removed_stays(
    place, counter, other, monkeypatch, is_named
):
    digest = keep(counter, b"a page")
    counter.sweeping.sweep()
    place.clock.set(LATER)
    remove = type(counter.sweeping)._remove

    def taken_up_first(service, digests):
        if is_named:
            page = to_plain(HandedIn(pages=(new_page(digest, "image/png"),)))
            FormDraftService(other.store, other.recorder).keep("about", "F", {"handed": {"x": page}})
        else:
            keep(other, b"a page")
        return remove(service, digests)

    monkeypatch.setattr(type(counter.sweeping), "_remove", taken_up_first)
    assert counter.sweeping.sweep() == 0
    assert is_there(other, digest)


def test_a_page_that_is_being_kept_while_strays_are_looked_for_stays(place, counter, other, monkeypatch):
    digest = keep(counter, b"a page")
    counter.sweeping.sweep()
    place.clock.set(LATER)
    unnamed = StoredBlobs.unnamed

    def kept_behind(blobs):
        found = unnamed(blobs)
        keep(other, b"a page")
        return found

    monkeypatch.setattr(StoredBlobs, "unnamed", kept_behind)
    assert counter.sweeping.sweep() == 0
    assert is_there(other, digest)


def test_what_was_kept_when_the_program_was_killed_goes_and_what_the_next_one_keeps_stays(place):
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.support import place_in\n"
        "from app.open_profile import open_profile\n"
        "place = place_in(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "store = open_profile(place.settings, place.custody, place.clock).store\n"
        "with store.write() as uow:\n"
        "    uow.blobs.put(b'kept, its form was not saved')\n"
        "    uow.commit()\n"
        "with store.write() as uow:\n"
        "    uow.blobs.put(b'never committed')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", code, str(place.settings.profile), str(place.settings.cache)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    first, never = (hashlib.sha256(data).hexdigest() for data in (b"kept, its form was not saved", b"never committed"))
    with place.opened() as after:
        assert (is_there(after, first), is_there(after, never)) == (True, False)
        after.sweeping.sweep()
        place.clock.set(LATER)
        second = keep(after, b"kept now")
        assert after.sweeping.sweep() == 1
        assert (is_there(after, first), is_there(after, second)) == (False, True)


def test_many_are_removed_a_few_at_a_time(place, counter):
    digests = [keep(counter, b"%d" % n) for n in range(2 * AT_ONCE + 1)]
    counter.sweeping.sweep()
    place.clock.set(LATER)
    assert counter.sweeping.sweep() == len(digests)
    assert not any(is_there(counter, digest) for digest in digests)


def test_what_a_scan_keeps_meanwhile_is_never_looked_at(place, counter):
    draft = filled(counter)
    counter.scanning._scanner.feeder = [b"sheet"]
    wish = counter.devices.read().wish("fake:0")
    counter.scanning.scan(PagePlace("id_card", draft=draft.draft_id), wish, lambda _page: counter.sweeping.sweep())
    place.clock.set(LATER)
    assert counter.sweeping.sweep() == 0
