"""JSON that anybody may have written: what is none, or would do harm further on, is refused before use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic_core import from_json

from jspmodel.intake.regular_file import RefusedFileError

DEEPEST = 50
"""Levels that no file of ours has."""
MOST_VALUES = 2_000_000
"""Values that no file of ours has: each takes memory, however short it is written."""
_LARGEST = 1e18
_PARTED = (b",", b"[", b"{")


def strict_json(data: bytes) -> Any:
    """Return what JSON holds.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    object
        Text is Unicode (no half of a pair of surrogates), figures are finite, levels and values are bounded.

    Raises
    ------
    RefusedFileError
        If it is none, or none that can be used.
    """
    if sum(map(data.count, _PARTED)) > MOST_VALUES:
        raise RefusedFileError("json_too_many")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise RefusedFileError("not_utf8") from error
    try:
        found = from_json(data, allow_inf_nan=True)  # to tell them from what is no JSON at all
    except ValueError as error:
        deep = "recursion" in str(error)
        raise RefusedFileError("json_too_deep" if deep else "json_broken") from error
    _judge(found)
    return found


def _judge(found: object) -> None:
    """Look at every value, level by level: nothing here may be deeper than Python can go."""
    level: list[object] = [found]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict | list):
                inner.extend(_parts(value))
            elif isinstance(value, int | float) and not abs(value) <= _LARGEST:  # nor NaN is
                raise RefusedFileError("json_not_finite")
        if not inner:
            return
        level = inner
    raise RefusedFileError("json_too_deep")


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value
