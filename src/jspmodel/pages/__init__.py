"""HTML pages that load nothing from anywhere: words escaped, charts, files to take along."""

import lazy_loader

from jspmodel import grammars  # noqa: F401 (before nbconvert)

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
