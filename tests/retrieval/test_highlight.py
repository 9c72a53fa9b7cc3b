"""Which words of a passage are highlighted."""

from __future__ import annotations

from retrieval.search.highlight import highlights


def shown(text: str, **words: float) -> list[str]:
    return [
        text[start:end]
        for start, end in highlights(text, {word.strip("_"): weight for word, weight in words.items()})
    ]


def test_a_number_is_found_whole() -> None:
    assert shown("2024年5月用电2546度，增长5.4%，第5位，1,500户，25个。", _5=1.0) == ["5", "5"]
    assert shown("2024年用电5度。", _2024=1.0) == ["2024"]


def test_neighbouring_words_are_one_and_light_ones_none() -> None:
    assert shown("工业用电增长", 工业=1.0, 业用=0.9, 用电=1.0, 增长=0.2) == ["工业用电"]
