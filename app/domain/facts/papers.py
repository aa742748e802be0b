"""Facts of papers that are drawn, printed, spoiled and void. Which fact uses up which number is told in ``numbered``."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.facts.base import Fact, NumberedPaper
from app.domain.paper import PaperKind, SignerRole, SigningMeans
from app.domain.paper_ends import ReplacementGround, RevocationGround


@dataclass(frozen=True, slots=True)
class FormPrepared(Fact):
    """A form was filled in from what was typed, for signing or as a slip: 委托书, 告知承诺书, 取件凭证 and the like.

    What stands on it stands here, so that it can be drawn again; it may belong to no case yet.
    """

    paper_kind: PaperKind
    number: NumberedPaper
    name: str
    """What the paper is called."""
    values: Mapping[str, str]
    template: str = ""
    """The template's name where it is not that of the kind."""


@dataclass(frozen=True, slots=True)
class PaperPrinted(Fact):
    """A paper was sent to a printer; ``copy`` is 0 for the first print, n for 补打第 n 次."""

    paper_number: str
    printer: str = ""
    copy: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintConfirmed(Fact):
    """The clerk saw that the print came out well (已打印)."""

    paper_number: str


@dataclass(frozen=True, slots=True)
class PrintSpoiled(Fact):
    """What came out of the printer was spoiled or nothing came out; it is printed again (重打)."""

    paper_number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperVoided(Fact):
    """A paper was declared void; its number stays used. ``approved_by`` is the second person's login."""

    paper_number: str
    reason: str
    approved_by: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class PaperRecalled(Fact):
    """A paper was called back and is void, because the centre set aside for good what it rests on (须收回).

    A note: the paper is none of the case as everybody knows it, which may be in other hands.
    """

    paper_number: str
    reason: str
    approved_by: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class PaperRevoked(Fact):
    """A certificate was taken from its holder (撤销, 撤回, 注销), or from the case before it was handed over.

    ``basis`` is the decision or the article of the law that it rests on.
    """

    paper_number: str
    ground: RevocationGround
    reason: str
    basis: str
    approved_by: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class PaperReplaced(Fact):
    """A certificate that had been handed over gave its place to another one (补发, 换发), which is issued with it."""

    paper_number: str
    replaced_by: str
    """Number of the new certificate, which the next entry issues."""
    ground: ReplacementGround
    reason: str
    approved_by: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class PaperMade(Fact):
    """A numbered paper was drawn; ``digest`` is the SHA-256 (hex) of the PDF that the store keeps."""

    paper_kind: PaperKind
    paper_number: str
    digest: str
    template: str = ""
    template_digest: str = ""
    """SHA-256 (hex) of the template's file: the version that the paper was drawn by."""


@dataclass(frozen=True, slots=True)
class PaperSigned(Fact):
    """One of those who sign it signed a paper by hand on a pad, a touch screen or with the mouse; when is the entry's time.

    ``digest`` is the SHA-256 (hex) of the PDF that lay before the signer, ``picture`` that of the signature's picture,
    which is kept as pages are.
    """

    paper_kind: PaperKind
    paper_number: str
    signer: str
    """The name of who signed, as the paper says it."""
    role: SignerRole
    digest: str
    picture: str
    means: SigningMeans
    strokes: int = 0
    took_ms: int = 0
    """From the first touch to the last."""
    line: int = 1
    """On which line of the paper, as the PDF counts them."""
    for_whom: str = ""
    """The names of those in whose place an agent signed, empty for whoever signed on a line of their own."""
    still_open: int = 0
    """How many might still sign after this and what was signed with it."""
