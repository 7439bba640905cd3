"""Levels of a list whose codes say what belongs to what: 1.02 is above 1.02.03."""

from __future__ import annotations

from collections.abc import Iterable


def codes_above(codes: Iterable[str]) -> frozenset[str]:
    """Return the codes that have others below them.

    Parameters
    ----------
    codes : iterable of str
        As they are written, parted by points.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(codes_above(["1.02", "1.02.03", "1.02.03.01", "1.03", "1.020.1"]))
    ['1.02', '1.02.03']
    """
    levels = {code: _levels(code) for code in codes if code}
    above = {parts[:size] for parts in levels.values() for size in range(1, len(parts))}
    return frozenset(code for code, parts in levels.items() if parts in above)


def _levels(code: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in code.strip(" .").split("."))
