"""What each command does, told on the terminal."""

from jspmodel.commands.check import check
from jspmodel.commands.run import run
from jspmodel.commands.solve import evaluate, solve
from jspmodel.commands.start import init, lab
from jspmodel.commands.synthetic import Synthetic
from jspmodel.commands.workbook import import_workbook, template

__all__ = ["Synthetic", "check", "evaluate", "import_workbook", "init", "lab", "run", "solve", "template"]
