"""Work beside the window that tells how far it is and can be stopped. Qt-free."""


class Stopped(Exception):
    """The clerk does not want it any more."""


class Progress:
    """How far the work on another thread is, and whether it is still wanted."""

    def __init__(self) -> None:
        self.percent = 0
        self.is_stopped = False

    def tell(self, done: int, total: int) -> None:
        """Take note of what is done and to do; raise Stopped when it is not wanted any more."""
        if self.is_stopped:
            raise Stopped
        self.percent = 100 * done // max(total, 1)
