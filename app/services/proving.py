"""What certificates say for machines, and their proofs: a station that its centre has certified signs what it issues.

A counter without a centre, or whose certificate has not come yet, has nothing that a stranger could believe: its
certificates have no code of this kind. How a proof is made is the job of ``app.security``.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.claims import CODE_TYPES, MOST_CHARACTERS, Claims
from app.domain.facts import CertificateIssued
from app.domain.paper import Paper
from app.domain.paper_template import PaperTemplate
from app.domain.station import Station
from app.services.membership import Certified, certified_in
from app.services.paper_told import Told
from app.services.ports import CentralKeys, UnitOfWork

TO_COME = "to come"
"""Stands for the proof on a preview."""
CODE_LENGTH = 31
USCC_LENGTH = 18

Prove = Callable[[Claims, str, bytes, Callable[[bytes], bytes], str], str]
"""Returns the text that proves claims under a root (PEM), with a station's certificate (DER), what signs with its key, and
the address of a verification page, or none; empty where the certificate was not good on the day of issue."""


class ProvingService:
    """Claims and proofs of the certificates of one station."""

    def __init__(self, station: Station, keys: CentralKeys, prove: Prove) -> None:
        self._station = station
        self._keys = keys
        self._prove = prove

    def proven(self, uow: UnitOfWork, told: Told, paper: Paper, template: PaperTemplate) -> Paper:
        """Return a certificate with its claims, and their proof where it can be made; any other paper as it is.

        The same paper gets the same proof as long as the centre's certificate is the same: signatures follow RFC 6979.
        """
        if not isinstance(told.fact, CertificateIssued):
            return paper
        claims = _claims(told, told.fact, paper, template, self._station)
        return replace(paper, claims=claims, proof=self._proof(certified_in(uow), claims))

    def expected(self, uow: UnitOfWork, paper: Paper) -> Paper:
        """Return the preview of a certificate with room for its proof where it will get one."""
        return replace(paper, proof=TO_COME) if self._can_prove(certified_in(uow)) else paper

    def _proof(self, kept: Certified | None, claims: Claims) -> str:
        if kept is None or not self._can_prove(kept):
            return ""
        page = self._station.verification_page
        return self._prove(claims, kept.root, bytes.fromhex(kept.certificate), self._keys.sign, page)

    def _can_prove(self, kept: Certified | None) -> bool:
        return kept is not None and self._keys.exist()


def _claims(told: Told, fact: CertificateIssued, paper: Paper, template: PaperTemplate, station: Station) -> Claims:
    kind = paper.values["document"]
    code = template.holder_code.fill(paper.values)
    return Claims(
        name=fact.name,
        number=fact.number.text,
        type_code=fact.template,
        holder=template.holder.fill(paper.values)[:MOST_CHARACTERS],
        holder_code=code.removeprefix(f"{kind} ")[:MOST_CHARACTERS],
        holder_code_type=kind if kind in CODE_TYPES else "",
        issuer=paper.values["issuer"],
        issuer_code=_uscc_of(told) if paper.values["issuer"] == paper.values["department"] else "",
        issued_on=fact.issued_on,
        valid_until=fact.valid_until,
        station=station.code,
        entry=told.entry,
    )


def _uscc_of(told: Told) -> str:
    """Return the code of the body that has the power over an item: what its 实施编码 begins with, where it has one."""
    code = told.case.item.code
    return code[:USCC_LENGTH] if len(code) == CODE_LENGTH else ""
