"""The main job, played in the real window with keys, leaves what it promises."""

import json

import pypdfium2
import pytest
import zxingcpp

from app.demonstration import PASSWORD, DemonstrationStarter
from app.domain.numbering import is_case_number
from app.security.keys import verify
from app.storage.journal_file import check_export
from ui.walkthrough import Walkthrough

SCREENS = (
    "log-in",
    "counter",
    "search",
    "intake-with-remarks",
    "intake-complete",
    "accepted",
    "certificate",
    "delivered",
    "committed-intake",
    "committed-accepted",
    "forbidden-proof",
    "scanning",
    "scanned",
    "card-read",
    "page",
    "camera",
    "signature",
    "devices",
    "supplement-notice",
    "supplement-asked",
    "supplement-awaited",
    "supplement-taken-in",
    "acceptance",
    "supplemented-and-accepted",
    "non-acceptance",
    "not-accepted",
    "late-entry",
    "late-entry-marked",
    "late-case",
    "case-accepted",
    "suspension",
    "suspended",
    "resumption",
    "extension",
    "extended",
    "refusal",
    "printed-or-not",
    "refusal-delivered",
    "acts",
    "withdrawal",
    "second-person",
    "voided",
    "reprint",
    "reprinted",
    "guide",
    "inquiry",
    "inquiry-handed-on",
    "saved-searches",
    "export",
    "day",
    "day-closed",
    "cases",
    "case",
    "only-received",
    "reminders",
    "deemed-accepted",
    "settings",
    "locked",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory, cache, qapp):
    folder = tmp_path_factory.mktemp("walkthrough")
    with DemonstrationStarter(cache, alone=True) as starter:
        Walkthrough(starter, PASSWORD, folder, cache, later=starter.let_pass).play()
    return folder


def test_every_screen_has_its_picture(out):
    assert [path.name[3:-4] for path in sorted(out.glob("*.png"))] == list(SCREENS)


def test_the_summary_names_what_was_made(out):
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    for case in summary["cases"].values():
        assert is_case_number(case["number"])
        assert all((out / f"{number}.pdf").exists() for number in case["papers"])
    assert [len(case["papers"]) for case in summary["cases"].values()] == [3, 2]
    assert summary["seconds"]["certificate: acceptance"] > 0


def test_the_journal_checks_and_ends_where_the_summary_says(out):
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    checked = check_export(out / "journal.jsonl", verify)
    assert checked.head == summary["journal"]["head"]
    assert checked.entries == summary["journal"]["entries"]


def test_the_certificate_copies_right_and_its_bar_code_reads_at_200_dpi(out):
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    case = summary["cases"]["certificate"]
    document = pypdfium2.PdfDocument(out / f"{case['papers'][2]}.pdf")
    try:
        assert "林𬱖宁" in document[0].get_textpage().get_text_range()
        page = document[0].render(scale=200 / 72).to_pil().convert("L")
    finally:
        document.close()
    bars = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.Code128)  # there is the code of the proof too
    assert [found.text for found in bars] == [case["number"]]
