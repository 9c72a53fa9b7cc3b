"""The tab 数据: the figures of all reports as a table."""

from web.figures.tab import build_figures_tab

__all__ = ["build_figures_tab"]
