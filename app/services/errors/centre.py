"""Errors of talking with the centre, for a counter and for whoever runs it."""

from app.services.errors.base import Refused, Unavailable


class CentralUnavailable(Unavailable):
    """The centre cannot be reached or cannot serve now; whether the call took effect is not known: it is made again.

    ``reason`` is ``network`` (no answer, cut in the middle), ``tls`` (the server is not who it should be), ``tls_name``
    (its certificate is another host's), ``tls_time`` (its certificate is over or of the future, or the PC's clock is
    wrong), ``login`` (it does not let us in), ``database`` (the server has none of that name), ``busy`` (overloaded, starting,
    full) or ``failed`` (a fault of the centre's own).
    """

    def __init__(self, reason: str = "network") -> None:
        super().__init__(reason)
        self.reason = reason


class ImageElsewhere(Unavailable):
    """The image was sent to the centre and is not kept here any more; the caller says that it shows when on line."""


class CentralRefused(Refused):
    """The centre was reached and does not do it; trying again later changes nothing by itself."""


class StationUnknown(CentralRefused):
    """The centre knows no station by this log-in; the caller names the administrator as the way out."""


class StationRevoked(CentralRefused):
    """The centre shut this station out; the counter works on, and the caller says how what is unsent is exported."""


class ChainForked(CentralRefused):
    """The centre has another entry at ``seq`` of ``epoch``: two machines were the same station; the caller says so."""

    def __init__(self, epoch: int, seq: int) -> None:
        super().__init__(f"epoch {epoch} entry {seq}")
        self.epoch = epoch
        self.seq = seq


class ChainRefused(CentralRefused):
    """Entry ``seq`` of a batch does not follow from the one before it; the caller has the journal checked."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"entry {seq}")
        self.seq = seq


class BatchRefused(CentralRefused):
    """The centre cannot take or read something of what was sent; the caller halves the batch to find what it is."""


class InvitationSpent(CentralRefused):
    """The invitation was used already or has expired; the caller asks for a new one."""


class CentralVersion(CentralRefused):
    """The centre speaks schema ``theirs`` and this program ``ours``; the caller says which of the two to update."""

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(f"{theirs} / {ours}")
        self.theirs = theirs
        self.ours = ours


class NotAParty(CentralRefused):
    """The case belongs to other stations; the caller reads the list again."""


class CentreDeclined(CentralRefused):
    """The centre does not do what an administrator asked; ``why`` says what stands in the way.

    ``station`` (no such one, or shut out), ``enrolled`` (already), ``version`` (an equal or later one is published),
    ``ahead`` (the publisher's clock is), ``earlier`` (the topic was published later than the publisher's clock says),
    ``quarantine`` (nothing there), ``year`` (no such one), ``kept`` (must still be kept), ``open`` (has open cases).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotForked(Refused):
    """The centre has this machine's journal as it is: there is nothing to part from."""
