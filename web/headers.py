"""What every response carries: a content policy that lets nothing in or out but our own.

Gradio's page starts with inline scripts, so each page gets a nonce for them; scripts that
come in any other way do not run. ``gr.HTML`` compiles its template in the browser, which
needs ``unsafe-eval``; Gradio sets ``style`` attributes, which needs inline styles.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.i18n import Language, language_of

# Turns a page as Gradio sends it into ours, given the nonce of its scripts and the visitor's language.
Shell = Callable[[bytes, str, Language], bytes]

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Other sites learn nothing; with "no-referrer" our own sign-in form could not say where it comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_policy(nonce: str) -> str:
    """Return the value of Content-Security-Policy for a page whose scripts have ``nonce``."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecureHeaders:
    """ASGI middleware: sets the headers on every response, and puts ``shell`` around pages."""

    def __init__(self, app: ASGIApp, shell: Shell) -> None:
        self.app = app
        self.shell = shell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer with the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Response(self.shell, language_of(Request(scope)), send).send)


class _Response:
    """One response on its way out; a page is held until it is whole, to be rewritten."""

    def __init__(self, shell: Shell, language: Language, send: Send) -> None:
        self._shell = shell
        self._language = language
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.update({**FIXED_HEADERS, "Content-Security-Policy": content_policy(self._nonce)})
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        page = self._shell(bytes(self._body), self._nonce, self._language) if self._body else b""
        headers = MutableHeaders(raw=start["headers"])
        if page:
            headers["content-length"] = str(len(page))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})
