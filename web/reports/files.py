"""Uploaded files on their way: from where the server put them into a folder of their own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import uuid4

from index.safe_names import safe_name
from web.reports.asked import Given

# Gradio answers before it has moved a large file to its place; so long, in seconds, it may take.
MOVE_SECONDS = 10
# Seconds after which a folder of waiting files has been forgotten by a program that was killed.
FORGOTTEN = 24 * 3600


def take_in(given: Sequence[Given], uploaded: Collection[str], incoming: Path) -> list[Path]:
    """Copy uploaded files below ``incoming``, each in a folder of its own, under safe names.

    ``uploaded`` are the paths that the server itself gave to files that visitors uploaded: no other
    file of this computer can be named. Raises ValueError for one that is none of them, OSError.
    """
    if not given or any(file.path not in uploaded for file in given):
        raise ValueError("not an uploaded file")
    _forget_old(incoming)
    folder = incoming / uuid4().hex
    taken = []
    try:
        for number, file in enumerate(given):
            place = folder / str(number) / safe_name(file.name)
            place.parent.mkdir(parents=True)
            shutil.copyfile(_arrived(Path(file.path)), place)
            taken.append(place)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return taken


def _arrived(path: Path) -> Path:
    until = time.monotonic() + MOVE_SECONDS
    while not path.is_file() and time.monotonic() < until:
        time.sleep(0.05)
    return path


def _forget_old(incoming: Path) -> None:
    for folder in incoming.glob("*/"):
        if time.time() - folder.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)
