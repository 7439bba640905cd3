"""What each command does, told on the terminal."""

from jspmodel.commands.check import check
from jspmodel.commands.compare import compare
from jspmodel.commands.run import How, run
from jspmodel.commands.solve import evaluate, solve
from jspmodel.commands.start import init, lab
from jspmodel.commands.synthetic import Synthetic
from jspmodel.commands.workbook import import_workbook, template

__all__ = [
    "How",
    "Synthetic",
    "check",
    "compare",
    "evaluate",
    "import_workbook",
    "init",
    "lab",
    "run",
    "solve",
    "template",
]
