from pathlib import Path

import pytest

from app.definitions.papers import read_paper_templates
from app.domain.paper import PaperKind
from app.domain.paper_issuers import DECIDING_BODY_SPEAKS, issuer
from app.domain.paper_template import Issuer

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "papers"


@pytest.mark.parametrize("kind", PaperKind)
def test_the_deciding_body_speaks_where_the_law_lets_it_and_else_the_windows(kind):
    speaks = issuer(kind, "示范县民政局", "云溪镇人民政府")
    assert speaks == ("示范县民政局" if kind in DECIDING_BODY_SPEAKS else "云溪镇人民政府")


def test_every_shipped_paper_of_the_deciding_body_begins_with_its_name():
    for template in read_paper_templates(SHIPPED).values():
        if template.kind in DECIDING_BODY_SPEAKS:
            first = template.blocks[0]
            assert isinstance(first, Issuer), template.name
            assert first.text.text == "{issuer}", template.name
