"""The widgets of the tab 数据, and what the page's script asks of the server while one works with it."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from web.desk import Desk
from web.figures.answers import Figures
from web.i18n import language_of, words
from web.widgets import QUIET, html

_ON_LOAD = "wenbao.figures({ element, trigger: (picked) => trigger('select', picked), watch, server })"


def build_figures_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab: the boxes of the filter, the chart of what is picked, and the table.

    The table, the comparison and the files are asked for by the script (``server``), so that what
    is typed does not wait in a queue; the chart is a widget, and drawn by an event.
    """
    figures = Figures(desk.current)

    # Gradio gives these the request by its annotation, and tells them by their names to the script.
    def look(sent: Any, request: gr.Request) -> dict[str, Any]:
        return figures.look(sent, words(language_of(request)))

    def compare(sent: Any, request: gr.Request) -> dict[str, Any]:
        return figures.compare(sent, words(language_of(request)))

    def check(sent: Any, request: gr.Request) -> dict[str, Any]:
        return figures.check(words(language_of(request)))

    def file(sent: Any, request: gr.Request) -> dict[str, Any]:
        return figures.file(sent, words(language_of(request)))

    with gr.Column(elem_id="figures-tab"):
        top = gr.HTML(
            "",
            elem_id="figures",
            apply_default_css=False,
            js_on_load=_ON_LOAD,
            server_functions=[look, compare, check, file],
        )
        with gr.Column(elem_id="figures-drawing"):
            over = html("", "figures-drawn")
            plot = gr.Plot(
                visible=False, show_label=False, container=False, buttons=[], elem_id="figures-plot"
            )
        bottom = html("", "figures-ledger")

    def show(request: gr.Request) -> tuple[str, str]:
        return figures.frame(words(language_of(request)))

    def draw(request: gr.Request, event: gr.EventData) -> tuple[str, Any]:
        told, spec = figures.draw(event._data, words(language_of(request)))
        chart = PlotData(type="altair", plot=json.dumps(spec)) if spec else None
        return told, gr.Plot(value=chart, visible=chart is not None)

    page.load(show, None, [top, bottom], **QUIET)
    top.select(draw, None, [over, plot], **QUIET)
