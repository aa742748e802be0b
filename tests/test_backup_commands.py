"""What the commands around backups print, ask and return."""

import io
import re

import pytest

import main
from app.security.custody import SealedFileCustody
from tests.papers.samples import text_of
from tests.support import accepted

PASSPHRASE = "correct horse"


@pytest.fixture
def sealed(place, monkeypatch):
    """A counter whose keys are sealed with a passphrase, as where there is no keyring."""
    with place.opened() as counter:
        accepted(counter)
    SealedFileCustody(place.settings.profile, PASSPHRASE).store(place.custody.load())
    monkeypatch.setenv("LIDENG_PROFILE", str(place.settings.profile))
    monkeypatch.setenv("LIDENG_LANG", "zh_CN")
    return place


@pytest.fixture
def answer(monkeypatch):
    def answers(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return answers


def test_a_backup_is_made_checked_and_restored(sealed, answer, tmp_path, capsys):
    file = tmp_path / "b.lideng"
    answer(PASSPHRASE)
    assert main.main(["backup", str(file)]) == 0
    assert "000731" in capsys.readouterr().out
    answer(PASSPHRASE)
    assert main.main(["backup", "check", str(file)]) == 0
    assert "可以恢复" in capsys.readouterr().out
    answer(PASSPHRASE)
    assert main.main(["restore", str(file), "--profile", str(tmp_path / "elsewhere")]) == 0
    answer(PASSPHRASE)
    assert main.main(["journal", "verify", "--profile", str(tmp_path / "elsewhere")]) == 0


def test_a_restore_over_a_counter_is_refused_unless_it_may_be_moved_aside(sealed, answer, tmp_path, capsys):
    file = tmp_path / "b.lideng"
    answer(PASSPHRASE)
    main.main(["backup", str(file)])
    assert main.main(["restore", str(file)]) == main.REFUSED
    assert "--replace" in capsys.readouterr().err
    answer(PASSPHRASE)
    assert main.main(["restore", str(file), "--replace"]) == 0
    aside = re.search(r"\S*before-restore-\S*", capsys.readouterr().out)[0]
    assert aside.startswith(str(sealed.settings.profile))


def test_a_printed_sheet_opens_backups_and_makes_lost_keys_good(sealed, answer, tmp_path, capsys):
    file, sheet = tmp_path / "b.lideng", tmp_path / "sheet.pdf"
    answer(PASSPHRASE)
    assert main.main(["recovery-sheet", str(sheet)]) == 0
    code = "".join(re.findall(r"第\d组([0-9A-Z]{5})", text_of(sheet.read_bytes(), 0)))
    answer(PASSPHRASE)
    main.main(["backup", str(file)])
    answer(code)
    assert main.main(["backup", "check", str(file), "--recovery-sheet"]) == 0
    (sealed.settings.profile / "keys.sealed").unlink()
    answer(code.lower(), "another passphrase")
    assert main.main(["recover"]) == 0
    answer("another passphrase")
    assert main.main(["journal", "verify"]) == 0
    answer(code[::-1])
    assert main.main(["recover"]) == main.REFUSED
    assert code not in capsys.readouterr().out


def test_the_signing_key_is_changed_while_no_window_is_open(sealed, answer, capsys):
    with sealed.opened():
        answer(PASSPHRASE)
        assert main.main(["rotate-key"]) == main.ENVIRONMENT
    before = SealedFileCustody(sealed.settings.profile, PASSPHRASE).load()
    answer(PASSPHRASE)
    assert main.main(["rotate-key"]) == 0
    assert "第 2 段" in capsys.readouterr().out
    after = SealedFileCustody(sealed.settings.profile, PASSPHRASE).load()
    assert after.database_key == before.database_key
    assert after.station_seed != before.station_seed
    answer(PASSPHRASE)
    assert main.main(["journal", "verify"]) == 0


@pytest.mark.parametrize(
    ("words", "lines", "code"),
    [
        (["backup", "{file}"], ["wrong"], main.REFUSED),
        (["backup", "/gone/b.lideng"], [PASSPHRASE], main.ENVIRONMENT),
        (["backup", "check", "{gone}"], [], main.ENVIRONMENT),
        (["backup", "check", "{other}"], [], main.UNSOUND),
        (["restore", "{other}", "--replace"], [], main.UNSOUND),
        (["recover"], [], main.ENVIRONMENT),
    ],
)
def test_what_cannot_be_done_has_its_exit_code_and_a_sentence(sealed, answer, tmp_path, capsys, words, lines, code):
    (tmp_path / "other").write_text("no backup", encoding="utf-8")
    places = {"file": tmp_path / "b", "gone": tmp_path / "gone", "other": tmp_path / "other"}
    answer(*lines)
    assert main.main([word.format(**places) for word in words]) == code
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    "words", [["backup"], ["backup", "check"], ["backup", "a", "b"], ["backup", "check", "a", "b"]]
)
def test_a_backup_needs_one_file(words):
    with pytest.raises(SystemExit) as left:
        main.main(words)
    assert left.value.code == 2
