"""Start ``python app.py`` as a person would, on a free port, and wait for its address."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Seconds until the page must answer; the first start also makes the model ready.
START_LIMIT = 180


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def command(*arguments: str) -> list[str]:
    """Return the command line that starts the program."""
    return [sys.executable, "app.py", *arguments]


@contextlib.contextmanager
def running(index_dir: Path, log: Path, **settings: str) -> Iterator[str]:
    """Run the program with an index of its own; give the address of its page; end it with Ctrl-C.

    ``settings`` are environment variables.
    """
    port = free_port()
    arguments = command("--port", str(port), "--index", str(index_dir))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **settings}
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env=environment,
            # A shell that runs the tests in the background has told its children to ignore it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, process, log)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the program has printed where its page is."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        told = log.read_text(encoding="utf-8")
        assert process.poll() is None, f"the program ended:\n{told}"
        if address in told:
            return
        time.sleep(0.2)
    raise AssertionError(f"no page after {START_LIMIT} s:\n{told}")
