from .run_report import write_reports

__all__ = [
    "write_reports",
]
