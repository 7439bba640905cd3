"""Child processes that can be ended whatever they do, and end when their owner is gone."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
