"""HTML pages that load nothing from anywhere: words escaped, charts, files to take along."""

from jspmodel import grammars  # noqa: F401 (before nbconvert)
