"""A link to a centre that is cut on purpose, wherever a test wants it."""

from app.services.errors import CentralUnavailable


class CutLink:
    """A link to a centre that is cut at chosen calls: ``before`` or ``after`` the effect.

    ``plan`` maps the number of a call (from 1) to where it is cut; ``calls`` holds the names of all that were made.
    """

    def __init__(self, central, plan=None):
        self._central = central
        self.plan = dict(plan or {})
        self.calls = []

    def __getattr__(self, name):
        method = getattr(self._central, name)

        def call(*arguments):
            if name in {"close", "give_up_when"}:
                return method(*arguments)
            self.calls.append(name)
            where = self.plan.pop(len(self.calls), "")
            if where == "before":
                raise CentralUnavailable("network")
            answer = method(*arguments)
            if where == "after":
                raise CentralUnavailable("network")
            return answer

        return call
