"""Finds what is wrong with the keys of a screen: without words, bound to two things, or none at all."""

from collections import Counter

from ui.widgets.keys import bound_keys


def faults(window):
    """Return a line for every key in ``window`` that does not say what it does or does two things."""
    screen, frame = window.shown, window.frame
    keys = bound_keys(frame if frame.isVisible() else screen)
    nameless = [f"{bound.key} has no words" for bound in keys if not bound.words]
    tally = Counter(bound.key for bound in keys if bound.is_usable)
    twice = [f"{key} does two things" for key, count in tally.items() if count > 1]
    return nameless + twice + ([] if bound_keys(screen) else ["no key is bound"])
