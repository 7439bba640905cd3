"""Imported before Altair and nbconvert: jsonschema, which they import, without a second of work beside it.

JupyterLab brings ``rfc3987_syntax``, from which jsonschema takes its check of international addresses (IRI).
Importing that builds 38 grammars, once a process. Here they are built when an address is first checked.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_GRAMMARS = "rfc3987_syntax"


def _stand_in() -> None:
    if _GRAMMARS in sys.modules or "jsonschema" in sys.modules or find_spec(_GRAMMARS) is None:
        return
    later = ModuleType(_GRAMMARS)
    later.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
    later.__getattr__ = _attribute  # type: ignore[method-assign]
    sys.modules[_GRAMMARS] = later


def _attribute(name: str) -> object:
    if name.startswith("__"):  # what imports ask of every module
        raise AttributeError(name)
    return getattr(_real(), name)


@cache
def _real() -> ModuleType:
    sys.modules.pop(_GRAMMARS, None)
    return import_module(_GRAMMARS)


def _is_valid_syntax(term: str, value: str) -> bool:
    answer: bool = _real().is_valid_syntax(term, value)
    return answer


_stand_in()
