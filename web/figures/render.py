"""The tab 数据 as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from index.manifest import ReportEntry
from web.i18n import Language, words
from web.markup import templates

_PAGE = templates.from_string("""
<section class="sheet">
  <h2>{{ words("figures.title") }}</h2>
  <p class="caption">{{ words("figures.count", figures=reports | sum("figures"), reports=reports | length) }}</p>
  <ul>{% for report in reports %}<li>{{ report.title }} <span class="quiet">{{ report.figures }}</span></li>{% endfor %}</ul>
</section>
""")


def figures_page(reports: Sequence[ReportEntry], language: Language) -> str:
    """Return the reports with the number of their figures."""
    return _PAGE.render(reports=reports, words=words(language))
