"""Which documents are too large for a sheet."""

import pytest

from app.printing.fitting import is_too_large
from tests.printing.sheets import sheet


@pytest.mark.parametrize(
    ("size", "too_large"),
    [
        ("iso_a4_210x297mm", False),
        ("iso_a3_297x420mm", False),
        ("iso_a5_148x210mm", True),
        ("na_letter_8.5x11in", True),
        ("custom_lying_297x210mm", False),
        ("of no measures", False),
    ],
)
def test_a_page_of_a4_is_too_large_for_what_is_smaller_whichever_way_it_lies(size, too_large):
    assert is_too_large(sheet("x"), size) is too_large
