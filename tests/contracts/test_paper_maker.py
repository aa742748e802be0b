import pytest

from app.config import RESOURCES
from app.definitions.papers import read_paper_templates
from app.domain.paper import NOT_MOVED, PageSize, Paper, PaperKind, Shift, SignerRole
from app.papers.maker import PdfPaperMaker
from app.services.errors import MissingGlyphs, NotSignable, UnknownTemplate
from app.services.ports import OnLine, PlaceToSign
from tests.fakes.papers import PlainPaperMaker

TEMPLATES = read_paper_templates(RESOURCES / "papers")
NOWHERE = "\U000e0041"


@pytest.fixture(params=[PlainPaperMaker, PdfPaperMaker])
def maker(request):
    return request.param(TEMPLATES)


def test_the_same_paper_gives_the_same_bytes(maker):
    paper = Paper(PaperKind.MATERIALS_RECEIPT, {"applicant": "林**"}, preview=True)
    assert maker.make(paper) == maker.make(paper)
    assert maker.make(paper).startswith(b"%PDF-")


def test_an_unknown_template_is_named(maker):
    with pytest.raises(UnknownTemplate) as caught:
        maker.make(Paper("nothing", {}))
    assert caught.value.template == "nothing"


def test_characters_without_a_font_are_named_once_each_in_order(maker):
    assert maker.missing_glyphs(f"林𬱖{NOWHERE}宁{NOWHERE}") == NOWHERE
    with pytest.raises(MissingGlyphs) as caught:
        maker.make(Paper(PaperKind.MATERIALS_RECEIPT, {"applicant": NOWHERE}))
    assert caught.value.characters == NOWHERE


def test_a_template_is_known_by_its_name(maker):
    assert maker.template(PaperKind.MANDATE).title == "委托书"
    with pytest.raises(UnknownTemplate):
        maker.template("nothing")


def test_what_is_printed_onto_a_blank_form_is_another_document_that_can_be_moved(maker):
    paper = Paper("homestead_approval", {"name": "林小禾"})
    onto = maker.overlay(paper, NOT_MOVED)
    assert onto.startswith(b"%PDF-")
    assert len({maker.make(paper), onto, maker.overlay(paper, Shift(3, -2))}) == 3
    assert onto == maker.overlay(paper, NOT_MOVED)
    assert maker.test_sheet(PageSize.A5, NOT_MOVED) != maker.test_sheet(PageSize.A5, Shift(1)) != b""


def test_a_mark_leaves_the_paper_as_it_is(maker):
    pdf = maker.make(Paper(PaperKind.MATERIALS_RECEIPT, {"applicant": "林**"}, preview=True))
    marked = maker.marked(pdf, "补打第 1 次", across="作废")
    assert marked != pdf
    assert marked.startswith(b"%PDF-")
    assert maker.make(Paper(PaperKind.MATERIALS_RECEIPT, {"applicant": "林**"}, preview=True)) == pdf


def test_a_signature_stands_at_the_place_that_the_template_names(maker, sample_png):
    pdf = maker.make(Paper(PaperKind.PLEDGE, {"name": "林小禾"}))
    assert maker.places_to_sign(pdf) == (PlaceToSign(1, SignerRole.APPLICANT),)
    signed = maker.signed(pdf, [OnLine(1, (sample_png, sample_png), "2026年5月18日")])
    assert signed != pdf
    assert signed.startswith(b"%PDF-")
    for not_a_picture in (b"", b"no picture"):
        with pytest.raises(NotSignable):
            maker.signed(pdf, [OnLine(1, (not_a_picture,), "")])


def test_a_paper_without_such_a_place_cannot_be_signed(maker, sample_png):
    pdf = maker.make(Paper(PaperKind.FORWARDING_SLIP, {"applicant": "林**"}))
    assert maker.places_to_sign(pdf) == ()
    with pytest.raises(NotSignable):
        maker.signed(pdf, [OnLine(1, (sample_png,), "")])


def test_every_line_of_a_paper_is_signed_by_itself(maker, sample_png):
    values = {"name": "林小禾、王知远", "signer_1": "林小禾", "signer_2": "王知远", "agent_name": "黎若谷"}
    pdf = maker.make(Paper(PaperKind.MANDATE, values))
    places = maker.places_to_sign(pdf)
    assert places[:2] == (PlaceToSign(1, SignerRole.APPLICANT, 1), PlaceToSign(2, SignerRole.APPLICANT, 2))
    assert places[-1] == PlaceToSign(7, SignerRole.AGENT)
    both = [OnLine(line, (sample_png,), "2026年5月18日") for line in (1, 7)]
    assert maker.signed(pdf, both, "2026年5月18日") != maker.signed(pdf, both[:1], "2026年5月18日")


def test_a_stamp_leaves_the_document_as_it_is(maker):
    pdf = maker.make(Paper(PaperKind.MATERIALS_RECEIPT, {"applicant": "林**"}, preview=True))
    stamped = maker.stamped(pdf, ("原件核对", "核对人　何长宁"))
    assert stamped != pdf
    assert stamped.startswith(b"%PDF-")
