"""Search and proof over a matrix: knows columns and rows, nothing of programmes in tables."""
