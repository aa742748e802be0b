"""What the store in memory keeps of the stations that a centre names."""


class MemoryDirectory:
    """Implements the port ``Directory``."""

    def __init__(self, state):
        self._kept = state.stations
        self._bulletins = state.bulletins
        self._left = state.left_bulletins

    def everyone(self):
        return [self._kept[code] for code in sorted(self._kept)]

    def count(self):
        return len(self._kept)

    def get(self, code):
        return self._kept.get(code)

    def replace(self, stations):
        self._kept.clear()
        self._kept.update({station.code: station for station in stations})

    def taken_in(self, topic):
        found = self._bulletins.get(topic)
        return (found.version, found.published_at) if found else None

    def payload(self, topic):
        return self._bulletins[topic].payload if topic in self._bulletins else None

    def keep_bulletin(self, bulletin):
        self._bulletins[bulletin.topic] = bulletin
        self.forget_left(bulletin.topic)

    def left_aside(self):
        return [self._left[topic] for topic in sorted(self._left)]

    def leave_aside(self, one):
        self._left[one.topic] = one

    def forget_left(self, topic):
        self._left.pop(topic, None)
