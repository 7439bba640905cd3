"""Menus whose choices change while one of them is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets


def offer(
    menu: widgets.Dropdown,
    options: Sequence[tuple[str, str]],
    chosen: str | None,
    heard: Callable[[Any], None],
) -> None:
    """Offer other choices; who listens hears of it only where another one is chosen than before.

    A menu that is given choices goes to the first of them: whoever listened took that for a planner's choice,
    and forgot what was shown of the one before.

    Parameters
    ----------
    menu : Dropdown
    options : sequence of (name, value)
    chosen : str or None
        The value to be chosen; the first where it is none of them.
    heard : callable
        Listens to ``value`` of the menu.
    """
    if tuple(options) == tuple(menu.options) and chosen == menu.value:
        return
    before, values = menu.value, [value for _, value in options]
    menu.unobserve(heard, "value")
    try:
        with menu.hold_sync():
            menu.options = options
            menu.value = chosen if chosen in values else next(iter(values), None)
    finally:
        menu.observe(heard, "value")
    if menu.value != before:
        heard({"old": before, "new": menu.value})
