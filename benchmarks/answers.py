"""Ask an index the questions of one or more files and mark the answers.

    python benchmarks/answers.py
    python benchmarks/answers.py QUESTIONS.jsonl --index FOLDER --show 20

Without files: the project's own questions, and the gold questions beside the project where there
are any. A file that asks about reports which the index does not hold is passed over.

A question is a line of JSON: ``kind`` (``figure``, ``fact``, ``list``, ``compare``, ``followup`` or
``none``), ``question``, ``history``, the ``evidence`` in the report's words, and what is right:
``value`` and ``unit`` (``values`` and ``units`` for ``compare``) or the words of ``accept``.

The marks, each a share of the questions that it applies to:

    passage@1, @3, @5   the evidence, where it is known, stands in one of the first k passages
    report@1            the first passage is of the right report
    figure@1, @3        the right quantity is among the first k figures
    answer              the text of the answer says it, and briefly
    refused             of what the reports do not say: it is refused
    false_refusals      of what they do say: it is refused (lower is better)
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePath
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# A script's own folder, not the project's, is where Python looks for modules.
from corpus.figures.amount import normalise  # noqa: E402
from index import from_environment  # noqa: E402
from retrieval import Answer, Retriever  # noqa: E402

OWN_QUESTIONS = (
    ROOT / "tests" / "cases" / "retrieval" / "banan_questions.jsonl",
    ROOT / "benchmarks" / "questions" / "newcomer.jsonl",
)
GOLD = ROOT.parent / "shared" / "gold"
SHIPPED = "seed"  # how question files name the report that comes with the project

MARKS = (
    "passage@1", "passage@3", "passage@5", "report@1", "figure@1", "figure@3", "answer", "refused", "false_refusals"
)  # fmt: skip
LONGEST_ANSWER = 150  # characters; longer is a passage, not an answer
LONGEST_ENUMERATION = 500  # of a list or a comparison
EVIDENCE_HELD = 0.7  # in one piece: a passage may end where the evidence goes on
LEAST_PIECE = 6  # characters
SAME_VALUE = Decimal("0.0005")  # relative; 3.9万亿 may be printed as 39000亿
LIST_HELD = 0.8

Quantity = tuple[str, str]
Marks = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is right; ``quantities`` are (value, unit) as printed."""

    identity: str
    kind: str
    text: str
    history: tuple[str, ...]
    reports: tuple[str, ...]
    evidence: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    accept: tuple[str, ...]


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_question(json.loads(line)) for line in lines if line.strip()]


def _question(row: dict[str, Any]) -> Question:
    values = _several(row.get("values", row.get("value")))
    units = _several(row.get("units", row.get("unit"))) or ("",)
    return Question(
        identity=row["id"],
        kind=row["kind"],
        text=row["question"],
        history=_several(row.get("history")),
        reports=tuple(PurePath(name).stem for name in _several(row.get("report")) if name != SHIPPED),
        evidence=_several(row.get("evidence")),
        quantities=tuple((value, units[min(place, len(units) - 1)]) for place, value in enumerate(values)),
        accept=_several(row.get("accept")),
    )


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def mark(question: Question, answer: Answer) -> Marks:
    """Return the marks that apply to a question."""
    if question.kind == "none":
        return {"refused": not answer.found}
    marks = {"false_refusals": not answer.found}
    comparison = question.kind == "compare"
    passages = [hit.passage for hit in answer.hits]
    # The evidence of a comparison stands in several passages.
    for first in (3, 5) if comparison else (1, 3, 5):
        texts = [passage.text for passage in passages[:first]]
        if question.evidence:
            marks[f"passage@{first}"] = all(
                any(holds(text, piece) for text in texts) for piece in question.evidence
            )
    if question.reports and passages and not comparison:
        marks["report@1"] = any(report in passages[0].report for report in question.reports)
    if question.quantities:
        marks |= _mark_figures(question, answer)
    if question.quantities or question.accept:
        marks["answer"] = _is_brief(question, answer) and _says(question, answer.text)
    return marks


def _mark_figures(question: Question, answer: Answer) -> Marks:
    found = [(str(figure.value), figure.unit) for figure in answer.figures]
    if question.kind == "compare":
        # One more than the figures that are asked for by a comparison of two or three.
        return {
            "figure@3": all(any(same(wanted, one) for one in found[:4]) for wanted in question.quantities)
        }
    [wanted] = question.quantities
    return {f"figure@{first}": any(same(wanted, one) for one in found[:first]) for first in (1, 3)}


def _is_brief(question: Question, answer: Answer) -> bool:
    longest = LONGEST_ENUMERATION if question.kind in ("list", "compare") else LONGEST_ANSWER
    return len(bare(answer.text)) <= longest


def _says(question: Question, text: str) -> bool:
    said = [bare(word) in bare(text) for word in question.accept]
    if question.quantities:
        stated = all(states(text, wanted) for wanted in question.quantities)
        # The winner of a comparison must be named too; a figure's unit may be worded in other ways.
        return stated and (question.kind != "compare" or not said or any(said))
    return sum(said) >= LIST_HELD * len(said) if question.kind == "list" else any(said)


def bare(text: str) -> str:
    """Return a text without white space, its full-width digits and number signs in half width."""
    narrow = re.sub("[０-９＋－．％]", lambda match: chr(ord(match[0]) - 0xFEE0), text)
    return re.sub(r"\s", "", narrow).replace("−", "-")


