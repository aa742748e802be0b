from app.domain.ethnicities import ETHNICITIES, ethnicity_like


def test_there_are_fifty_six_and_each_is_read_as_itself() -> None:
    assert len(set(ETHNICITIES)) == 56
    assert all(ethnicity_like(one) == one and ethnicity_like(one + "族") == one for one in ETHNICITIES)


def test_one_misread_character_is_mended_where_one_group_fits() -> None:
    assert ethnicity_like("维吾你") == "维吾尔"
    assert ethnicity_like("土豕") == "土家"


def test_nothing_is_chosen_between_two_groups() -> None:
    assert ethnicity_like("保僳") == ""


def test_what_was_read_before_the_group_is_left_away() -> None:
    assert ethnicity_like("票汉") == "汉"


def test_what_is_no_group_is_none() -> None:
    assert ethnicity_like("舞") == ""
    assert ethnicity_like("") == ""
