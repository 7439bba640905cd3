"""Imported before Altair and nbconvert: jsonschema, which they import, without a second of work beside it.

JupyterLab brings ``rfc3987_syntax``, from which jsonschema takes its check of international addresses (IRI).
Importing that builds 38 grammars, once a process. Here they are built when an address is first checked.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_GRAMMARS = "rfc3987_syntax"


def _import_jsonschema() -> None:
    if "jsonschema" in sys.modules or _GRAMMARS in sys.modules or find_spec(_GRAMMARS) is None:
        return
    later = ModuleType(_GRAMMARS)
    later.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
    sys.modules[_GRAMMARS] = later
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMARS]


def _is_valid_syntax(term: str, value: str) -> bool:
    answer: bool = import_module(_GRAMMARS).is_valid_syntax(term, value)
    return answer


_import_jsonschema()
