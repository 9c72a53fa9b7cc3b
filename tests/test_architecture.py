"""The structure: which way imports point, and what each package says it offers."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each may import from those before it, never from those after it.
ORDER = ["corpus", "index", "retrieval", "web", "app"]


def modules(package: str) -> list[Path]:
    folder = ROOT / package
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{package}.py"]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("package", ORDER)
def test_imports_point_one_way(package: str) -> None:
    later = set(ORDER[ORDER.index(package) + 1 :])
    paths = modules(package)
    assert paths
    for path in paths:
        assert not imported(path) & later, path


@pytest.mark.parametrize("package", ["corpus", "index", "retrieval"])
def test_a_package_lists_what_it_offers(package: str) -> None:
    module = importlib.import_module(package)
    offered = set(module.__all__)
    assert len(offered) == len(module.__all__)
    assert all(hasattr(module, name) for name in offered)
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "").split(".")[0] in ORDER
    }
    assert own <= offered
