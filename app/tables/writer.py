"""Writes a table as xlsx or CSV, by the file's suffix.

Every cell is text: a number of 20 digits stays whole, and nothing that a citizen was called or wrote becomes a formula
in somebody's spreadsheet. Rows are written as they come, so that a hundred thousand take little memory.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.errors import ReadOnlyStore
from app.services.registers import TableFile
from app.whole_files import system_errors, written_whole

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = tuple("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula when it opens a CSV file."""
LONGEST_CELL = 32_000
"""Characters; Excel holds 32,767 a cell."""


def write_table(table: TableFile, path: Path) -> int:
    """Write ``table`` to ``path`` and return how many rows it has; DiskFull or ReadOnlyStore leave what was there."""
    write = _write_csv if path.suffix.lower() == ".csv" else _write_xlsx
    with system_errors(ReadOnlyStore()), written_whole(path) as fresh:
        return write(table, fresh)


def _write_csv(table: TableFile, path: Path) -> int:
    """Write with a byte order mark, by which spreadsheets know UTF-8, and with lines as RFC 4180 ends them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([column.head for column in table.columns])
        return _each(table.rows, lambda _number, row: out.writerow([_harmless(cell) for cell in row]))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _write_xlsx(table: TableFile, path: Path) -> int:
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415  a tenth of what a start would load

    # Rows lie in a file beside the target until the end: never in a shared folder for passing files.
    book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False})
    try:
        head = book.add_format(
            {"bold": True, "bg_color": "#E9EDF2", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        sheet = book.add_worksheet(table.title[:31])
        _begin(sheet, table, head, text)

        def write(number: int, row: tuple[str, ...]) -> None:
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:LONGEST_CELL], text)

        count = _each(table.rows, write)
        sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
        _explain(book.add_worksheet("说明"), table, count, head, text)
    except BaseException:
        with suppress(Exception):
            book.close()
        raise
    book.close()
    return count


def _begin(sheet: "Worksheet", table: TableFile, head: object, text: object) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, about in enumerate(table.columns):
        sheet.set_column(column, column, about.width, text)
        sheet.write_string(0, column, about.head, head)


def _explain(sheet: "Worksheet", table: TableFile, count: int, head: object, text: object) -> None:
    """Say what the table is and what each column means, so that the file explains itself years later."""
    sheet.set_column(0, 0, 22, text)
    sheet.set_column(1, 1, 90, text)
    about = [*table.about, ("行数", str(count))]
    columns = [(column.head, column.meaning) for column in table.columns]
    for row, (name, words) in enumerate([*about, ("", ""), ("列", "含义"), *columns]):
        form = head if name == "列" else text
        sheet.write_string(row, 0, name, form)
        sheet.write_string(row, 1, words, form)


def _each(rows: Iterable[tuple[str, ...]], write: Callable[[int, tuple[str, ...]], object]) -> int:
    """Write the rows below the head; return how many there were."""
    count = 0
    numbered: Iterator[tuple[int, tuple[str, ...]]] = enumerate(rows, start=1)
    for count, row in numbered:
        write(count, row)
    return count
