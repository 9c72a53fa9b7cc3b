"""What the reading process and its parent say to each other: JSON, a line each, and a file's bytes.

    parent -> child     Job as a line, then ``Job.size`` bytes
    child  -> parent    any number of Replies with ``page``, then one with ``extracted`` or ``error``

JSON and not pickle: a process that a hostile file has taken over can send text, but no code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter

from corpus.extracted import Extracted
from corpus.limits import Limits
from corpus.messages import Message


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: its name, how many bytes of it follow, and what it may cost.

    ``picture`` asks, instead of for the text, for a page of so many pixels' width.
    """

    name: str
    size: int
    limits: Limits
    picture: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job, or how far it is.

    page       (done, total) pages recognised, (0, 0) where none are counted; more replies follow
    suffix     the kind of file by its content, a key of READERS
    extracted  what it says
    picture    of the page that was asked for: WEBP in Base64, width and height in pixels
    error      the class in ``corpus.errors`` of what is wrong, with its message for the user
    trace      of an error that no reader foresaw, for the log
    """

    page: tuple[int, int] | None = None
    suffix: str = ""
    extracted: Extracted | None = None
    picture: tuple[str, int, int] | None = None
    error: str = ""
    message: Message | None = None
    trace: str = ""


JOB: TypeAdapter[Job] = TypeAdapter(Job)
REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)

# Half of a character pair: some PDFs hold them, and no encoding can write them.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_line(adapter: TypeAdapter[Any], message: object) -> bytes:
    """Return a message as one line of UTF-8; JSON writes the line ends of texts as escapes."""
    return adapter.dump_json(message) + b"\n"


def writable(extracted: Extracted) -> Extracted:
    """Return what was extracted without characters that no encoding can write, each replaced by one."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return LONE_SURROGATE.sub("\ufffd", value)
        if isinstance(value, tuple) and value and hasattr(value[0], "text"):
            return tuple(replace(item, text=clean(item.text)) for item in value)
        return tuple(map(clean, value)) if isinstance(value, tuple) else value

    changed = {field.name: clean(getattr(extracted, field.name)) for field in fields(extracted)}
    return replace(extracted, **changed)
