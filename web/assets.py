"""The style sheets and scripts of all parts of the page, each kind as one file that never changes its content."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.i18n import LANGUAGES, WORDS

_HERE = Path(__file__).parent
# In this order where one builds on another; the rest by name.  A part of the page brings a
# ``style.css`` and a ``script.js`` of its own.
_FIRST = ("tokens.css", "frame.css", "shell.js")


def _in_order(own: str, part: str) -> tuple[Path, ...]:
    """Return the files of the shell, then those of the parts of the page."""
    first = [path for path in map(_HERE.joinpath(own).parent.joinpath, _FIRST) if path.exists()]
    others = [path for path in sorted(_HERE.glob(own)) if path not in first]
    return (*first, *others, *sorted(_HERE.glob(part)))


STYLES = _in_order("style/*.css", "*/style.css")
SCRIPTS = _in_order("script/*.js", "*/script.js")
# The address has the content's digest in it: a browser may keep the file for as long as it likes.
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the page links to: its address below the page's, its content and its kind."""

    url: str
    content: bytes
    kind: str

    def route(self) -> Route:
        """Return the route that serves it."""

        async def serve(request: Request) -> Response:
            return Response(self.content, media_type=self.kind, headers=_KEPT)

        return Route(f"/{self.url}", serve)


def _asset(name: str, ending: str, content: bytes, kind: str) -> Asset:
    return Asset(f"{name}-{sha256(content).hexdigest()[:12]}.{ending}", content, kind)


def style_sheet() -> Asset:
    """Return all style sheets as one."""
    return _asset("style", "css", b"\n".join(path.read_bytes() for path in STYLES), "text/css")


def script() -> Asset:
    """Return all scripts as one, each in a scope of its own."""
    parts = (b"(() => {\n" + path.read_bytes() + b"\n})();\n" for path in SCRIPTS)
    return _asset("script", "js", _words_of_scripts() + b"".join(parts), "text/javascript")


def _words_of_scripts() -> bytes:
    """Return the words that scripts say (keys ``client.…``) as a constant."""
    spoken = {key: both for key, both in WORDS.items() if key.startswith("client.")}
    tables = {
        language: {key: both[at] for key, both in spoken.items()} for at, language in enumerate(LANGUAGES)
    }
    return f'"use strict";\nconst WORDS = {json.dumps(tables, ensure_ascii=False)};\n'.encode()
