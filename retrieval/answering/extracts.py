"""Extracts: whole sentences of reports that are quoted together, among them what reports say on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Passage
from index import ReportEntry
from retrieval.answer import CitedFigure, Hit
from retrieval.answering.context import Context, hits_at
from retrieval.answering.quoting import quoted, refused
from retrieval.answering.telling import Reply, Telling
from retrieval.grounding import NUMBER
from retrieval.query.query import Query, Units
from retrieval.query.tagger import tagged
from retrieval.reader.figures import cite
from retrieval.reader.quotation import Quotation
from retrieval.reader.summary import stands_alone
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Findings, words_of
from retrieval.words.labels import labels_of

MOST_SENTENCES, MOST_REPORTS = 5, 3
LONGEST = 450  # characters of all sentences
SHORTEST = 8  # of a sentence: it has the subject in it
BEHIND = 0.15  # in the score of a sentence: what is further behind the best says little of the topic
LEAST_SHARE = 0.4  # of the topic's words, by weight, that a sentence has beside the first


@dataclass(frozen=True, slots=True)
class Extract:
    """What is quoted of the passage in a row of the index, and the figures that begin in it."""

    quotation: Quotation
    passage: Passage
    row: int
    figures: tuple[CitedFigure, ...]


def extract_of_report(context: Context, name: str, start: int, end: int) -> Extract | None:
    """Return ``text[start:end]`` of a report without the white space around it; None where no passage has it whole."""
    if (row := context.row_at(name, start, end)) is None:
        return None
    passage = context.index.passages[row]
    text = passage.text[start - passage.start : end - passage.start]
    begin = start - passage.start + len(text) - len(text.lstrip())
    text = text.strip()
    span = begin, begin + len(text)
    figures = (cite(one, passage) for one in context.index.figures[row] if span[0] <= one.start < span[1])
    return Extract(Quotation(text, span), passage, row, tuple(figures)) if text else None


def quote_all(telling: Telling, extracts: Sequence[Extract]) -> None:
    """Tell sentences as a list."""
    for one in extracts:
        telling.item().quote(one.quotation, one.passage)
    telling.end()


def hits_of(extracts: Sequence[Extract], figures: Sequence[CitedFigure] = ()) -> tuple[Hit, ...]:
    """Return the passages of sentences and figures, each once, with what is cited of it."""
    sentences = [(one.passage, one.quotation.span) for one in extracts]
    return hits_at([*sentences, *((one.passage, (one.start, one.end)) for one in figures)])


def title_of(context: Context, entry: ReportEntry) -> str:
    """Return what a report is called among the others; its title alone where that adds a year found in its text."""
    full = labels_of(context.index.manifest.reports)[entry.name].full
    printed = set(NUMBER.findall(f"{entry.title} {entry.name}"))
    return full if printed.issuperset(NUMBER.findall(full)) else entry.title


# ---- On a topic


def on_topic(context: Context, query: Query) -> Reply:
    """Sum up what reports say on the topic of a query; where none speaks of it, say so."""
    trial = context.trial(replace(query, purpose="answer", asks="other", units=Units(), kind=None))
    # The first word of the topic: what follows it (发展, 工作, 情况) may be said of anything.
    subject = next((token.text for token in tagged(query.topic) if len(token.text) > 1), query.topic)
    extracts = _extracts(context, trial.findings, subject) if trial.verdict.found else []
    if not extracts:
        reply = quoted(context, trial)
        if not reply.found or subject in reply.text:
            return reply
        return refused(context, replace(trial, verdict=replace(trial.verdict, reason="topic")))
    telling = Telling().words("summary.topic", "关于“").said("".join(query.topic.split())).mark("”，")
    for name in dict.fromkeys(one.passage.report for one in extracts):
        title = title_of(context, context.index.entry(name))
        telling.words("summary.title", "《{title}》", title=title).words("summary.says", "说：")
        quote_all(telling, [one for one in extracts if one.passage.report == name])
    figures = tuple(figure for one in extracts for figure in one.figures)
    confidence = trial.verdict.confidence
    return Reply(True, tuple(telling.pieces), hits_of(extracts), figures, confidence=confidence)


def _extracts(context: Context, findings: Findings, subject: str) -> list[Extract]:
    """Return the best sentences that speak of a topic and can be read alone, none twice, in the reports' order."""
    chosen: dict[str, Extract] = {}
    words = findings.words
    for evidence in findings.evidence:
        if len(chosen) == MOST_SENTENCES or findings.evidence[0].score - evidence.score > BEHIND:
            break
        passage = context.index.passages[evidence.row]
        start, end = passage.start + evidence.start, passage.start + evidence.end
        one = extract_of_report(context, passage.report, start, end)
        text = one.quotation.text if one else ""
        if one is None or subject not in text or not stands_alone(text, SHORTEST):
            continue
        reports = {other.passage.report for other in (*chosen.values(), one)}
        short = sum(map(len, chosen)) + len(text) <= LONGEST and len(reports) <= MOST_REPORTS
        if short and weighted_share(words_of(text), words) >= LEAST_SHARE:
            chosen.setdefault(text, one)
    return sorted(chosen.values(), key=lambda one: (one.row, one.quotation.span))
