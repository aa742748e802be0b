"""Proofs made and checked a second on one core: stations that are all new to the reader, and one station again and again.

python -m tests.bench.bench_proofs [--proofs 2000]
"""

import argparse
import hashlib
import time
from dataclasses import replace

from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.proof_text import as_text
from app.security.proofs import ProofReader, ProofWriter
from app.security.suites import p256
from tests.campaigns.proofs import MADE_AT
from tests.security.example import CLAIMS

RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proofs", type=int, default=2000)
    count = parser.parse_args().proofs
    authority = Authority.make("示例市政务服务中心", MADE_AT)
    writers = [_writer(authority, number) for number in range(count)]
    claims = [replace(CLAIMS, number=f"云溪3居〔2026〕{number:06}号") for number in range(count)]
    begun = time.perf_counter()
    many = [as_text(writer.write(said)) for writer, said in zip(writers, claims, strict=True)]
    print(f"made: {count / (time.perf_counter() - begun):.0f}/s, {sum(map(len, many)) // count} letters each")
    one = [as_text(writers[0].write(said)) for said in claims]
    _tell("checked, every station new", authority, many)
    _tell("checked, one station", authority, one)


def _writer(authority: Authority, number: int) -> ProofWriter:
    key, station = DocumentKey(hashlib.sha256(f"{number}".encode()).digest()), f"{number:06}"
    return ProofWriter(authority.root, authority.sign_request(key.request(station), station, MADE_AT), key.sign)


def _tell(name: str, authority: Authority, texts: list[str]) -> None:
    rates = []
    for _ in range(RUNS):
        reader = ProofReader(authority.root)
        p256.cache_clear()
        begun = time.perf_counter()
        for text in texts:
            reader.read(text)
        rates.append(len(texts) / (time.perf_counter() - begun))
    print(f"{name}: {' · '.join(f'{rate:.0f}' for rate in rates)}/s")


if __name__ == "__main__":
    main()
