"""The view of papers folded from the whole journal, for the store in memory."""

from dataclasses import replace

from app.domain.clock import parse_stamp
from app.domain.facts import (
    CertificateIssued,
    PaperMade,
    PaperPrinted,
    PaperRecalled,
    PaperReplaced,
    PaperRevoked,
    PaperSigned,
    PaperVoided,
    PrintConfirmed,
    PrintSpoiled,
    numbered_papers,
)
from app.domain.paper import PaperState
from app.services.snapshots import PaperRow, PaperSignature


def paper_rows(history, own):
    """Return every paper by number, oldest first, from pairs of body and fact; ``own`` papers come before others."""
    rows = {}
    for body, fact in history:
        case = body["case"] or ""
        for kind, paper, name in numbered_papers(fact):
            if body["station"] != own and paper.text in rows:
                continue
            rows.pop(paper.text, None)
            made_at, place = parse_stamp(body["at"]), (body["epoch"], body["seq"])
            until = fact.valid_until if isinstance(fact, CertificateIssued) else None
            row = PaperRow(
                *(kind, paper.text, case, made_at, "", name, *place),
                station=body["station"],
                valid_until=until,
                clerk=body.get("operator", ""),
                template=fact.template if isinstance(fact, CertificateIssued) else "",
            )
            rows[paper.text] = row
        number = getattr(fact, "paper_number", "")
        is_theirs = (
            isinstance(fact, PaperMade | PaperRecalled | PaperSigned)
            and number in rows
            and rows[number].station != body["station"]
        )
        if number in rows and rows[number].case_number == case and not is_theirs:
            rows[number] = became(rows[number], fact, parse_stamp(body["at"]))
    return rows


def became(row, fact, at):
    state = row.state
    match fact:
        case PaperMade():
            return replace(row, digest=fact.digest)
        case PaperSigned():
            signed = PaperSignature(fact.line, fact.signer, fact.role, fact.for_whom, fact.picture, at)
            return replace(row, signatures=(*row.signatures, signed), still_open=fact.still_open)
        case PaperPrinted():
            return replace(row, sent=row.sent + 1, state=unless_over(state, PaperState.SENT))
        case PrintConfirmed():
            return replace(row, printed=row.printed + 1, state=unless_over(state, PaperState.PRINTED))
        case PrintSpoiled():
            return replace(row, state=unless_over(state, PaperState.TO_PRINT))
        case PaperVoided() | PaperRecalled() | PaperRevoked() | PaperReplaced():
            return ended(row, fact, at)
    return row


def ended(row, fact, at):
    states = {PaperRevoked: PaperState.REVOKED, PaperReplaced: PaperState.REPLACED}
    return replace(
        row,
        state=states.get(type(fact), PaperState.VOIDED),
        void_reason=fact.reason,
        voided_by=fact.approved_by,
        ended_at=at,
        ground=getattr(fact, "ground", ""),
        replaced_by=getattr(fact, "replaced_by", ""),
    )


def unless_over(state, after):
    return state if state.is_over else after
