"""Holds services to the table of who may do what, which stands in ``app.domain.operators``."""

from app.domain.operators import Act, Operator
from app.services.errors import NotPermitted


def ensure_may(operator: Operator, act: Act) -> None:
    """Raise NotPermitted unless one of the operator's roles allows ``act``."""
    if not operator.can(act):
        raise NotPermitted(act)
