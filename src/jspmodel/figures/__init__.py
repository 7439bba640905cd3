"""What is said of a case and a plan: pure functions, below charts and reports."""
