import pytest

from app.capture.recognition.licence import is_licence, licence
from app.services.ports import ReadField
from tests.capture.recognition.recorded import BACK, LICENCE, changed


def test_every_field_of_a_licence_is_found() -> None:
    assert {str(name): found.text for name, found in licence(LICENCE).items()} == {
        "number": "91581674QL606Q7R6N",
        "name": "云溪丰禾建材商贸有限责任公司",
        "representative": "苏秀娜",
        "valid_from": "2015-10-07",
        "valid_to": "2045-10-06",
        "address": "示范省云溪市柳湾区红旗镇胜利村民委员会老鸦岭屯112号附3号",
    }


@pytest.mark.parametrize("label", ["负责人", "经营者", "执行事务合伙人", "投资人"])
def test_whoever_represents_an_enterprise_is_its_representative(label: str) -> None:
    assert licence(changed(LICENCE, n12=label))[ReadField.REPRESENTATIVE].text == "苏秀娜"


@pytest.mark.parametrize("label", ["经营场所", "主要经营场所", "营业场所"])
def test_wherever_it_does_business_is_its_address(label: str) -> None:
    assert licence(changed(LICENCE, n18=label))[ReadField.ADDRESS].text.startswith("示范省云溪市")


@pytest.mark.parametrize("read", ["长期", "2015年10月07日至长期", "長期", "永久"])
def test_a_licence_without_an_end_says_so(read: str) -> None:
    assert licence(changed(LICENCE, n15=read))[ReadField.VALID_TO].text == "长期"


def test_a_code_in_one_piece_with_its_label_is_found() -> None:
    fields = licence(changed(LICENCE, n1="统一社会信用代码91581674QL606Q7R6N", n2=""))
    assert fields[ReadField.NUMBER].text == "91581674QL606Q7R6N"


def test_a_misread_code_is_mended_and_said_to_be() -> None:
    found = licence(changed(LICENCE, n2="9I581674QL6O6Q7R6N"))[ReadField.NUMBER]
    assert (found.text, found.is_repaired) == ("91581674QL606Q7R6N", True)


def test_a_value_in_one_piece_with_its_label_is_found() -> None:
    fields = licence(changed(LICENCE, n12="法定代表人 苏秀娜", n13=""))
    assert fields[ReadField.REPRESENTATIVE].text == "苏秀娜"


def test_the_next_field_does_not_run_into_a_name_when_its_label_was_not_read() -> None:
    assert licence(changed(LICENCE, n8=""))[ReadField.NAME].text == "云溪丰禾建材商贸有限责任公司"


@pytest.mark.parametrize(
    ("place", "read", "field", "text"),
    [
        ("n12", "法定代衰人", ReadField.REPRESENTATIVE, "苏秀娜"),
        ("n14", "营业朝限", ReadField.VALID_TO, "2045-10-06"),
        ("n18", "往所", ReadField.ADDRESS, "示范省云溪市柳湾区红旗镇胜利村民委员会老鸦岭屯112号附3号"),
    ],
)
def test_a_label_with_one_misread_character_still_names_its_field(
    place: str, read: str, field: ReadField, text: str
) -> None:
    assert licence(changed(LICENCE, **{place: read}))[field].text == text


def test_brackets_in_names_are_those_of_chinese_print() -> None:
    fields = licence(changed(LICENCE, n5="云溪丰禾企业管理中心(有限合伙)"))
    assert fields[ReadField.NAME].text == "云溪丰禾企业管理中心（有限合伙）"


def test_a_card_is_no_licence() -> None:
    assert is_licence(LICENCE)
    assert not is_licence(BACK)
