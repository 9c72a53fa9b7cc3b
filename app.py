"""The web chat. ``python app.py --help`` tells what can be set."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

# Libraries read these when they are imported: nothing is fetched, nothing is reported.
os.environ |= {
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}

from corpus import WenBaoError
from index.settings import IndexSettings, from_environment

HOST = "127.0.0.1"
PORT = 7860


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the chat until it is interrupted, and return the exit status."""
    options = _options(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        _require_free(options.host, options.port)
        _serve(options.host, options.port, options.index, from_environment())
    except (WenBaoError, OSError) as error:
        print(f"问报没有启动。{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n问报已停止。")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="问报：在浏览器里向报告提问。没有索引时，先用 corpus/reports/ 里的报告建立索引。",
        add_help=False,
    )
    parser.add_argument("--host", default=HOST, help=f"网页的地址，默认 {HOST}，只有本机能访问")
    parser.add_argument("--port", type=int, default=PORT, help=f"网页的端口，默认 {PORT}")
    parser.add_argument("--index", type=Path, metavar="文件夹", help="索引所在的文件夹")
    parser.add_argument("--help", action="help", help="显示这段说明")
    return parser.parse_args(arguments)


def _require_free(host: str, port: int) -> None:
    """Raise OSError if the port cannot be used, before anything slow is done."""
    try:
        with socket.create_server((host, port)):
            pass
    except (OSError, OverflowError) as error:
        raise OSError(
            f"地址 {host}:{port} 不能使用（{error}）。请用 --port 换一个端口，例如 --port {PORT + 1}。"
        ) from error


def _serve(host: str, port: int, index_dir: Path | None, settings: IndexSettings) -> None:
    """Prepare the model and the index, then serve; the imports take seconds, so they stand here."""
    print("正在启动问报……", flush=True)
    from index.encode import load_encoder
    from web.chat import Chat
    from web.library import Library
    from web.page import build_page
    from web.prepare import require_index
    from web.server import start

    encoder = load_encoder(settings, on_message=print)
    folder = index_dir or settings.index_dir
    require_index(folder, encoder)
    server = start(build_page(Chat(Library(folder, encoder))), host, port, private=settings.home)
    print(f"问报已就绪，请用浏览器打开 http://{host}:{port}/（按 Ctrl-C 停止）", flush=True)
    try:
        Event().wait()
    finally:
        server.close(verbose=False)


if __name__ == "__main__":
    sys.exit(main())
