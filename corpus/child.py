"""The process that reads files: ``python -m corpus.child``, started and ended by ``corpus.sandbox``.

It reads one file after another until its input ends, nobody asks for a while, or a file left it
too large.  It has no network, little memory, and nothing to lose.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import os
import select
import sys
import traceback
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from corpus.checks import check
from corpus.document import RepairStep
from corpus.errors import CorpusError, DamagedReportError, TooLargeReportError
from corpus.formats import BY_SUFFIX, READERS, damaged, find_format
from corpus.limits import MEGABYTE, Limits
from corpus.messages import Message, says
from corpus.names import shown
from corpus.progress import listen
from corpus.wire import JOB, REPLY, Job, Reply, to_line, writable

try:
    import resource
except ImportError:  # Windows: the parent's clock alone bounds a reading
    resource = None  # type: ignore[assignment]

IDLE_SECONDS = 60  # after which the process ends: what it has imported fills memory
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000  # of linux/sched.h
NETWORK_EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")


def main() -> None:
    """Read files until the input ends."""
    jobs, replies = _take_pipes()
    _leave_network()

    def send(reply: Reply) -> None:
        replies.write(to_line(REPLY, reply))
        replies.flush()

    limits = Limits()

    def on_page(done: int, total: int) -> None:
        _allow_seconds(limits)
        send(Reply(page=(done, total)))

    listen(on_page)
    while _is_wanted(jobs) and (line := jobs.readline()):
        job = JOB.validate_json(line)
        data = jobs.read(job.size)
        limits = job.limits
        _set_limits(limits)
        reply = read(job, data)
        send(reply)
        if reply.error == TooLargeReportError.__name__ or _is_large(limits):
            break


def read(job: Job, data: bytes) -> Reply:
    """Return what a file says, or what is wrong with it; raises nothing."""
    name = shown(job.name)
    try:
        suffix = find_format(data, job.name)
        check(data, suffix, name, job.limits)
        if job.picture is not None:
            return Reply(suffix=suffix, picture=_draw(data, name, *job.picture, job.limits))
        extracted = READERS[suffix](data, name)
        if len(extracted.text) > job.limits.characters:
            return _too_large(
                name, says("large.text", "文字超过 {wan} 万字", wan=job.limits.characters // 10_000)
            )
        notes = (*_renamed(job.name, suffix), *extracted.notes)
        return Reply(suffix=suffix, extracted=writable(replace(extracted, notes=notes)))
    except CorpusError as error:
        return Reply(error=type(error).__name__, message=error.message)
    except MemoryError:
        return _too_large(
            name,
            says(
                "large.memory",
                "读它要用的内存超过 {megabytes} MB",
                megabytes=job.limits.memory_bytes // MEGABYTE,
            ),
        )
    except Exception:  # a library met what its authors did not foresee
        return Reply(
            error=DamagedReportError.__name__, message=damaged(name).message, trace=traceback.format_exc()
        )


def _draw(data: bytes, name: str, page: int, width: int, limits: Limits) -> tuple[str, int, int]:
    from corpus.raster import draw_sheet  # not for who reads text

    picture, across, down = draw_sheet(data, name, page, width, limits)
    return base64.b64encode(picture).decode("ascii"), across, down


def _too_large(name: str, what: Message) -> Reply:
    told = says("large", "“{name}”太大：{what}。请拆成几份再试。", name=name, what=what)
    return Reply(error=TooLargeReportError.__name__, message=told)


def _renamed(name: str, suffix: str) -> tuple[RepairStep, ...]:
    """Return the step that says that a file is not what its name says."""
    written = PurePath(name).suffix.lower()
    if written in BY_SUFFIX and BY_SUFFIX[written].suffix == suffix:
        return ()
    called = f"文件名以 {shown(written)} 结尾" if written else "文件名没有后缀"
    return (RepairStep("识别格式", f"{called}，内容其实是{BY_SUFFIX[suffix].title}", 1),)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes to the parent; whatever a library prints or asks for goes nowhere."""
    jobs = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return jobs, replies


def _is_wanted(jobs: BinaryIO) -> bool:
    """Wait for the next job; False when none came for a while."""
    if os.name != "posix":  # pipes cannot be waited for
        return True
    return bool(select.select([jobs], [], [], IDLE_SECONDS)[0])


def _leave_network() -> None:
    """Give up the network: in Python everywhere, in the kernel where Linux lets a user do so."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in NETWORK_EVENTS:
            raise PermissionError("a reader has no network")

    sys.addaudithook(refuse)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            if library.unshare(CLONE_NEWNET):
                library.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _set_limits(limits: Limits) -> None:
    """Bound what this job may use; the hard limits stay, the next job may have others."""
    if resource is None:
        return
    _allow_seconds(limits)
    # Memory that is written to: mapped files and reserved addresses of libraries cost nothing.
    _set_soft(resource.RLIMIT_DATA, limits.memory_bytes)
    _set_soft(resource.RLIMIT_CORE, 0)
    # A converter that writes without end must not fill the disk.
    _set_soft(resource.RLIMIT_FSIZE, limits.inflated_bytes)


def _allow_seconds(limits: Limits) -> None:
    """Bound processor time from now on: it ends a reader whose parent was killed."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    cores = (os.cpu_count() or 1) + 1
    _set_soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds * cores) + 1)


def _set_soft(kind: int, value: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _is_large(limits: Limits) -> bool:
    """Tell whether the files read so far left the process with half the memory that one may use."""
    if resource is None:
        return False
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > limits.memory_bytes // 2


if __name__ == "__main__":
    main()
