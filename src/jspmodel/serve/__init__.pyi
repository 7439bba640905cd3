from .page import show_page
from .server import serve

__all__ = ["serve", "show_page"]
