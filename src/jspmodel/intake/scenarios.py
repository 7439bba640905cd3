"""A scenario, from its file to checked settings."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jspmodel.errors import DataError, Problem, ScenarioError
from jspmodel.intake import based_on, yamlfile
from jspmodel.intake.locate import find_scenario
from jspmodel.intake.settings import UNKNOWN, data_path, details, key_path, setting_problems, unknown_key
from jspmodel.intake.textfile import has_half_letter, read_text
from jspmodel.intake.yamlfile import Tree, dotted, read_yaml
from jspmodel.scenario import Scenario
from jspmodel.text import worded

_POWER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]+")


def load_scenario(file: str | Path, changes: Mapping[str, object] | None = None) -> Scenario:
    """Return the settings of a scenario file.

    A key left blank keeps its default. Codes may be written without quotes: 34.10 stays 34.10. With
    ``based_on: baseline`` all that the file does not say stands as in ``baseline.yaml`` beside it.

    Parameters
    ----------
    file : str or Path
        A YAML file, or the folder of a case (its baseline); looked for as ``find_input`` does.
    changes : mapping of str to object, optional
        Settings that take the place of the file's, by dotted key: ``{"solver.gap": 0.02}``. Text is read as
        YAML, as it comes from the command line; None leaves the file's setting.

    Returns
    -------
    Scenario
        Named as the file is.

    Raises
    ------
    DataError
        If there is no such file.
    ScenarioError
        With every unknown key and wrong value at once.
    """
    path = find_scenario(file)
    tree, problems = _read_whole(path)
    found = [*tree.problems, *_change(tree, changes or {}, path.name)]
    found += [*_no_name(tree, path.name), *_half_letters(tree.value, (), path.name)]
    try:
        scenario = _validated(tree, path.stem)
    except ValidationError as error:
        found += setting_problems(error, tree, path.name)
    if problems := [*problems, *(problem for problem in found if problem not in problems)]:
        raise _error(problems)
    return scenario


def replace_settings(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """Return a scenario with other settings; ``Scenario.replace`` says how.

    Parameters
    ----------
    scenario : Scenario
    changes : mapping of str to object
        By dotted key, ``name`` too.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every unknown key and wrong value at once.
    """
    name = changes.get("name", scenario.name)
    file = f"{scenario.name}.yaml"
    if not isinstance(name, str):
        raise _error([Problem("setting_text", file, None, "name", {"value": name})])
    tree = Tree(scenario.model_dump(exclude_defaults=True, exclude={"name"}))
    others = {key: value for key, value in changes.items() if key != "name"}
    problems = [*_change(tree, others, file, blanks=True), *_half_letters(tree.value, (), file)]
    problems += _half_letters(name, ("name",), file)
    try:
        result = _validated(tree, name)
    except ValidationError as error:
        problems += setting_problems(error, tree, file)
    if problems:
        raise _error(problems)
    return result


def scenario_sources(file: str | Path) -> tuple[Path, ...]:
    """Return a scenario file and those that it is based on.

    Parameters
    ----------
    file : str or Path
        As ``load_scenario`` takes it.

    Returns
    -------
    tuple of Path
        The file itself first, the one that all rest on last.

    Raises
    ------
    DataError, ScenarioError
        As ``load_scenario`` raises for files that are not there or cannot be read.
    """
    found = [find_scenario(file)]
    while (base := based_on.base_of(_read_file(found[-1]), found)) is not None:
        found.append(base)
    return tuple(found)


def _read_whole(path: Path, above: tuple[Path, ...] = ()) -> tuple[Tree, list[Problem]]:
    """Return a file's settings, laid over those of the file that it is based on, and what is wrong with both.

    Where something is, the settings are those of the file alone.
    """
    tree, chain = _read_file(path), (*above, path)
    try:
        base = based_on.base_of(tree, chain)
        below, problems = (None, []) if base is None else _read_whole(base, chain)
    except ScenarioError as error:
        base, below, problems = None, None, list(error.problems)
    if tree.value.pop(based_on.KEY, None) is None:
        return tree, problems
    blanks = based_on.blanks_of(tree.value)
    if base is not None and below is not None:
        problems = problems or _judge(below, base)
    problems += _judge(tree, path)
    return tree if below is None or problems else based_on.laid_over(below, tree, blanks), problems


def _judge(tree: Tree, path: Path) -> list[Problem]:
    """Write settings as they are meant; return what is wrong with them."""
    problems = [*tree.problems, *_no_name(tree, path.name)]
    try:
        _validated(tree, path.stem)
    except ValidationError as error:
        problems += setting_problems(error, tree, path.name)
    return problems


def _half_letters(value: object, path: yamlfile.Path, file: str) -> Iterator[Problem]:
    """Find text, given by a program or a command line, that nothing can be written with."""
    if isinstance(value, str) and has_half_letter(value):
        yield Problem("half_letter", file, None, dotted(path))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _half_letters(key, (*path, key), file)
            yield from _half_letters(inner, (*path, key), file)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _half_letters(inner, (*path, place), file)


def _no_name(tree: Tree, file: str) -> list[Problem]:
    """Take away a name, which only the file's own name gives."""
    if "name" not in tree.value:
        return []
    del tree.value["name"]
    return [Problem("unknown_key", file, tree.lines.get(("name",)), "name", {"nearest": ""})]


