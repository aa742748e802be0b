"""Which places and tables the counter fills, by kind of paper; docs/papers.md tells what stands in each.

A place that is taken away breaks the templates of centres: places are only ever added.
"""

from collections.abc import Mapping

from app.domain.paper import PaperKind

EVERY_PAPER = frozenset(
    {
        *("body", "department", "service_point", "window", "window_phone", "clerk", "date"),
        *("number", "case_number", "item", "item_code", "legal_basis", "under", "collection", "copy"),
        *("applicant", "applicant_id", "addressee", "phone", "agent"),
        *("issuer", "through", "you", "applicant_number", "id_label", "id_value"),
    }
)
IN_FULL = frozenset({"name", "id_number", "document", "household_address", "representative"})
"""Who it is about, unmasked: on what is shown to others or fought in court."""
SIGNERS = 6
"""Principals who have a line of their own to sign on a mandate; they have no value where one principal signs alone."""
TOTALS = frozenset({"materials_total", "originals_total", "copies_total", "pages_total"})

PLACES: Mapping[PaperKind, frozenset[str]] = {
    kind: EVERY_PAPER | more
    for kind, more in {
        PaperKind.MATERIALS_RECEIPT: {"received_at", "owed", *TOTALS},
        PaperKind.ACCEPTANCE_NOTICE: {
            *(
                "accepted_at",
                "received_at",
                "accepted_because",
                "owed",
                "by_pledge",
                "statutory",
                "promised",
                "due",
                "fee",
            ),
        },
        PaperKind.CERTIFICATE: {
            *("name", "sex", "birth_date", "id_number", "document", "household_address", "representative"),
            *("issued_on", "valid_until", "replaces"),
        },
        PaperKind.SUPPLEMENT_NOTICE: {"received_at", "reply_by", "reason", "defects_total"},
        PaperKind.SUPPLEMENT_RECEIPT: {"received_at", "occasion", "outcome", *TOTALS},
        PaperKind.NON_ACCEPTANCE_NOTICE: {
            *IN_FULL,
            "received_at",
            "ground",
            "reason",
            "competent",
            "basis",
            "remedies",
        },
        PaperKind.GRANT_DECISION: {
            *IN_FULL,
            *("title", "accepted_at", "acceptance_number", "reason", "basis", "decided_by", "result", "serving"),
        },
        PaperKind.REFUSAL_DECISION: {
            *IN_FULL,
            *("title", "accepted_at", "acceptance_number", "reason", "basis", "decided_by", "remedies"),
        },
        PaperKind.EXTENSION_NOTICE: {
            *("accepted_at", "acceptance_number", "days", "reason", "approver", "due_before", "due"),
        },
        PaperKind.SUSPENSION_NOTICE: {
            *("accepted_at", "acceptance_number", "procedure", "basis", "days", "reason", "from"),
        },
        PaperKind.SERVICE_RECEIPT: {*IN_FULL, "served_at", "how", "collected_by", "collector_id", "relation"},
        PaperKind.COLLECTION_SLIP: {"result", "ready_from", "collect_at", "collect_until", "remark"},
        PaperKind.WITHDRAWAL_FORM: {*IN_FULL, "received_at", "acceptance_number", "reason"},
        PaperKind.RETURN_SLIP: {"received_at", "receipt_number", "reason", *TOTALS},
        PaperKind.FORWARDING_SLIP: {"accepted_at", "acceptance_number", "due", "to", "reason", *TOTALS},
        PaperKind.HANDOVER_SLIP: {"accepted_at", "acceptance_number", "due", "to", "purpose", "reason", *TOTALS},
        PaperKind.MANDATE: {
            *IN_FULL,
            *(
                "principal_phone",
                "agent_name",
                "agent_id_number",
                "agent_document",
                "agent_id_label",
                "agent_phone",
                "relation",
            ),
            *("scope", "valid_from", "valid_until"),
            *(f"signer_{place}" for place in range(1, SIGNERS + 1)),
        },
        PaperKind.PLEDGE: {
            *IN_FULL,
            *("principal_phone", "proof", "proof_content", "basis", "conditions", "pledged", "owed", "owed_by"),
            *("check", "consequences"),
        },
        PaperKind.PRIVACY_NOTICE: {*IN_FULL, "purpose", "kinds", "sensitive", "recipients", "retention"},
        PaperKind.INQUIRY_SLIP: {"subject", "asked_by", "asked_at"},
        PaperKind.DAY_REPORT: {"day", "second_person", "remark", "entries_total", "witness"},
        PaperKind.CASE_REGISTER: {"range", "cases_total", "late_total"},
        PaperKind.ITEM_GUIDE: {
            *(
                "scene",
                "project_type",
                "level",
                "statutory",
                "promised",
                "fee",
                "result",
                "hours",
                "competent",
                "state_reason",
            ),
            *("delegated_from", "materials_total", "handling"),
        },
        PaperKind.SEPARATOR_SHEET: {"about", "code"},
        PaperKind.RECOVERY_SHEET: {"station", "code_1", "code_2", "code_3", "code_4", "code_5", "code_6"},
    }.items()
}
"""The places that the counter fills; ``copy`` (第一联 交申请人) is filled while drawing."""

MATERIALS = {"materials": 6}
TABLES: Mapping[PaperKind, Mapping[str, int]] = {
    **{kind: {} for kind in PaperKind},
    PaperKind.MATERIALS_RECEIPT: MATERIALS,
    PaperKind.SUPPLEMENT_NOTICE: {"defects": 3},
    PaperKind.SUPPLEMENT_RECEIPT: {**MATERIALS, "still_open": 3},
    PaperKind.NON_ACCEPTANCE_NOTICE: {"grounds": 2},
    PaperKind.SERVICE_RECEIPT: {"served": 3},
    PaperKind.RETURN_SLIP: MATERIALS,
    PaperKind.FORWARDING_SLIP: MATERIALS,
    PaperKind.HANDOVER_SLIP: MATERIALS,
    PaperKind.DAY_REPORT: {
        "counts": 4,
        "series": 5,
        "drafts": 5,
        "open": 5,
        "owed": 4,
        "inquiries": 4,
        "to_print": 2,
        "ledger": 6,
    },
    PaperKind.CASE_REGISTER: {"cases": 10},
    PaperKind.ITEM_GUIDE: {"materials": 4},
}
"""The tables that the counter fills, with their number of columns."""
