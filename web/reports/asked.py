"""Asked: what a visitor's page asks of the tab, checked; nothing that comes from a browser is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import Ge, Len, MaxLen
from pydantic import ConfigDict, TypeAdapter, with_config

# Files of one upload, and characters of a file's or a report's name.
MOST_FILES = 50
LONGEST_NAME = 1000

Name = Annotated[str, MaxLen(LONGEST_NAME)]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Given:
    """A file that was uploaded: where the server put it, and what it was called."""

    path: Name
    name: Name


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Look:
    """What the page shows: the state of the jobs, and the generation that it lists."""

    version: int = -1
    generation: Name = ""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Act:
    """Something that a visitor wants done; which fields it needs is said by ``Reports.act``."""

    do: Literal["add", "replace", "remove", "cancel", "rollback"]
    files: Annotated[tuple[Given, ...], Len(0, MOST_FILES)] = ()
    newer: bool = False
    report: Name = ""
    job: Annotated[int, Ge(0)] = 0
    generation: Name = ""


_LOOK: TypeAdapter[Look] = TypeAdapter(Look)
_ACT: TypeAdapter[Act] = TypeAdapter(Act)
_NAMES: TypeAdapter[tuple[str, str]] = TypeAdapter(tuple[Name, Name])


def look_of(sent: Any) -> Look:
    """Return what a page sent as a look; raise ValueError for anything that no page of ours sends."""
    return _LOOK.validate_python(sent)


def act_of(sent: Any) -> Act:
    """Return what a page sent as a deed; raise ValueError for anything that no page of ours sends."""
    return _ACT.validate_python(sent)


def names_of(sent: Any) -> tuple[str, str]:
    """Return the two names that a page sent; raise ValueError for anything else."""
    return _NAMES.validate_python(sent)