def holds(passage: str, evidence: str) -> bool:
    """Tell whether a passage holds the evidence, or most of it in one piece."""
    text, wanted = bare(passage), bare(evidence)
    length = min(len(wanted), max(LEAST_PIECE, int(EVIDENCE_HELD * len(wanted))))
    pieces = (wanted[start : start + length] for start in range(len(wanted) - length + 1))
    return bool(wanted) and any(piece in text for piece in pieces)


def same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same; a unit that is left out agrees with any."""
    left, right = _amount(one), _amount(other)
    if left is None or right is None:
        return False
    near = abs(left[0] - right[0]) <= SAME_VALUE * max(abs(left[0]), abs(right[0]))
    return near and (left[1] in right[1] or right[1] in left[1])


def _amount(quantity: Quantity) -> tuple[Decimal, str] | None:
    value, unit = (bare(part).replace(",", "") for part in quantity)
    try:
        return normalise(Decimal(value), unit)
    except InvalidOperation:
        return None


def states(text: str, quantity: Quantity) -> bool:
    """Tell whether a text prints a quantity, in its unit or in a multiple of it."""
    if _amount(quantity) is None:
        return bare(quantity[0]) in bare(text)
    return any(same(quantity, printed) for printed in _printed(text, bool(bare(quantity[1]))))


def _printed(text: str, with_unit: bool) -> Iterator[Quantity]:
    """Yield the numbers of a text with all that may be their units: 3900亿元 is 3900 of 亿, of 亿元."""
    flat = re.sub(r"(?<=\d),(?=\d{3})", "", bare(text))
    for found in re.finditer(r"(\d+(?:\.\d+)?)([^\d，。；、（）()]{0,6})", flat):
        for length in range(1 if with_unit else 0, len(found[2]) + 1):
            yield found[1], found[2][:length]


@dataclass(frozen=True, slots=True)
class Result:
    """A question with its answer, its marks and the time that it took, in milliseconds."""

    question: Question
    answer: Answer
    marks: Marks
    milliseconds: float

    @property
    def wrong(self) -> list[str]:
        """The names of the marks that are as they should not be."""
        return [name for name, good in self.marks.items() if good == (name == "false_refusals")]


def sit(retriever: Retriever, questions: Sequence[Question]) -> list[Result]:
    """Ask every question, one after the other."""
    results = []
    for question in questions:
        started = time.perf_counter()
        answer = retriever.ask(question.text, history=question.history)
        elapsed = (time.perf_counter() - started) * 1000
        results.append(Result(question, answer, mark(question, answer), elapsed))
    return results


def shares(results: Sequence[Result]) -> dict[str, float]:
    """Return the share of each mark among the questions that it applies to."""
    given = {name: [result.marks[name] for result in results if name in result.marks] for name in MARKS}
    return {name: round(sum(marks) / len(marks), 4) for name, marks in given.items() if marks}


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Return the shares of all questions and of each kind, and the times."""
    times = [result.milliseconds for result in results]
    kinds = sorted({result.question.kind for result in results})
    return {
        "questions": len(results),
        **shares(results),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20, method="inclusive")[-1], 1),
        "by_kind": {kind: shares([one for one in results if one.question.kind == kind]) for kind in kinds},
    }


def question_files(retriever: Retriever, named: Sequence[Path]) -> Iterator[tuple[Path, list[Question]]]:
    """Yield the files to ask with their questions, and say which are passed over."""
    names = [entry.name for entry in retriever.index.manifest.reports]
    for path in named or [*OWN_QUESTIONS, *sorted(GOLD.glob("*questions*.jsonl"))]:
        questions = read_questions(path)
        asked = {report for question in questions for report in question.reports}
        missing = sorted(report for report in asked if not any(report in name for name in names))
        if missing:
            print(
                f"{path.name}: passed over, {len(missing)} of its reports are not in the index ({missing[0]}…)"
            )
        else:
            yield path, questions


def print_table(summaries: dict[str, dict[str, Any]]) -> None:
    """Print one row a file and kind, one column a mark."""
    columns = ("questions", *MARKS, "median_ms", "p95_ms")
    print(f"{'':28}" + "".join(f"{column:>15}" for column in columns))

    def row(name: str, values: dict[str, Any]) -> None:
        print(f"{name:28}" + "".join(f"{values.get(column, ''):>15}" for column in columns))

    for name, values in summaries.items():
        row(name, values)
        for kind, marks in values["by_kind"].items():
            row(f"  {kind}", marks)


def print_wrong(results: Sequence[Result], most: int) -> None:
    """Print the first questions that were marked wrong, with what was said."""
    for result in [result for result in results if result.wrong][:most]:
        question, answer = result.question, result.answer
        print(f"{question.identity} {question.kind} {question.text}  wrong: {', '.join(result.wrong)}")
        print(f"    wanted {question.quantities or question.accept} {question.evidence}")
        print(f"    found={answer.found} {answer.text} {[figure.quote for figure in answer.figures[:3]]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", nargs="*", type=Path, metavar="QUESTIONS")
    parser.add_argument(
        "--index", type=Path, metavar="FOLDER", help="the index to ask, by default that of the program"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print the first N questions with a wrong mark"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    retriever = Retriever.open(options.index, from_environment())
    retriever.ask("预热")  # the first question loads the model
    summaries = {}
    for path, questions in question_files(retriever, options.questions):
        results = sit(retriever, questions)
        summaries[path.stem] = summary(results)
        print_wrong(results, options.show)
    print_table(summaries)
    if options.json:
        options.json.write_text(json.dumps(summaries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
