"""``jspmodel serve``."""

from __future__ import annotations

import shutil
import webbrowser
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import typer
from rich.markup import escape

from jspmodel.commands.console import ERR, OUT, mendable
from jspmodel.intake import ADOPTED_FOLDER, PACKAGE, SCENARIO_FOLDER, find_folder, is_plain, scenario_files
from jspmodel.scenario import Language
from jspmodel.text import say

_TAKEN = (
    "*.csv", "*.geojson", "*.topojson", PACKAGE,
    f"{SCENARIO_FOLDER}/*.yaml", f"{ADOPTED_FOLDER}/*.json",
)  # fmt: skip


def serve_page(case: str, language: Language, port: int, *, no_browser: bool) -> None:
    """Show the page to the browsers of this computer until Ctrl-C.

    Parameters
    ----------
    case : str
        Folder of a case to begin with, which is copied and never written; empty: none.
    language : {"id", "en"}
    port : int
        0: one that is free.
    no_browser : bool
        Open no browser.
    """
    if find_spec("voila") is None:
        ERR.print(escape(say("serve.lacking", language)), soft_wrap=True)
        raise typer.Exit(1)
    with mendable(language):
        folder = find_folder(case) if case else None
        if folder is not None:
            scenario_files(str(folder))  # raises where there is none
    from jspmodel.serve import serve

    def tell(url: str) -> None:
        OUT.print(escape(say("serve.at", language, url=url)), soft_wrap=True)
        OUT.print(escape(say("serve.how_to_end", language)), soft_wrap=True)
        if not no_browser:
            webbrowser.open(url)

    try:
        with suppress(KeyboardInterrupt):  # how it is meant to end
            serve(lambda cases: _copy(folder, cases), language, port, tell)
    except OSError as error:
        if not isinstance(error, PermissionError) and port == 0:
            raise
        ERR.print(escape(say("serve.port_taken", language, port=port)), soft_wrap=True)
        raise typer.Exit(1) from error
    OUT.print(escape(say("serve.ended", language)), soft_wrap=True)


def _copy(folder: Path | None, cases: Path) -> None:
    """Copy what a case is made of, no more: whatever else lies beside it stays where it is."""
    if folder is None:
        return
    target = cases / folder.resolve().name
    (target / SCENARIO_FOLDER).mkdir(parents=True)
    for file in (found for pattern in _TAKEN for found in folder.glob(pattern)):
        if is_plain(file):
            place = target / file.relative_to(folder)
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, place)
