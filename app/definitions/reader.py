"""Walks a YAML file with the line of everything in it, so that a remark can say where it belongs.

``Node`` raises the first remark; ``Fields`` gathers them, so that one mistake does not hide the next. What a file
means is the business of the other modules here.
"""

import re
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

import yaml

from app.services.errors import BadDefinitions, DefinitionError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Remarks = list[DefinitionError]

LARGEST_FILE = 1024 * 1024
DEEPEST = 20
LONGEST_TEXT = 2000
LONGEST_NAME = 60
MOST_ENTRIES = 200
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_folder(folder: Path, read: Callable[["Node", Remarks], None]) -> None:
    """Hand the root of every YAML file in ``folder`` to ``read``, which adds its remarks or raises one.

    BadDefinitions with every remark on all of them, and when there is no such file.
    """
    remarks: Remarks = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise BadDefinitions([DefinitionError(folder.name, 1, "", "has no *.yaml file")])
    for path in paths:
        try:
            read(parse(_read_bytes(path), path.name), remarks)
        except DefinitionError as error:
            remarks.append(error)
    if remarks:
        raise BadDefinitions(sorted(remarks, key=lambda remark: (remark.file, remark.line)))


def _read_bytes(path: Path) -> bytes:
    """Return what is in a file, and no more of one that is too large than shows that it is."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def parse(data: bytes, file: str) -> "Node":
    """Return the root of a YAML document; DefinitionError when it is none or larger than 1 MB."""
    if len(data) > LARGEST_FILE:
        raise DefinitionError(file, 1, "", f"is larger than {LARGEST_FILE // 1024} kB")
    try:
        text = data.decode("utf-8")
        _check_shape(text, file)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError(file, line, "", "is not text in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(file, line, "", f"is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DefinitionError(file, 1, "", "is not YAML that can be read") from error
    if root is None:
        raise DefinitionError(file, 1, "", "is empty")
    return Node(file, root, "")


def _check_shape(text: str, file: str) -> None:
    """Refuse, before anything is built, what is nested without end or made to multiply by aliases."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise DefinitionError(file, line, "", "has an alias (*name), which is not taken")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise DefinitionError(file, line, "", f"is nested deeper than {DEEPEST}")


