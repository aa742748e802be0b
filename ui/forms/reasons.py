"""The field that most forms have: why. Qt-free."""

from ui.forms.form import Field, Kind
from ui.text import _


def reason_field(
    phrases: tuple[str, ...] = (), label: str = "", code: str = "reason", *, required: bool = True
) -> Field:
    """Return the field for a reason, with what is usually written."""
    return Field(code, label or _("原因"), Kind.TEXT, required=required, phrases=phrases, longest=400)
