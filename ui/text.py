"""The language of the window: every word goes through here. Qt-free.

Chinese is the source language: it needs no message catalogue. Other languages are compiled gettext catalogues under
``resources/locale``. Days and times are in ``ui.dates``, what is said of an error in ``ui.sentences``.
"""

import gettext
from collections.abc import Iterable
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"
SOURCE = "zh_CN"
TAIWAN = "zh_TW"
LANGUAGES = (SOURCE, TAIWAN, "en")
SEPARATORS_EN = {"、": ", ", "，": ", ", "；": "; "}


class _Chosen:
    """The one language of this process; the window has one at a time."""

    language = SOURCE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak ``language`` from now on; an unknown or empty one means Chinese."""
    _Chosen.language = language if language in LANGUAGES else SOURCE
    if _Chosen.language == SOURCE:
        _Chosen.catalogue = gettext.NullTranslations()
    else:
        # A catalogue that is not there leaves the source language, which is better than no window.
        _Chosen.catalogue = gettext.translation("lideng", LOCALE, [_Chosen.language], fallback=True)


def language() -> str:
    """Return the language that is spoken."""
    return _Chosen.language


def _(words: str) -> str:
    """Return ``words`` in the chosen language."""
    return _Chosen.catalogue.gettext(words)


def pgettext(context: str, words: str) -> str:
    """Return ``words`` as they are meant in ``context``, such as ``act`` for what a button does."""
    return _Chosen.catalogue.pgettext(context, words)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the words for ``count`` things in the chosen language."""
    return _Chosen.catalogue.ngettext(one, many, count)


def is_chinese() -> bool:
    """Tell whether Chinese is spoken, in whichever script."""
    return _Chosen.language in {SOURCE, TAIWAN}


def listed(parts: Iterable[str], separator: str = "、") -> str:
    """Return ``parts`` as one text, with ``separator`` (、，；) written the way of the language."""
    return (separator if is_chinese() else SEPARATORS_EN[separator]).join(parts)
