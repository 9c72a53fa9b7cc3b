"""Fit the weights of figures and of confidence on questions with known answers, and write ``weights.json``.

    python benchmarks/fit.py --index DIR --questions FILE [--index DIR --questions FILE ...] [--output FILE]

The n-th file is asked of the n-th index; a question whose reports that does not hold is passed over.  Questions
are as ``answers.py`` reads them; ``evidence_at`` are characters of the text of the file with that SHA-256.

Figures are ranked by a softmax over those found for a question.  The confidence of the best figure, and sentence,
is fitted on the questions and on the same ones with the passages that answer them taken away: what is nearest
then is wrong.  Printed are areas under the curve (AUC) of questions left out, in five parts.  What is found for
a question hangs on the present weights, too.  It needs ``benchmarks/fit-requirements.txt``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.ensemble import GradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# A script's own folder, not the project's, is where Python looks for modules.
from benchmarks.answers import Question, bare, holds, read_questions, same  # noqa: E402
from retrieval.answer import CitedFigure  # noqa: E402
from retrieval.answering.context import Context, Trial  # noqa: E402
from retrieval.query.dialogue import merged  # noqa: E402
from retrieval.query.parse import parse  # noqa: E402
from retrieval.query.query import Query  # noqa: E402
from retrieval.query.spelling import spelled  # noqa: E402
from retrieval.reader.confidence import figure_values, sentence_values  # noqa: E402
from retrieval.reader.figures import SIGNAL_NAMES, cite  # noqa: E402
from retrieval.reader.weights import LEAF  # noqa: E402
from retrieval.retriever import Retriever  # noqa: E402
from retrieval.search.fusion import weighted  # noqa: E402
from retrieval.search.searcher import Evidence  # noqa: E402

# A figure that contradicts a time which the question names is to fall behind the others, whatever else speaks
# for it.  As fitted, this would be about -1, which other signals outweigh; so it is set by hand.
MISMATCH = -3.0
# The questions of this file are about more kinds of reports than the others, so they count more.
TRAINING, EMPHASIS = "training", 1.5
TAKEN_AWAY = 0.5  # what a question counts without the passages that answer it
PARTS, SEED, RIDGE = 5, 1, 0.02
TREES = {
    "figure_confidence": {"n_estimators": 150, "max_depth": 3, "learning_rate": 0.05, "min_samples_leaf": 15},
    "sentence_confidence": {"n_estimators": 100, "max_depth": 2, "learning_rate": 0.06, "min_samples_leaf": 12},
}  # fmt: skip


Found = tuple[Any, int, bool]  # a figure, or a sentence, the row of its passage, and whether it is right
# The signals of a best figure or sentence, whether it is right, and whether nothing was taken away.
Example = tuple["Case", Mapping[str, float], bool, bool]


class Case(NamedTuple):
    """A question, and what is found for it: the figures whose unit may answer it, or the sentences."""

    question: str
    training: bool
    trial: Trial
    found: list[Found]


def gather(folder: Path, path: Path) -> Iterator[Case]:
    """Put a file's questions to an index."""
    retriever = Retriever.open(folder)
    names = [entry.name for entry in retriever.index.manifest.reports]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for row, question in zip(rows, read_questions(path), strict=True):
        context = retriever._context(None, 1)
        query = understood(context, question)
        held = all(any(report in name for name in names) for report in question.reports)
        # A comparison is answered by no single figure or sentence.
        single = query.purpose == "answer" and not (question.kind == "compare" or query.sides or query.parts)
        marked = question.kind == "none" or question.quantities or not query.wants_figure
        if held and single and marked:
            trial = context.trial(query)
            figures = [one for one in trial.candidates if one.signals.unit]
            found: list[Found] = [(one, one.evidence.row, is_right(question, one.figure)) for one in figures]
            if not query.wants_figure:
                found = [(one, one.row, says(context, question, row, one)) for one in trial.findings.evidence]
            yield Case(question.text, path.stem == TRAINING, trial, found)


def understood(context: Context, question: Question) -> Query:
    """Return a question as the program reads it after those before it."""
    turns: list[Query] = []
    for text in (*question.history, question.text):
        turns.append(merged(parse(spelled(text), context.reports), turns, context.known)[0])
    return turns[-1]


def is_right(question: Question, figure: CitedFigure) -> bool:
    """Tell whether a figure is the one that was asked for, in a report that is meant."""
    meant = any(name in figure.passage.report for name in question.reports or ("",))
    return meant and any(same(wanted, (str(figure.value), figure.unit)) for wanted in question.quantities)


def says(context: Context, question: Question, row: Mapping[str, Any], piece: Evidence) -> bool:
    """Tell whether a sentence says the answer, in a passage with the evidence where that is known."""
    passage = context.index.passages[piece.row]
    if not question.accept:
        figures = [one for one in context.index.figures[piece.row] if piece.start <= one.start < piece.end]
        return any(is_right(question, cite(one, passage)) for one in figures)
    meant = any(name in passage.report for name in question.reports or ("",))
    if places := row.get("evidence_at"):
        file = context.index.entry(passage.report).digest
        spans = [(at["start"], at["end"]) for at in places if at["sha256"] == file]
        meant = any(start < passage.end and passage.start < end for start, end in spans)
    elif question.evidence:
        meant = any(holds(passage.text, words) for words in question.evidence)
    sentence = bare(passage.text[piece.start : piece.end])
    return meant and any(bare(word) in sentence for word in question.accept)


