"""The model, stated: variables and rows in PuLP, the same as arrays, and which column is what."""

from jspmodel.selection.formulation.column_map import OF_PAYMENTS, read_column_map
from jspmodel.selection.formulation.model import Model, solver_name
from jspmodel.selection.formulation.statement import REPEATS, Formulation, families, formulate

__all__ = [
    "OF_PAYMENTS",
    "REPEATS",
    "Formulation",
    "Model",
    "families",
    "formulate",
    "read_column_map",
    "solver_name",
]
