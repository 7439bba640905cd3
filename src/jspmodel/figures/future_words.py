"""What the futures of a plan in two stages are called."""

from __future__ import annotations

from jspmodel.scenario import Language
from jspmodel.text import say


def future_name(name: str, language: Language) -> str:
    """Return the name of a future as people read it: one that was drawn has a number alone.

    Parameters
    ----------
    name : str
    language : {"id", "en"}

    Returns
    -------
    str
    """
    return say("two_stage.drawn", language, n=name) if name.isdigit() else name
