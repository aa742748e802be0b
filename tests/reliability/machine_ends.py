"""Commands by which papers end: declared void, revoked, made anew; each with a second person."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.demonstration import CLERK
from app.domain.errors import BrokenRule
from app.domain.operators import Operator, Role
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.certificate_life import Replacement, Revocation
from app.services.errors import Refused
from app.services.snapshots import PaperRow
from app.services.sync_images import digest_of
from tests.reliability.law import HANDED_OVER, PAPER_AFTER, Expected, ExpectedPaper
from tests.reliability.machine_base import SHEN, WHICH
from tests.reliability.machine_printing import Printing

SECONDS = (SHEN, SHEN, SHEN, replace(SHEN, login=CLERK.login), Operator("wen", "文", (Role.CLERK,)))
"""Who is asked to stand by: somebody who may, the clerk in person, and one who may not."""


class Ending(Printing):
    """What ended stays as it was: its number, its PDF, who consented, and what took its place."""

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, second=st.sampled_from(SECONDS))
    def a_paper_is_declared_void(self, which: int, choice: int, second: Operator) -> None:
        case = self._case(which)
        self._void(case, self._row(case, choice), second)

    @precondition(lambda self: any(case.certificate for case in self.cases))
    @rule(which=WHICH)
    def a_certificate_is_taken_back(self, which: int) -> None:
        """Before delivery it can be made anew; after delivery the case stays closed and only the paper is void."""
        case, row = self._certificate(which)
        self._void(case, row, SHEN)

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, ground=st.sampled_from(RevocationGround), second=st.sampled_from(SECONDS))
    def any_paper_is_to_be_revoked(self, which: int, choice: int, ground: RevocationGround, second: Operator) -> None:
        case = self._case(which)
        self._revoke(case, self._row(case, choice), ground, second)

    @precondition(lambda self: any(case.certificate for case in self.cases))
    @rule(which=WHICH, ground=st.sampled_from(RevocationGround), second=st.sampled_from(SECONDS))
    def a_certificate_is_revoked(
        self, which: int, ground: RevocationGround = RevocationGround.FRAUD, second: Operator = SHEN
    ) -> None:
        """One that was not handed over closes its case as void."""
        self._revoke(*self._certificate(which), ground, second)

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, ground=st.sampled_from(ReplacementGround), second=st.sampled_from(SECONDS))
    def any_paper_is_to_be_replaced(self, which: int, choice: int, ground: ReplacementGround, second: Operator) -> None:
        case = self._case(which)
        self._replace(case, self._row(case, choice), ground, second)

    @precondition(lambda self: any(case.certificate for case in self.cases))
    @rule(which=WHICH, ground=st.sampled_from(ReplacementGround), second=st.sampled_from(SECONDS))
    def a_certificate_is_replaced(
        self, which: int, ground: ReplacementGround = ReplacementGround.LOST, second: Operator = SHEN
    ) -> None:
        self._replace(*self._certificate(which), ground, second)

    def _certificate(self, which: int) -> tuple[Expected, PaperRow]:
        cases = [case for case in self.cases if case.certificate]
        case = cases[which % len(cases)]
        self.touched = [case]
        rows = self.counter.papers.of_case(case.number)
        return case, next(row for row in rows if row.number == case.certificate)

    def _void(self, case: Expected, row: PaperRow, second: Operator) -> None:
        expected = self.papers[row.number]
        after = PAPER_AFTER["void"].get(expected.state) if second is SHEN else None
        try:
            self.counter.papers.void(row, CLERK, "错字", second)
        except (BrokenRule, Refused):
            assert after is None, f"{row.number} was not voided in {expected.state}"
            return
        assert after is not None, f"{row.number} was voided in {expected.state} with {second.login}"
        self._ended(row, after, second)
        case.lose(row.number)

    def _revoke(self, case: Expected, row: PaperRow, ground: RevocationGround, second: Operator) -> None:
        allowed = row.number == case.certificate and second is SHEN
        try:
            self.counter.certificates.revoke(row, CLERK, Revocation(ground, "查实", "示范撤〔2026〕3号"), second)
        except (BrokenRule, Refused):
            assert not allowed, f"{row.number} was not revoked in {case.state}"
            return
        assert allowed, f"{row.number} was revoked in {case.state} with {second.login}"
        self._ended(row, "revoked", second)
        case.revoke()

    def _replace(self, case: Expected, row: PaperRow, ground: ReplacementGround, second: Operator) -> None:
        today = self.clock.now().date()
        counts = row.number == case.certificate and case.state in HANDED_OVER and today <= (case.until or today)
        try:
            self.counter.certificates.replace(row, CLERK, Replacement(ground, "申请人遗失"), second)
        except (BrokenRule, Refused):
            assert not (counts and second is SHEN), f"{row.number} was not replaced in {case.state}"
            return
        assert counts, f"{row.number} was replaced in {case.state}"
        assert second is SHEN, f"{row.number} was replaced with {second.login}"
        made = self._last_body()["data"]
        new = made["number"]["text"]
        assert made["replaces"] == row.number, "a replacement does not name what it replaces"
        assert _day(made["valid_until"]) == case.until, "a replacement runs out on another day"
        assert self.counter.papers.find(row.number).replaced_by == new, "what was replaced does not say by what"
        self._ended(row, "replaced", second)
        self.papers[new] = ExpectedPaper()
        case.certificate = new

    def _ended(self, row: PaperRow, state: str, second: Operator) -> None:
        """Note how a paper ended, and that its number and what it looked like stay."""
        expected = self.papers[row.number]
        expected.state, expected.voided_by = state, second.login
        after = self.counter.papers.find(row.number)
        assert after.digest == row.digest, f"{row.number} ended and looks otherwise"
        if after.digest:
            assert digest_of(self.counter.papers.as_drawn(after).pdf).hex() == after.digest, "its PDF is gone"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
