"""Time the program as a person meets it: building an index, starting the page, asking it; and its memory.

    python benchmarks/times.py --runs 5

Every run starts ``python -m index rebuild`` twice in an empty folder, the second time with nothing new,
then ``python app.py`` with that index, and asks it 20 questions over HTTP. Printed are the median, the
least and the most of the runs. The prepared model is taken from WENBAO_HOME; peak memory needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "cases" / "retrieval" / "banan_questions.jsonl"
ASKED = 20
READY = "http://"  # stands in the line that the program prints when it serves

Times = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[:ASKED]
    questions = [json.loads(line)["question"] for line in lines]
    prepare_model()
    runs = [measure(questions) for _ in range(options.runs)]
    results = {name: sorted(run[name] for run in runs) for name in runs[0]}
    print(f"{'':32}{'median':>10}{'least':>10}{'most':>10}")
    for name, values in results.items():
        print(f"{name:32}{statistics.median(values):10.1f}{values[0]:10.1f}{values[-1]:10.1f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def prepare_model() -> None:
    """Make the model ready, so that no run counts that."""
    command = "from index import from_environment, load_encoder; load_encoder(from_environment())"
    subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True)


def measure(questions: list[str]) -> Times:
    """Return the times of one run, with an index of its own."""
    with tempfile.TemporaryDirectory() as folder:
        build, again = (timed_rebuild(folder) for _ in range(2))
        started = time.perf_counter()
        with serving(folder) as (process, address):
            start = time.perf_counter() - started
            answers = [timed_answer(address, question) for question in questions]
            memory = peak_memory(process.pid)
    return {
        "build the index, s": build,
        "rebuild, nothing new, s": again,
        "start of app.py, s": start,
        "first answer over HTTP, ms": answers[0] * 1000,
        "answer over HTTP, ms": statistics.median(answers) * 1000,
        f"peak memory, {len(questions)} questions, MB": memory,
    }


def timed_rebuild(folder: str) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "index", "rebuild", "--index", folder]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


@contextmanager
def serving(folder: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run app.py with the index of a folder; yield it and its address once it serves."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    command = [sys.executable, "app.py", "--port", port, "--index", folder]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout is not None
        if not any(READY in line for line in process.stdout):
            raise RuntimeError("app.py ended before it served")
        yield process, f"http://127.0.0.1:{port}/gradio_api/call/ask"
    finally:
        process.terminate()
        process.wait(timeout=30)


def timed_answer(address: str, question: str) -> float:
    """Ask one question; return the seconds until the whole answer is there."""
    started = time.perf_counter()
    body = json.dumps({"data": [question]}).encode()
    with urlopen(Request(address, body, {"Content-Type": "application/json"})) as response:
        event = json.load(response)["event_id"]
    with urlopen(f"{address}/{event}") as response:
        told = response.read().decode()
    if "event: complete" not in told or json.loads(told.split("data: ", 1)[1])[0]["question"] != question:
        raise RuntimeError(f"no answer to {question}: {told}")
    return time.perf_counter() - started


def peak_memory(pid: int) -> float:
    """Return the most memory that a process has held, in MB (VmHWM of Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1000


if __name__ == "__main__":
    main()
