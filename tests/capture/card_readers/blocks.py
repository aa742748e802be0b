"""Blocks of text as chips of cards carry them, of people who do not exist."""

from app.capture.card_readers.text_block import KINDS, PLACES
from app.services.ports import CardKind

LETTERS = {kind: letter for letter, kind in KINDS.items()}
SHANHU = {
    "name": "丁珊瑚",
    "sex": "2",
    "ethnicity": "15",
    "birth": "19900307",
    "address": "云溪省临江市东河区樟木镇和平村 3 组 12 号",
    "number": "511011199003074267",
    "issuer": "临江市公安局东河分局",
    "valid_from": "20200102",
    "valid_to": "20400102",
}
PERMIT = {
    **{name: value for name, value in SHANHU.items() if name != "ethnicity"},
    "name": "陈大文",
    "number": "810000199003074261",
    "permit_number": "H12345678",
}
FOREIGNER = {
    "latin_name": "MUSTERMANN, ERIKA",
    "sex": "2",
    "number": "DEU110190030742",
    "country": "DEU",
    "name": "穆丽卡",
    "valid_from": "20190501",
    "valid_to": "20290501",
    "birth": "19900307",
}
FOREIGNER_2023 = {
    "name": "",
    "sex": "1",
    "birth": "19900307",
    "latin_name": "WOLFESCHLEGELSTEINHAUSEN, HUBERT BLAINE JR",
    "number": "911011199003074217",
    "valid_from": "20240501",
    "valid_to": "20340501",
    "country": "USA",
}
EXAMPLES = {
    CardKind.RESIDENT: SHANHU,
    CardKind.HMT_RESIDENCE: PERMIT,
    CardKind.FOREIGNER: FOREIGNER,
    CardKind.FOREIGNER_2023: FOREIGNER_2023,
}
PHOTO = bytes(range(256)) * 4


def block(kind: CardKind = CardKind.RESIDENT, **fields: str | bytes) -> bytes:
    """Return 256 bytes with the fields at their places, padded with blanks; bytes are written as they are."""
    data = bytearray(" ".encode("utf-16-le") * 128)
    for name, value in {**EXAMPLES[kind], **fields}.items():
        written = value if isinstance(value, bytes) else value.encode("utf-16-le")
        for start, width in PLACES[kind][name]:
            part, written = written[:width], written[width:]
            data[start : start + len(part)] = part
    data[248:250] = (LETTERS[kind] or " ").encode("utf-16-le")
    return bytes(data)
