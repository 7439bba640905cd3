"""Files, and folders of them, that are whole or not there."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jspmodel.errors import DataError, Problem
from jspmodel.text import worded


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Give a place beside a file, which replaces it once all is written there; else nothing stays.

    Parameters
    ----------
    file : Path

    Yields
    ------
    Path
        Nothing is there, and nobody else writes there.

    Raises
    ------
    OSError
        If the file may not be written.
    """
    unfinished = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    try:
        yield unfinished
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write a text so that readers see the earlier file or the whole new one; a full disk leaves the earlier.

    Parameters
    ----------
    file : Path
    text : str

    Raises
    ------
    OSError
        If the file may not be written.
    """
    with replacing(file) as unfinished, unfinished.open("xb") as writer:
        # Who may read it is what the umask says.
        writer.write(text.encode())


@contextmanager
def whole_folder(place: Path) -> Iterator[Path]:
    """Give a folder whose content comes to stand at a place once all is written; else nothing stays there.

    Parameters
    ----------
    place : Path
        Not there, or an empty folder.

    Yields
    ------
    Path
        Empty, of the name of the place, to be filled.

    Raises
    ------
    OSError
        If it may not be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    is_there = place.is_dir()  # then it stays what it is: somebody's own folder of now, or another disk
    with tempfile.TemporaryDirectory(prefix=".new-", dir=place if is_there else place.parent) as hidden:
        whole = Path(hidden, place.absolute().name)
        whole.mkdir()  # who may look into it is what the umask says
        yield whole
        if not is_there:
            whole.rename(place)
        for part in sorted(whole.iterdir()) if is_there else ():
            part.rename(place / part.name)


def require_new_folder(place: Path) -> None:
    """Refuse a place where a folder of its own cannot come to stand, as something is there already.

    Parameters
    ----------
    place : Path

    Raises
    ------
    DataError
        If it is a file, a folder that holds something, or one that cannot be looked into.
    """
    try:
        if place.is_dir() and any(place.iterdir()):
            raise worded(DataError, [Problem("folder_not_empty", place.as_posix())])
    except OSError as error:
        raise worded(DataError, [Problem("not_writable", place.as_posix())]) from error
    if place.exists() and not place.is_dir():
        raise worded(DataError, [Problem("exists_already", place.as_posix())])


@contextmanager
def replacing_together(folder: Path) -> Iterator[Path]:
    """Give a place in a folder, whose files replace those of the folder once all are written; else none does.

    Parameters
    ----------
    folder : Path

    Yields
    ------
    Path
        Empty, to be filled with files.

    Raises
    ------
    OSError
        If one of the files may not be written.
    """
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as hidden:
        fresh = Path(hidden, "new")
        fresh.mkdir()
        yield fresh
        _replace_all(fresh, folder, Path(hidden))


def _replace_all(fresh: Path, folder: Path, earlier: Path) -> None:
    """Let files take their places one after the other; where one may not, put back what stood there."""
    names = sorted(file.name for file in fresh.iterdir())
    there = [name for name in names if (folder / name).exists()]
    for name in there:  # a disk that is full is full now, when nothing has changed yet
        shutil.copy2(folder / name, earlier / name)
    done: list[str] = []
    try:
        for name in names:
            (fresh / name).replace(folder / name)
            done.append(name)
    except OSError:
        for name in done:
            if name in there:
                (earlier / name).replace(folder / name)
            else:
                (folder / name).unlink()
        raise
