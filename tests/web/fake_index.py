"""``python -m index`` with a fake encoder, slow where a test wants to look on: run as a program."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from index import build  # noqa: E402
from index.__main__ import main  # noqa: E402
from tests.fakes import FakeEncoder  # noqa: E402

PROGRAM = (sys.executable, str(Path(__file__).resolve()))


class SlowEncoder(FakeEncoder):
    """Tells of each passage, and takes its time."""

    def encode_passages(self, texts: Any, on_batch: Any = None) -> Any:
        found = []
        for text in texts:
            time.sleep(float(os.environ.get("SLOW_SECONDS", "0")))
            found += super().encode_passages([text])
            if on_batch:
                on_batch(len(found))
        return found


if __name__ == "__main__":
    build.load_encoder = lambda *_: SlowEncoder()  # type: ignore[assignment, return-value]
    if "DIE" in os.environ:
        print("something went wrong", file=sys.stderr)
        os._exit(7)
    sys.exit(main())
