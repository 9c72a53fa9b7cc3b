"""The widgets of the tab 报告, and what the page's script asks of the server while one works with it."""

from __future__ import annotations

import atexit
from typing import Any

import gradio as gr

from web.desk import Desk
from web.i18n import language_of, words
from web.reports.answers import Reports
from web.reports.jobs import Jobs
from web.share import visitor_of
from web.widgets import QUIET

_ON_LOAD = "wenbao.reports({ element, watch, server })"


def build_reports_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab. All of it is asked for by the script (``server``): nothing waits behind questions."""
    jobs = Jobs(desk.index_dir, desk.settings)
    atexit.register(jobs.close)
    # Gradio lists in ``upload_file_set`` every file that it took, by the path that it gave it.
    reports = Reports(desk, jobs, page.upload_file_set)

    # Gradio gives these the request by its annotation, and tells them by their names to the script.
    def look(sent: Any, request: gr.Request) -> dict[str, Any]:
        return reports.look(sent, words(language_of(request)))

    def open(sent: Any, request: gr.Request) -> dict[str, Any]:
        return reports.open(sent, words(language_of(request)))

    def changes(sent: Any, request: gr.Request) -> dict[str, Any]:
        return reports.changes(sent, words(language_of(request)))

    def act(sent: Any, request: gr.Request) -> dict[str, Any]:
        return reports.act(sent, words(language_of(request)), visitor_of(request))

    shown = gr.HTML(
        "",
        elem_id="reports",
        apply_default_css=False,
        js_on_load=_ON_LOAD,
        server_functions=[look, open, changes, act],
    )

    def show(request: gr.Request) -> str:
        return reports.frame(words(language_of(request)))

    page.load(show, None, shown, **QUIET)
