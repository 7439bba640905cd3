"""What a finished run is read as: pages, memo, workbook."""

import lazy_loader

from jspmodel import grammars  # noqa: F401 (before nbformat)

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
