"""Who speaks on a paper: the body that has the power to decide, or the window that takes in and hands out.

The rule. Where the law lets *the administrative body* (行政机关) say something, the item's competent body (实施机关,
``ServiceItem.department``) stands on top and its seal belongs below, whichever window hands the paper over:

- what is missing, 行政许可法 Art. 32 para. 1 item 4; that it accepts or does not accept, with the seal for that use and
  the date, Art. 32 para. 2 (加盖本行政机关专用印章和注明日期的书面凭证), also where silence accepted for it;
- its decision, Art. 38, which it serves itself, Art. 44 – so the receipt of service is its own;
- that its head extended the limit, Art. 42, and what does not count, Art. 45 (行政机关应当将所需时间书面告知申请人);
- what it tells somebody who pledges instead of proving (告知承诺制: 国办发〔2020〕42号).

Items that are no licences follow by analogy, as everywhere. One window may take in and serve for a body, or for several
(Art. 26), and a body may commission another one, which then acts in its name (Art. 24): neither lets the window's body
speak. Its window is named on the paper as the one through which it was handed over.

Everything that happened at the window is said by the body that the window belongs to: what was handed in, given back,
sent on, is ready or was asked. Certificates are issued by the service point's own body; the catalogue says which levels
may (``issuers``). What the applicant writes – mandate, withdrawal – has no issuer.
"""

from app.domain.paper import PaperKind

DECIDING_BODY_SPEAKS = frozenset(
    {
        PaperKind.ACCEPTANCE_NOTICE,
        PaperKind.SUPPLEMENT_NOTICE,
        PaperKind.NON_ACCEPTANCE_NOTICE,
        PaperKind.GRANT_DECISION,
        PaperKind.REFUSAL_DECISION,
        PaperKind.EXTENSION_NOTICE,
        PaperKind.SUSPENSION_NOTICE,
        PaperKind.SERVICE_RECEIPT,
        PaperKind.PLEDGE,
    }
)
"""Papers in which the competent body of the item speaks; in all others the body of the window does."""


def issuer(kind: PaperKind, deciding: str, at_window: str) -> str:
    """Return the body in whose name a paper of ``kind`` speaks: ``deciding``, or the one ``at_window``."""
    return deciding if kind in DECIDING_BODY_SPEAKS else at_window
