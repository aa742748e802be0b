"""Use cases of whoever changes paper templates for all counters: find one, keep a draft, put it among the published ones.

Nothing of it stands in the journal: what is published is signed by the authority, and the centre writes down who did it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.operators import Act, Operator
from app.domain.template_draft import TemplateDraft
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
    is_draft: bool = False
    """Whether somebody has begun to change it here."""


class TemplateEditingService:
    """Changes drafts for administrators alone; nothing takes effect before it is published."""

    def __init__(self, store: Store, recorder: Recorder, workshop: TemplateWorkshop) -> None:
        self._store = store
        self._recorder = recorder
        self._workshop = workshop

    def listed(self, payload: bytes) -> tuple[ListedTemplate, ...]:
        """Return every template: drafts, those in the bulletin ``payload`` (empty for none), and those that ship."""
        shipped, published = self._workshop.shipped(), self._published(payload)
        drafts = self._drafts()
        files = {**shipped, **published, **drafts}
        read = {name: self._workshop.read(data) for name, data in files.items()}
        return tuple(
            ListedTemplate(name, read[name].title, read[name].kind, name in published, name in shipped, name in drafts)
            for name in sorted(read)
        )

    def open(self, name: str, payload: bytes) -> TemplateDraft:
        """Return the draft that was begun of a template, else what is published, else what ships."""
        files = {**self._workshop.shipped(), **self._published(payload), **self._drafts()}
        return self._workshop.read(files[name])

    def keep(self, draft: TemplateDraft, by: Operator) -> None:
        """Keep a draft as it is, whatever is wrong with it; NotPermitted."""
        ensure_may(by, Act.RUN_CENTRE)
        data = self._workshop.write(draft).decode()
        with self._store.write() as uow:
            uow.form_drafts.save(FormDraft(ABOUT, draft.name, {"file": data}, self._recorder.now()))
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

    def _published(self, payload: bytes) -> Mapping[str, bytes]:
        return self._workshop.in_bulletin(payload) if payload else {}

    def _drafts(self) -> Mapping[str, bytes]:
        with self._store.read() as uow:
            kept = [uow.form_drafts.get(ABOUT, name) for name in uow.form_drafts.of(ABOUT)]
        return {one.form: one.filled["file"].encode() for one in kept if one is not None}
