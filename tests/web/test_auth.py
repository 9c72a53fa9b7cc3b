"""Signing in: passwords, sessions, the brake on guessing, and the gate before every address."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.web.running import free_port
from tests.web.samples import Echo
from web.auth import (
    FIRST_WAIT,
    FREE_TRIES,
    LONGEST_WAIT,
    SESSION_SECONDS,
    AccountsError,
    Brake,
    Door,
    account_line,
    main,
    make_secret,
    read_accounts,
)
from web.chat import Chat
from web.gate import SESSION, Gate
from web.page import build_page
from web.server import start

PASSWORD = "正确的马 电池 钉"
SECRET = make_secret(PASSWORD)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Door:
    return Door({"小王": SECRET, "li": SECRET}, clock)


def test_an_account_is_read_as_it_is_printed() -> None:
    accounts = read_accounts(
        f"{account_line('小王', SECRET)},\n{account_line('li', make_secret('other one'))}"
    )
    assert accounts["小王"] == SECRET
    assert accounts["小王"].fits(PASSWORD)
    assert not accounts["li"].fits(PASSWORD)
    assert PASSWORD not in account_line("小王", SECRET)


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert make_secret(PASSWORD) != SECRET


@pytest.mark.parametrize(
    "text", ["小王", "小王:密码", "li:scrypt.1.2", "li:scrypt.x.8.1.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb"]
)
def test_an_account_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(AccountsError, match=r"python -m web\.auth"):
        read_accounts(text)


@settings(max_examples=5, deadline=None)
@given(st.text(max_size=30).filter(lambda text: text != PASSWORD))
def test_no_other_password_fits(text: str) -> None:
    assert not SECRET.fits(text)


def test_a_session_lasts_its_time(door: Door, clock: Clock) -> None:
    token = door.enter("小王", PASSWORD, "10.0.0.1")
    assert token is not None and door.name_of(token) == "小王"
    assert door.name_of(token + "x") is None
    clock.now += SESSION_SECONDS + 1
    assert door.name_of(token) is None


def test_leaving_ends_a_session(door: Door) -> None:
    token = door.enter("li", PASSWORD, "10.0.0.1")
    assert token is not None
    door.leave(token)
    assert door.name_of(token) is None


def test_guessing_is_slowed_down_for_a_name_from_anywhere(door: Door, clock: Clock) -> None:
    for number in range(FREE_TRIES):
        assert door.enter("li", "wrong", f"10.0.0.{number}") is None
    assert door.wait("li", "10.0.9.9") == pytest.approx(FIRST_WAIT)
    assert door.enter("li", PASSWORD, "10.0.9.9") is None  # not even the right one
    clock.now += FIRST_WAIT + 1
    assert door.enter("li", PASSWORD, "10.0.9.9") is not None
    assert door.wait("li", "10.0.9.9") == 0


def test_guessing_is_slowed_down_for_an_address_with_any_name(door: Door) -> None:
    for number in range(FREE_TRIES):
        door.enter(f"nobody{number}", "wrong", "10.0.0.1")
    assert door.wait("小王", "10.0.0.1") > 0
    assert door.wait("小王", "10.0.0.2") == 0


def test_each_further_failure_doubles_the_wait(clock: Clock) -> None:
    brake, waits = Brake(clock), []
    for _ in range(FREE_TRIES + 12):
        brake.failed("a")
        waits.append(brake.wait("a"))
    assert waits[FREE_TRIES - 1 : FREE_TRIES + 2] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    clock.now += 3 * LONGEST_WAIT
    brake.failed("a")
    assert brake.wait("a") == 0


async def _secret(request: Request) -> Response:
    return PlainTextResponse("机密")


@pytest.fixture
def client(door: Door) -> TestClient:
    app = Starlette(
        routes=[Route(path, _secret, methods=["GET", "POST"]) for path in ("/", "/config", "/open.css")],
        middleware=[Middleware(Gate, door=door, open_paths=("/open.css",))],
    )
    return TestClient(app, follow_redirects=False)


def sign_in(client: TestClient, name: str = "li", password: str = PASSWORD, **headers: str) -> int:
    answer = client.post("/sign-in", data={"name": name, "password": password}, headers=headers)
    return int(answer.status_code)


def test_nothing_is_shown_before_signing_in(client: TestClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
    for answer in (client.get("/config"), client.post("/config"), client.get("/anything")):
        assert answer.status_code == 401
        assert "机密" not in answer.text
    assert client.get("/open.css").text == "机密"
    assert client.get("/", headers={"Cookie": f"{SESSION}=guessed"}).status_code == 401


def test_signing_in_opens_and_signing_out_closes(client: TestClient) -> None:
    assert sign_in(client) == 303
    assert client.get("/").text == "机密"
    assert client.post("/sign-out").status_code == 303
    assert client.get("/").status_code == 401


def test_the_session_cannot_be_read_by_scripts_or_sent_by_others(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"name": "li", "password": PASSWORD})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(SESSION))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_wrong_password_says_no_more_than_that(client: TestClient) -> None:
    known = client.post("/sign-in", data={"name": "li", "password": "x"})
    unknown = client.post("/sign-in", data={"name": "nobody", "password": "x"})
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace('value="li"', "") == unknown.text.replace('value="nobody"', "")
    assert "名字或密码不对" in known.text


def test_one_goes_on_to_what_one_wanted(client: TestClient) -> None:
    wanted = "/?q=%E7%B2%AE%E9%A3%9F%3F&r=%E7%94%B2.txt"
    sent_to = client.get(wanted, headers={"Accept": "text/html"}).headers["location"]
    assert sent_to.startswith("/sign-in?")
    data = {"name": "li", "password": "wrong"}
    action = re.search(r'action="([^"]+)"', client.post(sent_to, data=data).text)
    assert action is not None
    answer = client.post(unescape(action[1]), data=data | {"password": PASSWORD})
    assert answer.headers["location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "x",
        "/sign-in",
        "/" * 3,
    ],
)
def test_signing_in_leads_nowhere_else(client: TestClient, elsewhere: str) -> None:
    answer = client.post("/sign-in", params={"to": elsewhere}, data={"name": "li", "password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_a_name_need_not_be_typed_again(client: TestClient) -> None:
    told = client.post("/sign-in", data={"name": 'li"<b>', "password": "no such word"}).text
    assert 'value="li&#34;&lt;b&gt;"' in told
    assert told.index("autofocus") > told.index('name="password"')
    first = client.get("/sign-in").text
    assert 'value=""' in first and first.index("autofocus") < first.index('name="password"')


def test_guessing_is_told_to_wait(client: TestClient) -> None:
    told = [sign_in(client, password="wrong") for _ in range(FREE_TRIES + 1)]
    assert told == [401] * FREE_TRIES + [429]
    assert sign_in(client) == 429


def test_another_site_cannot_sign_anyone_in_or_out(client: TestClient) -> None:
    assert sign_in(client, Origin="https://elsewhere.example") == 403
    assert sign_in(client, Origin="http://testserver") == 303
    client.post("/sign-out", headers={"Origin": "https://elsewhere.example"})
    assert client.get("/").text == "机密"


def test_a_form_that_is_too_long_is_not_read(client: TestClient) -> None:
    assert sign_in(client, password="x" * 20_000) == 401


def test_the_command_makes_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    assert main(["小王"]) == 0
    assert read_accounts(capsys.readouterr().out)["小王"].fits(PASSWORD)


def test_the_command_refuses_what_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == main(["a:b"]) == main(["--help"]) == 2
    monkeypatch.setattr("getpass.getpass", lambda prompt: "short")
    assert main(["li"]) == 1
    passwords = iter(["long enough 1", "long enough 2"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(passwords))
    assert main(["li"]) == 1
    assert "不一样" in capsys.readouterr().err


def test_the_whole_server_is_behind_the_gate(tmp_path: Path) -> None:
    import httpx

    port = free_port()
    page = start(build_page(Chat(Echo())), "127.0.0.1", port, tmp_path, door=Door({"li": SECRET}))
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as visitor:
        for path in (
            "/config",
            "/gradio_api/info",
            "/gradio_api/queue/join",
            "/gradio_api/mcp/",
            "/source/a/0",
        ):
            assert visitor.get(path).status_code == 401
        assert visitor.get("/", headers={"Accept": "text/html"}).headers["location"] == "/sign-in"
        sign = visitor.get("/sign-in")
        assert sign.headers["content-security-policy"].startswith("default-src 'self'; ")
        visitor.post("/sign-in", data={"name": "li", "password": PASSWORD})
        assert "粮食总产量" in visitor.get("/", headers={"Accept": "text/html"}).text
    page.close(verbose=False)
