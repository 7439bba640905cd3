"""The report of a made-up province of any size under a plan by hand: what only many regions show."""

import ast
from itertools import cycle
from pathlib import Path

import nbformat
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_code_cell, new_notebook, new_output

import jspmodel as jsp
from jspmodel import measure
from jspmodel.generate import Size, generate_case
from jspmodel.pages import notebook_to_html
from jspmodel.plan import Choice, Payment, PlannedProgram, RegionResult
from jspmodel.report import Decision
from jspmodel.report.decision import assemble
from jspmodel.scenario import Language, Scenario
from small_decision import small_plan

NOTEBOOK = Path(__file__).parents[1] / "notebooks/08_scenario_report.ipynb"


def decided(regions: int, programs: int) -> Decision:
    """Return three of five programmes in every region that they may have, paid by the funds in turn."""
    case, scenario = generate_case(Size(regions, programs)), Scenario()
    years, where = list(measure.horizon(case, scenario)), measure.eligible_regions(case)
    planned = [
        PlannedProgram(program=code, selected=True, start=years[k % 4], regions=where[code], impact=0.1)
        if k % 5 < 3
        else PlannedProgram(
            program=code,
            selected=False,
            reason="money",
            reason_values={"short": 1.0, "cost": 2.0, "gain": 0.3},
        )
        for k, code in enumerate(case.programs["program"])
    ]
    chosen = [Choice(program=p.program, start=p.start, regions=p.regions) for p in planned if p.selected]
    paid = [
        Payment(program=choice.program, fund=fund, year=year, amount=float(amount))
        for choice, fund in zip(chosen, cycle(case.funds["fund"]), strict=False)
        for year, amount in measure.yearly_costs(case, choice, years).sum().items()
        if amount > 0
    ]
    got = [
        RegionResult(region=region, impact=10.0, need=1 / regions, cost=1.0)
        for region in case.regions["region"]
    ]
    plan = small_plan(programs=tuple(planned), funding=tuple(paid), regions=tuple(got))
    return assemble(case, scenario, plan)


def report(decision: Decision, language: Language) -> str:
    """Return the page that the notebook of a report makes of a decision."""
    names = {"jsp": jsp, "decision": decision, "language": language}
    names |= {"case": decision.case, "settings": decision.scenario, "plan": decision.plan}
    cells = []
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", ()):
            continue
        *before, last = ast.parse(cell.source).body
        if "decide" not in cell.source:
            exec(compile(ast.Module(before, []), cell.id, "exec"), names)
        shown = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
        if shown is not None:
            data, _ = DisplayFormatter().format(shown)
            output = new_output("execute_result", data=data)
            cells.append(new_code_cell(metadata=cell.metadata, outputs=[output]))
    return notebook_to_html(new_notebook(cells=cells), language)
