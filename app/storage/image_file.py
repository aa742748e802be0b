"""Page images beside an exported journal, for a centre that lacks them: a ZIP without compression.

``images.json`` says whose they are and lists digest and case of each; the bytes stand under the digest, once. The file
lies beside the journal under its name with ``.images`` at the end.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.errors import BadImageFile
from app.services.progress import Tell
from app.storage.stored_zip import read_stored
from app.whole_files import place_errors, written_whole

KIND, VERSION = "lideng images", 1
LIST = "images.json"
SUFFIX = ".images"
LARGEST_LIST = 64 * 1024 * 1024
LARGEST_IMAGE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BesideImage:
    """One image of a file; its digest is what the journal names."""

    digest: str
    case_number: str
    data: bytes

    @property
    def is_sound(self) -> bool:
        """Tell whether the bytes are those that the digest stands for."""
        return hashlib.sha256(self.data).hexdigest() == self.digest


def beside(journal: Path) -> Path:
    """Return where the images of an exported journal lie."""
    return journal.with_name(journal.name + SUFFIX)


def write_images(
    journal: Path, station: str, images: Sequence[tuple[str, str]], image: Callable[[str], bytes], tell: Tell
) -> None:
    """Write images, given by digest and case, beside ``journal``, whole or not at all; DiskFull, PlaceUnavailable."""
    path = beside(journal)
    listed = [{"digest": digest, "case": case} for digest, case in images]
    with (
        place_errors(path.parent),
        written_whole(path) as fresh,
        zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive,
    ):
        archive.writestr(LIST, json.dumps({"kind": KIND, "v": VERSION, "station": station, "images": listed}))
        for done, digest in enumerate(dict.fromkeys(digest for digest, _case in images), start=1):
            archive.writestr(digest, image(digest))
            tell(done, len(images))


class ImageFile:
    """Images that lie beside a journal, one at a time in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _opened(path) as archive:
            self._listed = _listed(archive)

    @property
    def count(self) -> int:
        """Return how many images are listed."""
        return len(self._listed)

    def __iter__(self) -> Iterator[BesideImage]:
        """Yield every image that is listed; one that is not there has no bytes."""
        with _opened(self._path) as archive:
            for digest, case in self._listed:
                yield BesideImage(digest, case, _data(archive, digest))


def images_beside(journal: Path) -> ImageFile | None:
    """Return the images beside an exported journal, None when there are none; BadImageFile when it is no such file."""
    path = beside(journal)
    return ImageFile(path) if path.exists() else None


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise BadImageFile from error


def _listed(archive: zipfile.ZipFile) -> Sequence[tuple[str, str]]:
    try:
        said = json.loads(_member(archive, LIST, LARGEST_LIST))
        if said["kind"] != KIND or said["v"] != VERSION:
            raise BadImageFile
        return [(str(one["digest"]), str(one["case"])) for one in said["images"]]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadImageFile from error


def _data(archive: zipfile.ZipFile, digest: str) -> bytes:
    try:
        return _member(archive, digest, LARGEST_IMAGE)
    except (BadImageFile, LookupError):
        return b""


def _member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    try:
        return read_stored(archive, name, largest)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadImageFile from error
