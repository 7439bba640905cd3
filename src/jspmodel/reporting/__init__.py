"""From a plan to what people read: the decision, the parts of the report, its page."""

from jspmodel import grammars  # noqa: F401 (before nbconvert)
