"""Errors of files from outside that cannot be used."""

from collections.abc import Sequence

from app.services.errors.base import BadInput, Refused


class DefinitionError(BadInput):
    """One remark on a data file: ``problem`` is a plain English clause for the person who wrote the file."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {problem}")
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem


class BadDefinitions(BadInput):
    """Data files cannot be used; ``errors`` holds every remark, in the order of files and lines."""

    def __init__(self, errors: Sequence[DefinitionError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


class BadAttachment(BadInput):
    """A file cannot become a page; ``fault`` is ``kind``, ``size``, ``pages``, ``damaged`` or ``encrypted``."""

    def __init__(self, fault: str, limit: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.limit = limit


class BadCaseFile(BadInput):
    """A case cannot be taken in from a file; nothing was. ``fault``: ``kind`` (no such file), ``changed``, ``newer``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class WrongFileCode(Refused):
    """The code does not open a case file; nothing was taken in, and the caller asks again."""


class BadImageFile(BadInput):
    """What lies beside an exported journal holds no page images; the journal itself may be good."""
