"""The words of sync: the strip, rounds, reasons, and what the centre has proved."""

from datetime import datetime, timedelta

import pytest

from app.domain.clock import CHINA, ProvenInterval
from app.services.errors import CentralUnavailable
from app.services.ports import Waits
from app.services.sync_report import Contact, SyncFailure, SyncProgress, SyncResult, SyncStatus, SyncStep
from tests.support import MONDAY
from ui import sync_words

BEFORE = MONDAY - timedelta(minutes=40)


def sign(contact, last=None, **parts):
    return sync_words.sign(SyncStatus(contact, **parts), last, MONDAY)


def test_the_strip_counts_what_is_unsent_and_says_when_the_centre_last_answered():
    assert sync_words.sign(None, None, MONDAY)[:2] == ("cloud-slash", "单机·未连中心")
    assert sign(Contact.ALONE)[:2] == ("cloud-slash", "单机·未连中心")
    assert sign(Contact.ON_LINE, last_contact=MONDAY)[:2] == ("cloud-check", "在线")
    icon, words, tip, tone = sign(Contact.OFF_LINE, last_contact=BEFORE, entries_waiting=10, images_waiting=2)
    assert (icon, words, tone) == ("cloud-slash", "离线·12 条待同步", "")
    assert tip == "上次联系中心：09:44"


def test_the_strip_warns_and_explains_when_the_centre_is_there_and_refuses():
    error = CentralUnavailable("login")
    last = SyncResult(Contact.FAILING, failures=(SyncFailure(SyncStep.GREETING, "", "CentralUnavailable", error),))
    _icon, words, tip, tone = sign(Contact.FAILING, last, last_contact=BEFORE)
    assert (words, tone) == ("同步受阻", "warn")
    assert "中心不接受本柜台的登录" in tip


def test_a_failure_of_an_earlier_start_is_told_without_its_reason():
    assert sign(Contact.FAILING, failure="ChainForked")[2].endswith("上次同步没有全部成功，程序会自动再试。")


def test_a_round_tells_how_far_it_is():
    images = SyncProgress(SyncStep.IMAGES, 3, 8, 512, 2048)
    assert sync_words.progress_words(images) == "正在上传图片 3/8·512 字节/2 KB"
    assert sync_words.percent_of(images) == 25
    assert sync_words.percent_of(SyncProgress(SyncStep.INBOX)) is None


def test_a_round_tells_what_it_did():
    did = SyncResult(Contact.ON_LINE, pushed=3, received=2, images=1)
    assert sync_words.result_words(did) == "上传 3 条，收到 2 条，图片 1 张"
    assert sync_words.result_words(SyncResult(Contact.ON_LINE)) == "没有新的内容，都已同步"
    assert sync_words.result_words(SyncResult(Contact.OFF_LINE)) == ""
    assert "不用重传" in sync_words.result_words(SyncResult(Contact.ON_LINE, is_cancelled=True))


def test_when_the_next_round_comes():
    assert sync_words.next_words(SyncStatus(Contact.ON_LINE, next_in_s=12)) == "一分钟内自动同步"
    assert sync_words.next_words(SyncStatus(Contact.ON_LINE, next_in_s=290)) == "约 5 分钟后自动同步"
    assert sync_words.next_words(SyncStatus(Contact.ALONE)) == ""


@pytest.mark.parametrize(
    "reason",
    ["too_large", "unreadable", "not_the_holder", "not_the_taker", "not_a_party", "header", "unknown_holder",
     "forged", "broken", "strange", "dated", "ahead", "contradicts", "NotAParty", "BatchRefused",
     "certificate", "certificate_form", "certificate_root", "certificate_station", "certificate_key", "certificate_time"],
)  # fmt: skip
def test_every_reason_is_said(reason):
    assert sync_words.reason_words(reason) != sync_words.reason_words("something new")


def test_every_wait_is_said():
    assert len({sync_words.waits_words(why) for why in Waits}) == len(Waits)


def test_an_interval_is_told_with_its_width():
    assert sync_words.proven_words(ProvenInterval(BEFORE, MONDAY)) == (
        "good", "5 月 18 日 周一 09:44:07 — 10:24:07", "区间宽 40 分钟",
    )  # fmt: skip
    assert sync_words.proven_words(ProvenInterval(BEFORE))[2] == "等中心收到"
    assert sync_words.proven_words(ProvenInterval(None, MONDAY))[0] == "plain"
    assert sync_words.proven_words(ProvenInterval())[1] == "还没有中心的时间凭据"


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (timedelta(seconds=0), "1 秒"),
        (timedelta(minutes=35), "35 分钟"),
        (timedelta(hours=5), "5 小时"),
        (timedelta(days=9), "9 天"),
    ],
)
def test_a_width_is_told_in_one_unit(width, words):
    assert sync_words.width_words(width) == words


def test_what_everybody_should_know_of_a_round_is_said_once_in_words():
    assert sync_words.notice_words(SyncResult(Contact.ON_LINE, pushed=3)) == ""
    slow = SyncResult(Contact.ON_LINE, clock_moved_s=3650 * 86400)
    assert sync_words.notice_words(slow) == "本机时钟慢了 3650 天，已按中心的时间走，台账记下了这一步"
    fast = SyncResult(Contact.ON_LINE, clock_moved_s=-90)
    assert sync_words.notice_words(fast).startswith("本机时钟快了 2 分钟")
    again = SyncResult(Contact.ON_LINE, pushed=5, sent_again=4)
    assert sync_words.notice_words(again) == "中心恢复过自己的备份，它缺的 4 条已经补传，没有丢失"
    assert sync_words.result_words(again) == "上传 5 条；" + sync_words.notice_words(again)


def test_the_last_contact_of_another_year_names_the_year():
    last = datetime(2025, 5, 18, 10, 24, tzinfo=CHINA)
    status = SyncStatus(Contact.OFF_LINE, last_contact=last)
    assert "2025-05-18 10:24" in sync_words.contact_since(status, last.replace(year=2026))
