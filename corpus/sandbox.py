"""Read a file in a process of its own, so that no file can hurt the program.

A hostile or damaged file makes libraries abort, hang or fill the memory.  Here that ends a child
process (``corpus.child``), with an error that names the file; the child serves many files, since
starting one takes as long as reading ten reports, and is replaced when it dies.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from corpus import errors
from corpus.errors import (
    ConverterError,
    CorpusError,
    DamagedReportError,
    ReadingStoppedError,
    TooLargeReportError,
)
from corpus.extracted import Extracted
from corpus.limits import Limits
from corpus.messages import says
from corpus.names import printable, shown
from corpus.progress import OnPage
from corpus.reasons import reason_of
from corpus.wire import JOB, REPLY, Job, Reply, to_line

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "corpus.child"
FILES_PER_CHILD = 500  # then it is replaced: libraries leak
POLL_SECONDS = 0.1  # how soon a stop or a limit is noticed
EXIT_SECONDS = 5  # to wait for the end of a process that was killed


def read_safely(
    data: bytes,
    name: str,
    limits: Limits,
    should_stop: Callable[[], bool] | None = None,
    on_page: OnPage | None = None,
) -> Extracted:
    """Return what a file says.

    ``should_stop`` is asked ten times a second; ``on_page`` hears (done, total) of pages that are
    recognised.  Raises a CorpusError, or ReadingStoppedError when ``should_stop`` said so.
    """
    reply = _ask(Job(printable(name), len(data), limits), data, should_stop, on_page)
    if reply.extracted is None:
        raise _error(reply)
    return reply.extracted


def draw_safely(data: bytes, name: str, page: int, width: int, limits: Limits) -> tuple[bytes, int, int]:
    """Return page ``page`` of a file as WEBP, ``width`` pixels wide, with its width and height.

    Raises NoPictureError or another CorpusError.
    """
    reply = _ask(Job(printable(name), len(data), limits, (page, width)), data)
    if reply.picture is None:
        raise _error(reply)
    picture, across, down = reply.picture
    return base64.b64decode(picture), across, down


def _ask(
    job: Job,
    data: bytes,
    should_stop: Callable[[], bool] | None = None,
    on_page: OnPage | None = None,
) -> Reply:
    reply = None
    while reply is None:  # a child that ended for want of work as the job came is no fault of the file
        child = _take(job)
        try:
            reply = child.read(
                job, data, should_stop or (lambda: False), on_page or (lambda _done, _total: None)
            )
        except BaseException:
            child.kill()
            raise
        _give_back(child)
    if reply.trace:
        logger.info("reading %s failed\n%s", shown(job.name), reply.trace)
    return reply


def _error(reply: Reply) -> CorpusError:
    kind = getattr(errors, reply.error, DamagedReportError)
    told = reply.message or ""
    return kind(told) if issubclass(kind, CorpusError) else DamagedReportError(told)


class Child:
    """A reading process, and the thread that hears it."""

    def __init__(self) -> None:
        self.files = 0
        self._heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # What a process that is killed leaves behind goes with its folder.
        self._folder = tempfile.TemporaryDirectory(prefix="wenbao-", ignore_cleanup_errors=True)
        folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
        self._process = subprocess.Popen(
            [sys.executable, "-m", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A folder named corpus where the program was started is not ours.
            cwd=ROOT,
            env={**os.environ, **folders, "PYTHONUTF8": "1"},
            # Ctrl-C is for the parent, which ends the child; and what the child starts ends with it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        threading.Thread(target=self._hear, daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether the process is no more."""
        return self._process.poll() is not None

    def read(self, job: Job, data: bytes, should_stop: Callable[[], bool], on_page: OnPage) -> Reply | None:
        """Return what became of a job; None where the process had ended before it began.

        Raises ReadingStoppedError, and TooLargeReportError or DamagedReportError where the
        process took too long or died.
        """
        self.files += 1
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended; what it said before tells how
            self._process.stdin.write(to_line(JOB, job))
            self._process.stdin.write(data)
            self._process.stdin.flush()
        started = time.monotonic()
        renewed = started
        while True:
            if should_stop():
                raise ReadingStoppedError(says("read.stopped", "已停止读取“{name}”。", name=shown(job.name)))
            now = time.monotonic()
            if now > min(renewed + job.limits.seconds, started + job.limits.total_seconds):
                raise _too_slow(job, now - started)
            try:
                line = self._heard.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if not line:
                self._explain_death(job)
                return None
            try:
                reply = REPLY.validate_json(line)
            except ValueError as error:  # whoever writes that is no reader any more
                raise _crashed(job) from error
            if reply.page is None:
                return reply
            renewed = time.monotonic()
            if reply.page[1]:
                on_page(*reply.page)

    def kill(self) -> None:
        """End the process, and what it started, at once."""
        if not self.ended:  # the number of one that has ended may be another's by now
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
                self._process.wait(EXIT_SECONDS)
        self._folder.cleanup()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heard.put(line)
        self._heard.put(b"")

    def _explain_death(self, job: Job) -> None:
        """Raise what a process died of; one that had just ended by itself died of nothing."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(EXIT_SECONDS)
        code = self._process.returncode
        if code == 0 and self.files > 1:
            return
        logger.info("the reading process died with %s while reading %s", code, shown(job.name))
        if code is not None and -code == getattr(signal, "SIGXCPU", None):
            raise _too_slow(job, job.limits.seconds)
        raise _crashed(job)


def _crashed(job: Job) -> DamagedReportError:
    return DamagedReportError(
        says(
            "read.crashed",
            "读“{name}”时，读取程序意外中止，已跳过这份文件。它可能已损坏，或者内容异常庞大。"
            "请打开确认，另存一份（PDF 可“打印”成新的 PDF）再试。",
            name=shown(job.name),
        )
    )


def _too_slow(job: Job, seconds: float) -> TooLargeReportError:
    return TooLargeReportError(
        says(
            "read.slow",
            "“{name}”读了 {seconds} 秒还没有读完，已跳过。它可能已损坏，或者内容异常庞大。"
            "请拆成几份再试，或在 WENBAO_SECONDS 里放宽时间。",
            name=shown(job.name),
            seconds=round(seconds),
        )
    )


_idle: list[Child] = []
_lock = threading.Lock()


def _take(job: Job) -> Child:
    """Return a child that waits for work, or a new one; raise ConverterError where none can be started."""
    with _lock:
        while _idle:
            child = _idle.pop()
            if not child.ended:
                return child
            child.kill()
    try:
        return Child()
    except OSError as error:
        raise ConverterError(
            says(
                "read.start",
                "读“{name}”的程序启动不了：{reason}。请关掉一些程序、清出磁盘空间后再试。",
                name=shown(job.name),
                reason=reason_of(error),
            )
        ) from error


def _give_back(child: Child) -> None:
    if child.ended or child.files >= FILES_PER_CHILD:
        child.kill()
        return
    with _lock:
        _idle.append(child)


@atexit.register
def close() -> None:
    """End all children that wait."""
    with _lock:
        while _idle:
            _idle.pop().kill()
