"""What the administrator of a centre in memory says of keys that nobody believes, and what a refusal undoes."""

import json

from app.services.ports import CentralHead


class Refusals:
    """Which epochs are doubted and which entries were refused."""

    def __init__(self, centre):
        self._centre = centre

    @property
    def _state(self):
        return self._centre.state

    def judge(self, station, epoch, data):
        """Doubt the key of a new epoch that no key before it speaks for; the watch is always there."""
        if data.get("previous_hash") and not data.get("vouched_by"):
            self._state.doubted.add((station, epoch))

    def believe(self, station, epoch):
        self._state.doubted.remove((station, epoch))

    def refuse(self, station, epoch, seq):
        """Undo an epoch of a station from an entry on: in the cases, in the inboxes, and where the chain goes on."""
        state = self._state
        state.refused[station, epoch] = seq
        state.doubted.discard((station, epoch))
        left = [one for one in state.journal_of(station) if not state.is_refused(one)]
        if left:
            state.heads[station] = CentralHead(left[-1].epoch, left[-1].seq, left[-1].hash)
        else:
            state.heads.pop(station, None)
        tail = [one for one in state.journal_of(station) if state.is_refused(one)]
        touched = {one.case for one in tail if one.case and not one.quarantined}
        for one in tail:
            one.is_settled = True
            one.quarantined = one.quarantined or ("refused" if one.case else "")
        for case in sorted(touched):
            self._work_out(case)
            self._centre.custody.let_in(case)

    def _work_out(self, number):
        """Work out anew who holds a case, from what is left of its history; only its holder moves it."""
        state, case = self._state, self._state.cases[number]
        taker = case.parties[0]
        case.entries = [place for place in case.entries if not state.is_refused(state.journal[place])]
        if not case.entries:
            del state.cases[number]
            return
        case.holder, case.parties = taker, [taker]
        for place in case.entries:
            header = json.loads(state.journal[place].body)["header"]
            if header and place[0] == case.holder:
                case.holder = header["holder"]
                named = (header["holder"], header.get("collect_at"))
                case.parties += [one for one in named if one in state.stations and one not in case.parties]
