"""Templates are drawn before they are published: what only drawing shows is found by then."""

import pytest

from app.comparing import compare
from app.config import RESOURCES
from app.services.errors import MissingGlyphs

PLEDGE = (RESOURCES / "papers" / "pledge.yaml").read_bytes()


def test_a_template_is_compared_by_its_title_and_name():
    changes = compare("papers", PLEDGE, 0, None)
    assert changes.added == ("告知承诺书 (pledge)",)


def test_a_character_that_no_font_has_is_named_before_it_is_published():
    with pytest.raises(MissingGlyphs) as caught:
        compare("papers", PLEDGE.replace("title: 告知承诺书".encode(), "title: 告知\U000e1234承诺书".encode()), 0, None)
    assert caught.value.characters == "\U000e1234"
