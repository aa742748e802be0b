"""Fields: where they begin."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.windows import shown_in_window
from ui.widgets.fields import FormField, LineField, line_up


def test_fields_begin_at_one_line_with_a_star_and_without(qtbot):
    page = QWidget()
    column = QVBoxLayout(page)
    fields = [FormField("户籍地址", LineField(), required=required) for required in (True, False)]
    for field in fields:
        column.addWidget(field)
    window = shown_in_window(page, qtbot)
    assert window.isVisible()
    assert len({field.editor.x() for field in fields}) == 1


def test_the_widest_label_sets_where_all_fields_begin(qtbot):
    page = QWidget()
    column = QVBoxLayout(page)
    names = ("Name", "Registered address of the household")
    fields = [FormField(name, LineField(), required=True) for name in names]
    for field in fields:
        column.addWidget(field)
    width = line_up(fields)
    window = shown_in_window(page, qtbot)
    assert window.isVisible()
    starts = {field.editor.x() for field in fields}
    assert len(starts) == 1
    assert starts.pop() >= width
