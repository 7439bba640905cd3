"""The keys of a scenario: which there are, and what is wrong with a value, told as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jspmodel.errors import Problem
from jspmodel.intake.based_on import KEY
from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.typed_cells import LEAST_PERCENT
from jspmodel.intake.yamlfile import Path, Tree, dotted
from jspmodel.scenario import Future, Lock, Scenario, Settings

_CODES = {
    "float_type": "setting_number",
    "int_type": "setting_whole",
    "int_from_float": "setting_whole",
    "bool_type": "setting_yes_no",
    "string_type": "setting_text",
    "list_type": "setting_list",
    "tuple_type": "setting_pair",
    "too_long": "setting_pair",
    "missing": "setting_missing",
    "model_type": "setting_group",
    "dict_type": "setting_group",
    "literal_error": "setting_choice",
    "greater_than_equal": "setting_low",
    "greater_than": "setting_not_above",
    "less_than_equal": "setting_high",
    "finite_number": "setting_finite",
}
UNKNOWN = {"extra_forbidden", "invalid_key"}
"""Pydantic's words for a key that no setting has."""
_OWN = {"slopes_rise", "slopes_total", "years_reversed", "year_weights_zero"}
"""What the validators of ``Scenario`` find."""
_EITHER = {
    "priority_issues": "setting_number_or_list",
    "budget_scale": "setting_number_or_group",
    "solver.effort": "setting_effort",
    "two_stage.futures.effects": "setting_effects",
}
"""Settings that take one of two kinds of value."""
_PLACE = re.compile(r"\[\d+\]")
"""The place of an entry of a list, in a dotted key."""
_ENTRIES: Mapping[str, type[Settings]] = {"locked_in": Lock, "two_stage.futures": Future}
"""What entries of a list are."""
CODES = {*_CODES.values(), *_EITHER.values(), *_OWN, "setting_invalid"}
"""Every problem that a setting can have by itself."""


def known_keys(model: type[Settings] = Scenario, before: str = "") -> list[str]:
    """Return every key that a scenario file may have, dotted.

    Returns
    -------
    list of str
        Such as ``"solver.gap"``.
    """
    keys = []
    for name, info in model.model_fields.items():
        if before or name != "name":
            keys.append(before + name)
            if _is_group(info.annotation):
                keys += known_keys(info.annotation, f"{before}{name}.")
    return keys


def key_path(key: str) -> Path | None:
    """Return the path that a dotted key means, None where there is no such setting.

    Examples
    --------
    >>> key_path("solver.gap"), key_path("budget_scale.funds.34.01"), key_path("solver.gab")
    (('solver', 'gap'), ('budget_scale', 'funds', '34.01'), None)
    """
    model: type[Settings] = Scenario
    path: list[str | int] = []
    steps = key.split(".")
    while steps:
        name = steps.pop(0)
        if ".".join([*map(str, path), name]) not in known_keys():
            return None
        path.append(name)
        annotation: Any = model.model_fields[name].annotation
        if not _is_group(annotation):
            return (*path, *_entry(".".join(steps))) if not steps or _is_mapping(annotation) else None
        model = annotation
    return tuple(path)


def _entry(rest: str) -> list[str | int]:
    if not rest:
        return []
    return [int(rest) if re.fullmatch("[1-9][0-9]{3}", rest) else rest]


def _is_group(annotation: Any) -> TypeGuard[type[Settings]]:
    return isinstance(annotation, type) and issubclass(annotation, Settings)


def _is_mapping(annotation: Any) -> bool:
    return dict in {get_origin(annotation), *map(get_origin, get_args(annotation))}


