"""Use cases of whoever changes paper templates for all counters: find one, keep a draft, put it among the published ones.

Nothing of it stands in the journal: what is published is signed by the authority, and the centre writes down who did it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.operators import Act, Operator
from app.domain.template_draft import TemplateDraft
from app.services.errors import NotFound
from app.services.permits import ensure_may
from app.services.ports import FormDraft, Judged, Store, TemplateWorkshop
from app.services.recording import Recorder

TOPIC = "papers"
ABOUT = "templates"
"""What drafts are kept about; each by the name of its template."""


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """One template that can be edited, and where it stands."""

    name: str
    title: str
    kind: str
    is_published: bool = False
    """Whether the centre has published it, in place of the one that ships or beside those."""
    is_shipped: bool = False
    changed_at: datetime | None = None
    """When somebody last changed it here without publishing it; None where there is no draft."""
    is_superseded: bool = False
    """Whether another version was published or came with the program after the draft was begun."""

    @property
    def is_draft(self) -> bool:
        """Tell whether somebody has begun to change it here."""
        return self.changed_at is not None


@dataclass(frozen=True, slots=True)
class OpenedTemplate:
    """A template that is being changed."""

    draft: TemplateDraft
    base: str = ""
    """What it was made from: the SHA-256 (hex) of that file, empty for a template that is new."""


class TemplateEditingService:
    """Changes drafts for administrators alone; nothing takes effect before it is published.

    Drafts lie in the store of this PC, which one program has open at a time. What is done at two PCs meets when it is
    published: whoever comes second is told by ``current``.
    """

    def __init__(self, store: Store, recorder: Recorder, workshop: TemplateWorkshop) -> None:
        self._store = store
        self._recorder = recorder
        self._workshop = workshop
        self._last: tuple[bytes, Mapping[str, bytes]] = (b"", {})
        """The bulletin that was read last, with its files: reading thirty templates takes a moment."""

    def listed(self, payload: bytes) -> tuple[ListedTemplate, ...]:
        """Return every template: drafts, those in the bulletin ``payload`` (empty for none), and those that ship."""
        shipped, published = self._workshop.shipped(), self._published(payload)
        files = {**shipped, **published}
        drafts = self._drafts()
        read = {name: self._workshop.read(data) for name, data in files.items() if name not in drafts}
        read |= {name: self._workshop.read(_file(kept)) for name, kept in drafts.items()}

        def listed(name: str) -> ListedTemplate:
            kept, draft = drafts.get(name), read[name]
            is_old = kept is not None and kept.filled["base"] != _digest(files.get(name))
            at = kept.saved_at if kept else None
            return ListedTemplate(name, draft.title, draft.kind, name in published, name in shipped, at, is_old)

        return tuple(map(listed, sorted(read)))

    def open(self, name: str, payload: bytes) -> OpenedTemplate:
        """Return the draft that was begun of a template, else what is published, else what ships; NotFound."""
        if kept := self._drafts().get(name):
            return OpenedTemplate(self._workshop.read(_file(kept)), kept.filled["base"])
        data = self._files(payload).get(name)
        if data is None:
            raise NotFound("template")
        return OpenedTemplate(self._workshop.read(data), _digest(data))

    def current(self, name: str, payload: bytes) -> str:
        """Return what a draft that is begun now would be made from; where ``base`` says another, there is a newer one."""
        return _digest(self._files(payload).get(name))

    def keep(self, opened: OpenedTemplate, by: Operator) -> None:
        """Keep a draft as it is, whatever is wrong with it; NotPermitted."""
        ensure_may(by, Act.RUN_CENTRE)
        filled = {"file": self._workshop.write(opened.draft).decode(), "base": opened.base}
        with self._store.write() as uow:
            uow.form_drafts.save(FormDraft(ABOUT, opened.draft.name, filled, self._recorder.now()))
            uow.commit()

    def drop(self, name: str, by: Operator) -> None:
        """Forget the draft of a template; NotPermitted."""
        ensure_may(by, Act.RUN_CENTRE)
        with self._store.write() as uow:
            uow.form_drafts.discard(ABOUT, name)
            uow.commit()

    def judge(self, draft: TemplateDraft) -> Judged:
        """Return what is wrong with a draft, and its paper with sample values as far as it can be drawn."""
        return self._workshop.judge(draft)

    def bulletin(self, draft: TemplateDraft, payload: bytes) -> bytes:
        """Return the bulletin that has ``draft`` among everything that ``payload`` names."""
        files = {**self._published(payload), draft.name: self._workshop.write(draft)}
        return self._workshop.bulletin(files)

    def _files(self, payload: bytes) -> Mapping[str, bytes]:
        return {**self._workshop.shipped(), **self._published(payload)}

    def _published(self, payload: bytes) -> Mapping[str, bytes]:
        last = self._last
        if last[0] != payload:
            self._last = last = (payload, self._workshop.in_bulletin(payload))
        return last[1]

    def _drafts(self) -> Mapping[str, FormDraft]:
        with self._store.read() as uow:
            kept = [uow.form_drafts.get(ABOUT, name) for name in uow.form_drafts.of(ABOUT)]
        return {one.form: one for one in kept if one is not None}


def _file(kept: FormDraft) -> bytes:
    data: bytes = kept.filled["file"].encode()
    return data


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
