from ui import text


def test_plurals_follow_the_language():
    text.use("en")
    assert text.ngettext("%(count)d 件", "%(count)d 件", 1) == "%(count)d case"
    assert text.ngettext("%(count)d 件", "%(count)d 件", 2) == "%(count)d cases"
    text.use(text.SOURCE)
