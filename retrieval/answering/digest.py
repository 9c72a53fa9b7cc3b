"""Digest: what reports say on a topic: their best sentences, whole, in the order of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from retrieval.answering.context import Context, Trial
from retrieval.answering.extracts import Extract, extract_at, figures_in, hits_of, quote_all, title_of
from retrieval.answering.quoting import quotation_of, quoted, refused
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query, Units
from retrieval.query.tagger import tagged
from retrieval.reader.summary import stands_alone
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Findings, words_of

MOST_SENTENCES, MOST_REPORTS = 5, 3
LONGEST = 450  # characters of all sentences
SHORTEST = 8  # of a sentence: it has the subject in it
BEHIND = 0.15  # in the score of a sentence: what is further behind the best says little of the topic
LEAST_SHARE = 0.4  # of the topic's words, by weight, that a sentence has beside the first


def on_topic(context: Context, query: Query) -> Reply:
    """Sum up what reports say on the topic of a query; where none speaks of it, say so."""
    trial = context.trial(replace(query, purpose="answer", asks="other", units=Units(), kind=None))
    if not trial.verdict.found:
        return quoted(context, trial)
    subject = _subject(query)
    extracts = _extracts(context, trial.findings, subject)
    if not extracts:
        reply = quoted(context, trial)
        return reply if subject in reply.text else _unsaid(context, query, trial)
    telling = Telling().words("summary.topic", "关于“").said("".join(query.topic.split())).mark("”，")
    for name in dict.fromkeys(one.passage.report for one in extracts):
        title = title_of(context, context.index.entry(name))
        telling.words("summary.title", "《{title}》", title=title).words("summary.says", "说：")
        quote_all(telling, [one for one in extracts if one.passage.report == name])
    figures = tuple(figure for one in extracts for figure in figures_in(context, one))
    confidence = trial.verdict.confidence
    return Reply(True, tuple(telling.pieces), hits_of(extracts), figures, confidence=confidence)


def _subject(query: Query) -> str:
    """Return the first word of the topic: what follows it (发展, 工作, 情况) may be said of anything."""
    return next((token.text for token in tagged(query.topic) if len(token.text) > 1), query.topic)


def _unsaid(context: Context, query: Query, trial: Trial) -> Reply:
    """Say that no report speaks of the topic, with the passages that come nearest."""
    verdict = replace(trial.verdict, reason="topic", candidate=None, missing="")
    return refused(query, verdict, trial, quotation_of(context, trial), context.hits_of(trial))


def _extracts(context: Context, findings: Findings, subject: str) -> list[Extract]:
    """Return the best sentences on a topic that can stand alone, none twice, in the order of the reports."""
    chosen: dict[str, Extract] = {}
    for evidence in findings.evidence:
        if len(chosen) == MOST_SENTENCES or findings.evidence[0].score - evidence.score > BEHIND:
            break
        one = extract_at(context, evidence.row, evidence.start, evidence.end)
        if one is None or not _says_it(one, subject, findings.words):
            continue
        reports = {other.passage.report for other in chosen.values()} | {one.passage.report}
        length = sum(map(len, chosen)) + len(one.quotation.text)
        if len(reports) <= MOST_REPORTS and length <= LONGEST:
            chosen.setdefault(one.quotation.text, one)
    return sorted(chosen.values(), key=lambda one: (one.row, one.quotation.span))


def _says_it(extract: Extract, subject: str, words: Mapping[str, float]) -> bool:
    """Tell a sentence that has the topic's words itself and can be read without those around it."""
    text = extract.quotation.text
    share = weighted_share(words_of(text), words)
    return stands_alone(text, SHORTEST) and subject in text and share >= LEAST_SHARE
