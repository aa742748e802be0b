from datetime import UTC, date, datetime

import pytest

from app.domain.verdict import UNKNOWN, VALID, Finality, Reason, Ruling, Verdict
from ui import text
from ui.verdict_words import LONGEST_NAME, known_at_a_counter, shortened, verdict_lines

SAID = {"证照名称": "居住证明", "证照编号": "云溪3证〔2026〕000001号"}


@pytest.fixture(autouse=True)
def _chinese():
    text.use("zh_CN")


@pytest.mark.parametrize("reason", Reason)
def test_every_verdict_is_told_in_a_sentence_that_begins_with_the_ruling(reason):
    (line,) = verdict_lines(Verdict(reason))
    beginning = {Ruling.VALID: "有效。", Ruling.REFUSED: "不能作数。", Ruling.UNKNOWN: "无法判断。"}
    assert line.startswith(beginning[Verdict(reason).ruling])
    assert line.endswith("。")


def test_no_reason_is_both_good_and_unknown():
    assert not VALID & UNKNOWN


@pytest.mark.parametrize("finality", Finality)
def test_what_was_signed_stands_below_with_what_is_known_of_it(finality):
    lines = verdict_lines(Verdict(Reason.GENUINE, SAID, "000731", finality))
    assert "  证照编号 云溪3证〔2026〕000001号" in lines
    assert "  签发窗口 000731" in lines
    assert "撤销名单" in lines[-1]


def test_days_are_written_with_their_year():
    until = datetime(2026, 6, 30, 17, tzinfo=UTC)
    lines = verdict_lines(Verdict(Reason.VOID, SAID, "000731", since=date(2026, 5, 20), list_until=until))
    assert "2026-05-20" in lines[0]
    assert "2026-07-01" in lines[-1]


def test_the_text_of_a_code_does_not_fill_the_screen():
    assert shortened("paper.pdf") == "paper.pdf"
    assert len(shortened("L" * (LONGEST_NAME + 1))) < 30


def test_a_counter_tells_of_its_own_papers_whether_the_centre_has_them_and_of_others_that_it_cannot_know():
    assert known_at_a_counter(Verdict(Reason.GENUINE, SAID, "000731", Finality.CONFIRMED)) == ["中心已确认这笔台账。"]
    assert "撤销名单" in known_at_a_counter(Verdict(Reason.GENUINE, SAID, "000732"))[-1]
    assert known_at_a_counter(Verdict(Reason.VOID, SAID, "000731", Finality.PROVISIONAL)) == []


def test_what_stands_on_no_paper_is_not_among_what_is_compared():
    lines = verdict_lines(Verdict(Reason.GENUINE, SAID | {"证照类型代码": "residence", "存证": "ab" * 32}, "000731"))
    assert not any("证照类型代码" in line for line in lines)
    assert lines[-1] == "  存证 " + "ab" * 32


def test_nothing_of_a_file_or_its_name_steers_the_terminal_or_turns_its_letters_round():
    assert shortened("a\x1b[2J\n\udcff.pdf") == "a⟨U+001B⟩[2J⟨U+000A⟩⟨U+DCFF⟩.pdf"
    lines = verdict_lines(Verdict(Reason.GENUINE, {"持证主体": "林\u202e**", "\x9b": "1"}, "0007\r31"))
    assert "  持证主体 林⟨U+202E⟩**" in lines
    assert "  ⟨U+009B⟩ 1" in lines
    assert not any(sign in "".join(lines) for sign in "\x9b\r\u202e")


def test_rare_names_stay_as_they_are():
    assert shortened("林𬱖宁·阿\U000e0100.pdf") == "林𬱖宁·阿\U000e0100.pdf"


def test_an_old_list_is_told_as_that():
    until = datetime(2026, 7, 1, tzinfo=UTC)
    lines = verdict_lines(Verdict(Reason.GENUINE, SAID, "000731", list_until=until, is_list_over=True))
    assert "已过期" in lines[-1]
