import csv
import errno
import zipfile
from xml.etree import ElementTree

import pytest

from app.services.errors import DiskFull, ReadOnlyStore
from app.services.registers import TableColumn, TableFile
from app.tables.writer import write_table

COLUMNS = (TableColumn("办件编号", 22, "20 位"), TableColumn("申请人", 12, "姓名"))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(*rows):
    return TableFile("一事一记", COLUMNS, rows, (("窗口", "3 号窗口"),))


def cells(path, sheet=1):
    """Return the rows of a sheet, each cell with its type."""
    with zipfile.ZipFile(path) as book:
        tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314  we wrote it
    return [
        [(cell.get("t"), "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))) for cell in row.iter(f"{MAIN}c")]
        for row in tree.iter(f"{MAIN}row")
    ]


def parts(path, name):
    with zipfile.ZipFile(path) as book:
        return book.read(name).decode()


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "20260518000731004297", "0899")


def test_every_cell_of_a_workbook_is_text_whatever_it_begins_with(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write_table(table(*((text, "林𬱖宁") for text in HOSTILE)), path) == len(HOSTILE)
    rows = cells(path)
    assert [row[0] for row in rows[1:]] == [("inlineStr", text) for text in HOSTILE]
    assert "<f>" not in parts(path, "xl/worksheets/sheet1.xml")
    assert "<hyperlink" not in parts(path, "xl/worksheets/sheet1.xml")


def test_a_workbook_has_a_frozen_head_and_a_sheet_that_explains_it(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(table(("1", "林")), path)
    assert [words for _kind, words in cells(path)[0]] == ["办件编号", "申请人"]
    assert 'state="frozen"' in parts(path, "xl/worksheets/sheet1.xml")
    explained = [[words for _kind, words in row] for row in cells(path, 2)]
    assert ["窗口", "3 号窗口"] in explained
    assert ["申请人", "姓名"] in explained
    assert ["行数", "1"] in explained


def test_a_csv_file_opens_in_chinese_and_runs_no_formula(tmp_path):
    path = tmp_path / "a.csv"
    write_table(table(*((text, "龚,“长青”") for text in HOSTILE)), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["办件编号", "申请人"]
    assert not [row for row in rows[1:] if row[0].startswith(("=", "+", "-", "@", "\t"))]
    assert rows[-1] == ["0899", "龚,“长青”"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_table_without_rows_has_its_head(tmp_path, name):
    assert write_table(table(), tmp_path / name) == 0
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, DiskFull), (errno.EACCES, ReadOnlyStore)])
def test_what_was_there_stays_when_the_disk_refuses(tmp_path, monkeypatch, name, number, told):
    path = tmp_path / name
    path.write_bytes(b"before")

    def refuse(_descriptor):
        raise OSError(number, "refused")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(told):
        write_table(table(("1", "林")), path)
    assert path.read_bytes() == b"before"
    assert [left.name for left in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_fault_while_rows_are_read_leaves_nothing(tmp_path, name):
    def rows():
        yield ("1", "林")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_table(TableFile("一事一记", COLUMNS, rows()), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ReadOnlyStore):
        write_table(table(("1", "林")), tmp_path / "none" / "a.xlsx")
