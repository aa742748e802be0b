"""Judges the proof that a code scanner types into the one field, beside the window. Qt-free.

Scanners type letter by letter, and not all of them end with Enter. So what stands there is judged while it grows, one
text at a time; a proof that is not whole yet reads as a damaged one, which is told only after Enter.
"""

from collections.abc import Callable

from app.domain.verdict import Reason, Verdict
from app.services.ports import Runner
from app.services.verifying import VerifyingService


class ProofCheck:
    """``tell`` gets the verdict, once for each proof; ``report`` what kept it from being judged."""

    def __init__(
        self,
        verifying: VerifyingService,
        runner: Runner,
        tell: Callable[[Verdict], None],
        report: Callable[[Exception], None],
    ) -> None:
        self._verifying = verifying
        self._runner = runner
        self._tell = tell
        self._report = report
        self._text = ""
        self._is_whole = False
        self._is_judging = False

    def take(self, text: str) -> None:
        """Judge the proof, or the beginning of one, that stands in the field."""
        self._text = text
        self._is_whole = False
        self._judge()

    def finish(self) -> bool:
        """Take note that nothing follows, and tell whether a proof stands in the field."""
        self._is_whole = bool(self._text)
        self._judge()
        return self._is_whole

    def drop(self) -> None:
        """Forget what stood in the field."""
        self._text = ""

    def _judge(self) -> None:
        if self._is_judging or not self._text:
            return
        self._is_judging = True
        asked = self._text, self._is_whole
        self._runner.run(
            lambda: self._verifying.of_text(asked[0]),
            lambda verdict: self._told(asked, verdict),
            lambda error: self._failed(asked, error),
        )

    def _told(self, asked: tuple[str, bool], verdict: Verdict) -> None:
        if self._stands(asked) and (self._is_whole or verdict.reason is not Reason.CHANGED):
            self.drop()
            self._tell(verdict)

    def _failed(self, asked: tuple[str, bool], error: Exception) -> None:
        if self._stands(asked) and self._is_whole:
            self.drop()
            self._report(error)

    def _stands(self, asked: tuple[str, bool]) -> bool:
        """Tell whether what was judged still stands in the field; else judge what stands there by now."""
        self._is_judging = False
        if asked == (self._text, self._is_whole):
            return True
        self._judge()
        return False
