"""The decision as a *telaahan staf*, the memo that officials know, to be edited in a word processor."""

from jspmodel.documents.memo.memo import write_memo

__all__ = ["write_memo"]
