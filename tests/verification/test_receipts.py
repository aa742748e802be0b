"""A citizen's receipt against an exported journal."""

import pytest

import main
from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.domain.verdict import ReceiptStanding, Ruling
from app.services.errors import BrokenJournal
from app.storage.journal_file import read_export
from app.verification.receipts import Receipt, typed_receipt
from app.verifying import receipt_verdicts
from tests.papers.samples import picture_of
from tests.support import accepted, new_place


def of_receipt(journal, paper):
    (verdict,) = receipt_verdicts(journal, [paper])
    return verdict


@pytest.fixture(scope="module")
def opened(tmp_path_factory, cache):
    with new_place(tmp_path_factory.mktemp("receipts") / "profile", cache).opened() as counter:
        yield counter


@pytest.fixture(scope="module")
def case(opened):
    accepted(opened)
    return accepted(opened)


@pytest.fixture(scope="module")
def receipt(opened, case, tmp_path_factory):
    row = next(one for one in opened.papers.of_case(case.number) if one.kind is PaperKind.MATERIALS_RECEIPT)
    path = tmp_path_factory.mktemp("receipt") / "receipt.pdf"
    opened.papers.save(row, path, CLERK)
    return path


@pytest.fixture(scope="module")
def journal(opened, case, receipt, tmp_path_factory):
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    opened.ledger.export(path)
    return path


@pytest.fixture
def proven(journal, receipt):
    return of_receipt(journal, str(receipt))


def test_the_receipt_of_an_acceptance_proves_itself(proven, case):
    assert proven.standing is ReceiptStanding.PROVEN
    assert (proven.case, proven.kind) == (case.number, "CaseAccepted")
    assert proven.ruling is Ruling.VALID


def test_its_digits_alone_do_too_in_any_groups(journal, proven):
    digits = proven.witness.upper()
    spaced = " ".join(digits[place : place + 4] for place in range(0, 16, 4))
    assert of_receipt(journal, spaced) == of_receipt(journal, digits) == proven


def test_a_photograph_has_the_bar_code_and_the_digits_are_to_be_compared(journal, receipt, case, proven, tmp_path):
    photo = tmp_path / "photo.png"
    picture_of(receipt.read_bytes(), 200).save(photo)
    said = of_receipt(journal, str(photo))
    assert (said.standing, said.case, said.ruling) == (ReceiptStanding.CASE_ONLY, case.number, Ruling.UNKNOWN)
    assert said.witness == proven.witness


@pytest.mark.parametrize("digits", ["0123456789abcdef", "99990101000731000199"])
def test_what_the_journal_does_not_have_is_refused(journal, digits):
    said = of_receipt(journal, digits)
    assert (said.standing, said.ruling) == (ReceiptStanding.ABSENT, Ruling.REFUSED)


def test_digits_of_another_case_are_refused(journal, proven):
    other = f"20260518000731009999 {proven.witness.upper()}"
    assert typed_receipt(other) == Receipt("20260518000731009999", proven.witness)
    assert of_receipt(journal, other).standing is ReceiptStanding.OTHER_CASE
    assert of_receipt(journal, f"{proven.case}{proven.witness}") == proven


def test_a_journal_is_read_once_however_many_receipts_are_asked_for(journal, proven, monkeypatch):
    opened = []
    monkeypatch.setattr("app.storage.journal_file.read_export", lambda path: opened.append(path) or read_export(path))
    said = receipt_verdicts(journal, [proven.witness, proven.case, "0123456789abcdef"])
    assert [one.standing for one in said] == [
        ReceiptStanding.PROVEN,
        ReceiptStanding.CASE_ONLY,
        ReceiptStanding.ABSENT,
    ]
    assert opened == [journal]


def test_what_stands_behind_a_receipt_has_to_check_too(journal, proven, tmp_path):
    lines = journal.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(BrokenJournal):
        of_receipt(cut, proven.witness)


def test_a_journal_that_was_changed_proves_nothing(journal, receipt, tmp_path, capsys):
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(journal.read_bytes().replace("青杠".encode(), "柳湾".encode(), 1))
    assert main.main(["verify", "--journal", str(changed), str(receipt)]) != 0
    assert "第" in capsys.readouterr().err


def test_a_file_without_either_cannot_be_told(journal, tmp_path):
    assert of_receipt(journal, str(tmp_path / "gone.pdf")).standing is ReceiptStanding.NOTHING_FOUND


def test_exit_codes_and_sentences(journal, receipt, proven, capsys):
    assert main.main(["verify", "--journal", str(journal), str(receipt)]) == 0
    assert f"第 {proven.seq} 条" in capsys.readouterr().out
    assert main.main(["verify", "--journal", str(journal), "0123456789abcdef"]) == 1
    assert main.main(["verify", "--journal", str(journal), proven.case]) == 2
    assert proven.witness in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "receipt.pdf", "0123", "0123456789abcdefg", "12345678901234567890123"])
def test_what_was_typed_and_is_no_receipt(text):
    assert typed_receipt(text) is None
