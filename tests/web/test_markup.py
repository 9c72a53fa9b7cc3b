"""Text as HTML: nothing but text, whatever it holds, and marks where they were asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.pages import Page
from web.markup import Span, cleaned, marked, templates

TEXTS = st.text(st.characters(), max_size=40)
SPANS = st.lists(
    st.builds(Span, st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["word", "figure", "asked"])),
    max_size=6,
)


@given(TEXTS, SPANS)
def test_marking_changes_no_character(text: str, spans: list[Span]) -> None:
    page = Page(str(marked(text, spans)))
    assert page.text == cleaned(text)
    assert {tag for tag, _ in page.tags} <= {"mark"}


@given(TEXTS, SPANS)
def test_every_character_has_the_styles_of_the_spans_over_it(text: str, spans: list[Span]) -> None:
    shown = [
        (character, styles) for styles, data in Page(str(marked(text, spans))).pieces for character in data
    ]
    expected = [
        (character, " ".join(sorted({style for start, end, style in spans if start <= place < end})))
        for place, character in enumerate(text)
        if cleaned(character)
    ]
    assert [(cleaned(character), styles) for character, styles in expected] == shown


@given(TEXTS)
def test_cleaned_text_can_be_sent_and_keeps_what_is_visible(text: str) -> None:
    cleaned(text).encode("utf-8")
    visible = [character for character in text if character.isalnum()]
    assert [character for character in cleaned(text) if character.isalnum()] == visible


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "产值&lt;100"),
        ([Span(0, 2, "word")], '<mark class="word">产值</mark>&lt;100'),
        (
            [Span(0, 2, "word"), Span(2, 6, "figure")],
            '<mark class="word">产值</mark><mark class="figure">&lt;100</mark>',
        ),
        (
            [Span(1, 3, "word"), Span(2, 6, "word")],
            '产<mark class="word">值</mark><mark class="word">&lt;</mark><mark class="word">100</mark>',
        ),
        ([Span(-4, 99, "word")], '<mark class="word">产值&lt;100</mark>'),
        ([Span(4, 2, "word"), Span(3, 3, "word")], "产值&lt;100"),
        ([Span(6, 9, "word")], "产值&lt;100"),
    ],
)
def test_spans(spans: list[Span], html: str) -> None:
    assert str(marked("产值<100", spans)) == html


def test_templates_escape_what_they_print() -> None:
    printed = templates.from_string('<p title="{{ it }}">{{ it }}</p>').render(it="<b>\"'\u202e")
    assert printed == '<p title="&lt;b&gt;&#34;&#39;">&lt;b&gt;&#34;&#39;</p>'
