"""Certificates of a station that its centre has certified bear the proof of what they say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import zxingcpp

from app.demonstration import CLERK, STATION
from app.domain.documents import Document, Sex
from app.domain.journal import Entry
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind
from app.domain.people import Person
from app.security.authority import Authority
from app.security.proofs import ProofReader
from app.services.errors import NotInvited
from tests.fakes.centre_desk import FakeCentralKeys
from tests.papers.samples import picture_of, text_of
from tests.support import MONDAY, PERSON, accepted, certify, copy_of, new_place

ADMINISTRATOR = Operator("an.jing", "安静", frozenset({Role.ADMINISTRATOR}))
TRAVELLER = Person(
    "陈示例",
    "H12345678",
    "13805555271",
    "云溪镇柳湾村4组27号",
    document=Document.HK_MACAO_TRAVEL_PERMIT,
    stated_birth_date=date(1988, 8, 8),
    stated_sex=Sex.MALE,
)


@pytest.fixture(scope="module")
def authority():
    return Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))


@pytest.fixture(scope="module")
def certified(tmp_path_factory, cache, authority):
    place = new_place(tmp_path_factory.mktemp("certified") / "profile", cache)
    certify(place, authority)
    return place


@pytest.fixture
def known_place(certified, tmp_path):
    return copy_of(certified, tmp_path / "profile")


def issued(counter, person=PERSON):
    case = accepted(counter, person=person)
    counter.issuance.issue(case.number, CLERK)
    paper = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
    return paper, counter.papers.pdf(paper, CLERK)


def proofs_in(pdf, page=0, dpi=300):
    codes = zxingcpp.read_barcodes(picture_of(pdf, dpi, page), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in codes]


def entry_of(counter, paper) -> Entry:
    with counter.papers._store.read() as uow:
        return uow.journal.at(paper.epoch, paper.seq)


def test_the_code_on_a_certificate_proves_with_the_root_alone_what_it_says(known_place, authority):
    with known_place.opened() as counter:
        paper, pdf = issued(counter)
        (text,) = proofs_in(pdf)
        claims = ProofReader(authority.root).read(text).claims
        assert claims.entry == entry_of(counter, paper).hash
    assert (claims.name, claims.number, claims.type_code) == ("居住证明", paper.number, "residence_certificate")
    assert (claims.holder, claims.holder_code) == ("林**", "519900********0323")
    assert claims.holder_code_type == "公民身份号码"
    assert (claims.issuer, claims.station) == (STATION.body, STATION.code)
    assert (claims.issued_on, claims.valid_until) == (date(2026, 5, 18), date(2026, 11, 18))


def test_where_there_is_a_verification_page_the_code_leads_to_it(known_place, authority):
    with known_place.opened() as counter:
        page = "https://zw.example.cn/verify.html"
        counter.stations.change(ADMINISTRATOR, replace(counter.station, verification_page=page))
    with known_place.opened() as counter:
        (text,) = proofs_in(issued(counter)[1])
    assert text.startswith(f"{page}#LDV1:")
    assert ProofReader(authority.root).read(text).claims.holder == "林**"


def test_the_copy_that_stays_has_none_and_the_words_stand_beside_the_code(known_place):
    with known_place.opened() as counter:
        _paper, pdf = issued(counter)
    assert proofs_in(pdf, page=1) == []
    assert "右侧二维码用于核验真伪" in text_of(pdf, 0)
    assert "右侧二维码用于核验真伪" not in text_of(pdf, 1)


def test_the_same_certificate_is_drawn_with_the_same_proof(known_place):
    with known_place.opened() as counter:
        paper, _pdf = issued(counter)
        service = counter.papers
        drawn = [service._maker.make(service._drawn(paper)) for _ in range(2)]
        assert drawn[0] == drawn[1]
        assert service.as_drawn(paper).pdf.startswith(drawn[0])


def test_a_holder_with_another_document_is_told_by_its_type(known_place, authority):
    with known_place.opened() as counter:
        (text,) = proofs_in(issued(counter, TRAVELLER)[1])
    claims = ProofReader(authority.root).read(text).claims
    assert claims.holder_code_type == "港澳居民来往内地通行证"
    assert claims.holder_code.startswith("H")
    assert "*" in claims.holder_code


def test_a_preview_keeps_the_room_for_the_code_and_has_none(known_place):
    with known_place.opened() as counter:
        case = accepted(counter)
        preview = counter.issuance.preview(case, counter.catalogue.item(case.item), CLERK)
        pdf = counter.papers._maker.make(preview)
    assert preview.proof
    assert proofs_in(pdf) == []
    assert "右侧二维码用于核验真伪" in text_of(pdf, 0)


def test_other_papers_are_not_proved(known_place):
    with known_place.opened() as counter:
        case = accepted(counter)
        for paper in counter.papers.of_case(case.number):
            assert counter.papers._drawn(paper).proof == ""


def test_a_counter_that_no_centre_knows_has_nothing_to_prove_with(counter):
    paper, pdf = issued(counter)
    assert counter.papers._drawn(paper).claims.number == paper.number
    case = accepted(counter)
    assert counter.issuance.preview(case, counter.catalogue.item(case.item), CLERK).proof == ""
    assert proofs_in(pdf) == []
    assert "二维码" not in text_of(pdf, 0)


def test_a_certificate_of_the_station_that_ran_out_proves_nothing(known_place):
    known_place.clock.set(MONDAY + timedelta(days=4 * 365))
    with known_place.opened() as counter:
        assert proofs_in(issued(counter)[1]) == []


def test_keys_that_were_lost_sign_nothing(known_place):
    known_place.custody.store(replace(known_place.custody.load(), central=None))
    with known_place.opened() as counter:
        assert proofs_in(issued(counter)[1]) == []
    with pytest.raises(NotInvited):
        FakeCentralKeys().sign(b"statement")