def unknown_key(path: Path, file: str, row: int | None = None) -> Problem:
    """Return the problem of a key that no setting has, naming the nearest that one has.

    Parameters
    ----------
    path : path
    file : str
    row : int, optional
    """
    group = "".join(f"{step}." for step in path[:-1] if isinstance(step, str))
    level = [key for key in known_keys() if key.startswith(group) and "." not in key.removeprefix(group)]
    if entry := _ENTRIES.get(group.rstrip(".")):
        level = [group + name for name in entry.model_fields]
    elsewhere = [key for key in known_keys() if key.rpartition(".")[2] == path[-1] and key != "name"]
    level = [*(level or known_keys()), *([] if group else [KEY])]
    near = elsewhere[0] if elsewhere else nearest_word(group + str(path[-1]), level)
    return Problem("unknown_key", file, row, dotted(path), {"nearest": near})


def setting_problems(error: ValidationError, tree: Tree, file: str) -> Iterator[Problem]:
    """Yield what pydantic found, as problems.

    Parameters
    ----------
    error : ValidationError
    tree : Tree
        What was validated, with the lines where it stood.
    file : str

    Yields
    ------
    Problem
    """
    told = set()
    for detail in details(error, tree.value):
        path = data_path(detail["loc"], tree.value)
        if path not in told:
            told.add(path)
            yield _problem(detail, path, tree, file)


def details(error: ValidationError, data: object) -> list[ErrorDetails]:
    """Return pydantic's findings, for a setting of two kinds only those of the kind that was meant."""
    found = [detail for detail in error.errors(include_url=False) if not _other_kind(detail)]
    chosen = data.get("priority_issues") if isinstance(data, dict) else None
    if isinstance(chosen, list):
        return [detail for detail in found if detail["loc"][:2] != ("priority_issues", "constrained-int")]
    return found


def _other_kind(detail: ErrorDetails) -> bool:
    """Whether a number is told that it is not one of the words that a setting takes too."""
    number = isinstance(detail["input"], int | float) and not isinstance(detail["input"], bool)
    words = detail["loc"][:2] == ("solver", "effort") or "effects" in detail["loc"]
    return words and detail["type"] == "literal_error" and number


def data_path(location: tuple[str | int, ...], data: Any) -> Path:
    """Return where in the data pydantic's location lies, whose steps may also name kinds of values."""
    path: list[str | int] = []
    for step in location:
        inside = isinstance(data, dict) and step in data
        if inside or (isinstance(data, list | tuple) and isinstance(step, int) and step < len(data)):
            path.append(step)
            data = data[step]
    return tuple(path)


def _problem(detail: ErrorDetails, path: Path, tree: Tree, file: str) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    row = tree.lines.get(path) if path else None
    if kind in UNKNOWN:
        return unknown_key(path, file, row)
    if kind not in _CODES:
        return Problem(kind if kind in _OWN else "setting_invalid", file, row, dotted(path))
    named = detail["loc"][-1] == "[key]"  # the name of the entry is wrong, not its value
    values: dict[str, object] = {
        "value": detail["input"] if named else _as_written(path, tree, detail["input"])
    }
    if kind == "missing":
        values = {"missing": detail["loc"][-1]}
    elif kind == "literal_error":
        choices = re.findall("'([^']*)'", str(context["expected"]))
        values |= {"choices": ", ".join(choices), "nearest": nearest_word(str(values["value"]), choices)}
    elif kind in {"greater_than_equal", "greater_than", "less_than_equal"}:
        values["limit"] = next(context[key] for key in ("ge", "gt", "le") if key in context)
        if _may_be_percent(detail["input"], context.get("le")):
            share = {"value": values["value"], "share": f"{detail['input'] / 100:g}"}
            return Problem("setting_share", file, row, dotted(path), share)
    either = kind.endswith("_type") or kind == "literal_error"
    code = _EITHER.get(_PLACE.sub("", dotted(path)), _CODES[kind]) if either else _CODES[kind]
    return Problem(code, file, row, dotted(path), values)


def _may_be_percent(value: object, limit: object) -> bool:
    """Whether a share above 1 may be percent."""
    return limit == 1 and isinstance(value, int | float) and LEAST_PERCENT < value <= 100


def _as_written(path: Path, tree: Tree, value: object) -> object:
    return tree.written.get(path, "{…}" if isinstance(value, Mapping) else value)
