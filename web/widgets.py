"""What the parts of the page have in common when they make widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from web.i18n import LANGUAGES, Words, words

# Nothing moves or covers the page while it waits, and no event of the page is public.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# JavaScript in the browser: markup is shown as it is, and of markup in both languages the page's own.
_VALUE = "${typeof value === 'string' ? value : (value[document.documentElement.lang] ?? '')}"


def html(value: Any, elem_id: str | None = None, on_load: str | None = None, template: str = "{}") -> gr.HTML:
    """Return markup as a widget.

    ``value`` is markup, or markup by language (``in_both``); ``on_load`` is JavaScript that runs once,
    when it is on the page; ``template`` stands around the markup, whose place is ``{}``.
    """
    return gr.HTML(
        value,
        elem_id=elem_id,
        apply_default_css=False,
        js_on_load=on_load,
        html_template=template.replace("{}", _VALUE),
    )


def in_both(render: Callable[[Words], str]) -> dict[str, str]:
    """Return markup in each language, for a page that is made before anyone visits."""
    return {language: render(words(language)) for language in LANGUAGES}
