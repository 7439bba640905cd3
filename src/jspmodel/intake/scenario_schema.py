"""What editors know of scenario files: a JSON schema, made of the settings themselves.

``python -m jspmodel.intake.scenario_schema FOLDER ...`` writes it into folders of scenarios.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jspmodel.intake.based_on import KEY
from jspmodel.scenario import Scenario
from jspmodel.text import LANGUAGES, say

FILE = "scenario.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema={FILE}\n"
"""The first line of a scenario file, by which editors find the schema beside it."""


def scenario_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 7, which editors know) of a scenario file.

    Returns
    -------
    dict
        Each key with its meaning in both languages. As in a file, any may be left blank, and codes need no
        quotation marks.
    """
    whole = Scenario.model_json_schema()
    keys = dict(_keys(whole, whole))
    del keys["name"]
    based_on = {"type": "string", "description": _meaning(KEY), "examples": ["baseline"]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "jspmodel scenario",
        "type": "object",
        "additionalProperties": False,
        "properties": {KEY: based_on, **keys},
    }


def write_schema(folder: Path) -> Path:
    """Write the schema beside scenarios.

    Parameters
    ----------
    folder : Path
        Of scenarios.

    Returns
    -------
    Path
    """
    file = folder / FILE
    text = json.dumps(scenario_schema(), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def setting_keys() -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every key that a scenario file may have, dotted, with what pydantic says of it.

    Returns
    -------
    iterator of (str, dict)
        Groups before what is in them; what an entry of ``locked_in`` has as ``locked_in.start``.
    """
    whole = Scenario.model_json_schema()
    return ((path, said) for path, said in _dotted(whole, whole) if path != "name")


def _dotted(
    model: Mapping[str, Any], whole: Mapping[str, Any], group: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, said in model["properties"].items():
        yield group + name, said
        if inner := _group(said, whole) or _group(said.get("items", {}), whole):
            yield from _dotted(inner, whole, f"{group}{name}.")


def _group(said: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the group of keys that a key refers to."""
    return whole["$defs"][said["$ref"].rpartition("/")[2]] if "$ref" in said else None


def _keys(
    model: Mapping[str, Any], whole: Mapping[str, Any], group: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, said in model["properties"].items():
        path = f"{group}{name}"
        kinds = [_opened(kind, whole, path) for kind in said.get("anyOf", [said])]
        if path == "budget_scale":
            kinds.append({"type": "number", "minimum": 0, "maximum": 100})
        told = {"description": _meaning(path)} if path != "name" else {}
        if said.get("default") is not None:
            told["default"] = said["default"]
        yield name, {**told, "anyOf": [*(kind for kind in kinds if kind != _BLANK), _BLANK]}


_BLANK = {"type": "null"}


def _opened(said: Mapping[str, Any], whole: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return a kind of value without references, as a file may write it."""
    if model := _group(said, whole):
        needed = {"required": model["required"]} if "required" in model else {}
        keys = dict(_keys(model, whole, f"{path}."))
        return {"type": "object", "additionalProperties": False, "properties": keys, **needed}
    rest = {key: value for key, value in said.items() if key in _TOLD}
    if "prefixItems" in said:
        return {**rest, "items": [_opened(item, whole, path) for item in said["prefixItems"]]}
    if "additionalProperties" in said:
        return {**rest, "additionalProperties": _opened(said["additionalProperties"], whole, path)}
    if said.get("items") == {"type": "string"} or path == "locked_in":
        entry = [_opened(said["items"], whole, path)] if "$ref" in said["items"] else []
        return {**rest, "items": {"anyOf": [*entry, {"type": ["string", "number"]}]}}
    if "items" in said:
        return {**rest, "items": _opened(said["items"], whole, path)}
    if path == "locked_in.program":
        return {"type": ["string", "number"]}
    return rest


_TOLD = {"type", "enum", "minimum", "maximum", "exclusiveMinimum", "minItems", "maxItems"}


def _meaning(path: str) -> str:
    return "\n\n".join(say(f"setting.{path}", language) for language in LANGUAGES)


if __name__ == "__main__":
    for place in sys.argv[1:]:
        write_schema(Path(place))
