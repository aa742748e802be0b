"""A template that was read as a draft and written again says the same, in bytes that do not change any more."""

from dataclasses import replace

import pytest

from app.config import RESOURCES
from app.definitions.papers import read_paper_template
from app.definitions.template_files import draft_of, write_draft

SHIPPED = sorted((RESOURCES / "papers").glob("*.yaml"))
RESIDENCE = RESOURCES / "papers" / "residence_certificate.yaml"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_template_says_the_same_after_it_was_edited(path):
    data = path.read_bytes()
    written = write_draft(draft_of(data, path.name))
    before, after = read_paper_template(data, path.name), read_paper_template(written, path.name)
    assert replace(after, digest="") == replace(before, digest="")
    assert write_draft(draft_of(written, path.name)) == written


@pytest.mark.parametrize(
    "text", ["null", "true", "12", "~", "- a: b", "#注", "“引号”: '", "𠮷䶮", " 前后 ", "一" * 400, "a\\b"]
)
def test_whatever_somebody_types_is_read_as_it_was_typed(text):
    draft = draft_of(RESIDENCE.read_bytes(), "x")
    typed = draft.cell(4, 0, 0, text)
    data = write_draft(typed)
    assert draft_of(data, "x").blocks == typed.blocks
    assert text in str(read_paper_template(data, "x").blocks[4].text.text)


def test_numbers_and_flags_stand_there_without_quotes():
    text = write_draft(draft_of(RESIDENCE.read_bytes(), "x")).decode()
    assert "text_size: 15\n" in text
    assert "line_height: 1.8\n" in text
    assert "sealed: true" in text
    assert "levels: [township]\n" in text
