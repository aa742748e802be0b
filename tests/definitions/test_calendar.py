import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from app.definitions.calendar import read_calendar
from app.domain.catalogue import Limit, LimitUnit
from app.domain.clock import CHINA
from app.domain.deadline import WindowHours, due_date
from app.services.errors import BadDefinitions

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "resources" / "calendar"
PUBLISHED = ROOT.parent / "shared" / "data" / "holidays_cn_2023_2026.csv"
YEAR = "year: 2026\nholidays: [2026-01-01]\nmake_up_days: [2026-01-04]\n"


def remarks(tmp_path, *texts):
    for number, text in enumerate(texts, 1):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDefinitions) as refused:
        read_calendar(tmp_path)
    return [(error.file, error.line, error.field, error.problem) for error in refused.value.errors]


def test_the_shipped_calendar_knows_four_years():
    assert read_calendar(SHIPPED).years == {2023, 2024, 2025, 2026}


@pytest.mark.parametrize(
    ("start", "amount", "last_day"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 20, "2026-11-03"),
    ],
)
def test_due_dates_by_the_shipped_calendar(start, amount, last_day):
    accepted = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=CHINA)
    due = due_date(accepted, Limit(amount, LimitUnit.WORKING_DAY), read_calendar(SHIPPED), WindowHours())
    assert (due.at.date().isoformat(), due.provisional) == (last_day, False)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published list lies beside the project")
def test_the_shipped_calendar_is_the_published_one():
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    calendar = read_calendar(SHIPPED)
    assert calendar.holidays == {date.fromisoformat(row["date"]) for row in rows if row["kind"] == "holiday"}
    assert calendar.make_up_days == {date.fromisoformat(row["date"]) for row in rows if row["kind"] != "holiday"}


def test_a_year_is_read(tmp_path):
    (tmp_path / "2026.yaml").write_text(YEAR, encoding="utf-8")
    calendar = read_calendar(tmp_path)
    assert not calendar.is_working_day(date(2026, 1, 1))
    assert calendar.is_working_day(date(2026, 1, 4))


def test_every_wrong_day_is_told_with_its_line(tmp_path):
    text = "year: 2026\nholidays:\n  - 2025-12-31\n  - Monday\nmake_up_days:\n  - 2026-01-05\n  - 2026-02-30\n"
    assert remarks(tmp_path, text) == [
        ("1.yaml", 3, "holidays[1]", "is not in 2026"),
        ("1.yaml", 4, "holidays[2]", "must be a date such as 2026-05-01"),
        ("1.yaml", 6, "make_up_days[1]", "is no Saturday or Sunday"),
        ("1.yaml", 7, "make_up_days[2]", "must be a date such as 2026-05-01"),
    ]


def test_a_day_is_either_a_holiday_or_made_up_for(tmp_path):
    text = "year: 2026\nholidays: [2026-01-04]\nmake_up_days: [2026-01-04]\n"
    assert remarks(tmp_path, text) == [("1.yaml", 3, "make_up_days", "has 2026-01-04, which is a holiday too")]


def test_a_year_has_one_file(tmp_path):
    assert remarks(tmp_path, YEAR, YEAR) == [("2.yaml", 1, "year", "is the year of another file too")]


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        ("year: 2026\nholidays: []\n", 1, "make_up_days", "is missing"),
        ("year: 26\nholidays: []\nmake_up_days: []\n", 1, "year", "must be from 2000 to 2100"),
        ("holidays: []\nmake_up_days: []\n", 1, "year", "is missing"),
    ],
)
def test_a_file_that_is_no_year_is_refused(tmp_path, text, line, field, problem):
    assert remarks(tmp_path, text) == [("1.yaml", line, field, problem)]
