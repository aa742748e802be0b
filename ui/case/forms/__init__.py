"""The forms of the acts on a case, by family; ``FORMS`` tells which act has which. Qt-free."""

from ui.case.act_kinds import CaseAct
from ui.case.forms.base import ActForm
from ui.case.forms.before import AcceptForm, GiveBackForm, RefuseAcceptanceForm
from ui.case.forms.closing import ArchiveForm, RateForm, VoidForm, WithdrawForm
from ui.case.forms.correcting import CorrectForm
from ui.case.forms.custody import ChooseCollectionForm, HandOverForm, SendBackForm, TakeOverForm
from ui.case.forms.deciding import DecideForm, ForwardForm
from ui.case.forms.supplement import AskSupplementForm, TakeInFollowingForm, TakeInSupplementForm
from ui.case.forms.timing import ExtendForm, ResumeForm, SuspendForm

FORMS: dict[CaseAct, type[ActForm]] = {
    CaseAct.ACCEPT: AcceptForm,
    CaseAct.ASK_SUPPLEMENT: AskSupplementForm,
    CaseAct.TAKE_IN_SUPPLEMENT: TakeInSupplementForm,
    CaseAct.REFUSE_ACCEPTANCE: RefuseAcceptanceForm,
    CaseAct.GIVE_BACK: GiveBackForm,
    CaseAct.SUSPEND: SuspendForm,
    CaseAct.RESUME: ResumeForm,
    CaseAct.EXTEND: ExtendForm,
    CaseAct.DECIDE: DecideForm,
    CaseAct.FORWARD: ForwardForm,
    CaseAct.TAKE_IN_FOLLOWING: TakeInFollowingForm,
    CaseAct.RATE: RateForm,
    CaseAct.ARCHIVE: ArchiveForm,
    CaseAct.CORRECT: CorrectForm,
    CaseAct.WITHDRAW: WithdrawForm,
    CaseAct.VOID: VoidForm,
    CaseAct.TAKE_OVER: TakeOverForm,
    CaseAct.HAND_OVER: HandOverForm,
    CaseAct.CHOOSE_COLLECTION: ChooseCollectionForm,
    CaseAct.SEND_BACK: SendBackForm,
}
