"""How long the fuzzers go on: little in the suite, as long as one likes by hand."""

import os

ROUNDS = int(os.environ.get("JSPMODEL_FUZZ", "1"))
"""``JSPMODEL_FUZZ=200 pytest tests/fuzz`` looks at 200 times as much, from other seeds."""
