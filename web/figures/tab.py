"""The widgets of the tab 数据."""

from __future__ import annotations

import gradio as gr

from web.desk import Desk
from web.figures.render import figures_page
from web.i18n import language_of
from web.widgets import QUIET, html


def build_figures_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab with how many figures each report holds."""
    shown = html("", "figures")

    def show(request: gr.Request) -> str:
        return figures_page(desk.library.reports, language_of(request))

    page.load(show, None, shown, **QUIET)
