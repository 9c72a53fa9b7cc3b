"""What came of the exam that a generation sat, kept beside the generations.

    <index_dir>/exams/000003-20260102T030405Z.json

A generation itself is never changed once it is in use.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.digests import write_durably

EXAMS = "exams"


@dataclass(frozen=True, slots=True)
class ExamRecord:
    """Whether an exam was passed, when (UTC, ISO 8601), and its results in lines for a person."""

    passed: bool
    at: str
    lines: tuple[str, ...]


_RECORD = TypeAdapter(ExamRecord)


def keep_exam(index_dir: Path, generation: str, record: ExamRecord) -> None:
    """Write a record; OSError where the folder may not be written."""
    folder = index_dir / EXAMS
    folder.mkdir(exist_ok=True)
    fresh = folder / f"{generation}.new"
    write_durably(fresh, _RECORD.dump_json(record, indent=1))
    fresh.replace(folder / f"{generation}.json")


def kept_exam(index_dir: Path, generation: str) -> ExamRecord | None:
    """Return the record of a generation's exam, None where it sat none."""
    try:
        return _RECORD.validate_python(json.loads((index_dir / EXAMS / f"{generation}.json").read_bytes()))
    except (OSError, ValueError, ValidationError):
        return None


def forget_exams(index_dir: Path, generations: list[str]) -> None:
    """Remove the records of all generations but these."""
    for path in (index_dir / EXAMS).glob("*.json"):
        if path.stem not in generations:
            path.unlink(missing_ok=True)
