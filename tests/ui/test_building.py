"""Rooms that are made before they are needed."""

from ui import building
from ui.building import MadeAhead
from ui.widgets.room import RoomFrame


class Made(RoomFrame):
    """A room that costs nothing."""


def test_a_room_that_was_made_ahead_is_taken_once(qtbot, monkeypatch):
    monkeypatch.setattr(building, "AHEAD", (Made,))
    ahead = MadeAhead()
    (step,) = ahead.steps()
    step()
    first, second = ahead.take(Made), ahead.take(Made)
    assert type(first) is type(second) is Made
    assert first is not second
