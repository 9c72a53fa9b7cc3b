"""The tab 报告 as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from index.manifest import ReportEntry
from web.i18n import Language, words
from web.markup import templates

_PAGE = templates.from_string("""
<section class="sheet">
  <h2>{{ words("reports.title") }}</h2>
  <p class="caption">{{ words("reports.count", reports=reports | length, passages=reports | sum("passages")) }}</p>
  <ul>{% for report in reports %}<li>{{ report.title }} <span class="quiet">{{ report.name }}</span></li>{% endfor %}</ul>
</section>
""")


def reports_page(reports: Sequence[ReportEntry], language: Language) -> str:
    """Return the list of the reports."""
    return _PAGE.render(reports=reports, words=words(language))
