"""The reports that were asked for, and what they froze."""

from reporting.models.report import Report

__all__ = ["Report"]
