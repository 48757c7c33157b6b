"""Files of an edition, read field by field; whatever does not fit becomes a problem with file, field and line.

YAML is read without guessing types: every plain value is text, and the field decides whether it must be a number,
a date or a code. So `007` stays a code and `no` stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from songhanh.plan.problems import Problems

Choice = TypeVar("Choice", bound=StrEnum)

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_NULLS = frozenset({"", "null", "~"})


class _Composer(yaml.CBaseLoader):
    """Composes nodes and leaves all plain values untyped; several times as fast as resolving their types."""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, *_: object) -> str:
        return "text"


def is_null(node: Node) -> bool:
    """Say whether a node is an empty or `null` value written without quotes."""
    return isinstance(node, ScalarNode) and not _is_quoted(node) and node.value in _NULLS


def _is_quoted(node: ScalarNode) -> bool:
    return node.style in {"'", '"', "|", ">"}


def compose(text: str, file: str, problems: Problems) -> Node | None:
    """Return the root node of a YAML text, or None (with a problem) when it is not YAML or is empty."""
    try:
        root: Node | None = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problems.add(file, "", "yaml_syntax", line=line)
        return None
    except yaml.YAMLError:
        problems.add(file, "", "yaml_syntax")
        return None
    if root is None:
        problems.add(file, "", "file_empty")
    elif "&" in text and _holds_itself(root, ()):
        problems.add(file, "", "yaml_syntax", line=root.start_mark.line + 1)
        return None
    return root


def _holds_itself(node: Node, above: tuple[int, ...]) -> bool:
    """Say whether an alias leads back to a node it stands in; such a file has no end."""
    if id(node) in above:
        return True
    inside = node.value if isinstance(node, SequenceNode) else ()
    if isinstance(node, MappingNode):
        inside = [value for _, value in node.value]
    return any(_holds_itself(child, (*above, id(node))) for child in inside)


def plain(node: Node, file: str, problems: Problems, field: str = "") -> object:
    """Return a node as text, whole number, truth value, None, tuple or read-only mapping (for free-form files)."""
    if isinstance(node, MappingNode):
        found: dict[str, object] = {}
        for key, value in node.value:
            path = _join(field, str(key.value))
            if key.value in found:
                problems.add(file, path, "field_twice", line=key.start_mark.line + 1)
            found[str(key.value)] = plain(value, file, problems, path)
        return MappingProxyType(found)
    if isinstance(node, SequenceNode):
        return tuple(plain(item, file, problems, f"{field}[{n}]") for n, item in enumerate(node.value, 1))
    return _plain_scalar(node)


def _plain_scalar(node: Node) -> object:
    text = str(node.value)
    if isinstance(node, ScalarNode) and not _is_quoted(node):
        if text in _NULLS:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if WHOLE.fullmatch(text):
            return int(text)
    return text


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


class Block:
    """A mapping of a YAML file, taken apart field by field; leaving the block reports fields nobody asked for.

    Each reader returns a harmless stand-in when the field is missing or wrong, after remembering the problem.
    """

    def __init__(self, node: Node | None, file: str, problems: Problems, path: str = "") -> None:
        self.file = file
        self.path = path
        self.problems = problems
        self.line = node.start_mark.line + 1 if node is not None else None
        self._fields: dict[str, Node] = {}
        self._asked: set[str] = set()
        self._lines: dict[str, int] = {}
        if isinstance(node, MappingNode):
            self._take(node)
        elif node is not None:
            problems.add(file, path, "not_a_mapping", line=self.line)
        self._broken = not isinstance(node, MappingNode)

    def _take(self, node: MappingNode) -> None:
        for key, value in node.value:
            name = str(key.value)
            self._lines[name] = key.start_mark.line + 1
            if name in self._fields:
                self.problem(name, "field_twice")
            self._fields[name] = value

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for name in self._fields:
                if name not in self._asked:
                    self.problem(name, "field_unknown", known=", ".join(sorted(self._asked)))

    def problem(self, name: str, case: str, **data: str) -> None:
        """Remember that the field is wrong."""
        line = self._lines.get(name, self.line)
        self.problems.add(self.file, _join(self.path, name), case, line=line, **data)

    def has(self, name: str) -> bool:
        """Say whether the field stands there with a value that is not null."""
        return name in self._fields and not is_null(self._fields[name])

    def _node(self, name: str, *, optional: bool) -> Node | None:
        self._asked.add(name)
        node = self._fields.get(name)
        if node is None:
            if not optional and not self._broken:
                self.problem(name, "field_missing")
            return None
        if is_null(node):
            if not optional:
                self.problem(name, "field_empty")
            return None
        return node

    def _scalar(self, name: str, *, optional: bool) -> str | None:
        node = self._node(name, optional=optional)
        if node is None:
            return None
        if not isinstance(node, ScalarNode):
            self.problem(name, "not_a_value")
            return None
        text = str(node.value)
        if not text.strip():
            self.problem(name, "field_empty")
            return None
        return text

    def text(self, name: str) -> str:
        """Return the words of the field."""
        return self._scalar(name, optional=False) or ""

    def opt_text(self, name: str) -> str | None:
        """Return the words of the field, None when it is null or not there."""
        return self._scalar(name, optional=True)

    def code(self, name: str, pattern: re.Pattern[str]) -> str:
        """Return a code of the given form."""
        found = self._scalar(name, optional=False)
        if found is None:
            return ""
        if not pattern.fullmatch(found):
            self.problem(name, "code_form", value=found)
        return found

    def whole(
        self, name: str, *, low: int | None = None, high: int | None = None, default: int | None = None
    ) -> int:
        """Return a whole number between `low` and `high`; `default` when the field is not there."""
        text = self._scalar(name, optional=default is not None)
        if text is None:
            return default or 0
        if not WHOLE.fullmatch(text):
            self.problem(name, "not_a_whole_number", value=text)
            return default or 0
        number = int(text)
        if low is not None and number < low:
            self.problem(name, "number_too_low", value=text, low=str(low))
        if high is not None and number > high:
            self.problem(name, "number_too_high", value=text, high=str(high))
        return number

    def opt_decimal(self, name: str) -> Decimal | None:
        """Return an exact number, None when the field is null or not there."""
        text = self._scalar(name, optional=True)
        if text is None:
            return None
        if not DECIMAL.fullmatch(text):
            self.problem(name, "not_a_number", value=text)
            return None
        return Decimal(text)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return `true` or `false`; `default` when the field is not there."""
        text = self._scalar(name, optional=True)
        if text is None:
            return default
        if text not in {"true", "false"}:
            self.problem(name, "not_true_or_false", value=text)
        return text == "true"

    def day(self, name: str, *, optional: bool = False) -> date | None:
        """Return a date written 2026-12-31."""
        text = self._scalar(name, optional=optional)
        found = parse_day(text) if text is not None else None
        if text is not None and found is None:
            self.problem(name, "not_a_date", value=text)
        return found

    def choice(self, name: str, kinds: type[Choice], default: Choice) -> Choice:
        """Return one of a closed set of words; `default` stands in when the field is missing or wrong."""
        return self.opt_choice(name, kinds, optional=False) or default

    def opt_choice(self, name: str, kinds: type[Choice], *, optional: bool = True) -> Choice | None:
        """Return one of a closed set of words, None when the field is null or not there."""
        text = self._scalar(name, optional=optional)
        if text is None:
            return None
        try:
            return kinds(text)
        except ValueError:
            self.problem(name, "choice_unknown", value=text, known=", ".join(kinds))
            return None

    def texts(self, name: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of words."""
        found: list[str] = []
        for n, item in enumerate(self._items(name, optional=optional), 1):
            if isinstance(item, ScalarNode) and not is_null(item):
                found.append(str(item.value))
            else:
                self.problem(f"{name}[{n}]", "not_a_value")
        return tuple(found)

    def decimals(self, name: str) -> tuple[Decimal, ...]:
        """Return a list of exact numbers, empty when the field is null or not there."""
        found: list[Decimal] = []
        for n, text in enumerate(self.texts(name, optional=True), 1):
            if DECIMAL.fullmatch(text):
                found.append(Decimal(text))
            else:
                self.problem(f"{name}[{n}]", "not_a_number", value=text)
        return tuple(found)

    def words(self, name: str) -> dict[str, str]:
        """Return a mapping of words to words, empty when the field is null or not there."""
        node = self._node(name, optional=True)
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.problem(name, "not_a_mapping")
            return {}
        found: dict[str, str] = {}
        for key, value in node.value:
            if not isinstance(value, ScalarNode) or is_null(value):
                self.problem(f"{name}.{key.value}", "not_a_value")
            elif key.value in found:
                self.problem(f"{name}.{key.value}", "field_twice")
            else:
                found[str(key.value)] = str(value.value)
        return found

    def block(self, name: str) -> Block:
        """Return the mapping that the field holds; an empty block when it is missing."""
        node = self._node(name, optional=False)
        return Block(node, self.file, self.problems, _join(self.path, name))

    def opt_block(self, name: str) -> Block | None:
        """Return the mapping that the field holds, None when it is null or not there."""
        node = self._node(name, optional=True)
        return None if node is None else Block(node, self.file, self.problems, _join(self.path, name))

    def blocks(self, name: str, *, optional: bool = False) -> Iterator[Block]:
        """Yield the mappings of a list; each is named in problems by its `code`, else by its number from 1."""
        for n, item in enumerate(self._items(name, optional=optional), 1):
            path = f"{_join(self.path, name)}[{_label(item) or n}]"
            yield Block(item, self.file, self.problems, path)

    def plain(self, name: str) -> object:
        """Return the field's content as it stands, for parts whose form is free."""
        node = self._node(name, optional=True)
        return None if node is None else plain(node, self.file, self.problems, _join(self.path, name))

    def _items(self, name: str, *, optional: bool) -> list[Node]:
        node = self._node(name, optional=optional)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.problem(name, "not_a_list")
            return []
        return list(node.value)


def _label(node: Node) -> str | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "code" and isinstance(value, ScalarNode):
                return str(value.value)
    return None


def parse_day(text: str) -> date | None:
    """Return the date written `2026-12-31`, None when the text is not one or the day does not exist."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
