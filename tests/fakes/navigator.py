"""A navigator that writes down where it was asked to lead, and a runner that waits until it is told to work."""


class WrittenNavigator:
    """Implements ``Navigator``; ``went`` holds what was asked, oldest first."""

    def __init__(self):
        self.went = []
        self.errors = []

    def report(self, error):
        self.errors.append(error)

    def __getattr__(self, name):
        return lambda *values, **named: self.went.append((name, *values, *named.items()))


class PatientRunner:
    """Implements the port ``Runner``; nothing is done before ``work`` is called, so that answers come late."""

    def __init__(self):
        self._waiting = []

    def run(self, work, done, failed):
        handle = _Waiting(work, done, failed)
        self._waiting.append(handle)
        return handle

    def work(self):
        """Do all that waits, in the order of asking."""
        waiting, self._waiting = self._waiting, []
        for handle in waiting:
            handle.finish()


class _Waiting:
    def __init__(self, work, done, failed):
        self._work, self._done, self._failed = work, done, failed
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def finish(self):
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  the port hands every failure over
            answer, value = self._failed, error
        else:
            answer, value = self._done, result
        if not self._cancelled:
            answer(value)