class Node:
    """One value of the file, with ``field``, the path that leads to it. Every method raises DefinitionError."""

    def __init__(self, file: str, node: yaml.Node, field: str) -> None:
        self._file = file
        self._node = node
        self.field = field

    def error(self, problem: str) -> DefinitionError:
        """Return a remark on this value."""
        return DefinitionError(self._file, self._node.start_mark.line + 1, self.field, problem)

    def mapping(self, known: Collection[str], required: Iterable[str] = ()) -> dict[str, "Node"]:
        """Return the values by name; a name that is unknown, missing or there twice is refused."""
        remarks: Remarks = []
        found = self.gather(known, required, remarks)
        if remarks:
            raise remarks[0]
        return found

    def gather(self, known: Collection[str], required: Iterable[str], remarks: Remarks) -> dict[str, "Node"]:
        """Return the known values by name and add a remark for every name that is unknown, missing or there twice."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.error("must be a list of names with values")
        found: dict[str, Node] = {}
        for key, value in self._node.value:
            name = Node(self._file, key, self.field).text()[:LONGEST_NAME]
            if name not in known:
                remarks.append(self._below(name, key).error(f"is not known here; known are {', '.join(known)}"))
            elif name in found:
                remarks.append(self._below(name, key).error("is there twice"))
            else:
                found[name] = self._below(name, value)
        remarks += (self._below(name, self._node).error("is missing") for name in required if name not in found)
        return found

    def _below(self, name: str, node: yaml.Node) -> "Node":
        return Node(self._file, node, f"{self.field}.{name}".lstrip("."))

    def sequence(self, least: int = 0, most: int = MOST_ENTRIES) -> list["Node"]:
        """Return the entries of a list, ``least`` to ``most`` of them."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.error("must be a list")
        if not least <= len(self._node.value) <= most:
            raise self.error(f"must have {least} to {most} entries")
        return [Node(self._file, value, f"{self.field}[{index}]") for index, value in enumerate(self._node.value, 1)]

    def text(self, *, may_be_empty: bool = False) -> str:
        """Return a text of at most 2,000 characters; line ends of the file vanish, as Chinese has no use for them."""
        if not isinstance(self._node, yaml.ScalarNode) or self._node.tag == "tag:yaml.org,2002:null":
            raise self.error("must be text")
        text = str(self._node.value).replace("\n", "")
        if not text.strip() and not may_be_empty:
            raise self.error("is empty")
        if len(text) > LONGEST_TEXT:
            raise self.error(f"is longer than {LONGEST_TEXT} characters")
        return text

    def name(self) -> str:
        """Return a name of small letters, digits and _."""
        text = self.text()
        if not _NAME.fullmatch(text):
            raise self.error("must be small letters, digits and _, a letter first")
        return text

    def choice(self, known: Iterable[str]) -> str:
        """Return one of the words in ``known``."""
        text, words = self.text(), list(known)
        if text not in words:
            raise self.error(f"must be one of {', '.join(words)}")
        return text

    def flag(self) -> bool:
        """Return what ``true`` or ``false`` says."""
        return self.choice(("true", "false")) == "true"

    def number(self, least: float, most: float) -> float:
        """Return a number from ``least`` to ``most``, both included."""
        try:
            number = float(self.text())
        except ValueError as error:
            raise self.error("must be a number") from error
        if not least <= number <= most:
            raise self.error(f"must be from {least:g} to {most:g}")
        return number

    def whole(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``, both included."""
        number = self.number(least, most)
        if number != int(number):
            raise self.error("must be a whole number")
        return int(number)


class Fields:
    """The values of a mapping by name; what is wrong with one is added to ``remarks`` and the usual value returned.

    So whatever was read is worth something only when no remark was added.
    """

    def __init__(self, node: Node, known: Collection[str], required: Collection[str], remarks: Remarks) -> None:
        """Take the values of ``node``; DefinitionError when it is no mapping."""
        self._node = node
        self.remarks = remarks
        self._required = required
        self._at = node.gather(known, required, remarks)

    def __contains__(self, name: str) -> bool:
        return name in self._at

    def error(self, name: str, problem: str) -> DefinitionError:
        """Return a remark on the value called ``name``, or on the whole when there is none."""
        return self._at.get(name, self._node).error(problem)

    def remark(self, name: str, problem: str) -> None:
        """Add such a remark."""
        self.remarks.append(self.error(name, problem))

    def read(self, name: str, read: Callable[[Node], T], usual: T) -> T:
        """Return what ``read`` makes of the value, ``usual`` when there is none."""
        if name not in self._at:
            return usual
        return self._attempt(self._at[name], read, usual)

    def each(self, name: str, read: Callable[[Node], T], most: int = MOST_ENTRIES) -> tuple[T, ...]:
        """Return what ``read`` makes of every entry of a list; none when there is no list."""
        nodes: list[Node] = self.read(name, partial(Node.sequence, most=most), [])
        read_ones = (self._attempt(node, read, None) for node in nodes)
        return tuple(one for one in read_ones if one is not None)

    def text(self, name: str, usual: str = "") -> str:
        """Return a text, which may be empty when it may be missing."""
        return self.read(name, partial(Node.text, may_be_empty=name not in self._required), usual)

    def name(self, name: str) -> str:
        """Return a name of small letters, digits and _."""
        return self.read(name, Node.name, "")

    def choice(self, name: str, kind: type[E], usual: E) -> E:
        """Return a member of ``kind`` by its word."""
        return self.read(name, lambda node: kind(node.choice(kind)), usual)

    def flag(self, name: str, *, usual: bool) -> bool:
        """Return what ``true`` or ``false`` says."""
        return self.read(name, Node.flag, usual)

    def whole(self, name: str, least: int, most: int, usual: int = 0) -> int:
        """Return a whole number from ``least`` to ``most``, both included."""
        return self.read(name, partial(Node.whole, least=least, most=most), usual)

    def _attempt(self, node: Node, read: Callable[[Node], T], usual: T) -> T:
        try:
            return read(node)
        except DefinitionError as error:
            self.remarks.append(error)
            return usual
