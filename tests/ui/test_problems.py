import inspect

import pytest

from app.domain import application, people
from app.domain.problem import Problem
from ui import problems, text


@pytest.fixture(params=text.LANGUAGES)
def language(request):
    text.use(request.param)
    yield request.param
    text.use(text.SOURCE)


def codes_in(module):
    source = inspect.getsource(module)
    return {part.split('"')[0] or "missing" for part in source.replace("\n", "").split('place, "')[1:]}


def test_every_remark_has_its_words_in_every_language(language):
    details = {"maximum": 1, "minimum": 1, "found": 1, "expected": 2, "characters": "x", "name": "x"}
    codes = codes_in(people) | codes_in(application) | {"material_missing"}
    assert len(codes) > 10
    for code in codes:
        assert problems.words(Problem("applicant.name", code, details=details))
