"""What was computed once is kept: whoever asks the same again, in whatever process, is given the same answer.

An answer's place is named by the key of ``run.json``, the hash of all that it depends on, so nothing in the
store is ever out of date: it is found, or nobody asks for it any more.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path
from pydantic import TypeAdapter

from jspmodel.errors import RunError
from jspmodel.intake import is_there
from jspmodel.runs.atomic_write import write_atomically
from jspmodel.runs.read_back import read_back
from jspmodel.runs.record import is_finished
from jspmodel.runs.run_folders import subfolders

RUNS = Path("reports")
"""Where runs are written unless they are told otherwise; found from a notebook's folder too."""
MOST_ENTRIES, MOST_BYTES = 300, 256 * 2**20
"""How much is kept: what was not used longest goes first. A plan of DIY has 25 kB, its frontier as much."""
_KEY = re.compile(r"[0-9a-f]{64}")

T = TypeVar("T")


def store_folder() -> Path:
    """Return the folder of the store, in the cache of whoever runs this (docs/architecture.md says why)."""
    return user_cache_path("jspmodel", appauthor=False) / "plans"


@dataclass(frozen=True)
class Kept:
    """What is kept of one question.

    Attributes
    ----------
    key : str
        As ``run.json`` has it; empty: nothing is kept.
    case : str
        Name of the case: where its finished runs are looked for.
    anew : bool
        Whether what is there is not to be used, only replaced.
    """

    key: str = ""
    case: str = ""
    anew: bool = False

    def read(self, name: str, kind: TypeAdapter[T], fits: Callable[[T], bool] = lambda _: True) -> T | None:
        """Return what is kept under a name, in the store or in the folder of a finished run.

        Parameters
        ----------
        name : str
            Of the file, such as ``plan.json``.
        kind : TypeAdapter
            What it must be, to the letter.
        fits : callable
            Whether it can be the answer.

        Returns
        -------
        T or None
            None where there is nothing that is whole and fits: it is then to be computed, and replaced.
        """
        for folder in self._folders():
            if not is_there(folder / name):
                continue
            with suppress(RunError):
                found = read_back(folder / name, kind)
                if fits(found):
                    with suppress(OSError):
                        os.utime(folder)  # when it was last used
                    return found
        return None

    def write(self, name: str, text: str) -> None:
        """Keep a text; a store that cannot be written keeps nothing, which costs time only.

        Parameters
        ----------
        name : str
            Of the file.
        text : str
        """
        if not self.key:
            return
        place = store_folder() / self.key
        with suppress(OSError, RunError):
            for folder in (place.parent, place):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not _ours(folder):
                    return
            write_atomically(place / name, text)
            _tidy(place)

    def _folders(self) -> Iterator[Path]:
        """Yield where to look; a run is looked for only if the store has nothing."""
        if not self.key or self.anew:
            return
        place = store_folder() / self.key
        if _ours(place.parent) and _ours(place):
            yield place
        for root in (Path(), Path("..")):
            for folder in subfolders(root / RUNS / self.case):
                if is_finished(folder, self.key, ()):
                    yield folder


def _ours(folder: Path) -> bool:
    """Return whether this is a folder, no link to one, of whoever runs this: nobody else puts plans there."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _tidy(newest: Path) -> None:
    """Give up what was not used longest where there is too much."""
    entries = [item for item in newest.parent.iterdir() if _KEY.fullmatch(item.name) and _ours(item)]
    entries.sort(key=lambda item: (item != newest, -item.stat().st_mtime))
    size = 0
    for place, entry in enumerate(entries):
        size += sum(file.lstat().st_size for file in entry.iterdir())
        if place and (place >= MOST_ENTRIES or size > MOST_BYTES):
            shutil.rmtree(entry, ignore_errors=True)
