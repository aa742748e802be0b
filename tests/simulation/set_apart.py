"""Entries that a machine set apart when it parted from its twin: later ones keep them, word for word."""

from app.domain.facts import EntrySetApart
from app.domain.journal import Entry


def all_of(entries):
    """Yield entries, each followed by the one that it keeps, and by what that one keeps."""
    for entry in entries:
        yield entry
        yield from all_of(kept_in([entry]))


def kept_in(entries):
    """Return the entries that these keep."""
    facts = [(one.station, entry_of(one).read()["data"]) for one in entries if keeps(one)]
    return [
        Entry(code, kept["epoch"], kept["seq"], *(bytes.fromhex(kept[name]) for name in HEX), kept["body"])
        for code, kept in facts
    ]


HEX = ("prev", "hash", "signature")


def keeps(entry):
    """Tell whether an entry keeps another one."""
    return bool(entry.body) and entry_of(entry).read()["kind"] == EntrySetApart.__name__


def entry_of(stored):
    """Return an entry at the centre as one of a journal."""
    return stored.entry() if hasattr(stored, "entry") else stored
