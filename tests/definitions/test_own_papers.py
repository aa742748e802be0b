import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.definitions.papers import read_templates_of
from app.demonstration import STATION

SHIPPED = Path(__file__).parents[2] / "resources" / "papers"


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def copied(own, name, before, after, file=""):
    path = own / (file or f"{name}.yaml")
    shutil.copy(SHIPPED / f"{name}.yaml", path)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    return path


def told(read):
    return [(fault.file, fault.line, fault.field, fault.problem) for fault in read.faults]


def test_without_a_folder_of_its_own_a_counter_uses_what_ships(tmp_path):
    read = read_templates_of(SHIPPED, tmp_path / "none")
    assert (read.own, read.faults) == ({}, ())
    assert "materials_receipt" in read.templates


def test_a_changed_copy_takes_the_place_of_the_one_that_ships(own):
    copied(own, "materials_receipt", "title: 收件凭证", "title: 云溪收件凭证", "ours.yaml")
    read = read_templates_of(SHIPPED, own)
    assert read.templates["materials_receipt"].title == "云溪收件凭证"
    assert read.own == {"materials_receipt": "ours.yaml"}
    assert len(read.templates) == len(read_templates_of(SHIPPED, own / "none").templates)


def test_a_certificate_of_its_own_stands_beside_those_that_ship(own):
    copied(own, "residence_certificate", "template: residence_certificate", "template: our_certificate")
    assert {"our_certificate", "residence_certificate"} <= set(read_templates_of(SHIPPED, own).templates)


def test_a_broken_copy_stops_nobody_and_names_file_line_and_field(own):
    path = copied(own, "acceptance_notice", '"{number}", "{copy}"', '"{numbr}", "{copy}"')
    read = read_templates_of(SHIPPED, own)
    line = path.read_text("utf-8").splitlines().index('  - ends: ["{numbr}", "{copy}"]') + 1
    assert told(read) == [
        ("acceptance_notice.yaml", line, "blocks[3].ends[1]", "{numbr} is no place of this kind of paper")
    ]
    assert "{number}" in str(read.templates["acceptance_notice"].blocks)
    assert read.own == {}


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"- 1\n", b"a: b: c\n", b"template: x\n" * 100_000])
def test_whatever_stands_in_a_file_it_is_a_remark(own, data):
    (own / "odd.yaml").write_bytes(data)
    read = read_templates_of(SHIPPED, own)
    assert [fault.file for fault in read.faults]
    assert "materials_receipt" in read.templates


def test_two_files_of_one_name_and_a_name_of_another_kind_are_refused(own):
    copied(own, "mandate", "title: 委托书", "title: 授权书", "a.yaml")
    copied(own, "mandate", "title: 委托书", "title: 授权委托书", "b.yaml")
    copied(own, "pledge", "template: pledge", "template: return_slip", "c.yaml")
    read = read_templates_of(SHIPPED, own)
    assert told(read) == [
        ("b.yaml", 1, "template", "a.yaml is called that too"),
        ("c.yaml", 1, "kind", "must be return_slip, as the one that ships"),
    ]
    assert read.templates["mandate"].title == "授权书"


def test_numbers_that_could_meet_those_of_another_paper_are_told(own):
    usual = 'numbering: "{prefix}{word}〔{year}〕{serial}号"\npending: 出证后编号'
    copied(own, "residence_certificate", "pending: 出证后编号", usual, "ours.yaml")
    read = read_templates_of(SHIPPED, own)
    (fault,) = read.collisions(STATION)
    assert (fault.file, fault.field, fault.problem) == (
        "ours.yaml",
        "numbering",
        "could give the same number as certificate",
    )
    assert read.collisions(replace(STATION, paper_pattern="{prefix}-{word}-{year}-{serial}")) == ()
