"""Changed proofs: letters of the text, bytes at every layer below it with the layers above made right again, parts exchanged.

python -m tests.campaigns.proofs [--count 110000]

A proof that was changed is never believed, and whatever is not believed is told by a fault, within the same time.
"""

import argparse
import hashlib
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import cbor2
from base45 import BASE45_CHARSET, b45decode, b45encode

from app.domain.claims import Claims
from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.proof_text import SCHEME, as_address, as_text, packed_proof
from app.security.proofs import BadProof, ProofReader, ProofWriter
from tests.campaigns.mutations import mutated
from tests.security.example import CERTIFICATE, CLAIMS, ORDER, ROOT, SCALAR

PAGE = "https://example.cn/v"
LONGEST_S = 0.5
MADE_AT = datetime(2026, 5, 18, tzinfo=UTC)
EVIL_VALUES = (0, -1, 2**63, b"", "", [], {}, None, "x" * 300, b"\0" * 64, date.max.toordinal(), [[[[[]]]]], 1.5)


class Believed(Exception):
    """A proof that nobody wrote was believed."""


@cache
def good_proofs() -> tuple[bytes, ...]:
    """Return proofs that are believed: several claims of one station, one of them with its certificate whole."""
    writer = ProofWriter(ROOT, CERTIFICATE, DocumentKey(SCALAR).sign)
    claims = [CLAIMS, replace(CLAIMS, valid_until=None, holder_code_type="", issuer_code="91510100MA00000000")]
    claims += [
        replace(CLAIMS, number=f"云溪3居〔2026〕{n:06}号", issued_on=CLAIMS.issued_on + timedelta(n)) for n in range(6)
    ]
    whole = ProofWriter(ROOT, CERTIFICATE, DocumentKey(SCALAR).sign)
    whole._certificate = CERTIFICATE
    return (*map(writer.write, claims), whole.write(CLAIMS))


@cache
def foreign_proof() -> bytes:
    """Return a proof that another centre stands behind."""
    authority = Authority.make("示例市政务服务中心", MADE_AT)
    certificate = authority.sign_request(DocumentKey(b"\7" * 32).request("000731"), "000731", MADE_AT)
    return ProofWriter(authority.root, certificate, DocumentKey(b"\7" * 32).sign).write(CLAIMS)


def changed(number: int) -> str:
    """Return the changed proof of that number: the same number always gives the same one."""
    chance = random.Random(f"proof {number}")
    return chance.choice(CHANGES)(chance.choice(good_proofs()), chance)


def _letters(proof: bytes, chance: random.Random) -> str:
    text = list(as_text(proof) if chance.random() < 0.7 else as_address(proof, PAGE))
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(text))
        act = chance.randrange(3)
        letter = chance.choice(BASE45_CHARSET + "a林\0#")
        text[place : place + (act != 0)] = [letter] if act != 2 else []
        text = text or ["L"]
    return "".join(text)


def _packed(proof: bytes, chance: random.Random) -> str:
    packed = b45decode(as_text(proof).removeprefix(SCHEME))
    return SCHEME + b45encode(mutated(packed, [foreign_proof()], chance)[:2800]).decode()


def _one_bit(proof: bytes, chance: random.Random) -> str:
    packed = bytearray(b45decode(as_text(proof).removeprefix(SCHEME)))
    packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
    return SCHEME + b45encode(bytes(packed)).decode()


def _signed_bytes(proof: bytes, chance: random.Random) -> str:
    return _text(mutated(proof, list(good_proofs()), chance))


def _parts(proof: bytes, chance: random.Random) -> str:
    """Exchange parts of two good proofs."""
    parts, others = cbor2.loads(proof).value, cbor2.loads(chance.choice((*good_proofs(), foreign_proof()))).value
    mixed = [chance.choice(pair) for pair in zip(parts, others, strict=True)]
    if chance.random() < 0.3:
        mixed[1] = chance.choice(({4: b"12345678"}, {1: -7}, {-65537: []}))
    return _text(cbor2.dumps(cbor2.CBORTag(18, mixed)))


