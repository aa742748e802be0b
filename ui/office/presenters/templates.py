"""Decides what the part of paper templates shows and does: find one, copy it, change it, publish it. Qt-free.

How a draft changes is the business of ``app.domain.template_draft``, what is wrong with it of ``template_remarks``,
how it looks of ``template_paper``.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Protocol

from app.domain.template_draft import BlockKind, Editing, TemplateDraft
from app.services.ports import CentreOffice
from app.services.progress import Tell
from app.services.template_editing import TOPIC, ListedTemplate, OpenedTemplate
from ui.office.presenters.template_edits import edited, fields_for
from ui.office.presenters.template_paper import LivePaper, Look, Wish
from ui.office.presenters.template_state import CLOSED, TemplatesState
from ui.office.work import Around
from ui.text import _

USUAL_WIDTH = 400


class TemplatesView(Protocol):
    """The part of the templates."""

    def render(self, state: TemplatesState) -> None:
        """Show ``state``."""
        ...


class TemplatesPresenter:
    """A draft is kept after every change."""

    def __init__(self, around: Around, view: TemplatesView) -> None:
        self._around = around
        self._view = view
        self._payload = b""
        """What is published, as it was read last."""
        self._base = self._told = ""
        """What the draft was made from, and what else it may take the place of because that was said."""
        self._leads_to = ""
        """Which template is to be under the cursor when the list has been read."""
        self._width = USUAL_WIDTH
        self._is_faulty = False
        """Whether it was said that the paper cannot be drawn."""
        self._paper = LivePaper(around.work, around.counter, self._looked)
        self.state = TemplatesState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._show()
        self.refresh()

    def refresh(self) -> None:
        """Read the templates again; one that is open stays."""
        templates = self._around.counter.templates

        def look(office: CentreOffice) -> tuple[bytes, tuple[ListedTemplate, ...]]:
            _version, payload = office.newest(TOPIC)
            return payload, templates.listed(payload)

        self._around.work.read(look, self._took, lambda _error: self._show(is_unread=True))

    def step_back(self) -> bool:
        """Close the template that is open; its draft is kept."""
        if self.state.editing is None:
            return False
        self._close()
        return True

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self._payload = b""
        self._paper.forget()
        self.state = TemplatesState()

    # --- the list ----------------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Take note of the template under the cursor."""
        if name != self.state.chosen:
            self._show(chosen=name)

    def open(self) -> None:
        """Open the template under the cursor."""
        if self.state.rows is not None and self.state.chosen:
            self._open(self._around.counter.templates.open(self.state.chosen, self._payload))

    def copy(self) -> None:
        """Open a copy of the template under the cursor, under a name that nothing has."""
        if self.state.rows is None or not self.state.chosen:
            return
        draft = self._around.counter.templates.open(self.state.chosen, self._payload).draft
        known = {row.name for row in self.state.rows}
        name = next(name for at in count(2) if (name := f"{draft.name}_{at}") not in known)
        opened = OpenedTemplate(draft.copied(name, draft.title))
        self._around.counter.templates.keep(opened, self._around.session.clerk)
        self._show(chosen=name)
        self._open(opened, is_copy=True)

    def drop(self) -> None:
        """Forget the draft of the template under the cursor, or of the one that is open; it can be taken back."""
        templates, by = self._around.counter.templates, self._around.session.clerk
        row = next((row for row in self.state.rows or () if row.name == self.state.chosen), None)
        if self.state.draft:
            dropped = OpenedTemplate(self.state.draft, self._base)
        elif row is not None and row.is_draft:
            dropped = templates.open(row.name, self._payload)
        else:
            return
        templates.drop(dropped.draft.name, by)
        self._close(dropped=dropped)
        self._around.work.say(_("草稿已删，已经发布的不变。"))

    def take_back(self) -> None:
        """Keep the draft again that was dropped last."""
        if (dropped := self.state.dropped) and self.state.editing is None:
            self._around.counter.templates.keep(dropped, self._around.session.clerk)
            self._around.work.say("")
            self._close(dropped=None, chosen=dropped.draft.name)

    # --- blocks ------------------------------------------------------------------------------------------------

    def choose_block(self, block: int) -> None:
        """Change another block, or the paper as a whole."""
        if self.state.draft and block != self.state.block and 0 <= block <= len(self.state.draft.blocks):
            self._show(block=block)

    def add(self, kind: str) -> None:
        """Add a block below the one that is being changed."""
        place = self.state.block
        self._change(lambda draft: draft.add(place, BlockKind(kind)), block=place + 1)

    def repeat(self) -> None:
        """Put a second one below the block."""
        if place := self.state.block:
            self._change(lambda draft: draft.repeat(place - 1), block=place + 1)

    def remove(self) -> None:
        """Take the block away; it can be taken back."""
        if place := self.state.block:
            self._change(lambda draft: draft.remove(place - 1), block=place - 1)

    def move(self, by: int) -> None:
        """Move the block up or down."""
        place, draft = self.state.block, self.state.draft
        if draft and place and 1 <= place + by <= len(draft.blocks):
            self._change(lambda draft: draft.move(place - 1, by), block=place + by)

    def add_row(self, pairs: int) -> None:
        """Add a row of one or two labels with values to the block."""
        if place := self.state.block:
            self._change(lambda draft: draft.add_row(place - 1, pairs))

    def remove_row(self, row: int) -> None:
        """Take a row (from 1) of the block away."""
        if place := self.state.block:
            self._change(lambda draft: draft.remove_row(place - 1, row - 1))

    def move_row(self, row: int, by: int) -> None:
        """Move a row (from 1) of the block up or down."""
        if place := self.state.block:
            self._change(lambda draft: draft.move_row(place - 1, row - 1, by))

    def edit(self, key: str, value: str) -> None:
        """Take note of what was typed or chosen; ``key`` is as ``edited`` takes it."""
        place = self.state.block
        self._change(lambda draft: edited(draft, place, key, value), touched=f"{place} {key}")

    def undo(self) -> None:
        """Take the last change back."""
        if self.state.editing:
            self._step(self.state.editing.undone())

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.state.editing:
            self._step(self.state.editing.redone())

    # --- paper and publishing ----------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Show another page of the paper."""
        pages = self.state.picture.pages if self.state.picture else 0
        if 0 <= self.state.page + by < pages:
            self._show(page=self.state.page + by)
            self._look()

    def resize(self, width: int) -> None:
        """Draw the paper as wide as there is room."""
        self._width = max(width, 1)
        self._look()

    def publish(self) -> None:
        """Sign and publish the draft among everything that is published.

        Where another version was published since it was begun, that is said first, and nothing else is done.
        """
        if self.state.can_publish:
            self._around.sign(self._publish)

    def _publish(self) -> None:
        if not self.state.can_publish or self.state.draft is None:
            return  # it was changed while the authority was asked for
        draft, known, templates = self.state.draft, {self._base, self._told}, self._around.counter.templates

        def publish(office: CentreOffice, _tell: Tell) -> tuple[int, bytes]:
            version, payload = office.newest(TOPIC)
            if templates.current(draft.name, payload) not in known:
                return 0, payload
            payload = templates.bulletin(draft, payload)
            return office.publish(TOPIC, payload, version + 1), payload

        self._around.work.act(_("正在签名并发布"), publish, lambda done: self._published(draft, *done))

    def _published(self, draft: TemplateDraft, version: int, payload: bytes) -> None:
        self._payload = payload
        if not version:
            self._compare()
            return
        templates, by = self._around.counter.templates, self._around.session.clerk
        said = {"title": draft.title, "version": version}
        words = _("“%(title)s”已发布（文书模板第 %(version)d 版），窗口同步后下次启动起使用；已经出的证不变。")
        self._around.work.say(words % said)
        kept = templates.open(draft.name, payload).draft
        if kept == draft:
            templates.drop(draft.name, by)
        else:  # it was changed further while it was being published
            self._base = templates.current(draft.name, payload)
            templates.keep(OpenedTemplate(kept, self._base), by)
        if self.state.draft == draft:
            self._close()
        else:
            self.refresh()

    # --- inside ------------------------------------------------------------------------------------------------

    def _open(self, opened: OpenedTemplate, *, is_copy: bool = False) -> None:
        self._base, self._told = opened.base, ""
        fields = fields_for(self._around.counter.catalogue.items(), opened.draft)
        opening: dict[str, object] = {**CLOSED, "editing": Editing(opened.draft), "is_copy": is_copy}
        self._show(**opening, fields=fields, dropped=None)
        self._compare()
        self._look()

    def _close(self, **changes: object) -> None:
        """Lead back to the template in the list, and read that again; one that is new there waits for it."""
        self._paper.forget()
        opened = self.state.draft.name if self.state.draft else self.state.chosen
        self._leads_to = str(changes.get("chosen", opened))
        is_known = any(row.name == self._leads_to for row in self.state.rows or ())
        self._show(**{**CLOSED, **changes}, **({} if is_known else {"rows": None}))
        self.refresh()

    def _compare(self) -> None:
        """Say where what is published is not what the open draft was made from."""
        if self.state.draft is None:
            return
        current = self._around.counter.templates.current(self.state.draft.name, self._payload)
        self._told = current
        self._show(is_superseded=current != self._base)

    def _change(
        self, change: Callable[[TemplateDraft], TemplateDraft], *, touched: str = "", block: int | None = None
    ) -> None:
        if self.state.editing is None:
            return
        editing = self.state.editing.changed(change(self.state.editing.draft), touched)
        self._step(editing, self.state.block if block is None else block)

    def _step(self, editing: Editing, block: int | None = None) -> None:
        if editing == self.state.editing:
            return
        wanted = self.state.block if block is None else block
        opened = OpenedTemplate(editing.draft, self._base)
        self._around.counter.templates.keep(opened, self._around.session.clerk)
        self._show(editing=editing, block=min(wanted, len(editing.draft.blocks)), is_judged=False, is_copy=False)
        self._look()

    def _look(self) -> None:
        if self.state.draft is not None:
            self._paper.want(Wish(self.state.draft, self.state.page, self._width))

    def _looked(self, _wish: Wish, look: Look) -> None:
        if look.error is not None:  # said and logged already; the next change looks again
            self._is_faulty = True
            self._show(remarks=(), picture=None, is_judged=False)
            return
        if self._is_faulty:
            self._is_faulty = False
            self._around.work.say("")
        page = min(self.state.page, look.picture.pages - 1) if look.picture else self.state.page
        picture = look.picture or self.state.picture
        self._show(remarks=look.remarks, picture=picture, page=page, is_judged=True)

    def _took(self, read: tuple[bytes, tuple[ListedTemplate, ...]]) -> None:
        self._payload, rows = read
        chosen, self._leads_to = self._leads_to or self.state.chosen, ""
        in_order = tuple(sorted(rows, key=lambda row: (row.kind != "certificate", row.name)))
        self._show(rows=in_order, is_unread=False, chosen=chosen)
        self._compare()

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
