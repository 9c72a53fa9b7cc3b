"""The row of a table, quoted: in words, with what was looked for, no longer than may be."""

from __future__ import annotations

from retrieval.reader.quotation import LONGEST_TEXT, quote

ROW = (
    "【表7 评级情况】2020｜主体评级：AA+｜涵义：偿还债务的能力很强，违约风险很低｜机构：联合评估｜展望：稳定"
)
TEXT = f"历史评级如下。\n{ROW}\n本次不引用评级。"


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_row_is_quoted_in_words_with_its_marks() -> None:
    said = quote(TEXT, span(ROW), span("AA+"), [span("AA+")], LONGEST_TEXT)
    assert (
        said.text
        == "表7 评级情况 — 2020：主体评级 AA+；涵义 偿还债务的能力很强，违约风险很低；机构 联合评估；展望 稳定"
    )
    assert [said.text[start:end] for start, end in said.marks] == ["AA+"]
    assert TEXT[slice(*said.span)] == ROW


def test_a_long_row_keeps_the_values_around_what_was_looked_for() -> None:
    said = quote(TEXT, span(ROW), span("联合评估"), [], limit=20)
    assert said.text == "表7 评级情况 — 2020：机构 联合评估；展望 稳定"


def test_a_long_value_keeps_its_clauses_around_what_was_looked_for() -> None:
    said = quote(TEXT, span(ROW), span("违约风险"), [], limit=10)
    assert said.text == "表7 评级情况 — 2020：涵义 违约风险很低"


def test_a_sentence_beside_a_table_stays_as_it_is() -> None:
    said = quote(TEXT, span("本次不引用评级。"), span("评级。"), [], LONGEST_TEXT)
    assert said.text == "本次不引用评级。"
