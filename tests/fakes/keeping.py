"""What the store in memory keeps beside its journal."""

import hashlib

from app.domain.facts import CaseReceived, EntrySetApart, MaterialsFollowed, PaperMade, PaperSigned, SupplementReceived
from app.services.errors import NotFound
from app.services.sync_images import images_of
from tests.fakes.folding import everything


class MemoryDrafts:
    def __init__(self, state):
        self._kept = state.drafts

    def save(self, draft):
        self._kept[draft.draft_id] = draft

    def get(self, draft_id):
        return self._kept.get(draft_id)

    def discard(self, draft_id):
        self._kept.pop(draft_id, None)


class MemoryFormDrafts:
    def __init__(self, state):
        self._kept = state.form_drafts

    def save(self, draft):
        self._kept[draft.about, draft.form] = draft

    def get(self, about, form):
        return self._kept.get((about, form))

    def of(self, about):
        return sorted(form for of, form in self._kept if of == about)

    def discard(self, about, form=""):
        for key in [key for key in self._kept if key[0] == about and form in (key[1], "")]:
            del self._kept[key]


class MemoryBlobs:
    def __init__(self, state):
        self._state = state

    def put(self, data):
        digest = hashlib.sha256(data).hexdigest()
        self._state.blobs[digest] = data
        self._state.strays.pop(digest, None)
        return digest

    def get(self, digest):
        if digest not in self._state.blobs:
            raise NotFound("page")
        return self._state.blobs[digest]

    def drop(self, digests):
        for digest in set(digests) & set(self.unnamed()):
            del self._state.blobs[digest]

    def marked(self):
        return dict(self._state.strays)

    def mark(self, digests, since):
        for digest in digests:
            self._state.strays.setdefault(digest, since)

    def unmark(self, digests):
        for digest in digests:
            self._state.strays.pop(digest, None)

    def drop_marked(self, digests):
        due = set(digests) & set(self.unnamed()) & set(self._state.strays)
        for digest in due:
            del self._state.blobs[digest]
        self.unmark(digests)
        return len(due)

    def unnamed(self):
        handed_in = [draft.application.materials for draft in self._state.drafts.values()]
        taking = (CaseReceived, SupplementReceived, MaterialsFollowed)
        handed_in += [fact.materials for _, fact in everything(self._state) if isinstance(fact, taking)]
        pages = [page for materials in handed_in for one in materials.values() for page in one.pages]
        named = {digest for page in pages for digest in (page.digest, page.original)}
        named |= {fact.digest for _, fact in everything(self._state) if isinstance(fact, PaperMade)}
        named |= {fact.picture for _, fact in everything(self._state) if isinstance(fact, PaperSigned)}
        apart = [fact for _, fact in everything(self._state) if isinstance(fact, EntrySetApart)]
        named |= {digest for fact in apart for digest in images_of(fact)}
        half_filled = [draft.filled.get("handed", {}) for draft in self._state.form_drafts.values()]
        pages = [page for handed in half_filled for one in handed.values() for page in one["pages"]]
        named |= {page[name] for page in pages for name in ("digest", "original") if name in page}
        return list(set(self._state.blobs) - named)


class MemoryItems:
    def __init__(self, state):
        self._kept = state.items

    def publish(self, items):
        for item in items:
            self._kept.setdefault((item.code, item.version), item)

    def get(self, code, version):
        if (code, version) not in self._kept:
            raise NotFound("item")
        return self._kept[code, version]

    def current(self):
        return list({code: self._kept[code, version] for code, version in sorted(self._kept)}.values())


class MemoryAccounts:
    def __init__(self, state):
        self._kept = state.accounts

    def get(self, login):
        return self._kept.get(login)

    def save(self, account):
        self._kept[account.operator.login] = account

    def everyone(self):
        return [self._kept[login] for login in sorted(self._kept)]


class MemoryPreferences:
    def __init__(self, state):
        self._kept = state.preferences

    def all(self):
        return dict(self._kept)

    def set(self, key, value):
        self._kept[key] = value

    def drop(self, key):
        self._kept.pop(key, None)
