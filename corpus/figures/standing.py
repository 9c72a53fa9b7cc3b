"""Standing: whether the head of a column, the name of a row or a title says plan, result or expectation."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.figures.figure import Status
from corpus.marks import LEVEL_MARK

# Names of accounts in which 预算 says nothing of a plan: 一般公共预算收入 is what was taken in.
_ACCOUNT = re.compile(
    r"(?:一般)?公共(?:财政)?预算|(?:政府性)?基金预算|国有资本(?:经营)?预算|社会保险(?:基金)?预算|财政预算(?=收入|支出)|预算[内外]"
)
# 预计负债 is an account.
_FORECAST = re.compile(r"预[计测](?!负债|使用|净残值)|(?:19|20)\d{2}\s?[EF]\b")
_TARGET = re.compile(
    r"目标(?!价|客户|人群)|计划(?!生育|单列|外|经济)|预算(?!单位|管理|绩效|法)|任务|预期|规划(?:[数值]|$)"
)
_RESULT = re.compile(r"完成|实际|执行|决算|实绩|达成|兑现|现状|基期|基数|上[年期]|去年|同期")
_PLANNED_RESULT = re.compile(r"(?:计划|拟|应|目标)完成(?!率|情况|进度|程度|比[例重]|值|[（(]?[%％])")
# 计划数, 2024年目标值, 计划总投资: a name's own word, not one of the thing that it names.
_NAMED_TARGET = re.compile(
    r"(?:目标|计划|预算|任务|预期)(?:[数值量额]|指标|进度)?(?:[（(].*)?$|计划(?=总?投资|完成|新增|建设|开工)"
)
# 决算数为预算数的%, 比上年决算数增长%: what stands before says whose share or growth it is.
_COMPARED = re.compile(r"(?:[为占]|(?<![占同环])比(?![例重率]))")
_TITLE_DONE = re.compile(r"执行|决算|完成|实绩|评估|考核|落实|兑现|统计")
# The column by which plans tell a promise from an expectation; no other table has it.
_NATURE = re.compile(r"约束性|预期性|引导性|指导性")


@lru_cache(maxsize=4096)
def standing_of(printed: str, name: bool = False) -> Status | None:
    """What a head says of the figures under it, None where it says nothing; ``name`` for that of a row.

    >>> [standing_of(head) for head in ("2024年预算数", "决算数", "预计完成", "一般公共预算收入", "完成预算%")]
    ['target', 'actual', 'forecast', None, 'actual']
    """
    levels = [_standing_of_level(level, name) for level in _ACCOUNT.sub("", printed).split(LEVEL_MARK)]
    return next((level for level in reversed(levels) if level), None)


def _standing_of_level(level: str, name: bool) -> Status | None:
    compared = _COMPARED.search(level)
    if compared:
        level = level[: compared.start()]
    if _FORECAST.search(level):
        return "forecast"
    if _PLANNED_RESULT.search(level):
        return "target"
    if name:
        return "target" if _NAMED_TARGET.search(level) and not _RESULT.search(level) else None
    if _RESULT.search(level):
        return "actual"
    return "target" if _TARGET.search(level) else None


@lru_cache(maxsize=512)
def is_plan_table(title: str) -> bool:
    """True for a title that announces a plan: 2024年收支预算表, 主要预期目标; not for one of how it was kept."""
    bare = _ACCOUNT.sub("", re.split(r"单位\s*[:：]", title)[0])
    return _TARGET.search(bare) is not None and not _TITLE_DONE.search(bare)


def is_nature(cell: str) -> bool:
    """True for the cell of a plan's row that tells how binding it is."""
    return _NATURE.fullmatch(cell.strip()) is not None
