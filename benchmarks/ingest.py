"""Read report files and tell how fast, with how much memory, and how completely.

    python benchmarks/ingest.py
    python benchmarks/ingest.py FILE|FOLDER ... --json FILE
    python benchmarks/ingest.py SCAN.pdf --truth SCAN.txt
    python benchmarks/ingest.py --generated 200

Without files: the reports beside the project, and of those in Word also the share of characters that
equal the text of the same report. Every file is read in a process of its own, as ``load_report`` reads it;
one that takes less than five seconds is read twice, and the second time counts, without the libraries' start.
Processor time is that of all threads, and does not grow where the machine is shared.
The digits are those of ``python -m corpus audit``, the accuracy of ``--truth`` is one less the edit distance
in lengths of the truth, without white space. ``--generated`` makes an annual report of so many pages with
Chromium and reads that. Peak memory is that of the reading process; it needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# A script's own folder, not the project's, is where Python looks for modules.
from corpus import WenBaoError, load_report  # noqa: E402
from corpus.formats import READERS  # noqa: E402
from corpus.sandbox import close  # noqa: E402

REPORTS = ROOT.parent / "shared" / "reports"
QUICK = 5.0  # seconds; what takes longer is read once
BYTES_PER_UNIT = 1024 if sys.platform == "linux" else 1  # of ru_maxrss
TABLE_ROW = re.compile(r"(【[^】\n]+】)[^\n]*[｜：]")
COLUMNS = (
    ("pages", 7), ("characters", 12), ("seconds", 9), ("cpu_seconds", 13), ("pages_per_second", 18), ("peak_mb", 9), ("tables", 8),
    ("numerals", 10), ("kept", 7), ("omitted", 9), ("faults", 8), ("character_share", 17), ("confidence", 12),
    ("equal_to_text", 15), ("accuracy", 10),
)  # fmt: skip


def measure(path: Path, truth: Path | None = None) -> dict[str, Any]:
    """Read a file in a new process; return its row of the table."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (path, truth))


def _measure(path: Path, truth: Path | None) -> dict[str, Any]:
    readings = 0
    while readings < 2:
        readings += 1
        started, worked = time.perf_counter(), time.process_time()
        try:
            report = load_report(path)
        except WenBaoError as error:
            return {"error": str(error)}
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        if seconds > QUICK:
            break
    close()  # a process that has ended tells how much memory it took
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked += (child.ru_utime + child.ru_stime) / readings
    assert report.audit is not None
    counts = report.audit.counts
    row = {
        "pages": len(report.pages),
        "characters": len(report.text),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(worked, 2),
        "pages_per_second": round(len(report.pages) / seconds, 2) if report.pages else "",
        "peak_mb": child.ru_maxrss * BYTES_PER_UNIT >> 20,
        "tables": _tables(report.text),
        "numerals": counts.numerals,
        "kept": counts.kept,
        "omitted": counts.omitted,
        "faults": counts.faults,
        "character_share": round(counts.character_share, 5),
        "confidence": "" if counts.confidence is None else round(counts.confidence, 4),
    }
    reference = _text_of(path)
    if reference is not None:
        row["equal_to_text"] = round(_held(reference, report.text), 5)
    if truth is not None:
        row["accuracy"] = round(accuracy(truth.read_text(encoding="utf-8"), report.text), 5)
    return row


def _tables(text: str) -> int:
    """Count the runs of rows that name the same table."""
    names = (match[1] if (match := TABLE_ROW.match(line)) else None for line in text.split("\n"))
    return sum(name is not None for name, _ in groupby(names))


def _text_of(path: Path) -> Path | None:
    """Return the text file of the same report, named otherwise: 2025年甲省政府工作报告, 2025_甲省_政府工作报告."""
    if path.suffix != ".docx":
        return None
    named = re.fullmatch(r"(\d{4})年(.+?)(政府工作报告)", path.stem)
    text = path.parents[1] / "txt" / (f"{named[1]}_{named[2]}_{named[3]}.txt" if named else "")
    return text if text.is_file() else None


