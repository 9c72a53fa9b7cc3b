"""The server: how Gradio is started, and the page around its widgets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from web.assets import script, style_sheet
from web.auth import Door
from web.gate import Gate
from web.headers import SecureHeaders
from web.i18n import Language, for_gradio

# People who may wait for an answer at once; the next is told to try again.
QUEUE_SIZE = 64
# People who are served at once where nothing is computed; for answers see ``web.share``.
PEOPLE_AT_ONCE = 8
THREADS = 16

# Gradio asks its own server, before it serves, whether that is up; browsers ask for the icon.
_OPEN = ("/gradio_api/startup-events", "/favicon.ico")
_ICON = Path(__file__).parent / "icon.svg"
_STYLE = style_sheet()
_SCRIPT = script()
_FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "system-ui", "sans-serif"]
_META = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


def start(
    page: gr.Blocks,
    host: str,
    port: int,
    private: Path,
    routes: Sequence[BaseRoute] = (),
    upload_limit: int = 0,
    door: Door | None = None,
) -> gr.Blocks:
    """Serve ``page`` and ``routes`` from now on, in the background; uploads up to ``upload_limit`` bytes.

    With a ``door``, only to those who sign in.  No file under ``private`` is ever sent out as a file.

    Raises OSError if the port is taken.
    """
    page.queue(max_size=QUEUE_SIZE, default_concurrency_limit=PEOPLE_AT_ONCE)
    page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        show_error=False,
        strict_cors=True,
        enable_monitoring=False,
        run_history=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        allowed_paths=[],
        blocked_paths=[str(private)],
        max_file_size=upload_limit,
        max_threads=THREADS,
        footer_links=[],
        favicon_path=_ICON,
        theme=_theme(),
        i18n=for_gradio(),
        app_kwargs={
            "routes": [_STYLE.route(), _SCRIPT.route(), *routes],
            "middleware": [Middleware(SecureHeaders, shell=shell), *_gates(door)],
            "openapi_url": None,
        },
    )
    return page


def _gates(door: Door | None) -> list[Middleware]:
    if door is None:
        return []
    return [Middleware(Gate, door=door, open_paths=(f"/{_STYLE.url}", f"/{_SCRIPT.url}", *_OPEN))]


def shell(page: bytes, nonce: str, language: Language) -> bytes:
    """Return Gradio's page in ``language``, with our style sheet and script, and ``nonce`` on its scripts.

    What Gradio tells to other sites about itself (pictures, addresses) is left out.
    """
    page = _META.sub(b"", page).replace(b'lang="en"', f'lang="{language}"'.encode(), 1)
    page = page.replace(b"<script", f'<script nonce="{nonce}"'.encode())
    links = (
        f'<link rel="stylesheet" href="{_STYLE.url}"><script nonce="{nonce}" src="{_SCRIPT.url}"></script>'
    )
    return page.replace(b"</head>", f"{links}</head>".encode(), 1)


def _theme() -> gr.themes.Base:
    """Return Gradio's plainest theme with system fonts; the rest is in ``web/style``."""
    return gr.themes.Base(font=_FONTS, font_mono=["Consolas", "monospace"]).set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#12151a",
        body_text_color="#1a1f27",
        body_text_color_dark="#e7eaee",
    )
