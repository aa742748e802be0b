"""A runner that does the work at once; passes the same contract as the one on Qt's thread pool."""


class ImmediateRunner:
    """Implements the port ``Runner`` without threads."""

    def run(self, work, done, failed):
        try:
            result = work()
        except Exception as error:  # noqa: BLE001  the port hands every failure over
            failed(error)
        else:
            done(result)
        return _Finished()


class _Finished:
    def cancel(self):
        """Do nothing: the result has been delivered."""
