"""``jspmodel certify``: a plan's certificate, in a folder that anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from jspmodel.commands.console import OUT, Teller, changes_of, mendable, tell_place, warn
from jspmodel.commands.out_folder import require_writable_folder
from jspmodel.intake import require_new_folder
from jspmodel.measure import computed_once
from jspmodel.proof import NO_GAP
from jspmodel.runs import Kept, find_plan, load_judged
from jspmodel.scenario import Language, Scenario
from jspmodel.selection.postoptimal import Certificate
from jspmodel.selection.postoptimal import certify as make
from jspmodel.text import number, run_name, say


def certify(target: str, out: Path, changes: Sequence[str], language: Language, *, effort: str = "") -> None:
    """Write the certificate of a scenario's plan, and say what it proves.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    out : Path
        Folder of the certificate: not there, or empty.
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    effort : str
        As ``solver.effort``, for the certificate alone; empty: the scenario's.
    """
    settings = changes_of(changes, language)
    with mendable(language):
        require_new_folder(out)
        require_writable_folder(out)  # before anything is sought: a proof is not kept
        case, scenario, record, warnings = load_judged(target, settings)
        asked = _effort(scenario, effort)
        tell_place(case, language)
        warn(warnings, language)
        name = run_name(scenario.name, scenario.name, settings) or scenario.name
        with Teller(scenario, language, name) as teller, computed_once():
            teller.step("solve")
            plan = find_plan(case, scenario, Kept(record["key"], case.name), teller.found)
            teller.step("certify")
            certificate = make(case, scenario, plan, effort=asked)
        folder = certificate.write(out)
    _tell(certificate, folder, language, name)


def _effort(scenario: Scenario, told: str) -> str | float | None:
    """Return the effort asked for, judged as a setting is."""
    if not told:
        return None
    try:
        value: str | float = float(told)
    except ValueError:
        value = told
    return scenario.replace({"solver.effort": value}).solver.effort


def _tell(certificate: Certificate, folder: Path, language: Language, name: str) -> None:
    gap = certificate.gap
    kind = "nothing" if gap is None else "proven" if gap < NO_GAP else "within"
    words = {
        "scenario": name,
        "objective": number(certificate.objective, language, 4),
        "bound": number(certificate.bound, language, 4),
        "gap": number(100 * (gap or 0.0), language, 2),
        "leaves": number(certificate.leaves, language),
    }
    OUT.print(escape(say(f"certificate.told_{kind}", language, **words)), soft_wrap=True)
    OUT.print(escape(say("certificate.written", language, folder=folder.as_posix())), soft_wrap=True)
