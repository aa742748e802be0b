"""What every store promises; the one in memory is the model that the encrypted one is held against."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import Application, HandedIn, Page
from app.domain.facts import EpochOpened, MaterialsFollowed, SupplementReceived
from app.domain.people import Person
from app.domain.plain import to_plain
from app.services.errors import NotFound, StoreBusy
from app.services.ports import Account, FormDraft
from tests.contracts.entries import DRAFT, RECEIVED, add, entry
from tests.domain.samples import AT, ITEM, NUMBER, PERSON, paper

# --- transactions ----------------------------------------------------------------------------------------------


def test_what_is_committed_is_seen_by_the_next_one(store):
    with store.write() as uow:
        uow.preferences.set("theme", "dark")
        uow.commit()
    with store.read() as uow:
        assert uow.preferences.all() == {"theme": "dark"}
    with store.write() as uow:
        uow.preferences.drop("theme")
        uow.preferences.drop("never kept")
        uow.commit()
    with store.read() as uow:
        assert uow.preferences.all() == {}


def test_what_is_not_committed_is_gone(store):
    with store.write() as uow:
        uow.drafts.save(DRAFT)
        uow.journal.append(entry(EpochOpened("00")))
    with store.read() as uow:
        assert uow.drafts.get(DRAFT.draft_id) is None
        assert uow.journal.head() is None


def test_a_fault_inside_is_raised_and_rolls_back(store):
    with pytest.raises(ZeroDivisionError), store.write() as uow:
        uow.drafts.save(DRAFT)
        raise ZeroDivisionError
    with store.read() as uow:
        assert uow.drafts.get(DRAFT.draft_id) is None


def test_a_reader_sees_one_moment(store):
    with store.read() as reading:
        assert reading.journal.head() is None
        add(store, entry(EpochOpened("00")))
        assert list(reading.journal.entries()) == []


def test_two_writers_do_not_write_at_once(store):
    with store.write(), pytest.raises(StoreBusy), store.write():
        pass
    with store.write() as uow:
        uow.commit()


# --- what is kept beside it ------------------------------------------------------------------------------------


def test_a_draft_is_kept_replaced_and_discarded(store):
    later = replace(DRAFT, application=Application(Person("林", "")), saved_at=AT + timedelta(minutes=1))
    with store.write() as uow:
        uow.drafts.save(DRAFT)
        assert uow.drafts.get(DRAFT.draft_id) == DRAFT
        uow.drafts.save(later)
        assert uow.drafts.get(DRAFT.draft_id) == later
        uow.drafts.discard(DRAFT.draft_id)
        uow.drafts.discard("never there")
        assert uow.drafts.get(DRAFT.draft_id) is None


def test_half_filled_forms_are_kept_replaced_and_discarded_by_what_they_are_about(store):
    first = FormDraft(NUMBER, "GiveBackForm", {"values": {"reason": "改办其他事项"}, "handed": {}}, AT)
    with store.write() as uow:
        for draft in (first, replace(first, form="RateForm"), replace(first, about="another")):
            uow.form_drafts.save(draft)
        later = replace(first, filled={"values": {}, "handed": {}})
        uow.form_drafts.save(later)
        assert uow.form_drafts.get(NUMBER, "GiveBackForm") == later
        assert uow.form_drafts.of(NUMBER) == ["GiveBackForm", "RateForm"]
        uow.form_drafts.discard(NUMBER, "GiveBackForm")
        assert (uow.form_drafts.get(NUMBER, "GiveBackForm"), uow.form_drafts.of(NUMBER)) == (None, ["RateForm"])
        uow.form_drafts.discard(NUMBER)
        assert (uow.form_drafts.of(NUMBER), uow.form_drafts.of("another")) == ([], ["GiveBackForm"])


def test_pages_of_a_half_filled_form_are_kept(store):
    with store.write() as uow:
        page = {"digest": uow.blobs.put(b"a page of a form"), "media_type": "image/png", "turn": 0}
        filled = {"values": {}, "handed": {"photo": {"pages": [page]}, "id_card": {"pages": []}}}
        uow.form_drafts.save(FormDraft(NUMBER, "TakeInSupplementForm", filled, AT))
        assert uow.blobs.unnamed() == []


def test_what_a_page_was_made_from_is_kept_as_long_as_a_draft_names_it(store):
    with store.write() as uow:
        page = Page(uow.blobs.put(b"cleaned"), "image/jpeg", original=uow.blobs.put(b"as scanned"))
        filled = {"handed": {"photo": to_plain(HandedIn(pages=(replace(page, original=uow.blobs.put(b"other")),)))}}
        application = Application(PERSON, materials={"id_card": HandedIn(pages=(page,))})
        uow.drafts.save(replace(DRAFT, application=application))
        uow.form_drafts.save(FormDraft(NUMBER, "TakeInSupplementForm", filled, AT))
        assert uow.blobs.unnamed() == []
        uow.drafts.discard(DRAFT.draft_id)
        assert len(uow.blobs.unnamed()) == 1
        uow.form_drafts.discard(NUMBER)
        assert len(uow.blobs.unnamed()) == 3


def test_only_what_nothing_names_is_dropped(store):
    with store.write() as uow:
        named, stray = uow.blobs.put(b"a page of a draft"), uow.blobs.put(b"as it was scanned")
        raw = uow.blobs.put(b"as another was scanned")
        page = Page(named, "image/png", original=raw)
        uow.drafts.save(replace(DRAFT, application=Application(PERSON, materials={"id_card": HandedIn(pages=(page,))})))
        uow.blobs.drop([named, stray, raw, "ab" * 32])
        assert (uow.blobs.get(named), uow.blobs.get(raw)) == (b"a page of a draft", b"as another was scanned")
        with pytest.raises(NotFound):
            uow.blobs.get(stray)


def test_equal_bytes_are_kept_once_and_told_when_nothing_names_them(store):
    with store.write() as uow:
        digest = uow.blobs.put(b"a page")
        assert uow.blobs.put(b"a page") == digest
        named = uow.blobs.put(b"a page of a draft")
        pages = {"id_card": HandedIn(pages=(Page(named, "image/png"),))}
        uow.drafts.save(replace(DRAFT, application=Application(PERSON, materials=pages)))
        assert uow.blobs.get(digest) == b"a page"
        assert uow.blobs.unnamed() == [digest]


def test_only_what_is_marked_and_still_has_no_name_is_dropped(store):
    with store.write() as uow:
        stray, named, again, unmarked = (uow.blobs.put(data) for data in (b"stray", b"named", b"again", b"unmarked"))
        uow.blobs.mark([stray, named, again], AT)
        uow.blobs.mark([stray], AT + timedelta(days=1))
        assert uow.blobs.marked() == dict.fromkeys((stray, named, again), AT)
        pages = {"id_card": HandedIn(pages=(Page(named, "image/png"),))}
        uow.drafts.save(replace(DRAFT, application=Application(PERSON, materials=pages)))
        uow.blobs.put(b"again")
        assert uow.blobs.drop_marked([stray, named, again, unmarked]) == 1
        assert uow.blobs.marked() == {}
        for digest in (named, again, unmarked):
            uow.blobs.get(digest)
        with pytest.raises(NotFound):
            uow.blobs.get(stray)
        uow.blobs.mark([again], AT)
        uow.blobs.unmark([again])
        assert uow.blobs.drop_marked([again]) == 0


@pytest.mark.parametrize("kind", [SupplementReceived, MaterialsFollowed])
def test_pages_that_came_later_are_kept(store, kind):
    with store.write() as uow:
        pages = (Page(uow.blobs.put(b"a page that came later"), "image/png"),)
        more = {"complete": True, "form": {}} if kind is SupplementReceived else {}
        later = kind(materials={"photo": HandedIn(pages=pages)}, receipt=paper("later"), **more)
        uow.journal.append(entry(EpochOpened("00")))
        uow.journal.append(entry(RECEIVED, seq=2, case=NUMBER))
        uow.journal.append(entry(later, seq=3, case=NUMBER))
        assert uow.blobs.unnamed() == []


def test_a_version_of_an_item_never_changes(store):
    second = replace(ITEM, version=2, name="居住证明（新）")
    with store.write() as uow:
        uow.items.publish([ITEM])
        uow.items.publish([replace(ITEM, name="又一个"), second])
        assert uow.items.get(ITEM.code, 1) == ITEM
        assert uow.items.current() == [second]
        with pytest.raises(NotFound):
            uow.items.get(ITEM.code, 3)


def test_an_account_is_kept_and_replaced(store):
    account = Account(CLERK, "hash", 0, None)
    failed = replace(account, failures=2, last_failure=AT)
    with store.write() as uow:
        assert uow.accounts.get(CLERK.login) is None
        uow.accounts.save(account)
        uow.accounts.save(failed)
        assert uow.accounts.get(CLERK.login) == failed
        assert uow.accounts.everyone() == [failed]
