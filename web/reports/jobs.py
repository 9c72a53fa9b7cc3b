"""Jobs: changes of the index, one after the other, each in a process of its own.

A rebuild computes for minutes. In a process of its own, with a lower priority, it leaves the page's
threads to the questions, and it can be stopped at any time: see ``index.events`` for what it tells.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal
from uuid import uuid4

from corpus.messages import Message, says
from index.events import Outcome, read_event
from index.settings import PROJECT_ROOT, IndexSettings
from index.watch import FileStep, Progress

_log = logging.getLogger(__name__)

# Finished jobs that are remembered.
KEPT_JOBS = 8
# Jobs that may wait: more are a mistake, or an attack on the disk.
MOST_WAITING = 16
# Those of one visitor, so that there is room for others.
MOST_WAITING_EACH = 5
# Seconds that a process has to tidy up after it is told to stop, before it is killed.
STOP_SECONDS = 10

# What is run for each.
PROGRAM = (sys.executable, "-m", "index")

State = Literal["waiting", "running", "stopping", "done", "failed", "cancelled"]
Kind = Literal["add", "replace", "remove", "rollback"]
FileState = Literal["waiting", "reading", "read", "refused"]

BROKEN = says("job.broken", "更新没有完成。详情见运行问报的终端。")
ENDED = says("job.ended", "更新中断了，原有的索引没有改动。详情见运行问报的终端。")


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that was given: what it was called, how far it is, and why it is not taken."""

    path: Path
    name: str
    state: FileState = "waiting"
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the index: the names that it is about, and how far it is.

    ``files`` are those that were given; ``error`` is for the user; ``outcome`` is set once it is done.
    ``generation`` is what it put in use, ``before`` what was in use until then.
    """

    number: int
    kind: Kind
    names: tuple[str, ...]
    state: State = "waiting"
    progress: Progress | None = None
    outcome: Outcome | None = None
    error: Message | None = None
    files: tuple[JobFile, ...] = ()
    before: str = ""
    generation: str = ""
    visitor: str = ""

    @property
    def active(self) -> bool:
        """Tell whether it waits, runs or is being stopped."""
        return self.state in ("waiting", "running", "stopping")


class TooManyJobsError(Exception):
    """So many changes wait already that no more are taken."""


class Jobs:
    """Runs changes of one index, those of each visitor in their order and those of several visitors in turn;
    all may watch them.
    """

    def __init__(self, index_dir: Path, settings: IndexSettings, program: Sequence[str] = PROGRAM) -> None:
        self._index_dir = index_dir
        self._settings = settings
        self._program = program
        # Numbers begin anew with each start of the program.
        self.run = uuid4().hex
        self._numbers = count(1)
        self._jobs: dict[int, Job] = {}
        self._work: list[tuple[int, list[str], Path | None]] = []
        self._served = ""
        self._process: subprocess.Popen[str] | None = None
        self._changed = threading.Condition()
        self._version = 0
        threading.Thread(target=self._run_all, name="index-jobs", daemon=True).start()

    @property
    def incoming(self) -> Path:
        """Where files wait until the index has taken its own copy."""
        return self._settings.holdings_dir(self._index_dir) / "incoming"

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that are remembered, the newest first."""
        with self._changed:
            return tuple(reversed(self._jobs.values()))

    @property
    def version(self) -> int:
        """A number that grows with every change that could be shown."""
        with self._changed:
            return self._version

    def add(self, files: Sequence[Path], newer: bool, visitor: str = "") -> Job:
        """Add files that lie in a folder of their own below ``incoming``, which is removed in the end.

        Where ``newer``, a file of a report's name takes its place. Raises TooManyJobsError.
        """
        command = ["add", *(["--newer"] if newer else []), "--", *map(str, files)]
        return self._take("add", [file.name for file in files], command, files, visitor)

    def replace(self, report: str, file: Path, visitor: str = "") -> Job:
        """Put a file, which lies as in ``add``, in the place of a report."""
        return self._take("replace", (report,), ["replace", "--", report, str(file)], [file], visitor)

    def remove(self, reports: Sequence[str], visitor: str = "") -> Job:
        """Take reports out of the index."""
        return self._take("remove", reports, ["remove", "--", *reports], (), visitor)

    def note_rollback(self, before: str, generation: str) -> Job:
        """Remember that another generation was put in use, which is done at once."""
        with self._changed:
            job = Job(next(self._numbers), "rollback", (), "done", before=before, generation=generation)
            self._remember(job)
        return job

    def cancel(self, number: int) -> None:
        """Stop a job that waits or runs; one that is over stays as it is."""
        with self._changed:
            job = self._jobs.get(number)
            if job is None or job.state not in ("waiting", "running"):
                return
            if job.state == "running":
                self._note(number, state="stopping")
                if self._process is not None:  # else it is stopped as soon as it has begun
                    self._process.terminate()
                return
            self._note(number, state="cancelled")
            ((_, _, folder),) = [work for work in self._work if work[0] == number]
            self._work = [work for work in self._work if work[0] != number]
        _remove(folder)

    def close(self) -> None:
        """Stop what runs; nothing more is begun."""
        with self._changed:
            self._work.clear()
            if self._process is not None:
                self._process.terminate()

    def _take(
        self, kind: Kind, names: Sequence[str], command: list[str], files: Sequence[Path], visitor: str
    ) -> Job:
        folder = files[0].parent.parent if files else None
        with self._changed:
            own = sum(self._jobs[number].visitor == visitor for number, _, _ in self._work)
            if len(self._work) >= MOST_WAITING or own >= MOST_WAITING_EACH:
                raise TooManyJobsError
            given = tuple(JobFile(file, file.name) for file in files)
            job = Job(next(self._numbers), kind, tuple(names), files=given, visitor=visitor)
            self._work.append((job.number, command, folder))
            self._remember(job)
            self._changed.notify()
        return job

    def _remember(self, job: Job) -> None:
        self._jobs[job.number] = job
        self._version += 1
        over = [number for number, job in self._jobs.items() if not job.active]
        for number in over[:-KEPT_JOBS]:
            del self._jobs[number]

    def _run_all(self) -> None:
        while True:
            with self._changed:
                while not self._work:
                    self._changed.wait()
                number, command, folder = self._next()
                self._note(number, state="running")
            try:
                self._run(number, command)
            except Exception:
                _log.exception("更新索引时出错")
                self._note(number, state="failed", error=BROKEN)
            finally:
                _remove(folder)

    def _next(self) -> tuple[int, list[str], Path | None]:
        """Take out the first change that is of another visitor than the last one, if there is one."""
        others = (work for work in self._work if self._jobs[work[0]].visitor != self._served)
        work = next(others, self._work[0])
        self._work.remove(work)
        self._served = self._jobs[work[0]].visitor
        return work

    def _run(self, number: int, command: list[str]) -> None:
        name, *rest = command
        process = subprocess.Popen(
            [*_gently(), *self._program, name, "--json", "--wait", *self._place(), *rest],
            cwd=PROJECT_ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            # Ctrl-C is for the page, which ends the process itself.
            start_new_session=True,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        with self._changed:
            self._process = process
            if self._jobs[number].state == "stopping":
                process.terminate()
        try:
            complaints = threading.Thread(target=self._complain, args=[process], daemon=True)
            complaints.start()
            self._listen(number, process)
            complaints.join(STOP_SECONDS)
        finally:
            with self._changed:
                self._process = None
            _end(process)

    def _place(self) -> list[str]:
        return ["--index", str(self._index_dir)]

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "WENBAO_HOME": str(self._settings.home),
            "WENBAO_ENCODER": self._settings.encoder,
            "PYTHONUTF8": "1",
        }

    def _listen(self, number: int, process: subprocess.Popen[str]) -> None:
        """Note what a process tells until it ends."""
        assert process.stdout is not None
        told = False
        for line in process.stdout:
            event = read_event(line)
            if event is None:
                continue
            if event.progress:
                self._note(number, progress=event.progress)
            elif event.file:
                self._note_file(number, event.file)
            elif event.summary:
                told = True
                self._note(number, state="done", outcome=event.summary, **_generations(event.summary))
            else:
                told = True
                cancelled = event.kind == "RebuildCancelledError"
                state, error = ("cancelled", None) if cancelled else ("failed", event.error)
                self._note(number, state=state, error=error)
        if not told:
            killed = process.wait(STOP_SECONDS) < 0
            self._note(number, state="cancelled" if killed else "failed", error=None if killed else ENDED)

    def _complain(self, process: subprocess.Popen[str]) -> None:
        """Pass on what a process complains of to who runs the program."""
        assert process.stderr is not None
        for line in process.stderr:
            _log.warning("%s", line.rstrip())

    def _note_file(self, number: int, step: FileStep) -> None:
        """Note what became of a file that was given."""
        with self._changed:
            files = tuple(
                replace(file, state=step.state, reason=step.reason) if file.path == step.path else file
                for file in self._jobs[number].files
            )
            self._note(number, files=files)

    def _note(self, number: int, **known: object) -> None:
        with self._changed:
            self._jobs[number] = replace(self._jobs[number], **known)  # type: ignore[arg-type]
            self._version += 1


def _generations(outcome: Outcome) -> dict[str, str]:
    """Return what an update put in use, and what was in use before."""
    before = outcome.changes.older if outcome.changes else ""
    return {"generation": outcome.generation, "before": before}


def _gently() -> list[str]:
    """Return what lets a command run with a lower priority than the page."""
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


def _end(process: subprocess.Popen[str]) -> None:
    """Wait for a process that has told its last; kill it if it goes on."""
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            with suppress(OSError):
                stream.close()


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
