"""Score figure extraction against gold, ours beside two public extractors, in one run.

    python benchmarks/figures.py --peers-python .peers/bin/python
    python benchmarks/figures.py --unread ../shared/reports/txt

The first form prints precision, recall, F1, the accuracy of each attribute and characters per
second for our extract_figures, Recognizers-Text and JioNLP, and writes them as JSON.  The peers
run as a subprocess of an environment of their own (benchmarks/peers-requirements.txt); they
state no indicator, and where they name a unit in English it is left open, which the scorer
takes as agreeing.  The second form counts the numerals of a folder of texts that are in no
figure and no time, by what their surroundings show them to be, and writes a sample to read.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = 100
SEED = 20260101
CHARACTERS_TIMED = 200_000

Extractor = Callable[[str], list[dict[str, Any]]]


def recognizers() -> Extractor:
    """Recognizers-Text: numbers, shares, ordinals, money and measures, the longest reading of each place."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    readers = (
        recognize_currency,
        recognize_dimension,
        recognize_percentage,
        recognize_ordinal,
        recognize_number,
    )

    def extract(text: str) -> list[dict[str, Any]]:
        taken = [(found.start, found.end) for found in recognize_datetime(text, "zh-cn")]
        found = [
            one for reader in readers for one in reader(text, "zh-cn") if (one.resolution or {}).get("value")
        ]
        figures = []
        for one in sorted(found, key=lambda one: one.start - one.end):
            if any(one.start <= end and start <= one.end for start, end in taken):
                continue
            taken.append((one.start, one.end))
            value = str(one.resolution["value"])
            figures.append(
                {"quote": one.text, "value": value.rstrip("%"), "unit": "%" if value.endswith("%") else ""}
            )
        return figures

    return extract


def jionlp() -> Extractor:
    """JioNLP: amounts of money."""
    import jionlp as jio

    def extract(text: str) -> list[dict[str, Any]]:
        figures = []
        for one in jio.ner.extract_money(text, with_parsing=True) or []:
            number = one["detail"]["num"]
            figures.append(
                {
                    "quote": one["text"],
                    "value": number[0] if isinstance(number, list) else number,
                    "unit": "元",
                }
            )
        return figures

    return extract


PEERS: dict[str, Callable[[], Extractor]] = {"recognizers": recognizers, "jionlp": jionlp}


def read_as(name: str) -> None:
    """The subprocess: texts from standard input, a JSON line of figures and seconds to standard output."""
    extract = PEERS[name]()
    texts = json.load(sys.stdin)
    extract(texts[0])  # loading models is not reading
    started = time.perf_counter()
    figures = [extract(text) for text in texts]
    print("\n" + json.dumps({"figures": figures, "seconds": time.perf_counter() - started}))


