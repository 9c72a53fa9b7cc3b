"""Note: what an asker should know of an answer that the answer itself does not say."""

from __future__ import annotations

from index import Index
from retrieval.answer import Answer
from retrieval.suggestions import elsewhere
from retrieval.words.labels import labels_of

MOST_NAMED = 3  # other questions; more are no example


def note_of(index: Index, answer: Answer) -> str:
    """Return of which report an answer is where its question names no place and several have reports, and how to
    ask of another; empty where there is nothing to tell."""
    others = elsewhere(index, answer) if answer.found else ()
    if not others:
        return ""
    label = labels_of(index.manifest.reports)[answer.hits[0].passage.report]
    asked = "".join(f"“{other.question.rstrip('？?')}？”" for other in others[:MOST_NAMED])
    return f"问题没有说是哪个地方，以上出自《{label.full}》。问别的地方，请写出地名，例如：{asked}"
