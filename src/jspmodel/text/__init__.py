"""Wording for people in Indonesian and English, and their number formats."""
