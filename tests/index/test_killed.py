"""A rebuild that is killed between any two steps: the old answers still come, the next rebuild works."""

from __future__ import annotations

import io
import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import pytest

from index import GenerationStore, Index, digests, open_index, rebuild
from index.generation import read_generation
from tests.fakes import FakeEncoder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

# Every call of these is a step; the process dies right before it.
STEPS = [(os, "fsync"), (os, "rename"), (os, "replace"), (os, "mkdir"), (os, "unlink"), (os, "rmdir")]
STEPS += [(io, "open")]
NEWS = "全区栽种行道树3600棵。"


def killed_before_step(number: int, action: Callable[[], object]) -> int:
    """Run ``action`` in a child that dies before its ``number``-th step; return the child's wait status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    count = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return step

    def torn_write(path: Path, data: bytes) -> Any:
        """Write half, then all: between the two the process may die."""
        path.write_bytes(data[: len(data) // 2])
        return real_write(path, data)

    real_write = digests.write_durably
    try:
        for module, name in STEPS:
            setattr(module, name, counted(getattr(module, name)))
        import index.store
        import index.write

        index.write.write_durably = torn_write
        index.store.write_durably = torn_write
        action()
        os._exit(0)
    except BaseException:
        os._exit(1)


def best_answer(index: Index) -> str:
    question = index.encoder.encode_queries(["栽种了多少棵行道树，建成多少座桥梁"])[0].vector
    return index.passages[index.vectors.search(question[None], 1)[1][0, 0]].text


@pytest.mark.parametrize("stride", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_killed_between_any_two_steps(
    reports: Path, index_dir: Path, tmp_path: Path, encoder: FakeEncoder, stride: int
) -> None:
    # A child inherits no threads of FAISS, so there must be none.
    faiss.omp_set_num_threads(1)
    for _ in range(3):  # so many that the next rebuild also removes one
        rebuild([reports], index_dir, encoder=encoder)
    old = best_answer(open_index(index_dir, encoder=encoder))
    (reports / "新增.txt").write_text(NEWS, encoding="utf-8")

    answers = []
    while True:
        place = tmp_path / f"第{len(answers)}次"
        shutil.copytree(index_dir, place)
        step = 1 + stride * len(answers)
        status = killed_before_step(step, partial(rebuild, [reports], place, encoder=encoder))
        if os.WIFEXITED(status):
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        answers.append(best_answer(open_index(place, encoder=encoder)))
        store = GenerationStore(place)
        for name in store.names():
            read_generation(store.folder(name))
        rebuild([reports], place, encoder=encoder)
        assert best_answer(open_index(place, encoder=encoder)) == NEWS
        assert not list(store.generations_dir.glob("*.partial"))
        shutil.rmtree(place)
    assert os.WEXITSTATUS(status) == 0
    assert len(answers) * stride >= 50, "so many steps does a rebuild have"
    # The old answer until the switch, the new one from then on.
    assert answers == [old] * answers.count(old) + [NEWS] * answers.count(NEWS)
    assert answers.count(NEWS) >= 1


def test_killed_in_the_first_build(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    faiss.omp_set_num_threads(1)
    for step in range(1, 60, 6):
        killed_before_step(step, lambda: rebuild([reports], index_dir, encoder=encoder))
    summary = rebuild([reports], index_dir, encoder=encoder)
    assert len(open_index(index_dir, encoder=encoder).passages) == summary.passages
