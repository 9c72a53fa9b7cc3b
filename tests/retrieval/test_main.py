"""The command line of asking."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from index import IndexSettings
from retrieval import Retriever
from retrieval.__main__ import main
from tests.retrieval.ledgers import index_of

BANAN = "聚焦区县党代会·巴南_2021-12.txt"


@pytest.fixture(autouse=True)
def home(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the index that the tests have built, open."""

    def opened(index_dir: Path | None, settings: IndexSettings) -> Retriever:
        return retriever if index_dir is None else Retriever(retriever.index)

    monkeypatch.setattr(Retriever, "open", opened)


def test_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "森林覆盖率是多少？", "-k", "2"]) == 0
    printed = capsys.readouterr().out
    assert "森林覆盖率达47.6%" in printed
    assert f"1. {BANAN}" in printed
    assert "3. " not in printed
    assert "毫秒" in printed


def test_ask_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "森林覆盖率是多少？", "--json", "--report", BANAN]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["found"] is True
    assert answer["figures"][0]["value"] == "47.6"
    assert answer["hits"][0]["passage"]["report"] == BANAN
    assert answer["figures"][0]["location"] == answer["hits"][0]["passage"]["location"]


def test_a_refusal_has_a_status_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "昆山市的森林覆盖率"]) == 3
    assert "报告没有提到“昆山市”" in capsys.readouterr().out


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "胰岛素", "-k", "1"]) == 0
    assert "宸安生物" in capsys.readouterr().out
    assert main(["search", "胰岛素", "-k", "2", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_figures_of_a_text_and_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["figures", "--text", "工业总产值突破1000亿元，同比增长30%。"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["  工业总产值 ≥1000亿元", "  工业总产值 同比 +30%"]
    report = tmp_path / "快报.txt"
    report.write_text("粮食产量达到\n32.5万吨。", encoding="utf-8")
    assert main(["figures", str(report), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["quote"] == "32.5万吨"


def test_errors_are_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "森林", "--report", "没有.txt"]) == 1
    assert main(["figures", "没有.txt"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all(line.startswith("错误：") for line in said)


def test_figures_of_the_index(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--indicator", "森林覆盖率", "--kind", "level"]) == 0
    heads, *rows, count = capsys.readouterr().out.splitlines()
    assert heads.split() == ["指标", "数据", "时间", "性质", "出处"]
    assert any("47.6%" in row and row.endswith("行）") and BANAN in row for row in rows)
    assert count == f"共 {len(rows)} 个数据。"
    assert main(["figures", "--indicator", "珠穆朗玛峰"]) == 0
    assert capsys.readouterr().out == "没有符合条件的数据。\n"


def test_figures_of_the_index_as_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["figures", "--report", BANAN, "--json"]) == 0
    records = json.loads(capsys.readouterr().out)
    for option, file in (("--csv", "数据.csv"), ("--xlsx", "数据.xlsx")):
        assert main(["figures", option, str(tmp_path / file)]) == 0
        assert f"已把 {len(records)} 个数据写入" in capsys.readouterr().out
    assert len((tmp_path / "数据.csv").read_text(encoding="utf-8-sig").splitlines()) == len(records) + 1
    assert openpyxl.load_workbook(tmp_path / "数据.xlsx").active.max_row == len(records) + 1
    assert main(["figures", "--csv", str(tmp_path / "没有" / "数据.csv")]) == 1
    assert capsys.readouterr().err.startswith("错误：无法写入")


@pytest.mark.parametrize(
    "option",
    [["--kind", "level"], ["--csv", "数据.csv"], ["--index", "索引"], ["--json", "--xlsx", "a.xlsx"]],
)
def test_a_text_is_not_chosen_from(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["figures", "--text", "产量8吨。", *option])
    assert stopped.value.code == 2
    assert option[-2] in capsys.readouterr().err or option[0] == "--kind"


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "仙居县工作报告\n2024年2月6日\n\n"
    reports = {
        "甲.txt": f"{head}去年，粮食总产量5.2万吨。\n",
        "乙.txt": f"{head}2023年，粮食总产量5.8万吨。\n",
    }
    checked = Retriever(index_of(tmp_path, reports))
    monkeypatch.setattr(Retriever, "open", lambda index_dir, settings: checked)
    assert main(["check"]) == 0
    why, *sources, count = capsys.readouterr().out.splitlines()
    assert why.startswith("1. 仙居县2023年的“粮食总产量”")
    assert [line.strip() for line in sources[1::2]] == [
        "2023年，粮食总产量5.8万吨。",
        "去年，粮食总产量5.2万吨。",
    ]
    assert [line.split()[0] for line in sources[::2]] == ["乙.txt", "甲.txt"]
    assert count.endswith("发现 1 处矛盾。")
    assert main(["check", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)[0]["statements"]) == 2


def test_check_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "没有发现互相矛盾的说法" in capsys.readouterr().out


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "retrieval", "figures", "--text", "新建水厂2座。"]
    told = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (told.returncode, told.stderr) == (0, b"")
