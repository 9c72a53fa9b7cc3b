"""The widgets of the tab 关于."""

from __future__ import annotations

import gradio as gr

from index.exams import kept_exam
from web.about.render import about_page
from web.desk import Desk
from web.i18n import language_of, words
from web.widgets import QUIET, html


def build_about_tab(desk: Desk, page: gr.Blocks) -> None:
    """Fill the tab with what is known about the model and the index in use."""
    with gr.Column(elem_id="about"):
        shown = html("")

    def show(request: gr.Request) -> str:
        manifest = desk.current.manifest
        exam = kept_exam(desk.index_dir, manifest.generation)
        return about_page(manifest, exam, desk.read_only, words(language_of(request)))

    page.load(show, None, shown, **QUIET)
