"""What visitors say of answers, one line of JSON each, in a file on this computer that cannot grow for ever.

Nothing tells who said it: no address, no name, no time finer than a day.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

REASONS = ("number", "place", "source", "missed", "other")
FILE = "feedback/feedback.jsonl"
# Bytes of the file, some 10,000 verdicts, and characters of a text in it.
MOST_BYTES = 10_000_000
MOST_TEXT = 500

_writing = Lock()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one visitor says of one answer."""

    verdict: Literal["good", "bad"]
    reason: str
    question: str
    answer: str
    generation: str


def note(home: Path, verdict: Verdict) -> bool:
    """Append a verdict to the file below ``home``; False where the file is full or cannot be written."""
    path = home / FILE
    content = {name: value[:MOST_TEXT] for name, value in asdict(verdict).items()}
    line = json.dumps({"day": f"{datetime.now(UTC):%Y-%m-%d}", **content}, ensure_ascii=False)
    data = line.encode("utf-8", "replace") + b"\n"
    try:
        with _writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size + len(data) > MOST_BYTES:
                return False
            with path.open("ab") as file:
                file.write(data)
    except OSError:
        return False
    return True
