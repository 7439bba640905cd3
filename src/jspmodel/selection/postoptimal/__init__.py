"""Post-optimality analysis: why this plan, and what would change it."""
