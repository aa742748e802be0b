from ui.settings.search import Setting, find

SIZE = Setting("look", "size", "字号", "外观", "大小 text font size")
PREFIX = Setting("station", "prefix", "文书字头", "本窗口", "number prefix 字号")
LOCK = Setting("look", "idle", "离开锁定", "外观", "lock idle")
ALL = (PREFIX, SIZE, LOCK)


def test_a_setting_is_found_by_its_name_its_section_and_by_words_of_both_languages():
    assert find(ALL, "锁定") == (LOCK,)
    assert find(ALL, "本窗口") == (PREFIX,)
    assert find(ALL, "FONT") == (SIZE,)


def test_every_word_has_to_fit_in_any_order():
    assert find(ALL, "外观 lock") == (LOCK,)
    assert find(ALL, "lock 本窗口") == ()


def test_a_setting_of_that_name_stands_before_those_that_only_have_the_word():
    assert find(ALL, "字号") == (SIZE, PREFIX)


def test_nothing_typed_finds_nothing():
    assert find(ALL, "  ") == ()
