"""The table schemas that ship with jspmodel: the one description of the data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def schema(table: str) -> dict[str, Any]:
    """Return the Frictionless Table Schema of a table.

    Parameters
    ----------
    table : str
        Name of the table, such as ``"programs"``.

    Returns
    -------
    dict
        The descriptor; shared, so do not change it.
    """
    text = files("jspmodel.intake").joinpath("schemas", f"{table}.json").read_text(encoding="utf-8")
    descriptor: dict[str, Any] = json.loads(text)
    return descriptor


def column_types(table: str) -> dict[str, str]:
    """Return the type of every column of a table.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    dict of str to str
        ``string``, ``number``, ``integer``, ``boolean`` or ``date`` by column, in the order of the schema.
    """
    return {field["name"]: field["type"] for field in schema(table)["fields"]}


def required_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table that may not be blank.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    tuple of str
        In the order of the schema.
    """
    fields = schema(table)["fields"]
    return tuple(field["name"] for field in fields if field.get("constraints", {}).get("required"))
