"""How much time is left."""

from __future__ import annotations

from math import inf
from time import monotonic


class Clock:
    """Time that is left of a limit, in seconds; infinite without one."""

    def __init__(self, seconds: float = inf) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - monotonic())
