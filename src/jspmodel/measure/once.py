"""Measures that are computed once while many rules judge the same case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, Protocol, Self, TypeVar


class _Copied(Protocol):
    def copy(self) -> Self: ...


P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T", bound=_Copied)
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def computed_once() -> Iterator[None]:
    """Compute the measures marked ``once`` only once for the same case and settings.

    Only within this block, where nobody changes a table in place.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a measure of a case, or of a case and its settings; each caller gets a copy of its own."""
    shared = shared_once(function)

    @wraps(function)
    def computed(*given: P.args, **named: P.kwargs) -> T:
        found = shared(*given, **named)
        return found if _kept.get() is None or named else found.copy()

    return computed


def shared_once(function: Callable[P, S]) -> Callable[P, S]:
    """Mark a measure that nobody changes (a number, a function): all callers get the same."""

    @wraps(function)
    def computed(*given: P.args, **named: P.kwargs) -> S:
        kept = _kept.get()
        if kept is None or named:
            return function(*given, **named)
        key = (function, *map(id, given))
        if key not in kept:
            kept[key] = (
                function(*given, **named),
                given,
            )  # with what it was given, so that no id comes again
        found: S = kept[key][0]
        return found

    return computed
