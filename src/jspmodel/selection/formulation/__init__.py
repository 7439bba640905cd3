"""The model, stated: variables and rows in PuLP, the same as arrays, and which column is what."""

from jspmodel.selection.formulation.column_map import read_layout
from jspmodel.selection.formulation.formulate import FAMILIES, REPEATS, Formulation, formulate
from jspmodel.selection.formulation.model import Answer, Model, solver_name

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
