"""The page: a head, and tabs of which each package builds its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from web.ask import build_ask_tab
from web.chat import Chat
from web.i18n import both, label
from web.markup import templates
from web.widgets import html

# Seconds after which what Gradio keeps in files for a visitor is removed, and how often it looks.
FILES_KEPT = (3600, 3600)


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the page: its key (address ``#key``, words ``tab.key``) and what fills it."""

    key: str
    build: Callable[[gr.Blocks], None]


def build_page(chat: Chat, tabs: Sequence[Tab] = (), home: Path | None = None) -> gr.Blocks:
    """Return the page of ``chat`` and of the other ``tabs``; verdicts on answers are noted below ``home``."""
    page = gr.Blocks(title="问报", analytics_enabled=False, fill_width=True, delete_cache=FILES_KEPT)
    parts = (Tab("ask", build_ask_tab(chat, home)), *tabs)
    with page, gr.Column(elem_id="shell"):
        html(templates.get_template("header.html").render(both=both), "top", "wenbao.shell()")
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            for part in parts:
                with gr.Tab(label(f"tab.{part.key}"), id=part.key, elem_id=f"tab-{part.key}"):
                    part.build(page)
    return page
