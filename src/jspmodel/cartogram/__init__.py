"""Maps: regions of one size whose neighbours touch, and official shapes made fit for a picture.

Knows regions, borders, positions and shapes, not cases. Methods: Cano et al. (2015), McNeill and Hale (2017),
Visvalingam and Whyatt (1993).
"""

from jspmodel.cartogram.outlines import Ring, Room
from jspmodel.cartogram.plane import label_room, plane
from jspmodel.cartogram.schematic import SchematicMap, schematic_map
from jspmodel.cartogram.simplification import Polygons, area, simplify

__all__ = [
    "Polygons",
    "Ring",
    "Room",
    "SchematicMap",
    "area",
    "label_room",
    "plane",
    "schematic_map",
    "simplify",
]
