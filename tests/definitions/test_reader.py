from enum import StrEnum

import pytest

from app.definitions.reader import LARGEST_FILE, Fields, Node, parse, read_folder
from app.services.errors import BadDefinitions, DefinitionError


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def refused(data):
    with pytest.raises(DefinitionError) as caught:
        parse(data, "file.yaml")
    return caught.value.line, caught.value.problem


def fields(text, known=("a", "b", "c"), required=()):
    remarks = []
    return Fields(parse(text.encode(), "file.yaml"), known, required, remarks), remarks


def told(remarks):
    return [(remark.line, remark.field, remark.problem) for remark in remarks]


# --- what is no file to begin with ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"", 1, "is empty"),
        (b"# nothing\n", 1, "is empty"),
        (b"a: 1\nb: \xff\n", 2, "is not text in UTF-8"),
        (b"a: 1\nb: [1, 2\n", 3, "is not YAML: did not find expected ',' or ']'"),
        (b"a: 1\n---\na: 2\n", 2, "is not YAML: but found another document"),
        (b" " * (LARGEST_FILE + 1), 1, "is larger than 1024 kB"),
        (b"a:\n  - &x 1\n  - *x\n", 3, "has an alias (*name), which is not taken"),
        (b"[" * 200_000, 1, "is nested deeper than 20"),
        (b"- " * 200_000, 1, "is nested deeper than 20"),
        (b"a: \x00", 1, "is not YAML that can be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data, line, problem):
    assert refused(data) == (line, problem)


def test_a_tag_that_asks_for_an_object_makes_none():
    node = parse(b"a: !!python/object/apply:os.getcwd []\n", "file.yaml").mapping(["a"])["a"]
    with pytest.raises(DefinitionError, match="must be text"):
        node.text()


def test_an_error_names_file_line_and_field():
    with pytest.raises(DefinitionError) as caught:
        parse(b"a:\n  - b: 1\n  - b: x\n", "file.yaml").mapping(["a"])["a"].sequence()[1].mapping(["b"])["b"].number(
            0, 9
        )
    assert str(caught.value) == "file.yaml:3: a[2].b: must be a number"


# --- one value -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "read", "problem"),
    [
        ("[1]", Node.text, "must be text"),
        ("{b: 1}", Node.text, "must be text"),
        ("null", Node.text, "must be text"),
        ('""', Node.text, "is empty"),
        ('" "', Node.text, "is empty"),
        ("x" * 2001, Node.text, "is longer than 2000 characters"),
        ("Id-Card", Node.name, "must be small letters, digits and _, a letter first"),
        ("9a", Node.name, "must be small letters, digits and _, a letter first"),
        ("blue", lambda node: node.choice(Colour), "must be one of red, green"),
        ("yes", Node.flag, "must be one of true, false"),
        ("many", lambda node: node.number(0, 9), "must be a number"),
        ("nan", lambda node: node.number(0, 9), "must be from 0 to 9"),
        ("1e999", lambda node: node.number(0, 9), "must be from 0 to 9"),
        ("-1", lambda node: node.number(0, 9), "must be from 0 to 9"),
        ("2.5", lambda node: node.whole(0, 9), "must be a whole number"),
        ("1", Node.sequence, "must be a list"),
        ("[1, 2, 3]", lambda node: node.sequence(most=2), "must have 0 to 2 entries"),
        ("1", lambda node: node.mapping(["x"]), "must be a list of names with values"),
        ("{[1]: 2}", lambda node: node.mapping(["x"]), "must be text"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_words(value, read, problem):
    node = parse(f"a: {value}".encode(), "file.yaml").mapping(["a"])["a"]
    with pytest.raises(DefinitionError) as caught:
        read(node)
    assert (caught.value.line, caught.value.field, caught.value.problem) == (1, "a", problem)


def test_a_code_stays_as_it_was_written_even_without_quotation_marks():
    assert parse(b"a: 007051000\n", "file.yaml").mapping(["a"])["a"].text() == "007051000"


def test_a_mapping_raises_its_first_remark():
    with pytest.raises(DefinitionError, match="b: is missing"):
        parse(b"a: 1\n", "file.yaml").mapping(["a", "b"], required=["b"])


# --- gathering -----------------------------------------------------------------------------------------------


def test_unknown_missing_and_repeated_names_are_all_told():
    _, remarks = fields("a: 1\nx: 2\na: 3\n", required=["a", "c"])
    assert told(remarks) == [
        (2, "x", "is not known here; known are a, b, c"),
        (3, "a", "is there twice"),
        (1, "c", "is missing"),
    ]


def test_one_wrong_value_does_not_hide_the_next():
    read, remarks = fields("a: blue\nb: [1, x, 3, y]\nc: perhaps\n")
    assert read.choice("a", Colour, Colour.GREEN) is Colour.GREEN
    assert read.each("b", lambda node: node.whole(0, 9)) == (1, 3)
    assert read.flag("c", usual=True)
    assert told(remarks) == [
        (1, "a", "must be one of red, green"),
        (2, "b[2]", "must be a number"),
        (2, "b[4]", "must be a number"),
        (3, "c", "must be one of true, false"),
    ]


def test_what_is_not_there_has_its_usual_value():
    read, remarks = fields("{}")
    assert (read.text("a", "usual"), read.whole("b", 0, 9, 7), read.each("c", Node.text)) == ("usual", 7, ())
    assert (read.name("a"), "a" in read) == ("", False)
    assert not remarks


def test_a_text_may_be_empty_only_when_it_may_be_missing():
    read, remarks = fields('a: ""\nb: ""\n', required=["a"])
    assert (read.text("a"), read.text("b")) == ("", "")
    assert told(remarks) == [(1, "a", "is empty")]


def test_a_remark_on_what_is_not_there_stands_at_the_whole():
    read, _ = fields("\n\na: 1\n")
    assert read.error("b", "is needed").line == 3


# --- a folder ------------------------------------------------------------------------------------------------


def test_the_remarks_of_a_folder_come_by_file_and_line(tmp_path):
    (tmp_path / "b.yaml").write_text("a: 1\nx: 2\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("a: *x", encoding="utf-8")
    (tmp_path / "ignored.txt").write_text("[", encoding="utf-8")

    def read(root, remarks):
        values = Fields(root, ["a", "b"], ["b"], remarks)
        values.flag("a", usual=False)

    with pytest.raises(BadDefinitions) as caught:
        read_folder(tmp_path, read)
    assert [(remark.file, remark.line, remark.field) for remark in caught.value.errors] == [
        ("a.yaml", 1, ""),
        ("b.yaml", 1, "b"),
        ("b.yaml", 1, "a"),
        ("b.yaml", 2, "x"),
    ]


def test_a_folder_without_files_is_no_empty_success(tmp_path):
    with pytest.raises(BadDefinitions, match=r"has no \*\.yaml file"):
        read_folder(tmp_path, lambda root, remarks: None)


def test_a_remark_names_the_file_and_not_where_it_lies(tmp_path):
    (tmp_path / "a.yaml").write_text("[", encoding="utf-8")
    with pytest.raises(BadDefinitions) as caught:
        read_folder(tmp_path, lambda root, remarks: None)
    assert str(tmp_path) not in str(caught.value)
