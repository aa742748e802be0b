"""Revoking and replacing a certificate from the page of its case, and what its line says before and afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from app.demonstration import CLERK
from app.domain.operators import Operator, Role
from app.domain.paper import PaperState
from app.domain.paper_ends import MANNERS, ReplacementGround, RevocationGround
from app.services.snapshots import PaperMark
from tests.support import accepted, handed_over_certificate
from tests.ui.case.test_presenter import Opened
from ui.case.papers_card import PapersCard
from ui.case.stages import stages_of
from ui.case.state import Part
from ui.navigation import Session
from ui.outcome_words import replacement_words, revocation_words
from ui.paper_titles import end_words, print_words

SHEN = Operator("shenqing", "沈青", tuple(Role))


@pytest.fixture
def certificate(counter):
    return handed_over_certificate(counter)


@pytest.fixture
def opened(counter, certificate):
    made = Opened(counter)
    made.open(counter.issuance.open(certificate.case_number)[0])
    return made


@pytest.fixture
def card(qtbot):
    made = PapersCard()
    qtbot.addWidget(made)
    return made


def links(card, paper):
    names = [button.accessibleName() for button in card.findChildren(QPushButton)]
    return [name.split()[0] for name in names if name.endswith(f" {paper.name}")]


def fill(opened, **values):
    """Fill the form in, submit it and let the second person agree."""
    for code, value in values.items():
        opened.presenter.forms.edit(code, value)
    opened.presenter.forms.submit()
    opened.runner.work()
    asked, _what, then = opened.navigator.went[-1]
    assert asked == "ask_second_person"
    then(SHEN)
    opened.runner.work()
    assert not opened.navigator.errors


def test_a_certificate_is_revoked_from_its_line(counter, certificate, opened):
    opened.presenter.revoke_paper(certificate)
    opened.presenter.forms.submit()
    assert {"ground", "reason", "basis"} <= set(opened.presenter.forms.state.problems)
    fill(opened, ground="fraud", reason="租赁合同是伪造的", basis="示范撤〔2026〕3号")
    assert counter.papers.find(certificate.number).state is PaperState.REVOKED
    assert opened.state.part is Part.PAGE
    assert opened.navigator.went[-1] == ("notify", "证明撤销")
    assert [stage.state for stage in stages_of(opened.state.file)] == ["done"] * 5


def test_the_second_person_hears_the_word_of_the_law_for_the_ground(certificate, opened):
    opened.presenter.revoke_paper(certificate)
    fill(opened, ground="holder_gone", reason="已去世", basis="行政许可法第七十条")
    what = next(went[1] for went in opened.navigator.went if went[0] == "ask_second_person")
    assert what == f"居住证明（{certificate.number}）注销"
    assert opened.navigator.went[-1] == ("notify", "证明注销")


def test_a_certificate_is_made_anew_from_its_line_and_shown_before(counter, certificate, opened):
    opened.presenter.replace_paper(certificate)
    opened.runner.work()
    assert opened.presenter.forms.state.paper is not None
    fill(opened, reason="申请人遗失")
    old = counter.papers.find(certificate.number)
    assert (old.state, old.ground) == (PaperState.REPLACED, "lost")
    assert counter.papers.find(old.replaced_by) in opened.state.file.papers


def test_who_may_not_decide_is_told_so(counter, certificate, opened):
    opened.presenter._session = Session(Operator("guan", "管", (Role.ADMINISTRATOR,)))
    opened.presenter.revoke_paper(certificate)
    assert opened.state.part is Part.PAGE
    assert opened.navigator.went[-1][0] == "notify"


def test_the_line_of_a_certificate_offers_what_fits_where_it_is(counter, certificate, card):
    file = counter.desk.file(certificate.case_number)
    card.show_papers(file)
    assert links(card, certificate) == ["另存", "屏幕签名", "补打", "补换证", "撤销"]
    to_recall = replace(certificate, mark=PaperMark.TO_RECALL)
    card.show_papers(replace(file, papers=[to_recall]))
    assert links(card, certificate)[-1] == "作废"
    revoked = replace(certificate, state=PaperState.REVOKED, ground="fraud")
    card.show_papers(replace(file, papers=[revoked]))
    assert links(card, certificate) == ["另存"]
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    card.show_papers(counter.desk.file(case.number))
    assert links(card, certificate)[-2:] == ["作废", "撤销"]


def test_the_line_says_until_when_it_is_good_and_that_it_ran_out(certificate):
    until = certificate.valid_until
    assert end_words(certificate, until) == f"{until} 到期"
    assert end_words(certificate, until + timedelta(days=1)) == f"{until} 已过期"
    replaced = replace(certificate, state=PaperState.REPLACED, replaced_by="云溪3证〔2026〕000002号")
    assert end_words(replaced, until) == "由 云溪3证〔2026〕000002号 代替"
    assert end_words(replace(certificate, valid_until=None), until) == ""


def test_every_end_has_words(certificate):
    said = {}
    for ground in RevocationGround:
        assert revocation_words(ground)
        revoked = replace(certificate, state=PaperState.REVOKED, ground=ground.value)
        said[MANNERS[ground]] = print_words(revoked)[1]
    assert list(said.values()) == ["已撤销", "已撤回", "已注销"]
    assert print_words(replace(certificate, state=PaperState.REPLACED))[1] == "已被代替"
    assert all(replacement_words(ground) for ground in ReplacementGround)