def _read_file(path: Path) -> Tree:
    try:
        tree = read_yaml(read_text(path), path.name)
    except (DataError, ScenarioError) as error:
        raise _error(error.problems) from error
    if not isinstance(tree.value, dict | None):
        raise _error([Problem("not_settings", path.name)])
    return replace(tree, value=tree.value or {})


def _error(problems: Iterable[Problem]) -> ScenarioError:
    problems = tuple(problems)
    return worded(ScenarioError, problems)


def _change(tree: Tree, changes: Mapping[str, object], file: str, *, blanks: bool = False) -> list[Problem]:
    """Put changes into the data; return the keys that are unknown."""
    problems = []
    for key, value in changes.items():
        path = key_path(key)
        if path is None:
            problems.append(unknown_key(tuple(key.split(".")), file))
        elif blanks or value is not None:
            _put(tree, path, value)
    return problems


def _put(tree: Tree, path: yamlfile.Path, value: object) -> None:
    data: Any = tree.value
    for step in path[:-1]:
        inner = data.get(step)
        if step == "budget_scale" and isinstance(inner, int | float):
            inner = {"all": inner}
        data[step] = inner if isinstance(inner, dict) else {}
        data = data[step]
    for place in [known for known in tree.lines if known[: len(path)] == path]:
        tree.lines.pop(place)
        tree.written.pop(place, None)
    data[path[-1]] = copy.deepcopy(value)
    if isinstance(value, str):
        data[path[-1]] = _read(value, path, tree)
        tree.written[path] = value


def _read(text: str, path: yamlfile.Path, tree: Tree) -> object:
    """Return the value that a text means; text that is no YAML means itself."""
    try:
        read = read_yaml(text, "")
    except ScenarioError:
        return text
    tree.written.update({(*path, *inner): written for inner, written in read.written.items()})
    return read.value


def _validated(tree: Tree, name: str) -> Scenario:
    """Validate, taking values as they are written wherever that helps."""
    while True:
        try:
            return Scenario.model_validate({**tree.value, "name": name})
        except ValidationError as error:
            found = [_as_meant(detail["type"], detail["loc"], tree) for detail in details(error, tree.value)]
            if not any(found):
                raise


def _as_meant(kind: str, location: yamlfile.Path, tree: Tree) -> bool:
    """Mend a value where it is certain what was meant; say whether that was so."""
    path = data_path(location, tree.value)
    if not path:
        return False
    parent: Any = tree.value
    for step in path[:-1]:
        parent = parent[step]
    key, value = path[-1], parent[path[-1]]
    if location[-1] == "[key]" and kind == "string_type":
        parent[str(key)] = parent.pop(key)
    elif location[-1] == "[key]" and isinstance(key, str) and re.fullmatch("[0-9]{1,4}", key):
        parent[int(key)] = parent.pop(key)
    elif value is None and isinstance(parent, dict) and kind not in UNKNOWN:
        del parent[key]
    elif (
        kind in {"string_type", "literal_error", "model_type"}
        and _only_read_so(value)
        and path in tree.written
    ):
        parent[key] = tree.written[path]
    elif kind == "float_type" and isinstance(value, str) and _POWER.fullmatch(value):
        parent[key] = float(value)
    else:
        return False
    return True


def _only_read_so(value: object) -> bool:
    return value is not None and not isinstance(value, str)
