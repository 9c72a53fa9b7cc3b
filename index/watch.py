"""Watch: what a rebuild tells while it runs, and where it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.messages import Message, says
from index.errors import RebuildCancelledError

CANCELLED = says("index.cancelled", "已取消，原有的索引没有改动。")

Stage = Literal["等待", "准备", "读取", "清理", "嵌入", "检查", "切换"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild is: ``done`` of ``total`` files or passages in ``stage``."""

    stage: Stage
    done: int
    total: int
    detail: str | Message = ""


@dataclass(frozen=True, slots=True)
class FileStep:
    """What becomes of a file that is given: it is being read, it was read, or why it is not."""

    path: Path
    state: Literal["reading", "read", "refused"]
    reason: Message | None = None


OnProgress = Callable[[Progress], None]
OnFile = Callable[[FileStep], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Watch:
    """Passes on how far a rebuild and its files are, and asks whether it is still wanted."""

    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None
    on_file: OnFile | None = None

    def tell(self, stage: Stage, done: int, total: int, detail: str | Message = "") -> None:
        """Tell how far it is; raise RebuildCancelledError if it is no longer wanted."""
        self.check()
        if self.on_progress:
            self.on_progress(Progress(stage, done, total, detail))

    def tell_file(
        self, path: Path, state: Literal["reading", "read", "refused"], reason: Message | None = None
    ) -> None:
        """Tell what becomes of a file that is given."""
        if self.on_file:
            self.on_file(FileStep(path, state, reason))

    def check(self) -> None:
        """Raise RebuildCancelledError if the rebuild is no longer wanted."""
        if self.should_stop and self.should_stop():
            raise RebuildCancelledError(CANCELLED)
