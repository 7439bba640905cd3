"""A certificate of a plan: what a stranger needs to check it, in a file, with a script that does."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import numpy as np

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem, SolverError
from jspmodel.intake import whole_folder
from jspmodel.measure import computed_once, weights
from jspmodel.plan import Plan
from jspmodel.proof import relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.formulation import formulate, solver_name
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.postoptimal.certificate.check_certificate import (
    CERTIFICATE,
    UNIT,
    Broken,
    Model,
    Prover,
    shown,
)
from jspmodel.selection.postoptimal.certificate.exact_model import (
    as_matrix,
    exact_model,
    floor_text,
    splittable,
    text_of,
)
from jspmodel.selection.postoptimal.certificate.exact_plan import exact_floor, exact_plan
from jspmodel.solver import Effort, Options, ProofNode, effort_units, proof_tree
from jspmodel.text import worded

SHARE = 0.2
"""Effort for the tree of a certificate, as a share of the scenario's."""
CHECKER = "check_certificate.py"
MULTIPLIER_PLACES = 9
"""Places of a multiplier: what is lost by rounding is less than is told of a bound."""
CLAIM = Decimal(1).scaleb(-9)
"""Worth and bound are claimed in these steps, rounded against the plan."""
BELOW = 0.999
"""A bound this part of a step above the plan is that of the plan: worths come in steps."""
SETTINGS = (
    "objective", "first_year", "last_year", "closed_years", "budget_scale", "criteria_weights",
    "weights_by_area_type", "priority_issues", "year_weights", "effect_levels", "diminishing_returns",
    "collaboration", "equity",
    "min_programs_per_dimension", "min_quick_wins", "no_new_systems", "spending_rules", "document_delay",
    "cofunding", "staff_limits", "terms_of_office",
    "locked_in", "locked_out",
)  # fmt: skip
"""Keys of the scenario that say what the model is; the others say how it is sought and told."""


@dataclass(frozen=True)
class Certificate:
    """What is claimed of a plan, and what proves it.

    Attributes
    ----------
    case, scenario : str
        Names.
    objective : float
        The plan is worth at least that (percent, or points), in whole numbers of a billionth.
    bound : float
        No plan of the stated model is worth more: what the leaves prove, rounded up.
    gap : float or None
        ``jspmodel.proof.relative_gap`` of both.
    floor : float or None
        The impact that each region with a need must reach (percent), a constant; None without an equity rule.
    leaves : int
        Of the tree: 1 where one set of multipliers proves the bound.
    document : str
        ``certificate.json``.
    tables : dict of str to str
        The tables as CSV, by file name.
    """

    case: str
    scenario: str
    objective: float
    bound: float
    gap: float | None
    floor: float | None
    leaves: int
    document: str
    tables: Mapping[str, str]

    def write(self, folder: str | Path) -> Path:
        """Write certificate, tables and the script that checks them into a folder of their own.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there; it must be empty.

        Returns
        -------
        Path
            The folder: ``certificate.json``, ``check_certificate.py``, ``tables/``.

        Raises
        ------
        DataError
            If the folder holds something already, or cannot be written.
        """
        place = Path(folder)
        try:
            if place.exists() and (not place.is_dir() or any(place.iterdir())):
                problem = Problem("folder_not_empty", place.as_posix())
                raise worded(DataError, [problem])
            with whole_folder(place) as whole:
                (whole / "tables").mkdir()
                for name, text in self.tables.items():
                    (whole / "tables" / name).write_bytes(text.encode())
                (whole / CERTIFICATE).write_bytes(self.document.encode())
                (whole / CHECKER).write_bytes(Path(check_certificate.__file__).read_bytes())
        except OSError as error:
            problem = Problem("not_writable", place.as_posix())
            raise worded(DataError, [problem]) from error
        return place


