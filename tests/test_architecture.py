"""The structure: which way imports point, and what each package says it offers."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each may import from those before it, never from those after it.
ORDER = ["corpus", "index", "retrieval", "web", "app"]
# The same for the rooms and modules of retrieval.
ROOMS = [
    "errors",
    "query",
    "answer",
    "search",
    "words",
    "facts",
    "reader",
    "render",
    "grounding",
    "suggestions",
    "answering",
    "comparison",
    "answers",
    "note",
    "retriever",
    "exam",
    "__main__",
]
# What points the other way: a module, and what it imports.  The registry finds the kinds of answers by listing
# their folder.
UPWARDS = {("answering.kind", "answers")}


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


@cache
def own_modules() -> dict[str, Path]:
    """Return the modules of all packages by their names."""
    found = {}
    for path in (path for package in ORDER for path in modules(package)):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def dependencies(name: str, whole: bool) -> Iterator[str]:
    """Yield the modules of ours that a module imports when it is loaded, or, ``whole``, at any time.

    The packages that a module lies in are loaded before it and are left out.
    """
    tree = ast.parse(own_modules()[name].read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if whole else iter(tree.body)
    for node in nodes:
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            named = [one if one in own_modules() else str(node.module) for one in inside]
        else:
            continue
        yield from (one for one in named if one in own_modules() and not f"{name}.".startswith(f"{one}."))


def test_no_two_modules_need_each_other_to_be_loaded() -> None:
    graph = {name: set(dependencies(name, whole=False)) for name in own_modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_rooms_of_retrieval_import_one_way() -> None:
    own = [name.removeprefix("retrieval.") for name in own_modules() if name.startswith("retrieval.")]
    assert {name.split(".")[0] for name in own} == set(ROOMS)
    upwards = {
        (name, other.removeprefix("retrieval."))
        for name in own
        for other in dependencies(f"retrieval.{name}", whole=True)
        if other.startswith("retrieval.")
        and ROOMS.index(other.split(".")[1]) > ROOMS.index(name.split(".")[0])
    }
    assert upwards == UPWARDS


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
