"""The tab 报告: the reports that can be asked about."""

from web.reports.tab import build_reports_tab

__all__ = ["build_reports_tab"]
