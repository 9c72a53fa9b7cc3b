"""Make sure that there is an index to ask, with a progress bar in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.build import rebuild
from index.encode import Encoder
from index.errors import IndexMissingError
from index.store import GenerationStore
from index.watch import Progress


def require_index(index_dir: Path, encoder: Encoder) -> None:
    """Build the index of ``corpus/reports/`` if there is none; a damaged one is left to its owner."""
    try:
        GenerationStore(index_dir).current()
    except IndexMissingError:
        print("还没有索引，正在用 corpus/reports/ 里的报告建立。")
        # disable=None: no bar where the output is not a terminal.
        with tqdm(disable=None, bar_format="{desc} {percentage:3.0f}%|{bar:30}| {n_fmt}/{total_fmt}") as bar:
            summary = rebuild(None, index_dir, lambda progress: _show(bar, progress), encoder=encoder)
        print(f"索引已建立：{summary.reports} 份报告，{summary.passages} 个段落，{summary.figures} 个数字。")
        for failure in summary.failures:
            print(f"没有读成：{failure.path}：{failure.reason}")


def _show(bar: tqdm[Any], progress: Progress) -> None:
    bar.set_description(progress.stage, refresh=False)
    bar.total = progress.total
    bar.n = progress.done
    bar.refresh()
