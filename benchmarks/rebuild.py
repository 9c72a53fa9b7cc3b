"""Time what a change of the index costs: all reports at once, one more, and questions asked meanwhile.

    python benchmarks/rebuild.py --reports ../shared/reports/txt --json results.json

In an empty home, ``python -m index rebuild`` builds an index of all reports but the last; ``add`` adds
that one; ``rebuild`` again finds nothing new. Then ``app.py`` is asked over HTTP, first while nothing else
happens, then while a child process indexes more reports, as the page lets it; and, for comparison, a
retriever is asked while a thread of its own process does. Needs Linux or macOS; the prepared model is
taken from WENBAO_HOME.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.times import ASKED, QUESTIONS, serving, timed_answer  # noqa: E402
from index import RebuildCancelledError, from_environment, load_encoder, rebuild  # noqa: E402
from index.events import Outcome, read_event  # noqa: E402
from web.reports.jobs import Jobs  # noqa: E402

# Reports that are being indexed while questions are asked: enough to take longer than they do.
MEANWHILE = 12

Results = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "reports" / "txt")
    parser.add_argument("--latency-only", action="store_true", help="skip the full build")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    files = sorted(path for path in options.reports.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        results = {} if options.latency_only else cost_of_one_more(files, Path(folder) / "index")
        results |= waiting_meanwhile(files[:MEANWHILE], Path(folder))
    for name, value in results.items():
        print(f"{name:52}{value:10.1f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of all cores together: the latter hardly hang on what else runs."""

    clock: float
    cores: float


def cost_of_one_more(files: list[Path], index_dir: Path) -> Results:
    """Return what an index of all files but one costs, and what the last one does."""
    full, _ = timed(index_dir, "rebuild", *map(str, files[:-1]))
    added, outcome = timed(index_dir, "add", str(files[-1]))
    again, _ = timed(index_dir, "rebuild")
    return {
        f"build of {len(files) - 1} reports, s": full.clock,
        "  seconds of all cores": full.cores,
        f"one report more ({outcome.passages - outcome.reused} passages), s": added.clock,
        "  seconds of all cores ": added.cores,
        "  files read": float(outcome.read),
        "a full build takes so many times as long": full.clock / added.clock,
        "  by the seconds of all cores": full.cores / added.cores,
        "nothing new, s": again.clock,
    }


def timed(index_dir: Path, command: str, *arguments: str) -> tuple[Cost, Outcome]:
    """Run a command of the index, the start of the program included; return its cost and what it tells."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "index", command, "--json", "--index", str(index_dir), "--", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cores = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    event = read_event(done.stdout.splitlines()[-1])
    if event is None or event.summary is None:
        raise RuntimeError(f"{command} told nothing: {done.stdout[-500:]}")
    return Cost(clock, cores), event.summary


def waiting_meanwhile(files: list[Path], folder: Path) -> Results:
    """Return how long an answer takes over HTTP while nothing, a child process, or a thread rebuilds."""
    settings = from_environment()
    small = folder / "small"
    rebuild(None, small, settings=settings)
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[:ASKED]
    questions = [json.loads(line)["question"] for line in lines]
    with serving(str(small)) as (_process, address):
        for question in questions:
            timed_answer(address, question)
        results = waits(address, questions, "idle", lambda: True)
        jobs = Jobs(small, settings)
        incoming = jobs.incoming / "benchmark"
        incoming.mkdir(parents=True)
        copies = [incoming / str(number) / path.name for number, path in enumerate(files)]
        for copy, path in zip(copies, files, strict=True):
            copy.parent.mkdir()
            copy.write_bytes(path.read_bytes())
        jobs.add(copies, newer=False)
        while not (progress := jobs.jobs()[0].progress) or progress.stage != "嵌入":
            time.sleep(0.2)
        results |= waits(address, questions, "a child rebuilds", lambda: jobs.jobs()[0].active)
        jobs.close()
    return results | waits_beside_a_thread(files, folder, questions)


def waits(address: str, questions: list[str], when: str, lasts: Callable[[], bool]) -> Results:
    times = [timed_answer(address, question) * 1000 for question in questions if lasts()]
    return summary_of(times, f"answer over HTTP, {when}, ms")


def waits_beside_a_thread(files: list[Path], folder: Path, questions: list[str]) -> Results:
    """Return what answers take where a thread of the same process rebuilds, without HTTP."""
    from retrieval import Retriever

    settings = from_environment()
    encoder = load_encoder(settings)
    retriever = Retriever.open(folder / "small", settings)
    for question in questions:
        retriever.ask(question)
    embedding: list[str] = []
    over: list[bool] = []

    def index() -> None:
        with suppress(RebuildCancelledError):
            rebuild(
                files,
                folder / "beside",
                lambda progress: embedding.append(progress.stage),
                settings=settings,
                encoder=encoder,
                should_stop=lambda: bool(over),
            )

    thread = Thread(target=index)
    alone = [asked(retriever.ask, question) for question in questions]
    thread.start()
    while "嵌入" not in embedding:
        time.sleep(0.1)
    beside = [asked(retriever.ask, question) for question in questions]
    over.append(True)
    thread.join()
    return summary_of(alone, "answer in process, idle, ms") | summary_of(
        beside, "answer in process, a thread rebuilds, ms"
    )


def asked(ask: Callable[[str], object], question: str) -> float:
    started = time.perf_counter()
    ask(question)
    return (time.perf_counter() - started) * 1000


def summary_of(times: list[float], name: str) -> Results:
    ordered = sorted(times)
    return {
        f"{name}, median": statistics.median(ordered),
        f"{name}, p95": ordered[int(0.95 * (len(ordered) - 1))],
    }


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
