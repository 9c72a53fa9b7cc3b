"""Signing in with a password, for a page that others can reach: accounts, sessions, and a brake on guessing.

Gradio's own sign-in lets one guess for ever and leaves some of its addresses open.  Here a request
without a session reaches nothing but the sign-in page and the style of it.  ``python -m web.auth 名字``
makes an account's line for ``WENBAO_AUTH``.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import re
import secrets
import sys
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from corpus.errors import WenBaoError

# scrypt's cost: 16 MB and some 50 ms a try.  https://www.rfc-editor.org/rfc/rfc7914
COST, BLOCK, PARALLEL = 2**14, 8, 1
KEY_BYTES = SALT_BYTES = 32
SHORTEST_PASSWORD = 8
# Tries that are computed at once: more would only take memory.
TRIED_AT_ONCE = 2
# Wrong passwords from one address, or for one name, before it has to wait, and for how many seconds;
# the wait doubles with each further one.
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 5, 30.0, 3600.0
# Seconds that a session lasts, and how many sessions and brakes are remembered.
SESSION_SECONDS = 12 * 3600
MOST_REMEMBERED = 10_000

_ACCOUNT = re.compile(
    r"([^:\s,]{1,60}):scrypt\.(\d{1,8})\.(\d{1,3})\.(\d{1,3})\.([\w-]{16,200})\.([\w-]{16,200})"
)


class AccountsError(WenBaoError):
    """``WENBAO_AUTH`` cannot be read."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password as it is kept: scrypt's parameters, salt and key."""

    cost: int
    block: int
    parallel: int
    salt: bytes
    key: bytes

    def fits(self, password: str) -> bool:
        """Tell whether ``password`` is the one, in the same time whether or not."""
        return hmac.compare_digest(self._derive(password), self.key)

    def _derive(self, password: str) -> bytes:
        return hashlib.scrypt(
            password.encode("utf-8", "replace"),
            salt=self.salt,
            n=self.cost,
            r=self.block,
            p=self.parallel,
            dklen=len(self.key),
            maxmem=256 * 2**20,
        )


def make_secret(password: str) -> Secret:
    """Return a password as it is kept, with a salt of its own."""
    salt = secrets.token_bytes(SALT_BYTES)
    blank = Secret(COST, BLOCK, PARALLEL, salt, bytes(KEY_BYTES))
    return Secret(COST, BLOCK, PARALLEL, salt, blank._derive(password))


def account_line(name: str, secret: Secret) -> str:
    """Return an account as ``WENBAO_AUTH`` names it."""
    salt, key = (urlsafe_b64encode(part).decode().rstrip("=") for part in (secret.salt, secret.key))
    return f"{name}:scrypt.{secret.cost}.{secret.block}.{secret.parallel}.{salt}.{key}"


def read_accounts(text: str) -> dict[str, Secret]:
    """Read accounts, apart by commas or white space; raise AccountsError where one is not as it is made."""
    accounts = {}
    for line in re.split(r"[\s,]+", text.strip()):
        found = _ACCOUNT.fullmatch(line)
        if found is None:
            raise AccountsError(
                "WENBAO_AUTH 里有一项写得不对。每项应是 python -m web.auth 名字 给出的一行，多项用逗号隔开。"
            )
        cost, block, parallel = (int(found[group]) for group in (2, 3, 4))
        accounts[found[1]] = Secret(cost, block, parallel, _decode(found[5]), _decode(found[6]))
    return accounts


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Brake:
    """Counts failures by who or what they are for; past a few, the next try has to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Return the seconds until ``key`` may try again."""
        with self._lock:
            count, last = self._failures.get(key, (0, 0.0))
        if count < FREE_TRIES:
            return 0.0
        pause: float = min(FIRST_WAIT * 2 ** min(count - FREE_TRIES, 20), LONGEST_WAIT)
        return max(0.0, last + pause - self._clock())

    def failed(self, key: str) -> None:
        """Count a failure; those of an hour ago are forgiven."""
        with self._lock:
            count, last = self._failures.pop(key, (0, 0.0))
            fresh = count + 1 if self._clock() - last < LONGEST_WAIT * 2 else 1
            self._failures[key] = fresh, self._clock()
            if len(self._failures) > MOST_REMEMBERED:
                self._failures.popitem(last=False)

    def passed(self, key: str) -> None:
        """Forget the failures of ``key``."""
        with self._lock:
            self._failures.pop(key, None)


class Door:
    """Lets those in whose password fits, and knows them again by a token."""

    def __init__(self, accounts: Mapping[str, Secret], clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts = accounts
        self._clock = clock
        self._brake = Brake(clock)
        self._sessions: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = Lock()
        self._trying = BoundedSemaphore(TRIED_AT_ONCE)
        # An unknown name takes as long as a known one.
        self._nobody = make_secret(secrets.token_hex())

    def wait(self, name: str, address: str) -> float:
        """Return the seconds until this name may be tried from this address."""
        return max(self._brake.wait(f"name {name}"), self._brake.wait(f"address {address}"))

    def enter(self, name: str, password: str, address: str) -> str | None:
        """Return the token of a new session; None where name and password do not fit or have to wait."""
        if self.wait(name, address) > 0:
            return None
        secret = self._accounts.get(name, self._nobody)
        with self._trying:
            fits = secret.fits(password) and name in self._accounts
        for key in (f"name {name}", f"address {address}"):
            if fits:
                self._brake.passed(key)
            else:
                self._brake.failed(key)
        return self._open(name) if fits else None

    def _open(self, name: str) -> str:
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[token] = name, self._clock() + SESSION_SECONDS
            if len(self._sessions) > MOST_REMEMBERED:
                self._sessions.popitem(last=False)
        return token

    def name_of(self, token: str) -> str | None:
        """Return whose session a token is; None where it is none, or is over."""
        with self._lock:
            name, ends = self._sessions.get(token, ("", 0.0))
            if name and ends <= self._clock():
                del self._sessions[token]
                return None
        return name or None

    def leave(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(token, None)


def main(arguments: Sequence[str]) -> int:
    """Ask for a password twice and print the account's line."""
    name = arguments[0] if len(arguments) == 1 else ""
    if not re.fullmatch(r"[^:\s,]{1,60}", name) or name.startswith("-"):
        print("用法：python -m web.auth 名字（名字里不能有冒号、逗号和空格）", file=sys.stderr)
        return 2
    password = getpass.getpass("密码：")
    if len(password) < SHORTEST_PASSWORD:
        print(f"密码至少要 {SHORTEST_PASSWORD} 个字符。", file=sys.stderr)
        return 1
    if getpass.getpass("再输一遍：") != password:
        print("两次输入的密码不一样。", file=sys.stderr)
        return 1
    print("把下面这一行写进环境变量 WENBAO_AUTH，多个账号用逗号隔开：", file=sys.stderr)
    print(account_line(name, make_secret(password)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
