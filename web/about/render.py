"""The tab 关于 as HTML."""

from __future__ import annotations

from index.manifest import IndexManifest
from web.i18n import Language, words
from web.markup import templates

_PAGE = templates.get_template("about.html")


def about_page(manifest: IndexManifest, language: Language) -> str:
    """Return the model, the generation of the index and what it holds."""
    return _PAGE.render(manifest=manifest, words=words(language))
