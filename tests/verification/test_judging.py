"""What papers are worth, by their proof, by what was called back, and by what a counter knows."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.domain.clock import CHINA
from app.domain.verdict import Finality, Reason, Ruling, Standing, Unread
from app.security.authority import Authority, serial_of
from app.security.documents import DocumentKey
from app.security.proof_text import as_text
from app.security.proofs import ProofWriter
from app.security.revocation_list import PaperEnd, RevocationList
from app.verification.found import Found, Seal
from app.verification.judging import Judge
from tests.security.example import CERTIFICATE, CLAIMS, ROOT, SCALAR

NOW = datetime(2026, 6, 1, 9, tzinfo=CHINA)
DAY = timedelta(days=1)


def proof_of(claims=CLAIMS, root=ROOT, certificate=CERTIFICATE, scalar=SCALAR):
    return as_text(ProofWriter(root, certificate, DocumentKey(scalar).sign).write(claims))


def called_back(stations=None, papers=None):
    return RevocationList(3, NOW - DAY, NOW + 30 * DAY, stations or {}, papers or {})


def verdict_on(claims=CLAIMS, now=NOW, listed=None, standing=Standing()):  # noqa: B008  it is frozen
    return Judge(ROOT, now, listed, lambda *_asked: standing).of_text(proof_of(claims))


def test_a_genuine_paper_is_valid_and_says_what_was_signed():
    verdict = verdict_on()
    assert (verdict.ruling, verdict.reason) == (Ruling.VALID, Reason.GENUINE)
    assert verdict.said["证照编号"] == CLAIMS.number
    assert verdict.said["持证主体"] == "林**"
    assert "证照颁发机构代码" not in verdict.said
    assert (verdict.station, verdict.finality, verdict.list_until) == ("000731", Finality.UNKNOWN, None)


def test_its_last_day_counts_and_the_next_one_not():
    last = datetime(2026, 11, 17, 23, 59, tzinfo=CHINA)
    assert verdict_on(now=last).reason is Reason.GENUINE
    expired = verdict_on(now=last + timedelta(minutes=1))
    assert (expired.ruling, expired.reason, expired.since) == (Ruling.REFUSED, Reason.EXPIRED, date(2026, 11, 17))
    assert verdict_on(replace(CLAIMS, valid_until=None), now=last + 400 * DAY).reason is Reason.GENUINE


def test_a_day_that_has_not_come_is_the_clocks_fault_or_a_thiefs():
    assert verdict_on(now=datetime(2026, 5, 16, 9, tzinfo=CHINA)).reason is Reason.NOT_YET
    assert verdict_on(now=datetime(2026, 5, 17, 9, tzinfo=CHINA)).reason is Reason.GENUINE


@pytest.mark.parametrize("end", PaperEnd)
def test_what_the_list_calls_back_counts_no_more(end):
    verdict = verdict_on(listed=called_back(papers={CLAIMS.entry: (end, date(2026, 5, 30))}))
    assert verdict.ruling is Ruling.REFUSED
    assert verdict.reason.name == end.name
    assert (verdict.since, verdict.list_until) == (date(2026, 5, 30), NOW + 30 * DAY)


def test_a_station_that_was_shut_out_issues_nothing_afterwards_and_what_it_issued_before_is_in_doubt():
    serial = serial_of(CERTIFICATE)
    issued = datetime(2026, 5, 18, 12, tzinfo=CHINA)
    assert verdict_on(listed=called_back({serial: issued})).reason is Reason.STATION_REVOKED
    before = verdict_on(listed=called_back({serial: issued + DAY}))
    assert (before.ruling, before.reason) == (Ruling.UNKNOWN, Reason.STATION_STOPPED)
    assert verdict_on(listed=called_back({serial + 1: issued})).reason is Reason.GENUINE
    assert verdict_on(standing=Standing(stopped_at=issued)).reason is Reason.STATION_REVOKED


def test_what_the_centre_has_confirmed_stands_though_its_station_was_shut_out_later():
    stopped = datetime(2026, 5, 20, tzinfo=CHINA)
    verdict = verdict_on(standing=Standing(Finality.CONFIRMED, stopped_at=stopped))
    assert (verdict.reason, verdict.finality) == (Reason.GENUINE, Finality.CONFIRMED)


@pytest.mark.parametrize("end", [Reason.VOID, Reason.RECALLED])
def test_what_the_counter_knows_of_its_own_paper_counts(end):
    verdict = verdict_on(standing=Standing(Finality.CONFIRMED, end))
    assert (verdict.ruling, verdict.reason) == (Ruling.REFUSED, end)


def test_what_is_not_believed_is_told_apart():
    foreign = Authority.make("别处政务服务中心", NOW - 30 * DAY)
    key = DocumentKey(b"\7" * 32)
    certificate = foreign.sign_request(key.request("000731"), "000731", NOW - 30 * DAY)
    judge = Judge(ROOT, NOW)
    assert judge.of_text("20260518000731004297").reason is Reason.NOTHING_FOUND
    assert judge.of_text(proof_of()[:-6] + "000000").reason is Reason.CHANGED
    assert judge.of_text(proof_of(scalar=b"\5" * 32)).reason is Reason.CHANGED
    other = judge.of_text(proof_of(root=foreign.root, certificate=certificate, scalar=b"\7" * 32))
    assert (other.ruling, other.reason) == (Ruling.UNKNOWN, Reason.OTHER_CENTRE)
    early = replace(CLAIMS, issued_on=date(2020, 1, 1))
    assert judge.of_text(proof_of(early)).reason is Reason.FORGED


# --- files ---------------------------------------------------------------------------------------------------------

TEXT = f"居住证明{CLAIMS.number}兹证明林小禾，有效期至2026年11月17日。云溪镇人民政府"


def reasons(**found):
    return [verdict.reason for verdict in Judge(ROOT, NOW).of_found(Found(**found))]


def test_each_code_in_a_file_is_judged_once_and_codes_of_other_kinds_are_none():
    other = proof_of(replace(CLAIMS, number="云溪3居〔2026〕000413号", valid_until=date(2026, 5, 31)))
    codes = (proof_of(), "20260518000731004297", other, proof_of())
    assert reasons(codes=codes) == [Reason.GENUINE, Reason.EXPIRED]
    assert reasons(codes=("20260518000731004297",)) == [Reason.NOTHING_FOUND]


def test_a_pdf_that_says_another_number_or_last_day_than_its_code_is_refused():
    signed = {"seal": Seal.GOOD, "certificate": CERTIFICATE, "signed_at": NOW - 14 * DAY, "claims": CLAIMS.named()}
    assert reasons(codes=(proof_of(),), text=TEXT, **signed) == [Reason.GENUINE]
    assert reasons(codes=(proof_of(),), text=TEXT.replace("000412", "000413"), **signed) == [Reason.DIFFERS]
    assert reasons(codes=(proof_of(),), text=TEXT.replace("年11月17日", "年11月18日"), **signed) == [Reason.DIFFERS]
    assert reasons(codes=(proof_of(),), text="") == [Reason.GENUINE]  # a picture
    over = proof_of(replace(CLAIMS, valid_until=date(2026, 5, 31)))
    assert reasons(codes=(over,), text=TEXT.replace("000412", "000413")) == [Reason.DIFFERS]


def test_a_broken_signature_spoils_the_best_code_and_a_strangers_leaves_it_open():
    assert reasons(codes=(proof_of(),), text=TEXT, seal=Seal.BROKEN) == [Reason.CHANGED]
    assert reasons(codes=(proof_of(),), text=UNSIGNED, seal=Seal.STRANGER) == [Reason.OTHER_CENTRE]
    assert reasons(seal=Seal.STRANGER) == [Reason.OTHER_CENTRE]


def test_signature_and_code_have_to_be_of_one_paper():
    signed = {"seal": Seal.GOOD, "certificate": CERTIFICATE, "signed_at": NOW - 14 * DAY}
    assert reasons(codes=(proof_of(),), text=TEXT, claims=CLAIMS.named(), **signed) == [Reason.GENUINE]
    others = {**CLAIMS.named(), "存证": "00" * 32}
    assert reasons(codes=(proof_of(),), text=TEXT, claims=others, **signed) == [Reason.DIFFERS]


def test_a_signed_pdf_without_a_code_is_worth_what_its_signature_is():
    signed = {"seal": Seal.GOOD, "certificate": CERTIFICATE, "signed_at": datetime(2026, 5, 18, 3, tzinfo=CHINA)}
    assert reasons(claims={"文书名称": "准予决定书", "文书编号": "云溪3准〔2026〕1号"}, **signed) == [Reason.GENUINE]
    over = {"证照编号": "1", "证照有效期截止日期": "2026-05-20"}
    assert reasons(claims=over, **signed) == [Reason.EXPIRED]
    assert reasons(claims={"证照有效期截止日期": "soon"}, **signed) == [Reason.GENUINE]
    serial = serial_of(CERTIFICATE)
    listed = called_back({serial: datetime(2026, 5, 1, tzinfo=CHINA)})
    assert Judge(ROOT, NOW, listed).of_found(Found(**signed))[0].reason is Reason.STATION_REVOKED


def test_a_paper_that_names_this_windows_journal_which_has_no_such_entry_is_in_doubt():
    missing = verdict_on(standing=Standing(is_missing=True))
    assert (missing.ruling, missing.reason) == (Ruling.UNKNOWN, Reason.UNRECORDED)
    stopped = Standing(stopped_at=datetime(2026, 5, 18, 12, tzinfo=CHINA), is_missing=True)
    assert verdict_on(standing=stopped).reason is Reason.STATION_REVOKED


UNSIGNED = f"{TEXT.replace('林小禾', '林小禾（公民身份号码519900200307030321）')}2026年5月18日"


def test_a_pdf_from_which_the_signature_was_taken_is_not_called_valid():
    unsigned = Judge(ROOT, NOW).of_found(Found(codes=(proof_of(),), text=UNSIGNED))[0]
    assert (unsigned.ruling, unsigned.reason) == (Ruling.UNKNOWN, Reason.UNSIGNED)
    over = proof_of(replace(CLAIMS, valid_until=date(2026, 5, 31)))
    assert reasons(codes=(over,), text=UNSIGNED.replace("2026年11月17日", "2026年5月31日")) == [Reason.EXPIRED]


@pytest.mark.parametrize(
    ("here", "changed"),
    [
        ("林小禾", "王小禾"),
        ("519900200307030321", "519900200307030329"),
        ("云溪镇人民政府", "云溪镇派出所"),
        ("2026年5月18日", "2026年5月19日"),
    ],
)
def test_an_unsigned_pdf_that_names_somebody_or_something_else_than_its_code_is_refused(here, changed):
    assert reasons(codes=(proof_of(),), text=UNSIGNED.replace(here, changed)) == [Reason.DIFFERS]


@pytest.mark.parametrize(("here", "written"), [("林小禾", "林**"), ("519900200307030321", "519900********0321")])
def test_what_stands_masked_on_the_paper_agrees_too(here, written):
    assert reasons(codes=(proof_of(),), text=UNSIGNED.replace(here, written)) == [Reason.UNSIGNED]


def test_an_organisation_is_found_by_its_name_without_who_represents_it():
    claims = replace(CLAIMS, holder="示例合作社（法定代表人 林**）", holder_code="", holder_code_type="")
    text = UNSIGNED.replace("林小禾", "示例合作社")
    assert reasons(codes=(proof_of(claims),), text=text) == [Reason.UNSIGNED]
    assert reasons(codes=(proof_of(claims),), text=text.replace("示例", "别的")) == [Reason.DIFFERS]


def test_a_decision_is_called_back_by_its_own_entry_and_not_by_the_digits_of_the_acceptance():
    signed = {"seal": Seal.GOOD, "certificate": CERTIFICATE, "signed_at": datetime(2026, 5, 18, 3, tzinfo=CHINA)}
    judge = Judge(ROOT, NOW, called_back(papers={CLAIMS.entry: (PaperEnd.VOID, date(2026, 5, 20))}))
    for name, entry, reason in (
        ("存证", CLAIMS.entry.hex(), Reason.VOID),
        ("存证", "00" * 32, Reason.GENUINE),
        ("存证码", CLAIMS.entry.hex()[:16], Reason.GENUINE),
    ):
        (verdict,) = judge.of_found(Found(claims={"文书编号": "1", name: entry}, **signed))
        assert verdict.reason is reason, (name, entry)


def test_the_signature_of_another_window_around_a_genuine_code_is_refused():
    authority, keys = (
        Authority.make("虚构市政务服务中心", NOW - 30 * DAY),
        [DocumentKey(bytes([n]) * 32) for n in (5, 7)],
    )
    ours, other = (
        authority.sign_request(key.request(station), station, NOW - 30 * DAY)
        for key, station in zip(keys, ("000731", "000732"), strict=True)
    )
    code = as_text(ProofWriter(authority.root, ours, keys[0].sign).write(CLAIMS))
    for certificate, reason in ((ours, Reason.GENUINE), (other, Reason.DIFFERS)):
        signed = {"seal": Seal.GOOD, "certificate": certificate, "signed_at": NOW, "claims": CLAIMS.named()}
        (verdict,) = Judge(authority.root, NOW).of_found(Found(codes=(code,), text=TEXT, **signed))
        assert verdict.reason is reason


def test_a_list_whose_time_is_over_says_so():
    fresh, old = (RevocationList(3, NOW - 40 * DAY, NOW + days * DAY) for days in (1, -1))
    assert not verdict_on(listed=fresh).is_list_over
    verdict = verdict_on(listed=old)
    assert (verdict.reason, verdict.is_list_over) == (Reason.GENUINE, True)


def test_a_code_that_may_stand_on_a_later_page_is_not_called_missing():
    (verdict,) = Judge(ROOT, NOW).of_found(Found(is_longer=True))
    assert (verdict.reason, verdict.unread, verdict.ruling) == (Reason.UNREADABLE, Unread.PAGES, Ruling.UNKNOWN)
    assert reasons(is_longer=True, codes=(proof_of(),)) == [Reason.GENUINE]
