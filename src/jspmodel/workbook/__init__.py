"""Excel in, Excel out: a case as a workbook for planners, and what they made of it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
