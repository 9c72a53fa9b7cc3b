"""The web chat. ``python app.py --help`` tells what can be set."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

# Libraries read these when they are imported: nothing is fetched, nothing is reported.
os.environ |= {
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}

from corpus import WenBaoError
from corpus.console import ChineseParser, steady_streams
from corpus.limits import from_environment as limits_from_environment
from corpus.reasons import reason_of
from index.settings import IndexSettings, from_environment

HOST = "127.0.0.1"
PORT = 7860


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the chat until it is interrupted, and return the exit status."""
    steady_streams()
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
    options = ChineseParser(
        prog="python app.py",
        description="问报：在浏览器里向报告提问。没有索引时，先用 corpus/reports/ 里的报告建立索引。",
        epilog="环境变量：WENBAO_HOME 数据文件夹；WENBAO_READ_ONLY=1 只能提问和查看，不能更新报告。",
    )
    options.add_argument("--host", metavar="地址", default=HOST, help=f"默认 {HOST}，只有本机能访问")
    options.add_argument("--port", metavar="端口", type=_port, default=PORT, help=f"默认 {PORT}")
    options.add_argument("--index", metavar="文件夹", type=Path, help="索引所在的文件夹")
    return options.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"端口应是 1 到 65535 的整数，不能是“{text}”")
    return int(text)


def _require_free(host: str, port: int) -> None:
    """Raise OSError if the port cannot be used, before anything slow is done."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise OSError(
            f"地址 {host}:{port} 不能使用（{reason_of(error)}）。请用 --port 换一个端口，例如 --port {PORT + 1}。"
        ) from error


def _serve(host: str, port: int, index_dir: Path | None, settings: IndexSettings) -> None:
    """Prepare the model and the index, then serve; the imports take seconds, so they stand here."""
    print("正在启动问报……", flush=True)
    from index.encode import load_encoder
    from web.auth import Door, read_accounts
    from web.chat import Chat
    from web.current import Library
    from web.desk import Desk
    from web.page import build_page
    from web.prepare import require_index
    from web.server import start
    from web.source import source_routes
    from web.tabs import other_tabs

    encoder = load_encoder(settings, on_message=print)
    folder = index_dir or settings.index_dir
    require_index(folder, encoder)
    library = Library(folder, encoder)
    read_only = os.environ.get("WENBAO_READ_ONLY") == "1"
    desk = Desk(library, settings, folder, encoder, read_only)
    page = build_page(Chat(library), other_tabs(desk), settings.home)
    accounts = os.environ.get("WENBAO_AUTH", "").strip()
    door = Door(read_accounts(accounts)) if accounts else None
    upload_limit = 0 if read_only else limits_from_environment().file_bytes
    server = start(page, host, port, settings.home, source_routes(desk), upload_limit, door)
    print(f"问报已就绪，请用浏览器打开 http://{host}:{port}/（按 Ctrl-C 停止）", flush=True)
    try:
        while True:
            time.sleep(3600)
    finally:
        server.close(verbose=False)


if __name__ == "__main__":
    sys.exit(main())
