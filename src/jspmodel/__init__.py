"""jspmodel."""