@computed_once()
def certify(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    *,
    effort: str | float | None = None,
    progress: Callable[[float], None] | None = None,
) -> Certificate:
    r"""Prove what a plan is worth, and that none is worth more than a bound, so that anybody can check it.

    The model is stated in decimals, with payments and without the price of money. The plan's payments are
    mended to the last digit. Then plans are split until each leaf's multipliers *y* of the rows
    :math:`\ell \le A x \le h` prove

    .. math:: c x \le \sum_i \max(y_i \ell_i, \; y_i h_i) + \sum_j \max(d_j l_j, \; d_j u_j), \qquad
        d = c - y A

    to be at most ``1 + solver.gap`` times the plan (Neumaier and Shcherbina, "Safe bounds in linear and
    mixed-integer linear programming", 2004), or the effort ends: the certificate then claims what its leaves
    prove. The idea of a certificate that others check is that of VIPR (Cheung, Gleixner and Steffy,
    "Verifying integer programming results", 2017).

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.
    effort : str or float, optional
        As ``solver.effort``, in place of the scenario's; ``SHARE`` of it is used.
    progress : callable, optional
        Called with the share of the effort that is spent.

    Returns
    -------
    Certificate
        With an equity rule it is about the constant ``plan.equity.floor`` (in millionths of a percent,
        rounded down): plans that keep a share of their own impact are not what it speaks of.

    Raises
    ------
    SolverError
        If the plan does not keep the rules exactly, or is the answer to other settings.
    """
    formulation = formulate(read_inputs(case, scenario))
    floor = None if plan.equity is None else floor_text(plan.equity.floor)
    told = exact_model(formulation, floor)
    model = Model(told)
    values = exact_plan(model, plan)
    if floor is not None:
        floor = exact_floor(model, values, floor)
        told = exact_model(formulation, floor)
        model = Model(told)
        values[-1] = model.low[-1]
    chosen = {name: shown(value) for name, value in zip(model.names, values, strict=True) if value}
    objective = _worth(model, chosen)
    claimed = _rounded(objective, ROUND_FLOOR)
    asked = scenario.solver.effort if effort is None else effort
    matrix = as_matrix(model)
    work = Effort(SHARE * effort_units(asked, matrix.entries))
    nodes = proof_tree(
        matrix,
        splittable(model),
        Options(1, scenario.solver.seed),
        _enough(model, float(claimed), scenario.solver.gap),
        work,
        None if progress is None else lambda spent: progress(min(1.0, spent / (spent + max(work.left, 0.0)))),
    )
    proof = _as_told(nodes)
    prover = Prover(model)
    proven = check_certificate.prove_objective(model, prover, proof)
    bound = claimed if proven is None else max(claimed, _rounded(proven, ROUND_CEILING))
    tables = _tables(case)
    document = {
        "format": check_certificate.FORMAT,
        "case": case.name,
        "scenario": scenario.name,
        "made_by": solver_name(),
        "claim": {"objective": text_of(claimed), "bound": text_of(bound)},
        "floor": floor,
        "settings": _settings(case, formulation.inputs.scenario),
        "tables": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tables.items()},
        "plan": chosen,
        "proof": proof,
        "model": told,
    }
    return Certificate(
        case=case.name,
        scenario=scenario.name,
        objective=float(claimed),
        bound=float(bound),
        gap=relative_gap(float(claimed), float(bound)),
        floor=None if floor is None else float(floor),
        leaves=prover.leaves,
        document=_json(document),
        tables=tables,
    )


def _worth(model: Model, chosen: dict[str, str]) -> int:
    try:
        return check_certificate.check_plan(model, chosen)
    except Broken as broken:
        problem = Problem("plan_not_exact", values={"name": broken.name})
        raise SolverError(str(broken), [problem]) from broken


def _enough(model: Model, objective: float, gap: float) -> float:
    """Return a bound that is good enough: within the gap, or below what a better plan would be worth."""
    step = model.step() / UNIT
    return objective + max(gap * abs(objective), BELOW * step)


def _rounded(value: int, how: str) -> Decimal:
    """Return a sum of products (units of 1e-24) in the steps of a claim."""
    return Decimal(value).scaleb(-24).quantize(CLAIM, how)


def _as_told(nodes: list[ProofNode]) -> list[dict[str, Any]]:
    """Return the tree as the file has it: of each node, the multipliers that differ from its parent's."""
    rounded = [np.round(node.duals * 10**MULTIPLIER_PLACES).astype(np.int64) for node in nodes]
    parent = {child: at for at, node in enumerate(nodes) for child in node.children}
    told = []
    for at, node in enumerate(nodes):
        before = rounded[parent[at]] if at in parent else np.zeros_like(rounded[at])
        changed = np.flatnonzero(rounded[at] != before)
        entry: dict[str, Any] = {"set": {str(row): _multiplier(rounded[at][row]) for row in changed.tolist()}}
        if node.split is not None:
            where = "row" if node.split.row else "column"
            entry |= {"split": {where: node.split.place, "at": node.split.at}, "children": [*node.children]}
        told.append(entry)
    return told


def _multiplier(value: int) -> str:
    return text_of(Decimal(int(value)).scaleb(-MULTIPLIER_PLACES))


def _tables(case: Case) -> dict[str, str]:
    """Return the tables as CSV: as they were read, in the columns of the schemas."""
    with tempfile.TemporaryDirectory() as folder:
        files = sorted(case.to_csv(Path(folder, "case")).glob("*.csv"))
        return {file.name: file.read_text(encoding="utf-8") for file in files}


def _settings(case: Case, scenario: Scenario) -> dict[str, Any]:
    """Return the settings that say what the model is; their figures as text."""
    told = scenario.model_dump(mode="json", include=set(SETTINGS))
    carried: dict[str, dict[int, float]] = {}
    for (fund, year), amount in case.carried_over.items():
        carried.setdefault(fund, {})[year] = amount
    if carried:
        told["carried_over"] = carried
    return {**_texts(told), "issues": [str(issue) for issue in weights(case, scenario).index]}


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _texts(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(part) for part in value]
    return text_of(Decimal(repr(value))) if isinstance(value, float) else value


def _json(document: dict[str, Any]) -> str:
    """Return the document: one column, row or node a line, so that people can read it and compare two."""
    parts = []
    for key, value in document.items():
        if key == "proof":
            parts.append(f"{json.dumps(key)}: {_lines(value)}")
        elif key == "model":
            inner = ",\n".join(f"{json.dumps(name)}: {_lines(items)}" for name, items in value.items())
            parts.append(f"{json.dumps(key)}: {{\n{inner}\n}}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(items: list[Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"
