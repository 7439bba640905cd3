"""What a process that reads or marks a workbook may take."""

MEMORY = 512 * 2**20
"""Bytes."""
SECONDS = 10
"""Of the processor, for reading."""
MARKING_SECONDS = 30
"""Of the processor, for a copy with marks, which keeps what a reader drops."""
LARGEST_FILE = 32 * 2**20
"""Bytes of a workbook."""
MOST_SAID = 256 * 2**20
"""Bytes that such a process may answer."""
