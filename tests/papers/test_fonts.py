from app.papers import fonts


def test_the_packaged_fonts_are_there():
    found = fonts.standard_fonts()
    assert all(file.path.is_file() for file in (*found.text, *found.bold))
    assert found.text[0].name == "NotoSerifSC-Regular"
    assert found.bold[0].name == "NotoSansSC-Bold"


def test_installed_fonts_for_rare_characters_follow_in_a_fixed_order(tmp_path, monkeypatch):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("SIMSUNB.TTF", "deep/HanaMinB.ttf", "deep/er/HanaMinA.ttf", "Comic.ttf"):
        (tmp_path / name).touch()
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path, tmp_path / "not-there"])
    found = fonts.standard_fonts()
    assert [file.name for file in found.text[2:]] == ["HanaMinA", "HanaMinB", "SIMSUNB"]
    assert found.bold[3:] == found.text[2:]
