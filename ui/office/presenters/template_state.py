"""What the part of paper templates shows. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.template_draft import Editing, TemplateDraft
from app.domain.template_remarks import TemplateRemark
from app.services.ports import Picture
from app.services.template_editing import ListedTemplate, OpenedTemplate


@dataclass(frozen=True, slots=True)
class TemplatesState:
    """What the part shows: the list, or one template with its blocks, its paper and what is to be mended."""

    rows: tuple[ListedTemplate, ...] | None = None
    """None until they were read; certificates come first."""
    is_unread: bool = False
    """Whether they could not be read; why not was told."""
    chosen: str = ""
    """Name of the template under the cursor."""
    dropped: OpenedTemplate | None = None
    """The draft that was dropped last, which can be taken back."""
    editing: Editing | None = None
    fields: tuple[tuple[str, str], ...] = ()
    """Code and label of the fields of the item's form that the paper could show."""
    is_copy: bool = False
    """Whether it was copied just now, so that its title is to be changed first."""
    is_superseded: bool = False
    """Whether another version was published since the draft was begun, and that was said."""
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


CLOSED: Mapping[str, object] = {
    "editing": None,
    "remarks": (),
    "picture": None,
    "is_judged": False,
    "block": 0,
    "page": 0,
    "is_copy": False,
    "is_superseded": False,
}
"""What changes when the template that is open is closed."""
