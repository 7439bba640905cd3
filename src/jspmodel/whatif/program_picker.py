"""A list of programmes to add to and take from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import ipywidgets as widgets

from jspmodel.scenario import Language
from jspmodel.text import say

_WIDE = {"width": "98%"}


class Picker:
    """A menu of what can be picked, and below it a button for each that is, which takes it off again.

    Parameters
    ----------
    names : mapping of str to str
        Name by code, in the order of the menu.
    picked : tuple of str
        Codes that are picked already.
    language : {"id", "en"}
    fixed : collection of str
        Those of them that reality has picked: they cannot be taken off.

    Attributes
    ----------
    picked : tuple of str
    box : widget
    on_change : callable
        Called with what is picked, whenever that changes.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        picked: tuple[str, ...],
        language: Language,
        fixed: Collection[str] = (),
    ) -> None:
        self._names, self._language, self.picked, self._fixed = names, language, picked, frozenset(fixed)
        self.on_change: Callable[[tuple[str, ...]], None] = lambda _picked: None
        self._menu = widgets.Dropdown(layout=_WIDE)
        self.box = widgets.VBox()
        self._show()
        self._menu.observe(self._chosen, "value")

    def pick(self, code: str) -> None:
        """Add a programme to the list, if it is not on it."""
        self._change((*self.picked, code) if code not in self.picked else self.picked)

    def drop(self, code: str) -> None:
        """Take a programme off the list, if it is on it."""
        self._change(tuple(item for item in self.picked if item != code or item in self._fixed))

    def put(self, picked: tuple[str, ...]) -> None:
        """Show another list without a word to ``on_change``: it is not the planner who changed it."""
        self.picked = picked
        self._show()

    def _change(self, picked: tuple[str, ...]) -> None:
        if picked != self.picked:
            self.picked = picked
            self._show()
            self.on_change(picked)

    def _chosen(self, change: Any) -> None:
        if change["new"]:
            self.pick(change["new"])

    def _show(self) -> None:
        left = [(name, code) for code, name in self._names.items() if code not in self.picked]
        self._menu.options = [(say("whatif.pick", self._language), ""), *left]
        self._menu.value = ""
        self.box.children = (self._menu, *map(self._button, self.picked))

    def _button(self, code: str) -> widgets.Widget:
        name, is_fixed = self._names[code], code in self._fixed
        tooltip = say("whatif.fixed" if is_fixed else "whatif.take_off", self._language, program=name)
        sign = "" if is_fixed else "✕ "
        button = widgets.Button(description=sign + name, tooltip=tooltip, layout=_WIDE, disabled=is_fixed)
        button.style.text_align = "left"
        button.on_click(lambda _button: self.drop(code))
        return button
