"""The READMEs: what they show runs and prints what they say, in both languages alike."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus import READERS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
PACKAGES = ("corpus", "index", "retrieval", "web")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)\)")
ELISION = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a README: its language and what stands in it."""

    language: str
    content: str


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    return [Block(*match) for match in FENCE.findall(text_of(name))]


def shown(block: Block) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with the output that is shown for it."""
    steps = re.split(r"^\$ ", block.content, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (step.partition("\n") for step in steps)]


def agrees(printed: str, expected: str) -> bool:
    """Tell whether an output is as shown; ``…`` stands for anything, white space at line ends for nothing."""
    pieces = [re.escape(piece) for piece in tidy(expected).split(ELISION)]
    return re.fullmatch(".*".join(pieces), tidy(printed), re.DOTALL) is not None


def tidy(output: str) -> str:
    return "\n".join(line.rstrip() for line in output.strip("\n").splitlines())


class Checker(doctest.OutputChecker):
    """Compares the output of Python examples as that of commands is compared."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return agrees(got, want)


@pytest.fixture
def workshop(built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the project's, to make files in, with an index to change."""
    home = tmp_path / "home"
    shutil.copytree(built_home / "index", home / "index")
    (home / "models").symlink_to(built_home / "models")
    folder = tmp_path / "project"
    folder.mkdir()
    for name in (*PACKAGES, "app.py"):
        (folder / name).symlink_to(ROOT / name)
    monkeypatch.setenv("WENBAO_HOME", str(home))
    monkeypatch.chdir(folder)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    python, *arguments = shlex.split(command)
    assert python == "python", command
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def test_the_examples_print_what_is_shown(workshop: Path) -> None:
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(Checker(), verbose=False)
    commands = 0
    for number, block in enumerate(blocks("README.md")):
        if block.language == "python":
            example = doctest.DocTestParser().get_doctest(
                block.content, names, f"block {number}", "README.md", 0
            )
            assert example.examples
            report: list[str] = []
            failed = runner.run(example, out=report.append, clear_globs=False).failed
            names = example.globs
            assert not failed, "".join(report)
        elif block.language == "console":
            for command, expected in shown(block):
                told = run(command, workshop)
                assert told.returncode == 0, f"{command}\n{told.stderr}"
                assert agrees(told.stdout, expected), f"{command}\n{told.stdout}"
                commands += 1
    assert commands >= 7


def test_the_two_commands_to_begin_with() -> None:
    [start, test] = [block.content.strip() for block in blocks("README.md") if block.language == "bash"]
    assert start == "pip install -r requirements.txt && python app.py"
    assert test == "pip install -r requirements-dev.txt && python -m pytest"
    assert all((ROOT / name).is_file() for name in ("requirements.txt", "requirements-dev.txt"))
    told = run("python app.py --help", ROOT)
    assert told.returncode == 0
    documented = re.findall(r"`python app\.py (--\w+)", text_of("README.md"))
    assert set(documented) == set(re.findall(r"^ +(--\w+)", told.stdout, re.MULTILINE)) - {"--help"}


def test_an_example_that_prints_something_else_is_noticed() -> None:
    assert agrees("用时 12 毫秒\n", "用时 … 毫秒\n")
    assert agrees("一\n二\n三\n", "一\n…\n三")
    assert not agrees("一\n二\n三\n", "一\n三")
    assert not agrees("科技型企业3715家", "科技型企业…家。")


def test_both_languages_show_the_same() -> None:
    english, chinese = map(blocks, READMES)
    assert len(english) > 8
    assert english[:-1] == chinese[:-1]
    # The last is the layout, with a word on each folder.
    layouts = [re.findall(r"^(\S+)  ", pair[-1].content, re.MULTILINE) for pair in (english, chinese)]
    assert layouts[0] == layouts[1] != []
    depths = [re.findall(r"^(#+) ", text_of(name), re.MULTILINE) for name in READMES]
    assert depths[0] == depths[1]
    rows = [re.findall(r"^\| (`[^|]+`) \|", text_of(name), re.MULTILINE) for name in READMES]
    assert [row.split("`")[1].split()[0] for row in rows[0]] == [
        row.split("`")[1].split()[0] for row in rows[1]
    ]


@pytest.mark.parametrize("name", [*READMES, "CHANGELOG.md", "benchmarks/RESULTS.md"])
def test_links_lead_somewhere(name: str) -> None:
    targets = LINK.findall(text_of(name))
    assert targets or name not in READMES
    for target in targets:
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_what_can_be_set_is_told(name: str) -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")] + [ROOT / "app.py"]
    variables = {
        found for path in sources for found in re.findall(r"WENBAO_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert variables
    for variable in variables:
        assert f"`{variable}`" in text_of(name)


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("package", ["index", "retrieval"])
def test_every_command_is_told(name: str, package: str) -> None:
    for command in subcommands(ROOT / package / "__main__.py"):
        assert f"python -m {package} {command}" in text_of(name), command


def subcommands(path: Path) -> list[str]:
    """Return the names under which a command line's parser adds its commands."""
    names = re.findall(r'(?:add_parser|\bcommand)\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    assert len(names) > 2
    return names


@pytest.mark.parametrize("name", READMES)
def test_every_format_is_told(name: str) -> None:
    assert {*re.findall(r"^\| `(\.\w+)`", text_of(name), re.MULTILINE)} == set(READERS)
