"""The only reader of input: table schemas, loading, checks."""
