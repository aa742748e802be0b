"""Data files that the centre publishes: checked as a whole, then put in place of the counter's own, or beside them.

A payload is one YAML file, or a ZIP of several. What cannot be read changes nothing.
"""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.definitions.calendar import read_calendar
from app.definitions.catalogue import read_catalogue
from app.definitions.papers import PaperTemplates, read_paper_template, read_templates_of
from app.definitions.reader import LARGEST_FILE
from app.domain.catalogue import ServiceItem
from app.services.errors import BadDefinitions, BadInput
from app.whole_files import sync_file, sync_folder

MOST_FILES = 200
LARGEST = 16 * 1024 * 1024
ZIP_MAGIC = b"PK\x03\x04"
PAPERS = "papers"
"""The topic of templates, and the folder that a counter has of its own."""
TOPICS = ("catalogue", "calendar", PAPERS)
"""Every folder whose files a centre publishes."""
PUBLISHED = "published-"
"""How files of templates begin that came from the centre; the others were put there by hand."""


def take_catalogue(own: Path, payload: bytes) -> tuple[ServiceItem, ...]:
    """Put a published catalogue in place of the counter's own and return its items; BadInput, BadDefinitions."""
    with _fresh(own) as folder:
        _write(folder, files_in(payload, "catalogue.yaml"))
        return read_catalogue(folder).items


def take_calendar(own: Path, shipped: Path, payload: bytes) -> None:
    """Add published years to the counter's calendar, in place of what it had of them; BadInput, BadDefinitions.

    The years that ship with the program, or were there, stay. It counts from the next start on.
    """
    with _fresh(own) as folder:
        shutil.copytree(own if own.is_dir() else shipped, folder, dirs_exist_ok=True)
        fresh = files_in(payload, f"published-{'-'.join(_years(payload)) or 'none'}.yaml")
        years = {year: name for name, data in fresh.items() for year in _years(data)}
        for path in sorted(folder.glob("*.yaml")):
            if set(_years(path.read_bytes())) & set(years):
                path.unlink()
        _write(folder, fresh)
        read_calendar(folder)


def take_papers(
    own: Path, shipped: Path, payload: bytes, check: Callable[[PaperTemplates], None] = lambda _read: None
) -> PaperTemplates:
    """Put published templates in place of those that were published before and return all; BadInput, BadDefinitions.

    A bulletin names all of them. They go before files of the same template that were put there by hand; the others of
    those stay. ``check`` may raise what else is wrong; nothing is changed then. They count from the next start on.
    """
    fresh = templates_in(payload)
    with _fresh(own) as folder:
        for path in sorted(own.glob("*.yaml")):
            if not path.name.startswith(PUBLISHED) and _template_name(path) not in fresh:
                shutil.copy2(path, folder)
        _write(folder, {f"{PUBLISHED}{name}.yaml": data for name, data in fresh.items()})
        read = read_templates_of(shipped, folder)
        if faults := [fault for fault in read.faults if fault.file.startswith(PUBLISHED)]:
            raise BadDefinitions(faults)
        check(read)
        return read


def templates_in(payload: bytes) -> Mapping[str, bytes]:
    """Return the file of each template that a payload names; BadInput, BadDefinitions."""
    found: dict[str, bytes] = {}
    for file, data in files_in(payload, "template.yaml").items():
        name = read_paper_template(data, file).name
        if name in found:
            raise BadInput(f"two files are called {name}")
        found[name] = data
    return found


def templates_payload(files: Mapping[str, bytes]) -> bytes:
    """Return the payload that names these templates: the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{name}.yaml"), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _template_name(path: Path) -> str:
    """Return which template a file holds that was put there by hand, empty when nobody can tell."""
    try:
        with path.open("rb") as file:
            return read_paper_template(file.read(LARGEST_FILE + 1), path.name).name
    except (BadDefinitions, OSError):
        return ""


def years_in(payload: bytes) -> Mapping[str, bytes]:
    """Return the calendar file of each year that a payload names; BadInput."""
    return {year: data for data in files_in(payload, "calendar.yaml").values() for year in _years(data)}


def files_in(payload: bytes, usual_name: str) -> Mapping[str, bytes]:
    """Return the files of a payload by name; BadInput when it is too large, damaged, or holds anything but YAML."""
    if not payload.startswith(ZIP_MAGIC):
        return {usual_name: payload}
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_FILES or sum(one.file_size for one in listed) > LARGEST:
                raise BadInput("too large")
            if any("/" in one.filename or "\\" in one.filename or not one.filename.endswith(".yaml") for one in listed):
                raise BadInput("other files than YAML")
            return {one.filename: archive.read(one) for one in listed}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadInput("damaged") from error


@contextmanager
def _fresh(own: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of ``own`` when all went well.

    A folder takes the place of another in two steps: what stood there is put aside and, after a crash between them, brought
    back by ``settle``.
    """
    own.parent.mkdir(parents=True, exist_ok=True)
    settle(own)
    aside = _aside(own)
    with tempfile.TemporaryDirectory(prefix=_beside(own), dir=own.parent) as beside:
        folder = Path(beside) / "new"
        folder.mkdir()
        yield folder
        for path in folder.iterdir():
            sync_file(path)
        sync_folder(folder)
        if own.exists():
            own.rename(aside)
        try:
            folder.rename(own)
        except OSError:
            settle(own)
            raise
        sync_folder(own.parent)
    settle(own)


def settle(own: Path) -> None:
    """Bring back what stood in ``own`` when a crash came in the middle of an exchange; throw away what it left.

    For a start, before anything is read there, and while nobody else takes files in.
    """
    aside = _aside(own)
    if aside.exists() and not own.exists():
        aside.rename(own)
    for left in (aside, *own.parent.glob(f"{_beside(own)}*")):
        shutil.rmtree(left, ignore_errors=True)


def _aside(own: Path) -> Path:
    return own.with_name(f".{own.name}.aside")


def _beside(own: Path) -> str:
    return f".{own.name}.fresh-"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _years(data: bytes) -> list[str]:
    """Return the years that calendar files name at the beginning of a line, without judging the rest."""
    lines = data.decode("utf-8", errors="replace").splitlines()
    years = [line.partition(":")[2].strip() for line in lines if line.startswith("year:")]
    return [year for year in years if year.isascii() and year.isdecimal() and len(year) == len("2027")]
