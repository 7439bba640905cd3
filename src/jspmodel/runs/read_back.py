"""The one reader of what stands in a folder of runs or in the store: anybody may have put it there."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, ValidationError

from jspmodel.errors import Problem, RunError
from jspmodel.intake import LARGEST_PLAN, RefusedFileError, dotted, read_regular, strict_json
from jspmodel.text import worded

T = TypeVar("T")


def _plausible(when: AwareDatetime) -> AwareDatetime:
    if not 2000 <= when.year < 3000:
        raise ValueError("no computer of ours ran then")
    return when


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
"""When something was run: the clock of a computer may be wrong, but a page can show it in any time zone."""

LONGEST_WORDS = 1_000_000
Name = Annotated[str, Field(max_length=32_767)]
"""What something is called, as long as a cell of a spreadsheet can be: a page with more cannot be read."""
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
"""What a run said when it failed."""


def read_back(file: Path, kind: TypeAdapter[T], sha256: str | None = None) -> T:
    """Read what a run has written.

    Parameters
    ----------
    file : Path
        Only a plain file is read, no link, of at most 32 MiB.
    kind : TypeAdapter
        What it must be, to the letter.
    sha256 : str, optional
        Of the contents that were recorded.

    Returns
    -------
    object

    Raises
    ------
    RunError
        If it is refused; the one problem says why.
    """
    try:
        data = read_regular(file, LARGEST_PLAN, links=False)
        strict_json(data)
        found = kind.validate_json(data, strict=True)
    except RefusedFileError as error:
        raise unreadable_run(file, error.code) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise unreadable_run(file, "not_as_written", dotted(tuple(first["loc"])) or "JSON") from error
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise unreadable_run(file, "other_than_recorded")
    return found


def unreadable_run(file: Path, code: str, place: str = "") -> RunError:
    """Return the error of a file that is not as a run leaves it.

    Parameters
    ----------
    file : Path
    code : str
        Of the problem.
    place : str
        Within the file.

    Returns
    -------
    RunError
    """
    return worded(RunError, [Problem(code, file.as_posix(), values={"place": place} if place else {})])
