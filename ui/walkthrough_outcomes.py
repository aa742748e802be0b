"""What can become of a case beside its usual way, played in the window: every outcome that the law knows."""

from collections.abc import Callable
from datetime import timedelta

from app.services.snapshots import CaseFilter
from ui.forms.fields import FieldRow
from ui.player import Player, Stuck
from ui.widgets.choices import Choice

SUPPLEMENTED = "510111032000"
REFUSED = "510111036000"
SILENT = "510117052000"
ON_PAPER = "510114024000"
PEOPLE = (
    ("韦晚晴", "519900197808080023", "云溪镇石桥村2组9号", "13805550131"),
    ("蒙若谷", "519900198103150014", "云溪镇青杠村1组3号", "13805550132"),
    ("阿素问", "519900199011220024", "云溪镇白鹤村5组12号", "13805550133"),
    ("黎云帆", "519900196604050012", "云溪镇大堰村7组4号", "13805550134"),
)
MATERIAL_KEYS = 5


class Outcomes:
    """Plays on with ``player``; ``later`` moves the counter's clock, where the starter can."""

    def __init__(
        self, player: Player, committed: str, password: str, later: Callable[[timedelta], None] | None
    ) -> None:
        self._p = player
        self._committed = committed
        self._password = password
        self._later = later or (lambda _span: None)

    def play(self) -> None:
        """Play every scene but the last, which needs more time to go by than the rest can stand."""
        self._supplement()
        self._non_acceptance()
        self._late_entry()
        self._suspension_and_extension()
        self._refusal()
        self._withdrawal()
        self._voiding()
        self._reprint()
        self._p.rooms.home()
        self._p.settle()

    # --- before acceptance -------------------------------------------------------------------------------------

    def _supplement(self) -> None:
        self._begin(SUPPLEMENTED, 0)
        self._form("F6", "supplement-notice")
        self._done("IssueRoom")
        self._p.picture("supplement-asked")
        self._open(self._p.rooms.built.issue.state.case.number)
        self._p.picture("supplement-awaited")
        self._p.key("F9")
        for number in range(1, MATERIAL_KEYS):
            self._p.key(f"Ctrl+{number}")
        self._p.rooms.forms.edit("form.household_size", "4")
        self._p.settle()
        self._p.picture("supplement-taken-in")
        self._done("CaseRoom")
        self._form("F9", "acceptance")
        self._done("CaseRoom")
        self._p.picture("supplemented-and-accepted")

    def _non_acceptance(self) -> None:
        self._begin(REFUSED, 1)
        self._p.key("F5")
        self._value("competent", "白鹤镇人民政府便民服务中心")
        self._value("reason", "申请人户籍不在本镇")
        self._p.settle()
        self._p.picture("non-acceptance")
        self._done("IssueRoom")
        self._p.picture("not-accepted")

    def _late_entry(self) -> None:
        self._begin(ON_PAPER, 2)
        now = self._p.counter.desk.now()
        self._p.key("F3")
        self._value("reason", "停电")
        self._value("paper_number", "纸质 2026-021")
        self._value("received_at", f"{now - timedelta(hours=26):%Y-%m-%d %H:%M}")
        self._value("accepted_at", f"{now - timedelta(hours=25):%Y-%m-%d %H:%M}")
        self._p.settle()
        self._p.picture("late-entry")
        self._done("IntakeRoom")
        self._p.rooms.built.intake.edit("form.kind", "长期失业人员")
        self._p.key("Ctrl+0")
        self._p.settle()
        self._p.picture("late-entry-marked")
        self._done("IssueRoom")
        self._open(self._p.rooms.built.issue.state.case.number)
        self._p.picture("late-case")

    def silence(self) -> None:
        """Take a case in, say nothing for five working days, and let the program accept it."""
        self._begin(SILENT, 3)
        self._p.key("F2")
        self._p.until(lambda: self._p.shows("IssueRoom"), "the received case")
        self._p.wait_for_paper()
        self._p.picture("only-received")
        number = self._p.rooms.built.issue.state.case.number
        self._later(timedelta(days=9))
        self._p.rooms.let_a_minute_pass()
        self._p.settle()
        self._p.rooms.home()
        self._p.settle()
        self._p.picture("reminders")
        self._open(number)
        self._p.picture("deemed-accepted")

    # --- after acceptance --------------------------------------------------------------------------------------

    def _suspension_and_extension(self) -> None:
        self._open(self._committed)
        self._p.picture("case-accepted")
        self._p.key("F9")
        self._p.settle()
        self._p.key("F6")
        self._value("procedure", "site_visit")
        self._value("days", "3")
        self._p.settle()
        self._p.picture("suspension")
        self._done("CaseRoom")
        self._p.picture("suspended")
        self._later(timedelta(days=3))
        self._p.key("F9")
        self._value("outcome", "入户核查完成，情况属实")
        self._p.settle()
        self._p.picture("resumption")
        self._done("CaseRoom")
        self._p.key("F7")
        self._value("reason", "需要征求其他部门意见")
        self._value("approver", "覃守田")
        self._p.settle()
        self._p.picture("extension")
        self._done("CaseRoom")
        self._p.picture("extended")

    def _refusal(self) -> None:
        self._p.key("F10")
        self._value("result", "refused")
        self._value("decided_by", "覃守田")
        self._value("reason", "家庭人均收入超过标准")
        self._value("basis", "《社会救助暂行办法》第九条")
        self._p.settle()
        self._p.picture("refusal")
        self._done("CaseRoom")
        self._p.key("F11")
        self._p.until(lambda: self._p.shows("IssueRoom"), "the refusal")
        self._p.settle()
        self._p.key("Ctrl+P")
        self._p.settle()
        self._p.picture("printed-or-not")
        self._p.key("Ctrl+Y")
        self._p.settle()
        self._p.key("F11")
        self._p.settle()
        self._p.picture("refusal-delivered")

    # --- ends and papers ---------------------------------------------------------------------------------------

    def _withdrawal(self) -> None:
        self._open(self._some("accepted"))
        self._p.key("F2")
        self._p.settle()
        self._p.picture("acts")
        self._p.key("J")
        self._value("reason", "申请人不再需要办理")
        self._p.settle()
        self._p.picture("withdrawal")
        self._done("CaseRoom")

    def _voiding(self) -> None:
        self._open(self._some("accepted"))
        self._p.key("F2")
        self._p.key("K")
        self._value("reason", "重复录入")
        self._p.settle()
        self._p.key("F9")
        self._p.settle()
        self._p.picture("second-person")
        self._p.type(self._password)
        self._p.key("Return")
        self._p.settle()
        self._p.picture("voided")

    def _reprint(self) -> None:
        case = self._p.rooms.built.case
        self._open(self._some("issued"))
        self._p.key("Ctrl+P")
        self._p.settle()
        self._p.key("Ctrl+Y")
        self._p.settle()
        case.reprint(case.state.file.papers[-1])
        self._value("reason", "申请人遗失")
        self._p.settle()
        self._p.picture("reprint")
        self._done("CaseRoom")
        self._p.key("Ctrl+Y")
        self._p.settle()
        self._p.picture("reprinted")

    # --- what a clerk does -------------------------------------------------------------------------------------

    def _begin(self, item: str, person: int) -> None:
        self._p.rooms.open_item(item)
        self._p.until(lambda: self._p.shows("IntakeRoom"), "the intake")
        self._p.fill(*PEOPLE[person])

    def _open(self, number: str) -> None:
        self._p.rooms.open_case(number)
        self._p.until(lambda: self._p.shows("CaseRoom"), "the case")
        self._p.settle()

    def _form(self, key: str, picture: str) -> None:
        self._p.key(key)
        self._p.settle()
        self._p.picture(picture)

    def _value(self, code: str, value: str) -> None:
        """Fill in one field of the form that lies open: type it, or click what is chosen."""
        self._p.until(lambda: self._p.start.runner.is_idle and self._row(code), f"the field {code}")
        row = self._row(code)
        if row is None:
            raise Stuck(code)
        if isinstance(row.editor, Choice):
            row.editor.choose(value)
            return
        row.take_focus()
        self._p.key("Ctrl+A")
        self._p.commit(value)

    def _row(self, code: str) -> FieldRow | None:
        rows = self._p.start.window.findChildren(FieldRow, code)
        return next((row for row in rows if row.isVisible()), None)

    def _done(self, room: str) -> None:
        """Do what the form says, and wait for the room that follows."""
        self._p.key("F9")
        self._p.settle()
        self._p.until(lambda: self._p.shows(room), room)

    def _some(self, state: str) -> str:
        """Return the number of the newest case in ``state``."""
        rows = (lit.row for lit in self._p.counter.desk.page(CaseFilter(), 0, 200))
        return next(row.number for row in rows if row.state.value == state)
