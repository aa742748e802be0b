"""A folder in memory into which a scanner saves."""

from app.services.errors import FolderGone, NotFound
from app.services.ports import FoundFile


class MemoryFolder:
    """Implements ``ScannerFolder`` for any one folder; ``clock`` counts writes."""

    def __init__(self):
        self.files: dict[str, tuple[bytes, int]] = {}
        self.away: dict[str, bytes] = {}
        self.is_gone = False
        self.is_read_only = False
        self._clock = 0

    def save(self, name: str, data: bytes) -> None:
        """Write a file as a scanner does."""
        self._clock += 1
        self.files[name] = (data, self._clock)

    def look(self, _folder):
        self._ensure_there()
        found = [FoundFile(name, len(data), at) for name, (data, at) in self.files.items()]
        return sorted(found, key=lambda file: (file.changed_ns, file.name))

    def read(self, _folder, name, most):
        self._ensure_there()
        if name not in self.files:
            raise NotFound("file")
        return self.files[name][0][: most + 1]

    def put_away(self, _folder, name):
        self._ensure_there()
        if self.is_read_only:
            raise FolderGone
        if name not in self.files:
            raise NotFound("file")
        data, _at = self.files.pop(name)
        target, number = name, 1
        while target in self.away:
            number += 1
            stem, dot, kind = name.rpartition(".")
            target = f"{stem} ({number}){dot}{kind}"
        self.away[target] = data

    def _ensure_there(self):
        if self.is_gone:
            raise FolderGone
