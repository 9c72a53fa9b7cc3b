"""The widgets of the tab 关于."""

from __future__ import annotations

import gradio as gr

from web.about.render import about_page
from web.desk import Desk
from web.i18n import language_of
from web.widgets import QUIET, html


def build_about_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab with what is known about the model and the index in use."""
    shown = html("", "about")

    def show(request: gr.Request) -> str:
        return about_page(desk.library.manifest, language_of(request))

    page.load(show, None, shown, **QUIET)
