"""What a case says of itself beside its tables, as far as it is sound: to be taken along with the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jspmodel.intake.carried_money import CARRIED, carried_of
from jspmodel.intake.folder import contributors_of, level_of, question_of, title_of

_SAID = (
    "title", "title_en", "question", "question_en", "level", "known_systems", "contributors", CARRIED
)  # fmt: skip


def said_of_itself(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case says of itself; nothing where some of it is not sound.

    Parameters
    ----------
    package : mapping
        What ``datapackage.json`` holds, or what somebody says that it does.

    Returns
    -------
    dict of str to object
    """
    said = {key: package[key] for key in _SAID if key in package}
    parts = (title_of(said, ""), level_of(said), contributors_of(said), carried_of(said), question_of(said))
    return {} if any(part[-1] for part in parts) else said
