"""Two counters and their centre, played once through in two real windows: the whole way of a case between stations.

Encrypted stores, enrolment by invitation, the real SQL, a line that is cut in the middle of a push, watch and audit.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.demonstration import PASSWORD, whole_application
from app.domain.application import Collection
from app.domain.case import CaseState
from app.domain.errors import NotHeldHere
from app.security.keys import verify
from app.services.errors import NotFound
from app.services.snapshots import CaseFilter, CaseMark, CaseScope
from app.services.sync_report import Contact, SyncStep
from app.storage.journal_file import check_export
from app.two_counters.place import TOWN, VILLAGE, TwoCounters
from app.two_counters.story import ARRIVED, At, Story
from tests.support import CERTIFICATE, PERSON
from ui.office.presenter import PARTS
from ui.walkthrough_central import CentralWalkthrough

PROJECT = Path(__file__).parents[2]
SCENES = (
    "taken-in",
    "no-line",
    "line-cut",
    ARRIVED,
    "arrived",
    "read-by-the-town",
    "issued",
    "sent-back",
    "held-by-the-town",
    "handed-out",
    "confirmed",
    "told-to-the-town",
    "all-through",
    *(f"office-{part}" for part in PARTS),
)


class Seen:
    """What the counters were like after each scene."""

    def __init__(self, out):
        self.out = out
        self.marks, self.holders, self.rounds, self.to_take_over = {}, {}, {}, {}

    def tell(self, place, village, town):
        story = Story(place, village, town)
        for scene in story.scenes():
            counters = {At.VILLAGE: village, At.TOWN: town}
            self.rounds[scene.name] = village.sync.last()
            for at, counter in counters.items():
                row = row_of(counter, story.house)
                self.marks[scene.name, at] = row and row.mark
                self.holders[scene.name, at] = row and row.holder
                waiting = counter.desk.page(CaseFilter(CaseScope.TO_TAKE_OVER), 0, 9)
                self.to_take_over[scene.name, at] = {lit.row.number for lit in waiting}
            yield scene
        self.story = story
        self.histories = [hashes(counter, story.house) for counter in (village, town)]
        assert all(town.papers.pdf(paper, TOWN.clerk) for paper in town.papers.of_case(story.house))
        story.leave(self.out)
        self.collected = collected_at_the_village(place, village, town)


def collected_at_the_village(place, village, town):
    """Play a case of the town whose result the applicant collects in the village; return what was seen of it."""
    item = town.catalogue.item(CERTIFICATE)
    draft = town.intake.begin(item, TOWN.clerk)
    application = whole_application(item, PERSON, draft.started_at.date())
    there = {"collect_at": VILLAGE.station.code, "collect_at_name": "青石村便民服务站"}
    application = replace(application, collection=Collection.CHOSEN_PLACE, **there)
    number = town.intake.accept(town.intake.save(replace(draft, application=application)), item, TOWN.clerk).case.number
    seen = {"list before": to_collect(village)}
    for counter in (town, village):
        counter.sync.run()
    seen["list after a round"], seen["number"] = to_collect(village), number
    try:
        village.issuance.deliver(number, VILLAGE.clerk, PERSON.name, in_person=True)
    except NotHeldHere as error:
        seen["held by"] = error.holder
    town.issuance.issue(number, TOWN.clerk)
    town.custody.send_to_collect(number, TOWN.clerk)
    for counter in (town, village):
        counter.sync.run()
    village.custody.take_over(number, VILLAGE.clerk)
    seen["delivered"] = village.issuance.deliver(number, VILLAGE.clerk, PERSON.name, in_person=True)
    for counter in (village, town):
        counter.sync.run()
    seen["list at the end"] = to_collect(village)
    seen["histories"] = [hashes(counter, number) for counter in (village, town)]
    seen["audit"] = place.audit()
    return seen


def to_collect(counter):
    return [lit.row.number for lit in counter.desk.page(CaseFilter(CaseScope.TO_COLLECT), 0, 9)]


def row_of(counter, number):
    try:
        return counter.desk.file(number).lit.row
    except NotFound:
        return None


def hashes(counter, number):
    with counter.intake._store.read() as uow:
        return [entry.hash for entry in uow.journal.of_case(number)]


@pytest.fixture(scope="module")
def seen(tmp_path_factory, cache, qapp):
    watched = Seen(tmp_path_factory.mktemp("two-counters"))
    with TwoCounters(cache) as place:
        watched.place = place

        def tell(village, town):
            return watched.tell(place, village, town)

        CentralWalkthrough([place.village, place.town], PASSWORD, watched.out, cache, tell, place.office_url).play()
    return watched


def test_every_scene_has_its_picture(seen):
    assert [path.name[3:-4] for path in sorted(seen.out.glob("*.png"))] == list(SCENES)


def test_a_mark_goes_from_here_to_the_centre_to_confirmed(seen):
    marks = [seen.marks[name, At.VILLAGE] for name in ("no-line", "line-cut", ARRIVED, "handed-out", "confirmed")]
    assert marks == [CaseMark.HERE, CaseMark.HERE, CaseMark.AT_CENTRE, CaseMark.HERE, CaseMark.CONFIRMED]
    assert seen.marks["arrived", At.TOWN] is None  # nothing of it happened there
    assert seen.marks["told-to-the-town", At.TOWN] is CaseMark.CONFIRMED


def test_without_a_line_the_counter_works_and_a_cut_push_goes_on_where_it_ended(seen):
    assert seen.rounds["no-line"].contact is Contact.OFF_LINE
    cut = seen.rounds["line-cut"]
    assert (cut.contact, cut.failures[0].step) == (Contact.OFF_LINE, SyncStep.ENTRIES)
    whole = seen.rounds[ARRIVED]
    assert (whole.contact, whole.failures) == (Contact.ON_LINE, ())
    assert whole.pushed > 0
    assert whole.images > 0


def test_a_case_is_in_one_pair_of_hands_and_in_its_list_after_one_round(seen):
    village, town = VILLAGE.station.code, TOWN.station.code
    house, allowance = seen.story.house, seen.story.allowance
    assert seen.holders["taken-in", At.VILLAGE] == village
    assert seen.holders[ARRIVED, At.TOWN] is None
    assert [seen.holders["arrived", at] for at in At] == [town, town]
    assert seen.to_take_over["arrived", At.TOWN] == {house, allowance}
    assert [seen.holders["sent-back", at] for at in At] == [village, village]
    assert seen.to_take_over["sent-back", At.VILLAGE] == {house}
    assert not any(seen.to_take_over["all-through", at] for at in At)


def test_a_result_is_collected_where_the_applicant_chose(seen):
    collected = seen.collected
    assert collected["list before"] == []
    assert collected["list after a round"] == [collected["number"]]
    assert collected["held by"] == TOWN.station.code, "to see a case is not to hold it"
    assert (collected["delivered"].holder, collected["delivered"].state) == (VILLAGE.station.code, CaseState.DELIVERED)
    assert collected["list at the end"] == []
    assert collected["histories"][0] == collected["histories"][1]
    assert (collected["audit"].remarks, collected["audit"].quarantined) == ([], 0)


def test_both_counters_end_with_the_same_history(seen):
    assert seen.histories[0] == seen.histories[1]
    assert len(seen.histories[0]) == len(set(seen.histories[0])) > 10


def test_the_audit_finds_nothing_and_every_paper_is_at_the_village(seen):
    summary = json.loads((seen.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["audit"]["remarks"] == []
    assert (summary["audit"]["stations"], summary["audit"]["cases"], summary["audit"]["quarantined"]) == (2, 2, 0)
    assert len(summary["papers"]) == 7
    assert all((seen.out / f"{number}.pdf").read_bytes().startswith(b"%PDF") for number in summary["papers"])
    for code, entries in summary["journals"].items():
        checked = check_export(seen.out / f"journal-{code}.jsonl", verify)
        assert (checked.station, checked.entries) == (code, entries)


def test_nothing_is_left(seen):
    assert not seen.place.folder.exists()
    assert not servers_in(seen.place.folder)


def servers_in(folder):
    return [one for one in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(one.info["cmdline"] or [])]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="ending a process by a signal is not asked there")
def test_nothing_is_left_when_the_system_ends_it(tmp_path):
    temporary, out = tmp_path / "t", tmp_path / "out"
    temporary.mkdir()
    tmp_path.chmod(0o755)
    command = [sys.executable, str(PROJECT / "main.py"), "demo", "--central", "--out", str(out)]
    environment = {**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while not list(out.glob("01-*.png")):
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        assert list(temporary.glob("lideng-two-*"))
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 128 + signal.SIGTERM
    finally:
        running.kill()
        running.wait()
    assert {path.name for path in temporary.iterdir()} <= {".lockfile"}  # of the database's wheel
    assert not servers_in(temporary)
