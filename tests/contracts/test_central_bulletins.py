"""What every centre publishes to all its stations."""

from dataclasses import replace


def bulletins(central):
    return [central.bulletin(head) for head in central.bulletin_heads(0, 10)]


def test_bulletins_reach_everybody_in_order(centre, town, village):
    centre.publish("calendar", 1, b"one")
    centre.publish("catalogue", 1, b"two")
    for central in (town, village):
        first, second = bulletins(central)
        assert [(one.topic, one.payload) for one in (first, second)] == [("calendar", b"one"), ("catalogue", b"two")]
        assert first.n < second.n == central.hello().bulletin_last
        heads = central.bulletin_heads(0, 10)
        assert [(one.n, one.topic, one.size) for one in heads] == [(first.n, "calendar", 3), (second.n, "catalogue", 3)]
        assert central.bulletin_heads(first.n, 10) == heads[1:]
        assert central.bulletin_heads(0, 1) == heads[:1]
        assert central.bulletin_heads(second.n, 10) == ()


def test_a_bulletin_that_the_centre_does_not_give_any_more_is_none(centre, town):
    centre.publish("calendar", 1, b"one")
    (head,) = town.bulletin_heads(0, 10)
    assert town.bulletin(replace(head, n=head.n + 1)) is None


def test_a_list_is_told_although_another_was_published_behind_it(centre, town):
    """Only a station can tell whether the later one is by its authority."""
    for version, payload in enumerate((b"good", b"forged"), start=1):
        centre.publish("stations", version, payload)
    assert [(one.version, one.payload) for one in bulletins(town)] == [(1, b"good"), (2, b"forged")]


def test_a_large_bulletin_comes_whole(centre, town):
    payload = bytes(range(256)) * 2000
    centre.publish("catalogue", 1, payload)
    assert [one.payload for one in bulletins(town)] == [payload]
