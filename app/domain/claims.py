"""What a certificate says for machines: its proof (a QR code), its PDF's metadata and every verdict on it say the same.

The fields are those of electronic certificates' metadata (GB/T 36901–36906). How claims are signed is the job of
``app.security``, how they are written byte by byte stands in docs/verification.md.
"""

from dataclasses import dataclass
from datetime import date

CODE_TYPES = (
    "公民身份号码",
    "统一社会信用代码",
    "港澳台居民居住证",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "护照",
)
"""What the holder's code is of (持证主体代码类型). Proofs name one by its place, counted from 1: only ever added to."""
NAME, NUMBER, LAST_DAY, ENTRY = "证照名称", "证照编号", "证照有效期截止日期", "存证"
TYPE_CODE, HOLDER_CODE_TYPE = "证照类型代码", "持证主体代码类型"
HOLDER, HOLDER_CODE, ISSUER, ISSUED = "持证主体", "持证主体代码", "证照颁发机构", "证照颁发日期"
ENTRY_LENGTH = 32
MOST_CHARACTERS = 200
"""Of any text in claims; names of organisations and titles are far shorter."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a certificate claims; ValueError for what none can. A text that is not known is empty."""

    name: str
    """证照名称"""
    number: str
    """证照编号"""
    type_code: str
    """证照类型代码: the template's name"""
    holder: str
    """持证主体, masked as the template says"""
    holder_code: str
    """持证主体代码, masked as the template says"""
    holder_code_type: str
    """持证主体代码类型, one of ``CODE_TYPES``, or empty"""
    issuer: str
    """证照颁发机构"""
    issued_on: date
    """证照颁发日期"""
    station: str
    """The window that issued it"""
    entry: bytes
    """Hash of the journal entry that issued it"""
    issuer_code: str = ""
    """证照颁发机构代码: its 统一社会信用代码"""
    valid_until: date | None = None
    """证照有效期截止日期, None for 长期"""

    def __post_init__(self) -> None:
        if not (self.name and self.number and self.issuer and self.station):
            raise ValueError("a certificate has a name, a number, an issuer and a station")
        texts = (self.name, self.number, self.type_code, self.holder, self.holder_code, self.issuer, self.issuer_code)
        if any(len(text) > MOST_CHARACTERS for text in (*texts, self.station)):
            raise ValueError("a text is too long")
        if self.holder_code_type and self.holder_code_type not in CODE_TYPES:
            raise ValueError("an unknown type of code")
        if len(self.entry) != ENTRY_LENGTH:
            raise ValueError("an entry's hash has 32 bytes")

    def named(self) -> dict[str, str]:
        """Return what is claimed by its names in the standard, without what is not known."""
        said = {
            NAME: self.name,
            NUMBER: self.number,
            TYPE_CODE: self.type_code,
            HOLDER: self.holder,
            HOLDER_CODE: self.holder_code,
            HOLDER_CODE_TYPE: self.holder_code_type,
            ISSUER: self.issuer,
            "证照颁发机构代码": self.issuer_code,
            ISSUED: self.issued_on.isoformat(),
            LAST_DAY: self.valid_until.isoformat() if self.valid_until else "",
            ENTRY: self.entry.hex(),
        }
        return {name: value for name, value in said.items() if value}
