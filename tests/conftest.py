"""Fixtures that every test may use."""

import io
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from PIL import Image

from app.services.counter import Counter
from tests.support import Place, copy_of, new_place

# A busy machine is no fault of the code: no example has a deadline of its own.
hypothesis.settings.register_profile("lideng", deadline=None)
hypothesis.settings.load_profile("lideng")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def fresh_place(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Place:
    return new_place(tmp_path_factory.mktemp("profile") / "fresh", cache)


@pytest.fixture
def place(fresh_place: Place, tmp_path: Path) -> Place:
    return copy_of(fresh_place, tmp_path / "profile")


@pytest.fixture
def counter(place: Place) -> Iterator[Counter]:
    with place.opened() as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (310, 438), "white").save(buffer, "PNG")
    return buffer.getvalue()
