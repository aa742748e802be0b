"""What a service's error is at all, and what each kind asks of the caller."""


class ServiceError(Exception):
    """Something outside the rules went wrong; what was durable before is still durable."""


class Unavailable(ServiceError):
    """The environment does not allow it now; the caller keeps what was typed and offers to try again."""


class Corrupt(ServiceError):
    """What was read is not what was written; the caller stops, and a person looks at a backup."""


class Refused(ServiceError):
    """The request was understood and not granted; the caller says why."""


class NotFound(Refused):
    """There is no ``what`` (case, draft, paper, item) called that any more; the caller reads the list again."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class BadInput(ServiceError):
    """Something from outside cannot be used; nothing was taken in."""


class PaperFault(ServiceError):
    """A paper cannot be made; no number was used."""
