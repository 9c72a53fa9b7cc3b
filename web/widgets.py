"""What the parts of the page have in common when they make widgets."""

from __future__ import annotations

from typing import Any

import gradio as gr

# Nothing moves or covers the page while it waits, and no event of the page is public.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def html(value: str, elem_id: str | None = None, on_load: str | None = None) -> gr.HTML:
    """Return markup as a widget; ``on_load`` is JavaScript that runs once, when it is on the page."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=on_load)
