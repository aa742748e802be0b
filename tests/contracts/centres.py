"""Stations of a centre, and what tests of it ask again and again."""

from app.services.ports import InboxPlace

TOWN, VILLAGE, CITY, FAR = "000731", "000732", "000733", "000734"
BEGINNING = InboxPlace()


def sent(central, chain, first=1, last=None, withheld=()):
    return central.push(chain.batch(first, last, withheld))


def inbox(central, after=BEGINNING, limit=100):
    return central.pull(after, limit).entries


def hashes(entries):
    return [one.hash for one in entries]
