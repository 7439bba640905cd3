"""A page in the browser for who has no terminal: a workbook in, plan and report out."""

import lazy_loader

from jspmodel import grammars  # noqa: F401 (before nbformat, which Voilà imports too)

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
