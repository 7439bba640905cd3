"""The folders in a folder of runs, whoever has put what there."""

from __future__ import annotations

import os
from pathlib import Path


def subfolders(place: Path) -> list[Path]:
    """Return the folders in a folder, sorted.

    Parameters
    ----------
    place : Path

    Returns
    -------
    list of Path
        Hidden ones are left out; none where the folder is not there, or may not be looked into.
    """
    try:
        with os.scandir(place) as found:
            names = sorted(item.name for item in found if not item.name.startswith(".") and _is_folder(item))
    except (OSError, ValueError):
        return []
    return [place / name for name in names]


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:
        return False


def leads_out(folder: Path, place: Path) -> bool:
    """Return whether a folder is a link, or stands behind one, to somewhere outside of a place.

    Parameters
    ----------
    folder : Path
        Within ``place`` by its name.
    place : Path
    """
    try:
        return not folder.resolve().is_relative_to(place.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return True
