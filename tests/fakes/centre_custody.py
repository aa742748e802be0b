"""The one rule of cases that a centre in memory knows: custody, and who gets what for it."""

import json

from app.domain.numbering import is_number_of
from tests.fakes.centre_state import CaseFolder

EARLY = {"not_the_taker", "not_a_party", "not_the_holder"}
"""Reasons for which an entry may only have come too early."""


class Custody:
    """Says why an entry may not touch its case, and brings the case and the inboxes up to one that may."""

    def __init__(self, centre):
        self._centre = centre

    @property
    def _state(self):
        return self._centre.state

    def fault(self, station, number, header):
        """Return why the entry may not touch the case, empty when it may."""
        case = self._state.cases.get(number)
        if header is None:
            return "" if case and station in case.parties else "not_a_party"
        if header.get("number") != number or not header.get("holder"):
            return "header"
        if case is None and not is_number_of(station, number):
            return "not_the_taker"
        if case and case.holder != station:
            return "not_the_holder"
        return "" if header["holder"] in self._state.stations else "unknown_holder"

    def apply(self, stored, header):
        """Bring the case up to an entry that may touch it, and deliver it to the other parties."""
        case = self._state.cases.setdefault(stored.case, CaseFolder(stored.station))
        place = (stored.station, stored.epoch, stored.seq)
        named = [stored.station]
        if header:
            case.holder = header["holder"]
            named += [one for one in (header["holder"], header.get("collect_at")) if one in self._state.stations]
        for party in named:
            if party not in case.parties:
                case.parties.append(party)
                if party != stored.station:
                    self._deliver(party, case.entries)
        case.entries.append(place)
        for party in sorted(case.parties):
            if party != stored.station:
                self._deliver(party, [place])

    def _deliver(self, party, places):
        self._state.inboxes.setdefault(party, []).extend(places)
        self._state.marks.setdefault(party, []).extend(next(self._centre.marks) for _ in places)

    def is_for(self, station, place):
        """Tell whether an entry is part of a case that the station has a part in: what was refused is none any more."""
        case = self._state.cases.get(self._state.journal[place].case)
        return case is not None and station in case.parties and place in case.entries

    def let_in(self, case):
        """Look again at what was set aside only because it came first, in the order in which it came."""
        while first := self._first_to_let_in(case):
            first.quarantined = ""
            self.apply(first, json.loads(first.body)["header"])

    def _first_to_let_in(self, case):
        stopped = set()
        for one in self._state.journal.values():
            if one.case == case and one.quarantined and self.may_be_let_in(one) and self._has_come(one):
                if one.station not in stopped and not self._fault_of(one):
                    return one
                stopped.add(one.station)  # what it did later never goes before that
        return None

    def _has_come(self, stored):
        """Tell whether the hand-over that an entry followed is here; until then it holds nothing up."""
        came_by = (json.loads(stored.body)["header"] or {}).get("came_by")
        return came_by is None or self._entry_of(stored.case, came_by) in self._history(stored.case)

    def may_be_let_in(self, stored):
        """Tell whether it only came early: the hand-over that it followed counts and the case stayed there, or may count yet."""
        if stored.is_settled or stored.quarantined not in EARLY:
            return False
        came_by = (json.loads(stored.body)["header"] or {}).get("came_by")
        if came_by is None:
            return stored.quarantined != "not_the_holder" or not self._had_forgotten(stored)
        before = self._entry_of(stored.case, came_by)
        if before is None:
            return True
        history = self._history(stored.case)
        if before not in history:
            return self.may_be_let_in(before)
        return is_held_by(stored.station, history[history.index(before) + 1 :])

    def _entry_of(self, case, digest):
        found = (one for one in self._state.journal.values() if one.case == case and one.hash.hex() == digest)
        return next(found, None)

    def _history(self, case):
        places = self._state.cases[case].entries if case in self._state.cases else []
        return [self._state.journal[place] for place in places]

    def _had_forgotten(self, stored):
        """Tell whether the station had given the case away and did not know that any more."""
        return any(
            one.station == stored.station
            and one.place < stored.place
            and (json.loads(one.body)["header"] or {}).get("holder", one.station) != one.station
            and not self._went_on_from(stored.station, stored.epoch, one.place)
            for one in self._history(stored.case)
        )

    def _went_on_from(self, station, epoch, earlier):
        """Tell whether an epoch was begun, and those before it were, in knowledge of an earlier entry."""
        while epoch > earlier[0]:
            opening = json.loads(self._state.journal[station, epoch, 1].body)
            known = self._state.by_hash(station, bytes.fromhex(opening["data"]["previous_hash"]))
            if known.place < earlier:
                return False
            epoch = known.epoch
        return True

    def _fault_of(self, stored):
        return self.fault(stored.station, stored.case, json.loads(stored.body)["header"])


def is_held_by(station, entries):
    """Tell whether a case stayed in the hands of a station through these entries of its history."""
    headers = [(one.station, json.loads(one.body)["header"]) for one in entries]
    return all({mover, header["holder"]} == {station} for mover, header in headers if header)
