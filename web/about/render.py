"""The tab 关于 as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from index.exams import ExamRecord
from index.manifest import IndexManifest
from retrieval.stated import Contradiction
from web.i18n import Words
from web.markup import templates

# Contradictions that are listed; a report with more has a fault that one sees in these.
MOST_SHOWN = 50

_PAGE = templates.get_template("about.html")
_CHECKED = templates.get_template("checked.html")


def about_page(manifest: IndexManifest, exam: ExamRecord | None, read_only: bool, words: Words) -> str:
    """Return the model, the generation of the index and what it holds."""
    return _PAGE.render(manifest=manifest, exam=exam, read_only=read_only, words=words)


def checked(contradictions: Sequence[Contradiction], words: Words) -> str:
    """Return what the reports say that cannot be true."""
    return _CHECKED.render(found=contradictions[:MOST_SHOWN], count=len(contradictions), words=words)
