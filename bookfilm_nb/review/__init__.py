"""The finished film opened, measured, and shown in a report."""

from __future__ import annotations

from .measures import REVIEW_REVISION, Gate, Review, review
from .report import report_html

__all__ = ["REVIEW_REVISION", "Gate", "Review", "report_html", "review"]
