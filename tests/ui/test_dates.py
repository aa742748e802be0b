from datetime import date

import pytest

from tests.support import MONDAY
from ui import dates, text


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("zh_CN", ("5 月 18 日 周一", "05-18 10:24", "2026-05-18 10:24", "a、b")),
        ("zh_TW", ("5 月 18 日 週一", "05/18 10:24", "2026/05/18 10:24", "a、b")),
        ("en", ("Mon 18 May", "18 May 10:24", "18 May 2026 10:24", "a, b")),
        ("xx", ("5 月 18 日 周一", "05-18 10:24", "2026-05-18 10:24", "a、b")),
    ],
)
def test_a_day_is_written_the_way_of_the_language(spoken, words):
    text.use(spoken)
    written = (dates.day_words(date(2026, 5, 18)), dates.short_time(MONDAY), dates.long_time(MONDAY), text.listed("ab"))
    assert written == words
    text.use(text.SOURCE)


def test_today_is_told_by_the_clock_alone():
    assert dates.recent_time(MONDAY, MONDAY) == "10:24"
    assert dates.recent_time(MONDAY.replace(day=17), MONDAY) == "05-17 10:24"
