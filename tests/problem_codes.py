"""Which problem codes the source can give, read from its syntax: every call that makes a ``Problem``."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "sekisho"


def given_codes() -> tuple[dict[str, str], list[str]]:
    """Codes with the place of one call that gives them, and calls whose code cannot be told from the syntax."""
    found: dict[str, str] = {}
    opaque: list[str] = []
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    makers = {"Problem": 0} | {name: at for tree in trees.values() for name, at in _wrappers(tree).items()}
    for path, tree in trees.items():
        inside = _parameters_named_code(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name not in makers:
                continue
            code = _argument(call, makers[name])
            place = f"{path.relative_to(SOURCE)}:{call.lineno}"
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.setdefault(code.value, place)
            elif not (isinstance(code, ast.Name) and (call.lineno, code.id) in inside):
                opaque.append(place)
    return found, opaque


def _argument(call: ast.Call, at: int) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)
    return named or (call.args[at] if len(call.args) > at else None)


def _wrappers(tree: ast.AST) -> dict[str, int]:
    """Functions that take a ``code`` and make a problem with it, and the place of that argument in a call."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            makes = any(getattr(one, "id", "") == "Problem" for one in ast.walk(node))
            if "code" in names and makes:
                found[node.name] = names.index("code")
    return found


def _parameters_named_code(tree: ast.AST) -> set[tuple[int, str]]:
    """Lines on which ``code`` is the parameter of the function around."""
    return {
        (line, "code")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "code" in [argument.arg for argument in node.args.args]
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
