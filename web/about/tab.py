"""The widgets of the tab 关于."""

from __future__ import annotations

from functools import lru_cache

import gradio as gr

from index.exams import kept_exam
from retrieval.check import check
from retrieval.stated import Contradiction
from web.about.render import about_page, checked
from web.current import Shelf
from web.desk import Desk
from web.i18n import label, language_of, words
from web.widgets import QUIET, html


def build_about_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab with what is known about the model and the index in use, and a check of the reports."""
    with gr.Column(elem_id="about"):
        shown = html("")
        start = gr.Button(label("about.check"), elem_id="check", scale=0)
        result = html('<div role="status"></div>')

    def show(request: gr.Request) -> str:
        manifest = desk.current.manifest
        exam = kept_exam(desk.index_dir, manifest.generation)
        return about_page(manifest, exam, desk.read_only, words(language_of(request)))

    def run(request: gr.Request) -> str:
        return checked(_contradictions(desk.current.shelf), words(language_of(request)))

    page.load(show, None, shown, **QUIET)
    start.click(run, None, result, concurrency_limit=1, **QUIET)


# A check reads every figure of every report: once is enough for an index.
@lru_cache(maxsize=1)
def _contradictions(shelf: Shelf) -> list[Contradiction]:
    return check(shelf.retriever.index)
