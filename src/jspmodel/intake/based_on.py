"""A scenario that says only how it differs from another: ``based_on: baseline``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jspmodel.errors import Problem, ScenarioError
from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.yamlfile import Tree
from jspmodel.text import worded

KEY = "based_on"
DEEPEST = 5
"""Files that may rest on each other: more and nobody knows what a scenario says."""
_NAME = re.compile(r"\w[\w .-]{0,79}")


def base_of(tree: Tree, chain: Sequence[Path]) -> Path | None:
    """Return the file that a scenario is based on.

    Parameters
    ----------
    tree : Tree
        Of the scenario's file.
    chain : sequence of Path
        The files that led here, this one last.

    Returns
    -------
    Path or None
        A plain file in the same folder; None where the scenario is based on none.

    Raises
    ------
    ScenarioError
        If the name is no plain name, there is no such file, files rest on each other in a circle, or too
        many do.
    """
    name = tree.value.get(KEY)
    if name is None:
        return None
    file, row = chain[-1], tree.lines.get((KEY,))
    written = tree.written.get((KEY,), "")

    def refusal(code: str, **values: object) -> ScenarioError:
        problem = Problem(code, file.name, row, KEY, {"value": written or "…", **values})
        return worded(ScenarioError, [problem])

    if not _NAME.fullmatch(written) or written.endswith((".", " ")):
        raise refusal("based_on_name")
    base = file.with_name(f"{written.removesuffix('.yaml')}.yaml")
    if not base.is_file() or base.resolve().parent != file.parent.resolve():
        near = nearest_word(base.stem, {other.stem for other in file.parent.glob("*.yaml")} - {file.stem})
        raise refusal("based_on_missing", wanted=base.name, nearest=near)
    if base.name in (names := [known.name for known in chain]):
        raise refusal("based_on_circle", chain=" → ".join([*names, base.name]))
    if len(chain) >= DEEPEST:
        raise refusal("based_on_deep", most=DEEPEST)
    return base


def blanks_of(settings: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return the keys left blank, group by group."""
    found = {key: blanks_of(value) if isinstance(value, Mapping) else None for key, value in settings.items()}
    return {key: inner for key, inner in found.items() if inner or settings[key] is None}


def laid_over(below: Tree, own: Tree, blanks: Mapping[Any, Any]) -> Tree:
    """Return settings laid over others, group by group and entry by entry.

    Parameters
    ----------
    below : Tree
        What they are based on, valid.
    own : Tree
        Valid too, with keys left blank taken out.
    blanks : mapping
        Those keys: each takes the default again.

    Returns
    -------
    Tree
        Lines and wording are those of ``own``: what it rests on has been judged.
    """
    return Tree(_merged(_merged(below.value, own.value), blanks), own.lines, own.written, own.problems)


def _merged(below: Mapping[Any, Any], own: Mapping[Any, Any]) -> dict[Any, Any]:
    result = dict(below)
    for key, value in own.items():
        other = below.get(key)
        if isinstance(other, int | float):
            other = {"all": other}  # budget_scale may be one number
        if isinstance(value, Mapping) and isinstance(other, Mapping):
            result[key] = _merged(other, value)
        else:
            result[key] = value
    return result
