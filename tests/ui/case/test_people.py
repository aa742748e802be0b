from dataclasses import replace

from app.demonstration import COOPERATIVE
from app.domain.documents import Document
from app.domain.people import Agent, AgentKind, Person
from tests.domain.stages import accepted
from ui.case.people import who_applies

GUARDIAN = Agent(
    Person("林大树", "519900198811120043", "13805550126"), AgentKind.GUARDIAN, relation="父亲", mandate="户口簿"
)
FOREIGNER = Person("MARY·ANN", "E12345678", "13805550127", document=Document.PASSPORT)


def shown(case, *, in_full=False):
    return [f"{name} {words}" for name, words in who_applies(case, in_full=in_full)]


def test_an_organisation_stands_above_its_representative_and_is_not_masked():
    lines = shown(replace(accepted(), organisation=COOPERATIVE))
    assert lines[:2] == [f"单位名称 {COOPERATIVE.name}", f"信用代码 {COOPERATIVE.uscc}"]
    assert lines[2].startswith("负责人 林")
    assert not any("单位地址" in line for line in lines)


def test_who_acts_is_told_with_right_and_proof_and_masked_like_the_applicant():
    case = replace(accepted(), agent=GUARDIAN)
    assert {"代办人 林**", "身份 监护人、父亲", "监护证明 户口簿"} <= set(shown(case))
    assert not any(GUARDIAN.person.id_number in line or "林大树" in line for line in shown(case))
    assert "代办人 林大树" in shown(case, in_full=True)


def test_those_who_apply_together_each_have_a_line():
    case = replace(accepted(), co_applicants=(FOREIGNER, GUARDIAN.person))
    assert [line.split()[0] for line in shown(case)].count("共同申请人") == 2
    assert "共同申请人 林大树 519900198811120043" in shown(case, in_full=True)


def test_another_document_is_called_by_its_name():
    lines = shown(replace(accepted(), applicant=FOREIGNER))
    assert "证件类型 护照" in lines
    assert not any(line.startswith("身份证号") for line in lines)
