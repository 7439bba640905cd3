"""Who should work together: the graph of regions and issues."""

from jspmodel.collaboration.graph import collaboration_graph

__all__ = ["collaboration_graph"]
