"""Child processes that can be ended whatever they do, and end when their owner is gone."""

from jspmodel.processes.beside import run_beside
from jspmodel.processes.child import Child, EndedError
from jspmodel.processes.lender import Lender
from jspmodel.processes.map import process_map
from jspmodel.processes.owner import Owner

__all__ = ["Child", "EndedError", "Lender", "Owner", "process_map", "run_beside"]
