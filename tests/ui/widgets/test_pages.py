"""Strips of pages."""

from ui.widgets.pages import AddPage, PageStrip, Thumbnail


def test_a_strip_and_its_pages_say_of_which_material_they_are(qtbot):
    strip = PageStrip("第 %(number)d 页", "添加附件")
    qtbot.addWidget(strip)
    strip.call("户口簿 的附件")
    strip.show_pages([b""])
    names = [strip.accessibleName(), *(strip.findChild(kind).accessibleName() for kind in (Thumbnail, AddPage))]
    assert names == ["户口簿 的附件", "户口簿 的附件 第 1 页", "户口簿 的附件 添加附件"]