def examples(case: Case, weights: Mapping[str, float]) -> Iterator[Example]:
    """Yield the best figure or sentence of a question, and the best without the passages that answer it."""
    query, findings, found = case.trial.query, case.trial.findings, case.found
    if query.wants_figure:
        found = [(replace(one, score=weighted(one.signals, weights)), *rest) for one, *rest in found]
        found.sort(key=lambda one: -one[0].score)
    rows = {row for _, row, right in found if right}
    for taken in [set(), rows] if rows else [set()]:
        evidence = tuple(piece for piece in findings.evidence if piece.row not in taken)
        left = [(one, right) for one, row, right in found if row not in taken]
        rest = replace(findings, evidence=evidence)
        if left and query.wants_figure:
            values = figure_values(query, [one for one, _ in left], rest)
            yield case, values, left[0][1], not taken
        elif left:
            best = evidence[0] if taken else case.trial.fitting
            right = any(good for one, good in left if one in (best, evidence[0]))
            yield case, sentence_values(query, best, rest), right, not taken


def fit_ranking(cases: Sequence[Case]) -> dict[str, float]:
    """Return the weights under which the right figures are likeliest."""
    kept = [case.found for case in cases if len({right for *_, right in case.found}) == 2]
    signals = [[getattr(one.signals, name) for name in SIGNAL_NAMES] for found in kept for one, *_ in found]
    right = np.array([right for found in kept for *_, right in found])
    sizes = np.array([len(found) for found in kept])
    of, first = np.repeat(np.arange(len(kept)), sizes), np.cumsum(sizes) - sizes
    spread = np.std(signals, axis=0) + 1e-9
    rows = np.array(signals) / spread

    def loss(weights: Any) -> tuple[float, Any]:
        odds = np.exp(rows @ weights)
        total, hit = np.add.reduceat(odds, first), np.add.reduceat(odds * right, first)
        slope = (odds / total[of] - odds * right / hit[of]) @ rows / len(kept)
        return np.log(total / hit).mean() + RIDGE / 2 * weights @ weights, slope + RIDGE * weights

    weights = minimize(loss, np.zeros(len(SIGNAL_NAMES)), jac=True, method="L-BFGS-B").x / spread
    return dict(zip(SIGNAL_NAMES, weights.round(3).tolist(), strict=True)) | {"mismatch": MISMATCH}


def fit_trees(name: str, asked: Sequence[Example]) -> dict[str, Any]:
    """Return boosted trees as ``retrieval.reader.weights`` reads them."""
    signals = list(dict.fromkeys(signal for _, values, *_ in asked for signal in values))
    rows = np.array([[values.get(signal, 0.0) for signal in signals] for _, values, *_ in asked])
    training, right, whole = np.array([(case.training, right, whole) for case, _, right, whole in asked]).T
    weight = np.where(training, EMPHASIS, 1.0) * np.where(whole, 1.0, TAKEN_AWAY)
    model = GradientBoostingClassifier(subsample=0.6, random_state=SEED, **TREES[name])
    guessed = np.zeros(len(rows))
    # The same question, whole or not, is never both fitted and left out.
    for rest, part in GroupKFold(PARTS).split(rows, groups=[case.question for case, *_ in asked]):
        model.fit(rows[rest], right[rest], sample_weight=weight[rest])
        guessed[part] = model.predict_proba(rows[part])[:, 1]
    for group, of in (("all", whole | True), ("whole", whole), ("whole, training", whole & training)):
        print(f"{name}, {group}: {of.sum()} examples, AUC {roc_auc_score(right[of], guessed[of]):.3f}")
    share = model.fit(rows, right, sample_weight=weight).init_.class_prior_[1]
    trees = []
    for tree in (estimator.tree_ for estimator in model.estimators_[:, 0]):
        leaf, left, right = tree.children_left == LEAF, tree.children_left, tree.children_right
        numbers = np.where(leaf, tree.value[:, 0, 0] * model.learning_rate, tree.threshold).round(5)
        columns = (np.where(leaf, LEAF, tree.feature), numbers, left, right)
        trees.append(list(zip(*map(np.ndarray.tolist, columns), strict=True)))
    return {"signals": signals, "bias": round(float(np.log(share / (1 - share))), 5), "trees": trees}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--questions", type=Path, action="append", required=True, metavar="FILE")
    parser.add_argument("--output", type=Path, default=ROOT / "retrieval/reader/weights.json", metavar="FILE")
    options = parser.parse_args()
    cases = [case for pair in zip(options.index, options.questions, strict=True) for case in gather(*pair)]
    ranking = fit_ranking([case for case in cases if case.trial.query.wants_figure])
    figures = [one for case in cases if case.trial.query.wants_figure for one in examples(case, ranking)]
    others = [one for case in cases if not case.trial.query.wants_figure for one in examples(case, ranking)]
    written = {
        "figure_ranking": ranking,
        "figure_confidence": fit_trees("figure_confidence", figures),
        "sentence_confidence": fit_trees("sentence_confidence", others),
    }
    lines = (f'"{name}":{json.dumps(value, separators=(",", ":"))}' for name, value in written.items())
    options.output.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
