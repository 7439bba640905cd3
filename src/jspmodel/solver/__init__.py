"""Search and proof over a matrix: knows columns and rows, nothing of programmes in tables."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
