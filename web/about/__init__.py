"""The tab 关于: what answers here, from what, and whether it is sound."""

from web.about.tab import build_about_tab

__all__ = ["build_about_tab"]