def _held(reference: Path, text: str) -> float:
    """Return the share of a text's characters, in their order, that another text holds."""
    wanted, found = bare(reference.read_text(encoding="utf-8")), bare(text)
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    if not (Counter(wanted) - Counter(found)):
        # Nothing is missing: only the order can differ, which the matcher takes minutes to say of long texts.
        return 1.0 if wanted == found else matcher.ratio()
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(wanted), 1)


def bare(text: str) -> str:
    """Return a text without white space, full-width digits in half width."""
    narrow = re.sub("[０-９Ａ-Ｚａ-ｚ％．＋－]", lambda match: chr(ord(match[0]) - 0xFEE0), text)
    return re.sub(r"\s", "", narrow)


def accuracy(truth: str, text: str) -> float:
    """Return one less the edit distance in lengths of the truth."""
    wanted, found = bare(truth), bare(text)
    before = list(range(len(found) + 1))
    for row, character in enumerate(wanted, 1):
        after = [row]
        for column, other in enumerate(found, 1):
            after.append(min(before[column] + 1, after[-1] + 1, before[column - 1] + (character != other)))
        before = after
    return 1 - before[-1] / max(len(wanted), 1)


def generate(pages: int, path: Path) -> None:
    """Print an annual report of text and tables, at least ``pages`` pages long, to a PDF."""
    from playwright.sync_api import sync_playwright

    body = "".join(_section(number) for number in range(1, pages + 1))
    style = (
        "body{font:12pt serif} table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:2px}"
    )
    with sync_playwright() as player, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.html"
        source.write_text(
            f"<meta charset=utf-8><style>{style}</style><h1>年度报告</h1>{body}", encoding="utf-8"
        )
        browser = player.chromium.launch(executable_path=_chromium())
        page = browser.new_page()
        page.goto(source.as_uri())
        page.pdf(path=str(path), format="A4", display_header_footer=True)
        browser.close()


def _chromium() -> str | None:
    from shutil import which

    return which("chromium") or which("chromium-browser")


def _section(number: int) -> str:
    """Return a page of an annual report: paragraphs and a table, every number another."""
    paragraphs = "".join(
        f"<p>报告期内，第{number}业务板块第{part}季度实现营业收入{number * 137 + part * 11}.{part}8万元，"
        f"同比增长{(number * 7 + part) % 40}.{number % 10}%；归属于股东的净利润{number * 19 + part}万元，"
        f"扣除非经常性损益后为{number * 18 + part}.5万元，经营活动产生的现金流量净额{number * 23 + part}万元。</p>"
        for part in range(1, 5)
    )
    rows = "".join(
        f"<tr><td>子公司{number}-{row}</td><td>{number * 1000 + row * 37:,}.{row:02d}</td>"
        f"<td>{number * 900 + row * 31:,}.{row:02d}</td><td>{row * 3 + number % 9}.{row % 10}%</td></tr>"
        for row in range(1, 16)
    )
    head = "<tr><th>公司名称</th><th>2031年末</th><th>2030年末</th><th>变动比例</th></tr>"
    return (
        f"<section style='break-after:page'><h2>第{number}节 板块经营情况</h2>{paragraphs}"
        f"<p>表{number} 资产总额（单位：万元）</p><table>{head}{rows}</table></section>"
    )


def files_of(named: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named and those of readable kinds in the folders that are named."""
    for path in named or [REPORTS / kind for kind in ("pdf", "html", "docx", "txt")]:
        if path.is_dir():
            yield from sorted(child for child in path.iterdir() if child.suffix.lower() in READERS)
        else:
            yield path


def print_row(name: str, row: dict[str, Any]) -> None:
    """Print one row of the table."""
    if "error" in row:
        print(f"{name[:36]:38}{row['error']}")
        return
    print(
        f"{name[:36]:38}" + "".join(f"{row.get(column, ''):>{width}}" for column, width in COLUMNS),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="the text of the one file that is named")
    parser.add_argument("--generated", type=int, metavar="PAGES", help="read a generated annual report")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    print(f"{'':38}" + "".join(f"{column:>{width}}" for column, width in COLUMNS))
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        files = list(files_of(options.files)) if options.files or not options.generated else []
        if options.generated:
            files.append(Path(folder) / f"generated_{options.generated}.pdf")
            generate(options.generated, files[-1])
        for path in files:
            results[path.name] = measure(path, options.truth)
            print_row(path.name, results[path.name])
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
