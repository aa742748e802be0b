"""Walks a YAML file with the line of everything in it, so that a remark can say where it belongs."""

import re
from collections.abc import Collection, Iterable

import yaml

from app.services.errors import DefinitionError

LARGEST_FILE = 256 * 1024
LONGEST_TEXT = 2000
MOST_ENTRIES = 200
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse(data: bytes, file: str) -> "Node":
    """Return the root of a YAML document; DefinitionError when it is none or larger than 256 kB."""
    if len(data) > LARGEST_FILE:
        raise DefinitionError(file, 1, "", f"is larger than {LARGEST_FILE // 1024} kB")
    try:
        root = yaml.compose(data.decode("utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError(file, line, "", "is not text in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(file, line, "", f"is not YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DefinitionError(file, 1, "", "is not YAML that can be read") from error
    if root is None:
        raise DefinitionError(file, 1, "", "is empty")
    return Node(file, root, "")


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
        if not isinstance(self._node, yaml.MappingNode):
            raise self.error("must be a list of names with values")
        found: dict[str, Node] = {}
        for key, value in self._node.value:
            name = str(key.value)
            node = Node(self._file, value, f"{self.field}.{name}".lstrip("."))
            if name not in known:
                raise Node(self._file, key, node.field).error(f"is not known here; known are {', '.join(known)}")
            if name in found:
                raise Node(self._file, key, node.field).error("is there twice")
            found[name] = node
        for name in required:
            if name not in found:
                raise Node(self._file, self._node, f"{self.field}.{name}".lstrip(".")).error("is missing")
        return found

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

    def number(self, least: float, most: float) -> float:
        """Return a number from ``least`` to ``most``, both included."""
        try:
            number = float(self.text())
        except ValueError as error:
            raise self.error("must be a number") from error
        if not least <= number <= most:
            raise self.error(f"must be from {least:g} to {most:g}")
        return number
