"""The tabs beside 提问, in their order; each is built by its own package."""

from __future__ import annotations

from functools import partial

from web.about import build_about_tab
from web.desk import Desk
from web.figures import build_figures_tab
from web.page import Tab
from web.reports import build_reports_tab


def other_tabs(desk: Desk) -> tuple[Tab, ...]:
    """Return the tabs that show what ``desk`` holds."""
    return (
        Tab("figures", partial(build_figures_tab, desk)),
        Tab("reports", partial(build_reports_tab, desk)),
        Tab("about", partial(build_about_tab, desk)),
    )
