"""What keyboards do to the text of a code that a scanner types, undone."""

import unicodedata

import pytest
from base45 import BASE45_CHARSET

from app.security.proof_text import as_written, claims_to_be_proof
from tests.security.example import steps

TEXT, ADDRESS = steps()["text"], steps()["address"]
EVERY_LETTER = f"LDV1:{BASE45_CHARSET}"
WIDE = {letter: chr(ord(letter) - 0x21 + 0xFF01) for letter in map(chr, range(0x21, 0x7F))} | {" ": "\u3000"}


def wide(text):
    return "".join(WIDE[letter] for letter in text)


@pytest.mark.parametrize("text", [TEXT, ADDRESS, EVERY_LETTER], ids=["text", "address", "every letter"])
@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.swapcase,
        wide,
        lambda text: wide(text.swapcase()),
        lambda text: text.replace(".", "。").replace("/", "、").replace("$", "￥").replace(":", "："),
        lambda text: f" {text}\r\n",
    ],
    ids=["as it is", "Caps Lock", "wide", "both", "Chinese punctuation", "blanks around"],
)
def test_a_proof_is_read_however_the_keyboard_stood(text, typed):
    letters = text[text.index("LDV1:") :]
    said = as_written(typed(text))
    assert said.endswith(letters)
    assert claims_to_be_proof(said)


def test_what_is_wide_is_what_unicode_calls_so():
    assert unicodedata.normalize("NFKC", wide(EVERY_LETTER)) == EVERY_LETTER


@pytest.mark.parametrize(
    "text", ["", "ldv1", "居住证明", "Lin Xiaohe", "https://example.cn/page#top", "＃", "云溪3证〔2026〕000097号"]
)
def test_any_other_text_stays_as_it_is(text):
    assert as_written(text) == text


def test_the_beginning_of_a_proof_is_one():
    assert as_written("ldv1:") == "LDV1:"
    assert as_written("HTTPS://EXAMPLE.CN/V#ldv1:n") == "HTTPS://EXAMPLE.CN/V#LDV1:N"
