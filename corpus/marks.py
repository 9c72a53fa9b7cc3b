"""The marks that part a table's row where it is said as one line, so that writer and readers agree.

    【表1 各区主要指标（单位：亿元）】渝北区｜地区生产总值：2410.9｜同比增速（%）：6.1

None of them is a sentence's punctuation, and the bar, which every row has, is rare in running text.
"""

from __future__ import annotations

CAPTION_OPENS, CAPTION_CLOSES = "【", "】"
CELL_MARK = "｜"
VALUE_MARK = "："
NARROW_CELL_MARK, NARROW_VALUE_MARK = "|", ":"  # in names and values, where the marks would be misread
LEVEL_MARK = "·"  # between the heads that stand over each other above one column


def is_table_row(line: str) -> bool:
    """Tell a line that says the row of a table."""
    return CELL_MARK in line
