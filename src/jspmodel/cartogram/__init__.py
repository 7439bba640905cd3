"""Maps from who borders on whom: regions of one size whose neighbours touch, and lines made shorter.

Knows regions, borders and positions, not cases. Methods: Cano et al. (2015), McNeill and Hale (2017),
Visvalingam and Whyatt (1993).
"""

from jspmodel.cartogram.outlines import Ring, Room
from jspmodel.cartogram.schematic import SchematicMap, schematic_map

__all__ = ["Ring", "Room", "SchematicMap", "schematic_map"]
