"""The gate before the page: who has no session sees the sign-in page and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from math import ceil
from urllib.parse import parse_qs, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web import share
from web.auth import SESSION_SECONDS, Door
from web.i18n import language_of, words
from web.markup import templates

SESSION = "wenbao-session"
# Names nobody; the browser keeps the conversations of several people apart by it.
USER = "wenbao-user"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# Where one wanted to go, in the address of the sign-in page: an address of this page alone, and no longer than that.
WANTED = "to"
_OWN = re.compile(r"/(?:[\w.~%?&=+:,;!$'()*@-][\w.~%?&=+:,;!$'()*@/-]{0,7999})?", re.ASCII)
# Bytes of what the sign-in page sends.
LONGEST_FORM = 10_000
LONGEST_NAME = 60  # characters, as in ``web.auth``

_PAGE = templates.get_template("sign_in.html")


class Gate:
    """ASGI middleware: passes on what comes with a session, and what ``open_paths`` name."""

    def __init__(self, app: ASGIApp, door: Door, open_paths: Collection[str]) -> None:
        self.app = app
        self.door = door
        self.open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer in its place."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        answer = await self._answer(request)
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """Return the gate's own answer; None where the request may pass."""
        path, token = request.url.path, _cookies(request).get(SESSION, "")
        if path == SIGN_IN:
            return await self._sign_in(request)
        name = self.door.name_of(token)
        request.scope[share.USER] = name
        if path == SIGN_OUT and request.method == "POST" and _is_ours(request):
            self.door.leave(token)
            answer = RedirectResponse(SIGN_IN, 303)
            answer.delete_cookie(SESSION)
            answer.delete_cookie(USER)
            return answer
        if name is not None or path in self.open_paths:
            return None
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(_sign_in_for(_address_of(request)), 303)
        return JSONResponse({"detail": "请先登录。"}, 401)

    async def _sign_in(self, request: Request) -> Response:
        if request.method != "POST":
            return _page(request, "")
        if not _is_ours(request):
            return _page(request, "sign.again", status=403)
        sent = await _form(request)
        name, password, address = sent.get("name", ""), sent.get("password", ""), _address(request)
        if (wait := self.door.wait(name, address)) > 0:
            return _page(request, "sign.wait", 429, name, minutes=ceil(wait / 60))
        token = await run_in_threadpool(self.door.enter, name, password, address)
        if token is None:
            return _page(request, "sign.wrong", 401, name)
        answer = RedirectResponse(_wanted(request), 303)
        safe = request.url.scheme == "https"
        answer.set_cookie(SESSION, token, SESSION_SECONDS, httponly=True, samesite="lax", secure=safe)
        user = hashlib.sha256(name.encode()).hexdigest()[:12]
        answer.set_cookie(USER, user, SESSION_SECONDS, samesite="lax", secure=safe)
        return answer


def _page(request: Request, message: str, status: int = 200, name: str = "", **values: object) -> Response:
    """Return the sign-in page with a message; the ``name`` that was typed is there again."""
    told_in = words(language_of(request))
    shown = told_in(message, **values) if message else ""
    headers = {"Cache-Control": "no-store"}
    action = _sign_in_for(_wanted(request))
    page = _PAGE.render(words=told_in, message=shown, name=name[:LONGEST_NAME], action=action)
    return HTMLResponse(page, status, headers=headers)


async def _form(request: Request) -> dict[str, str]:
    """Read a form that a page of ours sent; nothing of one that is too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _is_ours(request: Request) -> bool:
    """Tell a form of our own page from one of another site."""
    origin = request.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == request.headers.get("host")


def _address_of(request: Request) -> str:
    """Return the path and the query of a request, as an address."""
    query = request.scope.get("query_string", b"").decode("latin-1")
    return quote(request.url.path) + (f"?{query}" if query else "")


def _sign_in_for(wanted: str) -> str:
    """Return the address of the sign-in page, from which one goes on to what one wanted."""
    return SIGN_IN if wanted == "/" else f"{SIGN_IN}?{urlencode({WANTED: wanted})}"


def _wanted(request: Request) -> str:
    """Return where one goes from the sign-in page: never to another site, whatever the address says."""
    wanted = request.query_params.get(WANTED, "/")
    return wanted if _OWN.fullmatch(wanted) and not wanted.startswith((SIGN_IN, SIGN_OUT)) else "/"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _cookies(request: Request) -> dict[str, str]:
    try:
        jar = SimpleCookie(request.headers.get("cookie") or "")
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
