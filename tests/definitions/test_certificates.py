from dataclasses import replace

import pytest

from app.config import RESOURCES
from app.definitions.catalogue import read_catalogue
from app.definitions.certificates import check_certificates
from app.definitions.papers import read_paper_templates
from app.domain.catalogue import ItemState, UseLevel

TEMPLATES = read_paper_templates(RESOURCES / "papers")
ITEMS = read_catalogue(RESOURCES / "catalogue").items
HOMESTEAD = next(item for item in ITEMS if item.code == "510117053000")


def told(item):
    return [(fault.field, fault.problem) for fault in check_certificates([item], TEMPLATES)]


def test_every_certificate_of_the_shipped_catalogue_can_be_made():
    assert check_certificates(ITEMS, TEMPLATES) == ()
    assert {item.result.template for item in ITEMS if item.makes_certificate} == {
        "residence_certificate",
        "village_residence_certificate",
        "homestead_approval",
    }


@pytest.mark.parametrize("template", ["nothing", "mandate"])
def test_an_item_without_a_template_of_a_certificate_is_named(template):
    item = replace(HOMESTEAD, result=replace(HOMESTEAD.result, template=template))
    assert told(item) == [("510117053000.result.template", f"{template} is no template of a certificate")]
    assert told(replace(item, state=ItemState.CANCELLED)) == []


def test_a_form_without_a_field_that_the_certificate_shows_is_named():
    item = replace(HOMESTEAD, form=tuple(entry for entry in HOMESTEAD.form if entry.code not in {"east", "area"}))
    assert told(item) == [
        ("510117053000.form", "lacks area, which homestead_approval shows"),
        ("510117053000.form", "lacks east, which homestead_approval shows"),
    ]


def test_an_issuer_of_another_level_is_named():
    item = replace(HOMESTEAD, issuers=(UseLevel.TOWNSHIP, UseLevel.VILLAGE))
    assert told(item) == [("510117053000.issuers", "village may not issue homestead_approval")]
