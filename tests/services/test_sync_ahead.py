"""Reading ahead changes nothing of what goes to the centre, in which order, and what is written down."""

import pytest

from app.services import sync_images, sync_pushing
from app.services.sync_ahead import InThread, when_asked
from tests.fakes.central import MemoryCentral
from tests.services.sync_desk import TOWN, Centre, FileDesk, at_centre


class EagerDesk(FileDesk):
    """Reads ahead in a thread, as the program does."""

    ahead = InThread()


def test_what_was_read_ahead_is_what_is_sent(tmp_path, monkeypatch):
    monkeypatch.setattr(sync_pushing, "MOST_ENTRIES", 3)
    monkeypatch.setattr(sync_images, "AT_ONCE", 2)
    centre = Centre()
    desk = EagerDesk(centre, tmp_path)
    for number in range(7):
        desk.takes(pages=[f"page {number}".encode()])
    result = desk.round()
    assert (result.pushed, result.images) == (8, 7)
    assert at_centre(centre, TOWN) == desk.chain()
    assert not desk.sync.status().entries_waiting
    assert not desk.sync.status().images_waiting
    desk.closes()


def test_images_that_are_large_together_go_one_after_another(tmp_path, monkeypatch):
    monkeypatch.setattr(sync_images, "BYTES_AT_ONCE", 10)
    centre = Centre()
    desk = EagerDesk(centre, tmp_path)
    asked = []
    monkeypatch.setattr(
        MemoryCentral,
        "missing_chunks",
        lambda central, digests, ask=MemoryCentral.missing_chunks: asked.append(len(digests)) or ask(central, digests),
    )
    desk.takes(pages=[b"six 12", b"four", b"seven 7", b"larger than all", b"one"])
    assert desk.round().images == 5
    assert sum(asked) == 5
    assert max(asked) == 2
    desk.closes()


@pytest.mark.parametrize("ahead", [when_asked, InThread()])
def test_an_error_of_the_reading_is_told_when_its_outcome_is_asked_for(ahead):
    outcome = ahead(lambda: {}["missing"])
    with pytest.raises(KeyError):
        outcome()