def ask_peer(python: Path, name: str, texts: list[str]) -> tuple[list[list[dict[str, Any]]], float]:
    """Figures of each text and the seconds that reading them took."""
    done = subprocess.run(
        [str(python), str(Path(__file__).resolve()), "--as", name],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["figures"], answer["seconds"]


def load_scorer(path: Path) -> Any:
    """The scorer's module: its score(rows, extract) is the measure."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(gold: Path, scorer: Path, peers_python: Path | None) -> dict[str, dict[str, float]]:
    """Every system's scores on the same rows, and its characters per second."""
    from corpus.figures import extract_figures

    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [row["text"] for row in rows]
    score = load_scorer(scorer).score
    rounds = max(1, CHARACTERS_TIMED // sum(map(len, texts)))
    started = time.perf_counter()
    for _ in range(rounds):
        for text in texts:
            extract_figures(text)
    rate = rounds * sum(map(len, texts)) / (time.perf_counter() - started)
    results = {"ours": score(rows, extract_figures)[0] | {"characters_per_second": round(rate)}}
    for name in PEERS if peers_python else ():
        figures, seconds = ask_peer(peers_python or Path(), name, texts)
        answers = iter(figures)
        peer = score(rows, lambda _text, answers=answers: next(answers))[0]
        results[name] = peer | {"characters_per_second": round(sum(map(len, texts)) / seconds)}
    return results


def print_table(results: dict[str, dict[str, float]]) -> None:
    """One column a system; what a peer does not state is left blank."""
    print(f"{'':22}" + "".join(f"{name:>14}" for name in results))
    for measure in results["ours"]:
        cells = []
        for name, scores in results.items():
            stated = name == "ours" or measure in (
                "sentences",
                "gold",
                "predicted",
                "precision",
                "recall",
                "f1",
                "characters_per_second",
            )
            cells.append(f"{scores[measure] if stated else '':>14}")
        print(f"{measure:22}" + "".join(cells))


_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+")
_SIGNS: tuple[tuple[str, str, str], ...] = (
    ("ordinal", r"第\s?$", r""),
    ("code or name with letters", r"[A-Za-z\d+×·.．/:：—–-]$", r""),
    ("code or name with letters", r"", r"[A-Za-z+×·/:：]|[—–-]\d"),
    ("list number", r"(?:^|\n|[（(］\]。；])\s*[（(]?$", r"[)）.、．]|是"),
    ("footnote", r"[［\[〔]$", r"[］\]〕]"),
    ("line or number of a thing", r"", r"号|版|路|期|届|级|强|代|线|环|维|星|角|型|周年|时代|世纪"),
    ("threshold", r"", r"[^，。；]{0,4}(?:以上|以下|及以上)[^，。；、]{1,10}"),
)


def unread(folder: Path, out: Path | None) -> dict[str, int]:
    """Count the numerals that were not read, by what their surroundings show, and write a sample of the rest."""
    from corpus.figures import extract_figures
    from corpus.figures.numerals import narrow
    from corpus.figures.period import find_periods

    counts: Counter[str] = Counter()
    rest: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        text = narrow(path.read_text(encoding="utf-8"))
        read = bytearray(len(text))
        for figure in extract_figures(text):
            read[figure.start : figure.end] = b"f" * (figure.end - figure.start)
        for period in find_periods(text):
            read[period.start : period.end] = b"t" * (period.end - period.start)
        for found in _NUMERAL.finditer(text):
            kind = what_it_is(text, found.start(), found.end(), read[found.start()])
            counts[kind] += 1
            if kind == "other":
                rest.append(text[max(0, found.start() - 14) : found.end() + 14].replace("\n", "/"))
    if out:
        picked = random.Random(SEED).sample(rest, min(SAMPLE, len(rest)))
        out.write_text("\n".join(picked) + "\n", encoding="utf-8")
    return dict(counts.most_common())


def what_it_is(text: str, start: int, end: int, read: int) -> str:
    """figure, time, or what the characters around an unread numeral show; ``other`` where they show nothing."""
    if read:
        return "figure" if read == ord("f") else "time"
    before, after = text[max(0, start - 8) : start], text[end : end + 16]
    for name, left, right in _SIGNS:
        if re.search(left, before) and re.match(right, after):
            return name
    quoted = before.rfind("“") > before.rfind("”") and "”" in after
    if quoted:
        return "name in quotation marks"
    return "word of characters" if not text[start].isascii() else "other"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "figures_dev.jsonl")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score_figures.py")
    parser.add_argument(
        "--peers-python", type=Path, help="python of the environment with the peers; without it ours alone"
    )
    parser.add_argument(
        "--unread", type=Path, metavar="FOLDER", help="count the numerals of these texts that were not read"
    )
    parser.add_argument("--sample", type=Path, help="write a sample of what --unread found here")
    parser.add_argument("--json", type=Path, help="write the results here")
    parser.add_argument("--as", dest="peer", choices=PEERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        read_as(options.peer)
        return
    sys.path.insert(0, str(ROOT))
    results: dict[str, Any]
    if options.unread:
        results = unread(options.unread, options.sample)
        total = sum(results.values())
        for kind, count in results.items():
            print(f"{kind:28}{count:8}{count / total:8.2%}")
    else:
        results = compare(options.gold, options.scorer, options.peers_python)
        print_table(results)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
