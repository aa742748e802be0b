"""Fixtures that every test may use."""

import io
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from PIL import Image

from app.security import costs
from app.security.costs import Cost
from app.services.counter import Counter
from tests.support import Place, copy_of, new_place

# A busy machine is no fault of the code: no example has a deadline of its own.
hypothesis.settings.register_profile("lideng", deadline=None)
hypothesis.settings.load_profile("lideng")

TRUE, CHEAP = costs.COST, Cost(passes=1, memory_kib=64, lanes=1)
"""What a secret costs in truth, and in tests."""
LONG = (
    "ui/test_every_screen.py",
    "ui/test_rooms.py",
    "ui/test_work.py",
    "walkthrough/",
    "simulation/",
    "contracts/test_store_views.py",
    "central/",
)
"""Where a file takes longest, the longest first; files with a test that is marked slow come behind them."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let what takes long come first where processes share the work: whatever comes last is waited for alone."""
    if not hasattr(config, "workerinput"):
        return
    top = Path(__file__).parent
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def rank(item: pytest.Item) -> int:
        place = item.path.relative_to(top).as_posix()
        usual = len(LONG) if item.path in slow else len(LONG) + 1
        return next((rank for rank, start in enumerate(LONG) if place.startswith(start)), usual)

    items.sort(key=rank)


@pytest.fixture(scope="session", autouse=True)
def cheap_secrets() -> Iterator[None]:
    """Let what is hashed or sealed here cost next to nothing; what it costs in truth is held in tests/security."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(costs, "COST", CHEAP)
        yield


@pytest.fixture
def true_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash and seal as the program does."""
    monkeypatch.setattr(costs, "COST", TRUE)


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
