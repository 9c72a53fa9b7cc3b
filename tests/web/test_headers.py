"""The headers of every response, and the page around Gradio's."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.headers import SecureHeaders
from web.server import shell

PAGE = (
    '<!doctype html><html lang="en"><head><meta property="og:image" content="https://elsewhere.example/a" />'
    '<meta name="twitter:creator" content="@someone"><meta name="viewport" content="width=device-width">'
    "<script>1</script></head><body><script type=module src=a.js></script></body></html>"
)


async def _pieces() -> object:
    for piece in (PAGE[:40], PAGE[40:200], PAGE[200:]):
        yield piece


async def _page(request: Request) -> Response:
    return HTMLResponse(PAGE)


async def _streamed(request: Request) -> Response:
    return StreamingResponse(_pieces(), media_type="text/html")


async def _data(request: Request) -> Response:
    return JSONResponse({"html": "<script>"})


@pytest.fixture(scope="module")
def client() -> TestClient:
    routes = [Route("/", _page), Route("/streamed", _streamed), Route("/data", _data)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SecureHeaders, shell=shell)]))


def directives(response: Response) -> dict[str, list[str]]:
    policy = response.headers["content-security-policy"]
    return {name: values for name, *values in (directive.split() for directive in policy.split("; "))}


@pytest.mark.parametrize("path", ["/", "/streamed", "/data", "/missing"])
def test_every_response_has_the_headers(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    policy = directives(response)
    assert policy["default-src"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert not [value for values in policy.values() for value in values if "://" in value or value == "*"]


@pytest.mark.parametrize("path", ["/", "/streamed"])
def test_scripts_of_a_page_have_the_nonce_of_its_policy(client: TestClient, path: str) -> None:
    response = client.get(path)
    nonces = re.findall(r'<script nonce="([^"]+)"', response.text)
    assert len(nonces) == response.text.count("<script") == 3
    assert set(nonces) == {
        nonce[7:-1] for nonce in directives(response)["script-src"] if nonce.startswith("'nonce-")
    }
    assert client.get(path).text != response.text


def test_the_page_is_chinese_and_names_no_other_site(client: TestClient) -> None:
    text = client.get("/").text
    assert '<html lang="zh-CN">' in text
    assert "://" not in text
    assert '<meta name="viewport"' in text
    assert re.search(r'<link rel="stylesheet" href="style-[0-9a-f]{12}\.css"><script nonce', text)
    assert re.search(r'src="script-[0-9a-f]{12}\.js"></script></head>', text)


def test_the_page_is_in_the_language_of_its_visitor(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,zh;q=0.5"}).text


def test_the_length_is_that_of_the_rewritten_page(client: TestClient) -> None:
    response = client.get("/")
    assert int(response.headers["content-length"]) == len(response.content)
    assert client.head("/").content == b""


def test_what_is_no_page_is_left_alone(client: TestClient) -> None:
    assert client.get("/data").json() == {"html": "<script>"}
