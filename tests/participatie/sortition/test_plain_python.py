"""The draw depends on nothing of the house: anybody can take the folder and run it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from participatie import sortition

PACKAGE = Path(sortition.__file__).parent
ALLOWED = sys.stdlib_module_names | {"highspy", "numpy"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level
            yield node.module or ""


def test_only_itself_and_the_solver() -> None:
    files = list(PACKAGE.glob("*.py"))
    assert len(files) > 10
    for path in files:
        for name in imports(path):
            assert name.split(".")[0] in ALLOWED or name.startswith("participatie.sortition"), (path, name)


def test_the_solver_is_asked_in_one_place() -> None:
    asking = {path.name for path in PACKAGE.glob("*.py") if "highspy" in set(imports(path))}
    assert asking == {"solver.py"}


def test_one_source_of_chance() -> None:
    """Every random number comes from the documented generators."""
    rolling = {path.name for path in PACKAGE.glob("*.py") if "random" in set(imports(path))}
    assert rolling == {"randomness.py"}
    assert not [path for path in PACKAGE.glob("*.py") if "np.random" in path.read_text()]
