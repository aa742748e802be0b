"""What each part of the office shows and does, over an office that was laid out."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from app.config import RESOURCES
from app.services.errors import CentralUnavailable
from app.services.ports import SETTLEABLE, Remark
from tests.fakes.office import MemoryOffice, furnished
from tests.ui.office.opened import PASSPHRASE, Opened
from ui.office.presenters.aside import What
from ui.office.presenters.audit import audited_words
from ui.office.presenters.overview import alarms_of
from ui.office_words import standing_of

CALENDAR = RESOURCES / "calendar" / "2026.yaml"


@pytest.fixture
def opened(counter):
    return Opened(counter, furnished(counter.desk.now())).connect()


# --- overview -----------------------------------------------------------------------------------------------------


def test_the_overview_says_what_somebody_must_look_at(opened):
    assert opened.presenter.overview.state.alarms == ("磁盘将满",)


def test_a_watch_that_stands_still_or_never_ran_is_an_alarm(counter):
    office = furnished(counter.desk.now())
    office.watched["at"] = (office.now - timedelta(minutes=7)).isoformat()
    status = office.status() | {"durable": False, "open_databases": ["postgres"]}
    words = alarms_of(status)
    assert "7 分钟" in words[2]
    assert (len(words), "fsync" in words[0], "postgres" in words[1]) == (4, True, True)
    assert "没有运行过" in alarms_of(status | {"watched": None})[2]


def test_what_is_known_stays_while_the_centre_cannot_be_read(opened):
    opened.office.error = CentralUnavailable("network")
    opened.presenter.refresh()
    opened.work()
    assert opened.presenter.overview.state.status
    assert "连不上" in opened.said


# --- stations -----------------------------------------------------------------------------------------------------


def test_stations_are_found_by_words_and_by_how_they_stand(opened):
    part = opened.go("stations")
    assert part.state.counts == {"all": 6, "working": 3, "invited": 2, "silent": 1, "aside": 1, "revoked": 1}
    part.search("云溪镇 0731")
    assert [row.code for row in part.state.shown] == ["000731"]
    part.search("")
    part.filter("invited")
    assert [row.code for row in part.state.shown] == ["000734", "000735"]


def test_every_standing_has_a_station(opened):
    part = opened.go("stations")
    standings = {standing_of(row, part.state.now) for row in part.state.rows}
    assert standings == {"revoked", "expired", "invited", "aside", "silent", "behind"}
    assert standing_of(replace(part.state.rows[1], verified_seq=88), part.state.now) == "working"


def test_an_invitation_is_written_for_a_division_of_the_tree(opened, tmp_path):
    part = opened.go("stations")
    part.begin_invitation(new=True)
    part.submit()
    assert set(part.state.remarks) == {"station", "name"}
    part.edit("division", "云溪镇")
    part.edit("division", part.state.suggested[0])
    assert len(part.state.values["division"]) == 12
    assert part.state.values["service_point"].startswith("云溪镇")
    part.edit("station", "000740")
    part.edit("name", "4 号窗口")
    part.edit("days", "30")
    part.edit("hosts", "db1.example、db2.example")
    opened.files.path = tmp_path / "000740.lideng-invitation"
    part.submit()
    assert opened.state.is_asking
    opened.open_authority(tmp_path)
    assert opened.files.asked == ["000740.lideng-invitation"]
    assert opened.files.path.exists()
    assert part.state.form == ""
    assert part.state.station.name == "4 号窗口"
    assert "云溪镇" in part.state.division
    assert "000740" in opened.said
    assert opened.counter.administering.place().hosts == ("db1.example", "db2.example")


def test_one_that_works_is_invited_again_only_when_that_is_meant(opened, tmp_path):
    opened.open_authority(tmp_path)
    opened.files.path = tmp_path / "again"
    part = opened.go("stations")
    part.choose("000732")
    part.begin_invitation()
    assert part.state.needs_again
    part.submit()
    assert set(part.state.remarks) == {"again"}
    part.edit("again", "yes")
    part.submit()
    opened.work()
    assert part.state.station.enrolled_at is None


def test_no_file_no_invitation(opened, tmp_path):
    opened.open_authority(tmp_path)
    part = opened.go("stations")
    part.choose("000734")
    part.begin_invitation()
    part.submit()
    assert not opened.state.work.doing
    assert part.state.form == "invite"


def test_a_station_is_shut_out_with_a_reason_and_its_number_typed_again(opened):
    part = opened.go("stations")
    part.choose("000731")
    part.begin_revocation()
    part.submit()
    assert set(part.state.remarks) == {"reason", "again"}
    part.edit("reason", "电脑被盗")
    part.edit("again", "000732")
    part.submit()
    assert set(part.state.remarks) == {"again"}
    part.edit("again", "000731")
    part.submit()
    opened.work()
    assert part.state.station.revoked_at
    part.begin_revocation()
    assert part.state.form == ""


def test_what_a_revoked_station_held_is_taken_in(opened, tmp_path):
    opened.files.path = tmp_path / "journal.jsonl"
    part = opened.go("stations")
    part.take_in()
    opened.work()
    assert "补上 3 条" in opened.said
    assert "图片 4 张" in opened.said
    assert opened.state.work.tone == "warn"
    assert part.state.chosen == "000732"


def test_another_station_under_the_cursor_closes_the_form(opened):
    part = opened.go("stations")
    part.choose("000731")
    part.begin_revocation()
    part.choose("000731")
    assert part.state.form == "revoke"
    part.choose("000732")
    assert part.state.form == ""


# --- bulletins ----------------------------------------------------------------------------------------------------


def test_a_file_is_compared_first_and_published_once(counter, tmp_path):
    opened = Opened(counter, MemoryOffice()).connect()
    opened.open_authority(tmp_path)
    opened.files.path = CALENDAR
    part = opened.go("bulletins")
    part.publish()
    assert not opened.state.work.doing
    part.choose_topic("calendar")
    part.choose_file()
    opened.work()
    assert (part.state.file, part.state.changes.added) == ("2026.yaml", ("2026",))
    part.publish()
    opened.work()
    assert "第 1 版已发布" in opened.said
    assert [one.topic for one in part.state.bulletins] == ["calendar"]
    part.choose_file()
    opened.work()
    assert not part.state.can_publish
    assert "相同" in opened.said


def test_a_file_that_no_counter_could_use_is_told_and_not_signed(opened, tmp_path):
    opened.files.path = tmp_path / "calendar.yaml"
    opened.files.path.write_text("days: []")
    part = opened.go("bulletins")
    part.choose_topic("calendar")
    part.choose_file()
    opened.work()
    assert "year: is missing" in opened.said
    assert not part.state.can_publish
    opened.files.path = tmp_path / "none"
    part.choose_file()
    opened.work()
    assert opened.state.work.tone == "danger"


def test_nothing_to_sign_is_said(opened, tmp_path):
    opened.open_authority(tmp_path)
    opened.office.requests = []
    opened.go("bulletins").sign()
    opened.work()
    assert opened.said == "没有等待签发的，名录也没有变化。"


def test_the_list_of_what_was_called_back_goes_to_a_file_and_to_the_windows(opened, tmp_path):
    opened.open_authority(tmp_path)
    opened.files.path = tmp_path / "list.ldr"
    part = opened.go("bulletins")
    opened.office.remarks = []
    part.call_back()
    opened.work()
    assert opened.files.path.exists()
    assert "第 1 号" in opened.said
    assert "已向所有窗口发布" in opened.said
    assert part.state.bulletins[0].topic == "called_back"
    opened.office.remarks = [Remark("000733", 1, 57, "sequence")]
    part.call_back()
    opened.work()
    assert opened.state.work.tone == "warn"
    assert "000733" in opened.said
    assert "已向所有窗口发布" not in opened.said
    opened.files.path = None
    part.call_back()
    assert not opened.state.work.doing


def test_a_file_that_is_no_list_is_not_written_over(opened, tmp_path):
    opened.open_authority(tmp_path)
    opened.files.path = tmp_path / "other"
    opened.files.path.write_text("a letter")
    opened.go("bulletins").call_back()
    opened.work()
    assert opened.state.work.tone == "danger"
    assert "不是本中心签发的撤销名单" in opened.said
    assert opened.files.path.read_text() == "a letter"


# --- audit --------------------------------------------------------------------------------------------------------


def test_an_audit_lists_what_it_found_and_the_list_goes_to_a_file(opened, tmp_path):
    part = opened.go("audit")
    part.export()
    part.audit()
    opened.work()
    assert len(part.state.remarks) == 3
    assert audited_words(part.state.audited).startswith("有 3 处不符")
    part.choose("1")
    assert part.state.finding.what == "numbers"
    opened.files.path = tmp_path / "found.csv"
    part.export()
    opened.work()
    with opened.files.path.open(encoding="utf-8-sig") as file:
        assert any("编号缺号或重号" in cell for row in csv.reader(file) for cell in row)


def test_an_audit_that_finds_nothing_says_what_it_looked_at(opened):
    opened.office.remarks = []
    part = opened.go("audit")
    part.audit()
    opened.work()
    assert part.state.audited.entries == 40
    assert part.state.remarks == ()
    assert audited_words(part.state.audited).startswith("没有发现不符")
    assert part.state.finding is None


def test_a_finding_is_settled_with_words_and_counts_apart(opened):
    part = opened.go("audit")
    part.audit()
    opened.work()
    part.choose("1")
    part.settle()
    assert part.state.remark
    part.edit("编号有误，已告知申请人")
    part.settle()
    opened.work()
    assert len(part.state.remarks) == 2
    assert audited_words(part.state.audited).endswith("另有 1 处已写明处理意见。")
    assert list(opened.office.settled_remarks.values()) == ["编号有误，已告知申请人"]
    part.audit()
    opened.work()
    assert len(part.state.remarks) == 2


def test_what_speaks_of_the_database_itself_is_not_settled(opened):
    part = opened.go("audit")
    part.audit()
    opened.work()
    settleable = [part.choose(str(place)) or part.state.can_settle for place in range(3)]
    assert settleable == [one.what in SETTLEABLE for one in part.state.remarks]
    assert set(settleable) == {True, False}


# --- what was set aside -------------------------------------------------------------------------------------------


def test_what_was_set_aside_is_settled_with_words(opened):
    part = opened.go("aside")
    assert part.state.names["000731"] == "云溪镇便民服务中心 3 号窗口"
    part.settle()
    part.choose("aside/000731/1/97")
    part.settle()
    assert part.state.remark
    part.edit("已告知镇窗口，由它改办")
    assert not part.state.remark
    part.settle()
    opened.work()
    assert opened.office.settled == [("000731", 1, 97, "已告知镇窗口，由它改办")]
    assert [entry.seq for entry in part.state.entries] == [57, 1, 98]
    assert part.state.entry is None


def test_a_signature_that_does_not_fit_waits_there_too_and_is_settled_as_such(opened):
    part = opened.go("aside")
    first = part.state.entries[0]
    assert (first.why, first.case_number) == ("签名不符", "")
    part.choose(first.key)
    part.edit("已更换密钥，台账已核对")
    part.settle()
    opened.work()
    assert opened.office.found == []
    assert len(opened.office.aside) == 2
    part.choose(part.state.entries[0].key)
    part.edit("写到一半")
    assert part.step_back()
    assert part.state.how == ""
    assert not part.step_back()


def test_a_key_that_nobody_spoke_for_is_believed_after_a_look_and_the_others_are_told(opened, tmp_path):
    opened.open_authority(tmp_path)
    part = opened.go("aside")
    waiting = next(one for one in part.state.entries if one.what is What.KEY)
    assert (waiting.station, waiting.epoch, waiting.entries) == ("000733", 98342, 12)
    part.choose(waiting.key)
    part.settle()
    assert part.state.remark
    part.edit("电话核对，恢复过两次")
    part.settle()
    opened.work()
    assert opened.office.settled == [("000733", 98342, "believed", "电话核对，恢复过两次")]
    assert opened.office.published[-1].topic == "stations"
    assert part.state.entry is None
    assert all(one.what is not What.KEY for one in part.state.entries)


@pytest.mark.parametrize("what", [What.KEY, What.FINDING])
def test_what_a_thief_wrote_is_refused_when_it_is_asked_twice(opened, what):
    part = opened.go("aside")
    held = next(one for one in part.state.entries if one.what is what)
    part.choose(held.key)
    part.refuse()
    assert part.state.remark
    part.edit("口令被盗")
    part.refuse()
    assert part.step_back()
    part.refuse()
    assert part.state.is_refusing
    assert opened.office.settled == []
    part.refuse()
    opened.work()
    assert opened.office.settled == [(held.station, held.epoch, f"refused from {held.seq}", "口令被盗")]
    assert not part.state.is_refusing


def test_what_was_set_aside_is_not_refused(opened):
    part = opened.go("aside")
    part.choose("aside/000731/1/97")
    part.edit("口令被盗")
    part.refuse()
    assert not part.state.is_refusing


# --- keys and retention -------------------------------------------------------------------------------------------


def test_an_authority_is_made_once_with_a_long_passphrase_typed_twice(opened, tmp_path):
    opened.files.path = tmp_path / "authority.lideng"
    part = opened.go("keeping")
    part.begin("make")
    part.submit()
    assert set(part.state.remarks) == {"name", "passphrase"}
    for name, value in (("name", "云溪市政务服务中心"), ("passphrase", PASSPHRASE), ("again", "another")):
        part.edit(name, value)
    part.submit()
    assert set(part.state.remarks) == {"again"}
    part.edit("again", PASSPHRASE)
    part.submit()
    opened.work()
    assert opened.state.fingerprint
    assert part.state.values == {}
    assert opened.counter.administering.place().authority == str(opened.files.path)


def test_days_of_keeping_are_a_year_at_least(opened):
    part = opened.go("keeping")
    assert part.state.days == 3653
    for typed in ("30", "ten"):
        part.edit("days", typed)
        part.keep_days()
        assert part.state.remarks["days"]
    part.edit("days", "1826")
    part.keep_days()
    opened.work()
    assert opened.office.days == part.state.days == 1826


def test_bodies_are_erased_after_a_second_word(opened):
    opened.office.due = 12
    part = opened.go("keeping")
    part.begin("erase")
    assert opened.office.due == 12
    part.submit()
    opened.work()
    assert opened.said == "已清除 12 条的内容"
    part.begin("erase")
    part.submit()
    opened.work()
    assert opened.said == "没有期满的内容。"


def test_a_year_is_detached_when_it_may_go(opened):
    opened.office.years.insert(0, 2001)
    part = opened.go("keeping")
    part.begin("detach")
    part.submit()
    assert part.state.remarks["year"]
    part.edit("year", "2026")
    part.submit()
    opened.work()
    assert "保存期" in opened.said
    part.edit("year", "2001")
    part.submit()
    opened.work()
    assert part.state.tables == ("core.journal_2001",)
    assert 2001 not in part.state.years
