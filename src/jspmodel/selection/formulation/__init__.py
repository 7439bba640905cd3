"""The model, stated: variables and rows in PuLP, the same as arrays, and which column is what."""

from jspmodel.selection.formulation.column_map import read_layout
from jspmodel.selection.formulation.model import Answer, Model, solver_name
from jspmodel.selection.formulation.statement import FAMILIES, REPEATS, Formulation, formulate

__all__ = [
    "FAMILIES",
    "REPEATS",
    "Answer",
    "Formulation",
    "Model",
    "formulate",
    "read_layout",
    "solver_name",
]
