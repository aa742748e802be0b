"""The commands of a supervisor at a centre, as they are typed: what they print and how they end."""

import csv
import json

import pytest

import main
from tests.central import conftest
from tests.central.server import PostgresCentre
from tests.contracts.test_centre_cases import LATER, PAST, TAKEN_IN, Laid

server = conftest.server
TOWN, VILLAGE = "000731", "000732"


@pytest.fixture(scope="module")
def kept(server):
    made = PostgresCentre(server)
    made.execute(
        "drop role if exists li_na; create role li_na login in role lideng_admin;"
        " create role wang_min login in role lideng_supervisor"
    )
    yield made
    made.close()
    server.execute("drop role wang_min; drop role li_na")


@pytest.fixture
def laid(kept, monkeypatch):
    kept.empty()
    for station, division in ((TOWN, "519901101000"), (VILLAGE, "519901101201")):
        kept.enrol(station)
        kept.administration.place_station(station, division)
    monkeypatch.setenv("LIDENG_CENTRAL", url(kept, "wang_min"))
    return Laid(kept)


def url(centre, user):
    options = centre.address().options
    return f"postgresql:///{options['dbname']}?host={options['host']}&user={user}"


def run(*words):
    return main.main(["central", *words])


def test_cases_are_listed_with_masked_names_the_most_urgent_first(laid, capsys):
    later, late = laid.case(TOWN, due=LATER), laid.case(VILLAGE, due=PAST)
    closed = laid.case(TOWN, "delivered")
    assert run("cases") == main.GOOD
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.startswith("办件编号\t状态")
    assert (first.split("\t")[0], second.split("\t")[0]) == (late, later)
    assert "超期" in first
    assert "张**" in first
    assert "张小明" not in first
    assert f"{VILLAGE} 窗口 {VILLAGE}" in first
    assert run("cases", "--overdue", "--held", "519901000000", "--most", "1") == main.GOOD
    assert late in capsys.readouterr().out
    assert run("cases", "--scope", "closed", "--json") == main.GOOD
    found = json.loads(capsys.readouterr().out)
    assert [one["case"]["number"] for one in found["cases"]] == [closed]


def test_nothing_found_is_said_and_so_is_that_there_is_more(laid, capsys):
    assert run("cases") == main.GOOD
    assert "没有这样的办件" in capsys.readouterr().out
    for _case in range(3):
        laid.case(TOWN)
    assert run("cases", "--most", "2") == main.GOOD
    assert "还有更多" in capsys.readouterr().out


def test_a_list_goes_to_a_file_in_which_nothing_is_a_formula(laid, tmp_path):
    number = laid.case(TOWN, data=TAKEN_IN | {"title": "=1+1"}, due=LATER)
    file = tmp_path / "all.csv"
    assert run("cases", "--csv", str(file)) == main.GOOD
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, row = csv.reader(lines)
    assert (head[0], row[0], row[3]) == ("办件编号", number, "'=1+1")


def test_open_cases_are_counted_where_they_are_held(laid, capsys):
    laid.case(TOWN, due=PAST)
    laid.case(VILLAGE, holder=TOWN)
    assert run("cases", "--count", "township") == main.GOOD
    _head, line = capsys.readouterr().out.splitlines()
    assert line.split("\t")[:5] == ["519901101", "2", "1", "0", "在办 2"]
    assert run("cases", "--count", "station", "--taken-in", VILLAGE) == main.GOOD
    assert f"窗口 {TOWN}" in capsys.readouterr().out


def test_a_case_is_opened_with_its_history_and_that_is_on_record(laid, kept, capsys, monkeypatch):
    number = laid.case(TOWN)
    spaced = f"{number[:8]} {number[8:14]} {number[14:18]} {number[18:]}"
    assert run("case", spaced) == main.GOOD
    told = capsys.readouterr().out
    assert "本程序读不懂这一条" in told  # what the test's station wrote is no whole fact
    assert "wang_min\t打开过这件" in told
    assert run("case", number, "--json") == main.GOOD
    assert json.loads(capsys.readouterr().out)["opened"]["case"]["number"] == number
    monkeypatch.setenv("LIDENG_CENTRAL", url(kept, "li_na"))
    assert run("openings") == main.GOOD
    assert [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()] == [["wang_min", number]] * 2


def test_what_is_no_number_no_state_or_too_much_is_asked_again(laid, capsys):
    for words in (("case", "20260518000731000100"), ("cases", "--state", "x"), ("cases", "--still", "-1")):
        with pytest.raises(SystemExit):
            run(*words)
    assert "20 位办件编号" in capsys.readouterr().err


def test_an_administrator_who_is_no_supervisor_is_refused(laid, kept, capsys):
    laid.case(TOWN)
    assert run("cases", "--url", url(kept, "li_na")) == main.ENVIRONMENT
    assert capsys.readouterr().err
