"""Traditional characters that the models see where simplified ones are printed.

Only for what is always printed in simplified characters: ethnic groups, addresses, authorities. Names keep what was read,
because some people carry a traditional character on purpose, and a person confirms names anyway.
"""

from functools import cache

from app.config import ROOT

TABLE = ROOT / "resources" / "recognition" / "simplified.txt"


def simplified(text: str) -> str:
    """Return the text in simplified characters."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    lines = TABLE.read_text("utf-8").splitlines()
    pairs = " ".join(line for line in lines if not line.startswith("#")).split()
    return str.maketrans({pair[0]: pair[1] for pair in pairs})
