"""The tab 关于 as HTML."""

from __future__ import annotations

from index.exams import ExamRecord
from index.manifest import IndexManifest
from web.i18n import Words
from web.markup import templates

_PAGE = templates.get_template("about.html")


def about_page(manifest: IndexManifest, exam: ExamRecord | None, read_only: bool, words: Words) -> str:
    """Return the model, the generation of the index and what it holds."""
    return _PAGE.render(manifest=manifest, exam=exam, read_only=read_only, words=words)
