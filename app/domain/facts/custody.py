"""Facts of who holds a case: 交接, 接收, and of where its result is collected; see ``app.domain.custody``."""

from dataclasses import dataclass

from app.domain.application import Collection
from app.domain.facts.base import Fact, NumberedPaper
from app.domain.outcomes import HandOverPurpose


@dataclass(frozen=True, slots=True)
class CaseHandedOver(Fact):
    """The case went into the hands of another station (交接): ``to`` is its code, and from now on the holder.

    The names are those that the stations had then, so that history and slip can be read without any directory.
    """

    to: str
    to_name: str
    purpose: HandOverPurpose
    reason: str
    slip: NumberedPaper
    from_name: str


@dataclass(frozen=True, slots=True)
class CaseTakenOver(Fact):
    """The holder says that case and papers are here (接收), with what was found different from the slip."""

    remark: str = ""


@dataclass(frozen=True, slots=True)
class CollectionChosen(Fact):
    """The applicant chose anew how and where the result is collected (改取件方式).

    ``collect_at`` is the code of the station where it is, for a chosen place, and ``collect_at_name`` what that was
    called then.
    """

    collection: Collection
    collect_at: str = ""
    collect_at_name: str = ""
    reason: str = ""
