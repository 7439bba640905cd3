"""What a finished run is read as: pages, memo, workbook."""

from jspmodel import grammars  # noqa: F401 (before nbformat)
