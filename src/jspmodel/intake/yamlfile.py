"""A YAML text as plain values, with the line and the wording of each: no tags, no aliases, no surprises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from jspmodel.errors import Problem, ScenarioError
from jspmodel.intake.textfile import has_half_letter, joined_pairs
from jspmodel.text import visible

Path = tuple[str | int, ...]
_FIRST_YEAR = 1000
"""Whole numbers from here on are years where they are keys; below, they count the items of a list."""
_DEEPEST = 10
_WHOLE = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True)
class Tree:
    """Values of a YAML text.

    Attributes
    ----------
    value : object
        Mappings, lists, text, numbers, yes/no, dates, nothing.
    lines : dict of path to int
        Line of the text where each value starts.
    written : dict of path to str
        Each plain value as it was written: 34.10 where the value is 34.1.
    problems : list of Problem
        Keys that are there twice (the last counts).
    """

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str, file: str) -> Tree:
    """Read a YAML text.

    Parameters
    ----------
    text : str
    file : str
        Its name, for problems.

    Returns
    -------
    Tree
        Keys are text, or years.

    Raises
    ------
    ScenarioError
        If it is no YAML, or uses tags, aliases, several documents or too many levels.
    """
    text = visible(text)  # some of which YAML would refuse without saying what
    try:
        problems = list(_unwanted(text, file))
        node = None if problems else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems = [Problem("bad_yaml", file, mark.line + 1 if mark else None)]
    except yaml.YAMLError:
        problems = [Problem("bad_yaml", file)]
    if problems:
        raise ScenarioError(problems[0].code, problems)
    reader = _NodeReader(file)
    return Tree(reader.value(node, ()) if node else None, reader.lines, reader.written, reader.problems)


def _unwanted(text: str, file: str) -> Iterator[Problem]:
    """Find what a scenario has no use for, before anything is built from it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        row = event.start_mark.line + 1 if event.start_mark else None
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            yield Problem("setting_alias", file, row)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield Problem("setting_documents", file, row)
        elif tag:
            yield Problem("setting_tag", file, row, values={"tag": tag})
        elif isinstance(event, yaml.ScalarEvent) and has_half_letter(joined_pairs(event.value)):
            yield Problem("half_letter", file, row)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            yield Problem("setting_too_deep", file, row)
            return


class _NodeReader:
    """Turns nodes into values and notes where each stood."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {}
        self.written: dict[Path, str] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._scalars = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: Path) -> object:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, place)) for place, item in enumerate(node.value)]
        node.value = visible(joined_pairs(node.value))
        self.written[path] = node.value
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str | int, object]:
        result: dict[str | int, object] = {}
        before: tuple[str | int, yaml.Node] | None = None
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if value_node.start_mark.index == key_node.end_mark.index:  # no colon: nothing was said
                self.problems.append(self._without_colon(key_node, (*path, key), before))
                continue
            before = key, value_node
            if key in result:
                row = key_node.start_mark.line + 1
                self.problems.append(Problem("setting_twice", self._file, row, dotted((*path, key))))
            result[key] = self.value(value_node, (*path, key))
            self.lines[*path, key] = key_node.start_mark.line + 1
        return result

    def _without_colon(
        self, node: yaml.Node, path: Path, before: tuple[str | int, yaml.Node] | None
    ) -> Problem:
        """Return what is wrong with an entry that has no colon: a decimal comma leaves one behind."""
        row = node.start_mark.line + 1
        if before and node.value.isdigit() and _WHOLE.fullmatch(str(before[1].value)):
            values = {"value": f"{before[1].value},{node.value}", "plain": f"{before[1].value}.{node.value}"}
            return Problem("setting_decimal_comma", self._file, row, dotted((*path[:-1], before[0])), values)
        return Problem("setting_without_colon", self._file, row, dotted(path), {"value": node.value})

    def _key(self, node: yaml.Node) -> str | int:
        value = self._scalar(node) if isinstance(node, yaml.ScalarNode) else ""
        if isinstance(value, str):
            return visible(joined_pairs(str(node.value)))
        return (
            value
            if type(value) is int and value >= _FIRST_YEAR and str(value) == node.value
            else str(node.value)
        )

    def _scalar(self, node: yaml.Node) -> object:
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError):
            return node.value


def dotted(path: Path) -> str:
    """Return a path as people write it.

    Examples
    --------
    >>> dotted(("locked_in", 0, "start"))
    'locked_in[1].start'
    """
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) and step < _FIRST_YEAR else f".{step}"
    return text.removeprefix(".")
