"""What every page has of its own: its style, its script, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib

from jspmodel.pages.html import TEMPLATES


def page_style() -> str:
    """Return the style sheet of all pages."""
    return (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8")


def page_script() -> str:
    """Return the script of pages with charts and folds."""
    return (TEMPLATES / "report" / "page.js").read_text(encoding="utf-8")


def content_policy(style: str, script: str = "") -> str:
    """Return the content security policy of a page: only its own style and, if it has one, script run."""
    return "; ".join(
        [
            "default-src 'none'",
            *([f"script-src '{_digest(script)}'"] if script else []),
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
