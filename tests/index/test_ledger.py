"""The ledger of figures: to SQLite and back, exactly, and which passage holds a figure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Identity, Passage
from corpus.figures.figure import Figure
from corpus.figures.period import PERIOD_PATTERN
from index.ledger import CommonTerms, LedgerEntry, assign, read_figures, resolved, write_ledger

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
figures = st.builds(
    Figure,
    indicator=texts,
    value=numbers,
    unit=texts,
    quote=texts,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    kind=st.sampled_from(["level", "change", "rank"]),
    bound=st.sampled_from(["=", ">=", ">", "<=", "<", "~"]),
    value_to=st.none() | numbers,
    direction=st.sampled_from([None, "+", "-"]),
    basis=st.none() | texts,
    period=st.none() | texts,
    status=st.sampled_from(["actual", "target", "forecast"]),
)
days = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))
terms = st.builds(CommonTerms, texts, numbers, texts, st.none() | numbers, days, days, st.none() | texts)
entries = st.lists(st.builds(LedgerEntry, texts, st.none() | st.integers(1, 999), figures, terms), max_size=5)
NOWHERE = Identity()


def entry_of(figure: Figure, identity: Identity = NOWHERE) -> LedgerEntry:
    """The entry of a figure of the report 某县.txt in its passage 2."""
    [entry] = assign("某县.txt", identity, [figure], [passage(2, 0, 50)])
    return entry


@given(entries)
def test_entries_come_back_as_they_were(written: list[LedgerEntry]) -> None:
    assert list(read_figures(write_ledger(written))) == written


def test_numbers_are_kept_as_printed(tmp_path: Path) -> None:
    figure = Figure("粮食产量", Decimal("36.50"), "万吨", "36.50万吨", 4, 10)
    path = tmp_path / "数据.sqlite"
    path.write_bytes(write_ledger([entry_of(figure)]))
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT row, report, passage, value, value_to, unit FROM figures").fetchone()
    assert row == (1, "某县.txt", 2, "36.50", None, "万吨")


def test_the_same_entries_give_the_same_bytes() -> None:
    entry = entry_of(Figure("人口", Decimal(8), "万人", "8万人", 0, 3))
    assert write_ledger([entry]) == write_ledger([entry])


def test_figures_are_kept_in_common_terms(tmp_path: Path) -> None:
    figure = Figure(
        "全市GDP",
        Decimal("5.0"),
        "亿元",
        "5.0亿—6亿元",
        4,
        12,
        value_to=Decimal(6),
        period="去年",
        status="target",
    )
    path = tmp_path / "数据.sqlite"
    path.write_bytes(write_ledger([entry_of(figure, Identity("某县", date(2023, 2, 8)))]))
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(
            "SELECT series, amount, amount_to, base_unit, first_day, last_day, place FROM figures"
        ).fetchone()
    assert row == ("地区生产总值", "500000000.0", "600000000", "元", "2022-01-01", "2022-12-31", "某县")


@pytest.mark.parametrize(
    ("period", "day", "days"),
    [
        (None, date(2023, 2, 8), (None, None)),
        ("去年", None, (None, None)),
        ("近三年", None, (None, None)),
        ("去年", date(2023, 2, 8), (date(2022, 1, 1), date(2022, 12, 31))),
        ("2021年", None, (date(2021, 1, 1), date(2021, 12, 31))),
        ("2021年", date(2023, 2, 8), (date(2021, 1, 1), date(2021, 12, 31))),
        ("“十四五”期间", None, (date(2021, 1, 1), date(2025, 12, 31))),
        ("当时", date(2023, 2, 8), (None, None)),
    ],
)
def test_a_period_is_seen_from_the_reports_day(
    period: str | None, day: date | None, days: tuple[date | None, date | None]
) -> None:
    entry = entry_of(Figure("产量", Decimal(1), "吨", "1吨", 0, 2, period=period), Identity(None, day))
    assert (entry.terms.first_day, entry.terms.last_day) == days


@given(
    st.from_regex(PERIOD_PATTERN, fullmatch=True), st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31))
)
def test_whatever_is_read_as_a_period_has_an_order_or_no_days(period: str, day: date | None) -> None:
    days = resolved(period, day)
    assert days is None or days[0] <= days[1]


@given(
    st.decimals(0, 10**12, places=4),
    st.sampled_from(["亿元", "万人", "%", "公顷", "元/吨", "个", "", "千瓦时"]),
)
def test_amounts_are_exact(value: Decimal, unit: str) -> None:
    plain = entry_of(Figure("产量", value, unit, "", 0, 0)).terms
    double = entry_of(Figure("产量", 2 * value, unit, "", 0, 0, value_to=value)).terms
    assert double.amount == 2 * plain.amount
    assert (double.amount_to, double.base_unit) == (plain.amount, plain.base_unit)


@pytest.mark.parametrize("data", [b"", b"not a database at all" * 50])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="ledger"):
        read_figures(data)


def passage(number: int, start: int, end: int) -> Passage:
    return Passage("甲.txt", number, "字" * (end - start), start, end, "甲", (), 1, (1, 1))


@pytest.mark.parametrize(
    ("start", "end", "holder"),
    [
        (0, 5, 1),
        (5, 10, 1),
        (8, 12, None),
        (10, 11, None),
        (12, 15, 2),
        (19, 20, 2),
        (19, 21, None),
        (30, 33, None),
    ],
)
def test_a_figure_belongs_to_the_passage_that_holds_it_whole(
    start: int, end: int, holder: int | None
) -> None:
    figure = Figure("产量", Decimal(1), "吨", "1吨", start, end)
    [entry] = assign("甲.txt", NOWHERE, [figure], [passage(1, 0, 10), passage(2, 12, 20)])
    assert entry.passage == holder
