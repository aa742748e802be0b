"""What the store in memory keeps of what goes to the centre."""

from dataclasses import replace

from app.domain.case import OPEN
from app.domain.facts import read_fact
from app.services.ports import Aside, SyncState, WaitingImage
from app.services.ports.outbox import leaves_views
from tests.fakes.folding import case_facts, images_of, leaves, place_of


class MemoryOutbox:
    """Implements the port ``Outbox``."""

    def __init__(self, state):
        self._state = state

    def state(self):
        return self._state.sync or SyncState()

    def save(self, state):
        self._state.sync = state

    def _chain(self):
        back = [kept.entry for kept in self._state.received if kept.rank == 0]
        return sorted([*self._state.entries, *back], key=place_of)

    def at(self, epoch, seq):
        return next((one for one in self._chain() if place_of(one) == (epoch, seq)), None)

    def after(self, epoch, seq, limit):
        return [one for one in self._chain() if place_of(one) > (epoch, seq)][:limit]

    def last_before(self, epoch, seq):
        before = [one for one in self._chain() if place_of(one) <= (epoch, seq)]
        return before[-1] if before else None

    def of_case(self, case_number):
        mine = [one for one in self._chain() if one.body and one.read()["case"] == case_number]
        return [one for one in mine if not leaves(self._state, one)]

    def knows(self, digest):
        return any(one.hash == digest for one in self._chain())

    def count_after(self, epoch, seq):
        return len(self.after(epoch, seq, len(self._chain())))

    def digest(self, epoch, seq):
        found = (
            kept.digest for kept in self._state.received if kept.rank == 0 and place_of(kept.entry) == (epoch, seq)
        )
        return next(found, None)

    def confirm(self, epoch, seq, received_at):
        self._state.confirmations.setdefault((epoch, seq), received_at)

    def forget_after(self, epoch, seq):
        confirmations = self._state.confirmations
        for place in [place for place in confirmations if place > (epoch, seq)]:
            del confirmations[place]
        uploads = self._state.uploads
        for key in [key for key, (_at, refusal, is_purged) in uploads.items() if refusal or not is_purged]:
            del uploads[key]

    def received_at(self, epoch, seq):
        places = sorted(place for place in self._state.confirmations if place >= (epoch, seq))
        return self._state.confirmations[places[0]] if places else None

    def set_aside(self, aside):
        fresh = [one for one in aside if self._counts(one)]
        self._state.aside.update({(one.epoch, one.seq): one for one in fresh})
        return any(leaves_views(one) for one in fresh)

    def _counts(self, one):
        known = self._state.aside.get((one.epoch, one.seq))
        return known is None or (known.kind, one.kind) == (Aside.PARTED, Aside.QUARANTINED)

    def settle(self, aside):
        before = [one for one in self._state.aside.values() if leaves_views(one)]
        for one in aside:
            known = self._state.aside.get((one.epoch, one.seq))
            if known:
                self._state.aside[one.epoch, one.seq] = replace(known, reason=one.reason, is_final=one.is_final)
        return before != [one for one in self._state.aside.values() if leaves_views(one)]

    def let_in(self, places):
        found = [self._state.aside.pop(place, None) for place in places]
        gone = [one for one in found if one]
        cases = {one.case_number for one in gone}
        self._let_images_wait(lambda case, _at, refusal: refusal and case in cases)
        return any(leaves_views(one) for one in gone)

    def aside(self, limit):
        return [self._state.aside[place] for place in sorted(self._state.aside, reverse=True)[:limit]]

    def _named(self):
        """Return the images of own entries that are not noted as sent, with the place where each is named first."""
        state = self.state()
        first = {}
        for entry in self._state.entries:
            for digest in images_of(read_fact(entry.read())):
                first.setdefault((digest, entry.read()["case"]), place_of(entry))
        return [
            (place, digest, case)
            for (digest, case), place in first.items()
            if case and state.images_until < place and (digest, case) not in self._state.uploads
        ]

    def _unsent(self):
        blobs = self._state.blobs
        return [
            (place, WaitingImage(digest, case, len(blobs[digest])))
            for place, digest, case in self._named()
            if digest in blobs
        ]

    def images_elsewhere(self, limit):
        head = self.state().head
        pushed = (head.epoch, head.seq) if head else (0, 0)
        named = sorted(self._named())
        return [
            WaitingImage(digest, case, 0)
            for place, digest, case in named
            if place <= pushed and digest not in self._state.blobs
        ][:limit]

    def images(self, limit):
        head = self.state().head
        pushed = (head.epoch, head.seq) if head else (0, 0)
        unsent = [(place, image) for place, image in self._unsent() if place <= pushed]
        whole = {}
        for _place, image in unsent:
            whole[image.case_number] = whole.get(image.case_number, 0) + image.size
        unsent.sort(key=lambda one: (whole[one[1].case_number], one[1].case_number, one[0]))
        return [image for _place, image in unsent][:limit]

    def unsent_images(self):
        return [image for _place, image in sorted(self._unsent(), key=lambda one: (one[0], one[1].digest))]

    def count_images(self):
        unsent = self._unsent()
        return len(unsent), sum(image.size for _place, image in unsent)

    def image_sent(self, image, at, refusal=""):
        self._state.uploads[image.digest, image.case_number] = (at, refusal, bool(refusal))

    def ask_again(self, refusal, before):
        states = {body["case"]: body["header"]["state"] for body, _fact in case_facts(self._state) if body["header"]}
        self._let_images_wait(lambda case, at, why: why == refusal and at < before and states.get(case) in OPEN)

    def _let_images_wait(self, is_wanted):
        for key in [key for key, (at, refusal, _) in self._state.uploads.items() if is_wanted(key[1], at, refusal)]:
            del self._state.uploads[key]
            self._state.sync = replace(self.state(), images_until=(0, 0))

    def image_lost(self, digest):
        for key in [key for key in self._state.uploads if key[0] == digest]:
            del self._state.uploads[key]
        self._state.sync = replace(self.state(), images_until=(0, 0))

    def image_fetched(self, digest, at):
        self._state.uploads[digest, ""] = (at, "", False)

    def sent_since(self, since, limit):
        last = {}
        for (digest, case), (at, refusal, is_purged) in self._state.uploads.items():
            if case and at >= since and not refusal and not is_purged:
                last[digest] = max(at, last.get(digest, at))
        return sorted(last, key=last.get, reverse=True)[:limit]

    def purgeable(self, before, limit):
        drafted = {
            page.digest
            for draft in self._state.drafts.values()
            for handed_in in draft.application.materials.values()
            for page in handed_in.pages
        }
        first = {}
        for (digest, _case), (at, _refusal, is_purged) in self._state.uploads.items():
            if not is_purged and at < before and digest not in drafted:
                first[digest] = min(at, first.get(digest, at))
        return sorted(first, key=first.get)[:limit]

    def purged(self, digest):
        self._state.blobs.pop(digest, None)
        for key in [key for key in self._state.uploads if key[0] == digest]:
            at, refusal, _ = self._state.uploads[key]
            self._state.uploads[key] = (at, refusal, True)
