"""What the server lets out, asked over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.running import ROOT, free_port
from tests.web.samples import TEXT, Echo
from web.chat import Chat
from web.page import build_page
from web.server import start


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("private")
    (folder / "index.txt").write_text("不公开", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def client(private: Path) -> Iterator[httpx.Client]:
    port = free_port()
    page = start(build_page(Chat(Echo())), "127.0.0.1", port, private)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as visitor:
        yield visitor
    page.close(verbose=False)


def test_the_page_is_served_with_its_policy(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<html\n\tlang="zh-CN"' in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "粮食总产量是多少？" in page.text


def test_the_page_names_no_other_site(client: httpx.Client) -> None:
    shell = client.get("/").text.split("window.gradio_config")[0]
    assert "https://" not in shell


def test_the_style_sheet_is_there_and_kept(client: httpx.Client) -> None:
    name = client.get("/").text.split('<link rel="stylesheet" href="style-')[1].split('"')[0]
    style = client.get(f"/style-{name}")
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]
    assert "url(" not in style.text


@pytest.mark.parametrize(
    "path", ["/monitoring", "/docs", "/redoc", "/openapi.json", "/gradio_api/runs", "/gradio_api/mcp"]
)
def test_what_is_not_offered_is_not_there(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_asking_is_the_only_public_function(client: httpx.Client) -> None:
    interface = client.get("/gradio_api/info").json()
    assert list(interface["named_endpoints"]) == ["/ask"]
    assert interface["unnamed_endpoints"] == {}


def test_a_program_may_ask(client: httpx.Client) -> None:
    event = client.post("/gradio_api/call/ask", json={"data": ["粮食总产量是多少？"]}).json()["event_id"]
    told = client.get(f"/gradio_api/call/ask/{event}").text
    assert told.startswith("event: complete")
    answer = json.loads(told.split("data: ", 1)[1])[0]
    assert answer["text"] == "答粮食总产量是多少？"
    assert answer["hits"][0]["passage"]["text"] == TEXT


@pytest.mark.parametrize(
    "wanted",
    [
        "/etc/passwd",
        str(ROOT / "app.py"),
        "../../../../etc/passwd",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/",
    ],
)
def test_no_file_is_let_out(client: httpx.Client, wanted: str) -> None:
    assert client.get(f"/gradio_api/file={wanted}").status_code in (403, 404)


def test_no_private_file_is_let_out(client: httpx.Client, private: Path) -> None:
    answer = client.get(f"/gradio_api/file={private / 'index.txt'}")
    assert answer.status_code == 403
    assert "不公开" not in answer.text


def test_another_site_may_not_read_answers(client: httpx.Client) -> None:
    for origin in ("https://elsewhere.example", "null"):
        headers = client.get("/config", headers={"Origin": origin}).headers
        assert headers.get("access-control-allow-origin") is None


def test_a_large_upload_is_refused(client: httpx.Client) -> None:
    answer = client.post("/gradio_api/upload", files={"files": ("a.txt", b"x" * 2_000_000)})
    assert answer.status_code == 413
