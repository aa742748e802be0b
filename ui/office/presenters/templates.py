"""Decides what the part of paper templates shows and does: find one, copy it, change it with its paper beside it. Qt-free.

How a draft changes is the business of ``app.domain.template_draft``, what is wrong with it of ``template_remarks``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol

from app.domain.template_draft import BlockKind, Editing, TemplateDraft
from app.domain.template_remarks import TemplateRemark
from app.services.errors import BadInput
from app.services.ports import CentreOffice, Picture
from app.services.progress import Tell
from app.services.template_editing import TOPIC, ListedTemplate
from ui.office.work import Around
from ui.text import _

USUAL_WIDTH = 400


@dataclass(frozen=True, slots=True)
class TemplatesState:
    """What the part shows: the list, or one template with its blocks, its paper and what is to be mended."""

    rows: tuple[ListedTemplate, ...] | None = None
    """None until they were read; certificates come first."""
    chosen: str = ""
    """Name of the template under the cursor."""
    editing: Editing | None = None
    block: int = 0
    """The block that is being changed, from 1; 0 is the paper as a whole."""
    remarks: tuple[TemplateRemark, ...] = ()
    picture: Picture | None = None
    """None where nothing can be drawn, and until it was."""
    page: int = 0
    is_judged: bool = False
    """Whether remarks and picture are those of the draft as it stands."""

    @property
    def draft(self) -> TemplateDraft | None:
        """Return the draft that is open."""
        return self.editing.draft if self.editing else None

    @property
    def can_publish(self) -> bool:
        """Tell whether the draft is without remarks."""
        return self.editing is not None and self.is_judged and not self.remarks


class TemplatesView(Protocol):
    """The part of the templates."""

    def render(self, state: TemplatesState) -> None:
        """Show ``state``."""
        ...


class TemplatesPresenter:
    """A draft is kept after every change, and judged beside the window: one at a time, the newest next."""

    def __init__(self, around: Around, view: TemplatesView) -> None:
        self._around = around
        self._view = view
        self._payload = b""
        self._pdf = b""
        self._width = USUAL_WIDTH
        self._is_judging = False
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

        self._around.work.read(look, self._took)

    def step_back(self) -> bool:
        """Close the template that is open; its draft is kept."""
        if self.state.editing is None:
            return False
        self._show(editing=None, remarks=(), picture=None, is_judged=False, block=0)
        self.refresh()
        return True

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self._payload = self._pdf = b""
        self.state = TemplatesState()

    # --- the list ----------------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Take note of the template under the cursor."""
        if name != self.state.chosen:
            self._show(chosen=name)

    def open(self) -> None:
        """Open the template under the cursor."""
        if self.state.chosen:
            self._open(self._around.counter.templates.open(self.state.chosen, self._payload))

    def copy(self) -> None:
        """Open a copy of the template under the cursor, under a name that nothing has."""
        if not self.state.chosen:
            return
        draft = self._around.counter.templates.open(self.state.chosen, self._payload)
        known = {row.name for row in self.state.rows or ()}
        name = next(name for at in count(2) if (name := f"{draft.name}_{at}") not in known)
        copied = draft.copied(name, draft.title)
        self._around.counter.templates.keep(copied, self._around.session.clerk)
        self._show(chosen=name)
        self._open(copied)

    def drop(self) -> None:
        """Forget the draft of the template under the cursor, or of the one that is open."""
        name = self.state.draft.name if self.state.draft else self.state.chosen
        if name:
            self._around.counter.templates.drop(name, self._around.session.clerk)
            self._show(editing=None, remarks=(), picture=None, is_judged=False, block=0)
            self._around.work.say(_("草稿已删，已经发布的不变。"))
            self.refresh()

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
            self._draw()

    def resize(self, width: int) -> None:
        """Draw the paper as wide as there is room."""
        self._width = max(width, 1)
        self._draw()

    def publish(self) -> None:
        """Sign and publish the draft among everything that is published."""
        if self.state.can_publish:
            self._around.sign(self._publish)

    def _publish(self) -> None:
        draft, before, templates = self.state.draft, self._payload, self._around.counter.templates
        assert draft is not None  # noqa: S101  told by can_publish

        def publish(office: CentreOffice, _tell: Tell) -> int:
            version, payload = office.newest(TOPIC)
            if payload != before:
                raise BadInput("templates were published meanwhile")
            return office.publish(TOPIC, templates.bulletin(draft, payload), version + 1)

        self._around.work.act(_("正在签名并发布"), publish, lambda version: self._published(draft, version))

    def _published(self, draft: TemplateDraft, version: int) -> None:
        self._around.counter.templates.drop(draft.name, self._around.session.clerk)
        said = {"title": draft.title, "version": version}
        words = _("“%(title)s”已发布（文书模板第 %(version)d 版），窗口同步后下次启动起使用；已经出的证不变。")
        self._around.work.say(words % said)
        self._show(editing=None, remarks=(), picture=None, is_judged=False, block=0)
        self.refresh()

    # --- inside ------------------------------------------------------------------------------------------------

    def _open(self, draft: TemplateDraft) -> None:
        self._pdf = b""
        self._show(editing=Editing(draft), block=0, remarks=(), picture=None, page=0, is_judged=False)
        self._judge()

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
        self._around.counter.templates.keep(editing.draft, self._around.session.clerk)
        self._show(editing=editing, block=min(wanted, len(editing.draft.blocks)), is_judged=False)
        self._judge()

    def _judge(self) -> None:
        """Judge the draft as it stands, unless one is being judged: that looks again when it is done."""
        draft = self.state.draft
        if draft is None or self._is_judging:
            return
        self._is_judging = True
        width, page, counter = self._width, self.state.page, self._around.counter

        def look(_office: CentreOffice) -> tuple[tuple[TemplateRemark, ...], bytes, Picture | None]:
            remarks, pdf = counter.templates.judge(draft)
            return remarks, pdf, counter.papers.picture(pdf, page, width) if pdf else None

        self._around.work.read(look, lambda found: self._judged(draft, *found))

    def _judged(
        self, draft: TemplateDraft, remarks: tuple[TemplateRemark, ...], pdf: bytes, picture: Picture | None
    ) -> None:
        self._is_judging = False
        if draft != self.state.draft:
            self._judge()
            return
        self._pdf = pdf
        self._show(remarks=remarks, picture=picture or self.state.picture, is_judged=True)

    def _draw(self) -> None:
        pdf, page, width, counter = self._pdf, self.state.page, self._width, self._around.counter
        if pdf and not self._is_judging:
            self._around.work.read(
                lambda _office: counter.papers.picture(pdf, page, width), lambda picture: self._drawn(pdf, picture)
            )

    def _drawn(self, pdf: bytes, picture: Picture) -> None:
        if pdf == self._pdf:
            self._show(picture=picture)

    def _took(self, read: tuple[bytes, tuple[ListedTemplate, ...]]) -> None:
        self._payload, rows = read
        self._show(rows=tuple(sorted(rows, key=lambda row: (row.kind != "certificate", row.name))))

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def edited(draft: TemplateDraft, block: int, key: str, value: str) -> TemplateDraft:
    """Return ``draft`` with what stands under ``key`` changed: in a block (from 1), or in the paper as a whole (0)."""
    kind, _dot, name = key.partition(".")
    if kind == "cell":
        row, column = map(int, name.split("."))
        return draft.cell(block - 1, row - 1, column - 1, value)
    if kind == "right":
        return draft.lines(block - 1, _placed(draft.blocks[block - 1].lines, int(name), value))
    if kind == "option":
        return draft.option(block - 1, name, value)
    if kind == "footer":
        return draft.put_footer(name, value)
    if kind == "note":
        return replace(draft, notes=_placed(draft.notes, int(name), value))
    if kind == "list":
        return replace(draft, **{name: tuple(value.replace("，", " ").replace(",", " ").split())})
    if kind == "title":
        return draft.copied(draft.name, value)
    return draft.put(name, value)


def _placed(lines: tuple[str, ...], row: int, value: str) -> tuple[str, ...]:
    """Return ``lines`` with one changed; those at the end that say nothing go."""
    padded = [*lines, *[""] * (row - len(lines))]
    padded[row - 1] = value
    while padded and not padded[-1]:
        padded.pop()
    return tuple(padded)