def _claims(proof: bytes, chance: random.Random) -> str:
    """Change, add or leave out what is claimed, or what the header says."""
    parts = list(cbor2.loads(proof).value)
    layer = chance.choice((0, 2))
    said = cbor2.loads(parts[layer])
    key = chance.choice([*said, 12, 8, "x"])
    if chance.random() < 0.3:
        said.pop(key, None)
    elif layer == 0 and key == -65537 and key in said:
        said[key] = list(said[key])
        said[key][chance.randrange(7)] = chance.choice(EVIL_VALUES)
    else:
        said[key] = chance.choice(EVIL_VALUES)
    parts[layer] = cbor2.dumps(said, canonical=True)
    return _text(cbor2.dumps(cbor2.CBORTag(18, parts)))


def _other_form(proof: bytes, chance: random.Random) -> str:
    """Write the same in another way: the other signature, longer CBOR, other compression, an address spelt otherwise."""
    parts = list(cbor2.loads(proof).value)
    match chance.randrange(5):
        case 0:
            s = int.from_bytes(parts[3][32:], "big")
            parts[3] = parts[3][:32] + (ORDER - s).to_bytes(32, "big")
            return _text(cbor2.dumps(cbor2.CBORTag(18, parts)))
        case 1:
            return _text(cbor2.dumps(cbor2.CBORTag(18, parts)).replace(b"\x58\x40", b"\x59\x00\x40"))
        case 2:
            return SCHEME + b45encode(zlib.compress(proof, chance.randrange(7))).decode()
        case 3:
            return as_address(proof, PAGE).replace("%25", "%2525").replace("%20", chance.choice(("+", " ", "%21")))
        case _:
            return SCHEME.lower() + as_text(proof).removeprefix(SCHEME)


def _forged(_proof: bytes, chance: random.Random) -> str:
    """Sign with a key of one's own, under the good station's certificate or under a root of one's own."""
    if chance.random() < 0.5:
        return _text(foreign_proof())
    key = DocumentKey(hashlib.sha256(chance.randbytes(8)).digest())
    return _text(ProofWriter(ROOT, CERTIFICATE, key.sign).write(replace(CLAIMS, holder=f"林{chance.random()}")))


def _text(proof: bytes) -> str:
    return as_text(proof[:4000])


CHANGES: tuple[Callable[[bytes, random.Random], str], ...] = (
    *(_letters, _packed, _one_bit, _signed_bytes, _signed_bytes, _parts, _claims, _claims, _other_form, _forged),
)


def run(numbers: range) -> Counter[str]:
    """Return how often which fault was told; Believed when a text that nobody wrote was believed."""
    reader, told = ProofReader(ROOT), Counter[str]()
    good = {as_text(proof) for proof in good_proofs()} | {as_address(proof, PAGE) for proof in good_proofs()}
    for number in numbers:
        text = changed(number)
        if text.strip() in good:
            told["unchanged"] += 1
            continue
        begun = time.process_time()
        try:
            checked = reader.read(text)
        except BadProof as error:
            told[error.fault] += 1
        else:
            told[_same(checked.proof, checked.claims, text)] += 1
        assert time.process_time() - begun < LONGEST_S
    return told


def _same(proof: bytes, claims: Claims, text: str) -> str:
    """Return how a good proof was written; whatever is believed is, byte for byte, what a station signed."""
    if proof not in good_proofs() or packed_proof(text) != proof:
        raise Believed(text)
    if "#" not in text:
        raise Believed(f"{claims.number} in another text: {text}")
    return "another address"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=110_000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    begun = time.perf_counter()
    told = run(range(asked.first, asked.first + asked.count))
    count = asked.count - told.pop("unchanged")
    print(f"{count} changed proofs in {time.perf_counter() - begun:.0f} s, none believed")
    for what, count in told.most_common():
        print(f"  {what}: {count}")


if __name__ == "__main__":
    main()
