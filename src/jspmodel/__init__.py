"""Planning across regions: from strategic issues to a proven, explained portfolio of joint programmes.

>>> import jspmodel as jsp
>>> case, scenario = jsp.load("diy")
>>> case.regions["name"].tolist()[:2]
['Kabupaten Kulon Progo', 'Kabupaten Bantul']

A shipped case goes by its name (``jsp.load("diy")``, ``jsp.load("diy/scenarios/cut-10.yaml")``), one of
your own by its path, one in memory by ``jsp.Case.from_frames``. From there:
``jsp.rank_issues(case, scenario)``, ``jsp.collaboration_graph(case, scenario)``,
``plan = jsp.select_programs(case, scenario)``, ``jsp.simulate(case, scenario, plan)``; or all of them at
once, ``jsp.decide("diy")``.
"""

import lazy_loader

__version__ = "0.1.0"

# Imported when first used, so that the command line answers at once.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
