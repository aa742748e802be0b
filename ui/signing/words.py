"""What is said to those who sign, and of them. Qt-free."""

from app.domain.paper import SignerRole
from app.services.signers import Signer
from ui.text import _


def asked(signer: Signer | None) -> str:
    """Return the sentence that asks somebody to sign, and what is said when nobody is left."""
    if signer is None:
        return _("都签好了，请核对。")
    if signer.for_whom:
        words = _("请%(name)s看过文书，代%(whom)s签名。")
        return words % {"name": signer.name, "whom": signer.for_whom}
    return _("请%(name)s看过文书，在下面签名。") % {"name": signer.name}


def called(signer: Signer) -> str:
    """Return how somebody who signs is called in a list."""
    if signer.role is SignerRole.AGENT or signer.for_whom:
        return _("%(name)s（代办人）") % {"name": signer.name}
    return signer.name
