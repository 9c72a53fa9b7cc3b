"""The widgets of the tab 报告."""

from __future__ import annotations

import gradio as gr

from web.desk import Desk
from web.i18n import language_of
from web.reports.render import reports_page
from web.widgets import QUIET, html


def build_reports_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab with the reports of the index."""
    shown = html("", "reports")

    def show(request: gr.Request) -> str:
        return reports_page(desk.library.reports, language_of(request))

    page.load(show, None, shown, **QUIET)
