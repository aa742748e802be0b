"""A sync and an enrolment that say what a test wrote down, in place of those of a counter."""

from dataclasses import replace
from datetime import timedelta

from app.services.enrolment import EnrolmentState, EnrolmentStatus
from app.services.invitations import CentralAddress
from app.services.ports import Aside, SetAside, Waits
from app.services.sync_report import Contact, SyncFailure, SyncProgress, SyncResult, SyncStatus, SyncStep
from app.services.syncing import SyncOptions

ADDRESS = CentralAddress(("centre.example",), 5432, "lideng", "")


class ScriptedSync:
    """Stands where ``SyncService`` stands; ``outcome`` is what a round returns, or raises."""

    def __init__(self, status, last=None):
        self.now_status = status
        self.last_result = last
        self.outcome = SyncResult(Contact.ON_LINE, pushed=3)
        self.kept = SyncOptions()
        self.due_in_s = 60.0
        self.rounds = []
        self.progress = SyncProgress(SyncStep.ENTRIES, 2, 8)

    def status(self):
        return self.now_status

    def last(self):
        return self.last_result

    def options(self):
        return self.kept

    def keep_options(self, options, _by):
        self.kept = options

    def wait_s(self):
        return self.due_in_s

    def hurry(self):
        self.due_in_s = 0

    def run(self, tell, is_cancelled):
        tell(self.progress)
        self.rounds.append(is_cancelled())
        self.due_in_s = 60.0
        if isinstance(self.outcome, Exception):
            raise self.outcome
        self.last_result = replace(self.outcome, is_cancelled=is_cancelled())
        return self.last_result


class ScriptedEnrolment:
    """Stands where ``EnrolmentService`` stands, at a counter that is enrolled."""

    def __init__(self, at):
        self.at = at

    def status(self):
        return EnrolmentStatus(EnrolmentState.ENROLLED, ADDRESS, "ab" * 32, enrolled_at=self.at - timedelta(days=3))


def at_a_centre(counter, **changes):
    """Return the counter as one that has a centre, with things that wait and things that failed."""
    now = counter.desk.now()
    status = SyncStatus(
        Contact.ON_LINE,
        last_contact=now - timedelta(minutes=3),
        entries_waiting=12,
        images_waiting=4,
        image_bytes_waiting=3_400_000,
        next_in_s=240.0,
    )
    return replace(counter, sync=ScriptedSync(replace(status, **changes)), enrolment=ScriptedEnrolment(now))


def troubled(case_number):
    """Return a last result and parts of a status in which much has gone wrong."""
    failures = (
        SyncFailure(SyncStep.BULLETINS, "calendar", "forged"),
        SyncFailure(SyncStep.IMAGES, case_number, "NotAParty"),
        SyncFailure(SyncStep.IMAGES, case_number, "NotAParty"),
        SyncFailure(SyncStep.ENTRIES, case_number, "not_the_holder"),
        SyncFailure(SyncStep.INBOX, "", "kind"),
    )
    aside = (
        SetAside(1, 12, case_number, Aside.QUARANTINED, "not_the_holder"),
        SetAside(1, 14, "", Aside.WITHHELD, "too_large"),
    )
    return SyncResult(Contact.FAILING, failures=failures), {
        "set_aside": aside,
        "received_waiting": {Waits.KIND: 2, Waits.ORDER: 0},
        "failure": "ChainForked",
    }
