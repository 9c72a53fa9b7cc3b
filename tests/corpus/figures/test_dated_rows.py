"""Rows of a table whose year stands in a column of its own."""

from corpus.figures import extract_figures

ROWS = "【各区情况】松岭区｜年份：2022｜GDP（亿元）：318.6｜常住人口（万人）：27.4\n【各区情况】松岭区｜年份：2023｜GDP（亿元）：341.2｜常住人口（万人）：27.9"


def test_each_figure_is_of_the_year_of_its_row() -> None:
    told = [(figure.quote, figure.period) for figure in extract_figures(ROWS)]
    assert told == [("318.6", "2022"), ("27.4", "2022"), ("341.2", "2023"), ("27.9", "2023")]
