"""Every sentence that an error of the package can say, read from its source.

What is put in is {1}, {2} and so on, the same thing with the same number; {1!r} where it is quoted.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RAISED = {*errors.__all__, "NotYetError", "ValueError", "ShortReplyError", "notice"}
"""Errors, two that are caught and quoted by the error that follows, and :meth:`Studio.notice`."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEEPEST = 6


class Sentence(NamedTuple):
    """What is said, and the line that says it."""

    where: str
    text: str


def sentences(file: Path) -> Iterator[Sentence]:
    """Problems, hints and notices, and the pieces that these are put together from."""
    module = _Module(file)
    for function, call in module.calls():
        for said in _said(call):
            for text in module.texts(said, function):
                yield Sentence(f"{file.name}:{call.lineno}", text.strip())


def _said(call: ast.Call) -> list[ast.expr]:
    """What a call says to people, where it does."""
    told = call.func
    again = isinstance(told, ast.Call) and _named(told.func) == "type"  # type(caught)(...): an error with more words
    name = _named(told)
    first = 1 if name == "Fault" else 0 if again or name in RAISED else -1
    words = [word.value for word in call.keywords if word.arg in {"hint", "basis", "notice"}]
    return [*(call.args[first : first + 1] if first >= 0 else ()), *words]


def _template(node: ast.JoinedStr) -> str:
    put: dict[str, int] = {}
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            number = put.setdefault(ast.dump(part.value), len(put) + 1)
            text += f"{{{number}!r}}" if part.conversion == ord("r") else f"{{{number}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class _Module:
    """A source file: its calls with the functions they stand in, and what an expression can be."""

    def __init__(self, file: Path) -> None:
        self.tree = ast.parse(file.read_text("utf-8"))
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, _Function)}
        self._calls = list(_calls(self.tree, None))

    def calls(self) -> list[tuple[_Function | None, ast.Call]]:
        return self._calls

    def texts(self, node: ast.expr, function: _Function | None, depth: int = 0) -> list[str]:
        """The strings that it can be, and the pieces that are put into them; none where only a run can tell."""
        if depth > _DEEPEST:
            return []
        deeper = depth + 1
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) and (" " in node.value.strip() or not depth) else []
        if isinstance(node, ast.JoinedStr):
            pieces = [part for value in node.values if isinstance(value, ast.FormattedValue)
                      for part in self.texts(value.value, function, deeper)]  # fmt: skip
            return [_template(node), *pieces]
        if isinstance(node, ast.IfExp):
            return [*self.texts(node.body, function, deeper), *self.texts(node.orelse, function, deeper)]
        if isinstance(node, (ast.BoolOp, ast.BinOp)):
            sides = node.values if isinstance(node, ast.BoolOp) else [node.left, node.right]
            return [text for value in sides for text in self.texts(value, function, deeper)]
        if isinstance(node, ast.Name):
            return [t for value, home in self._values(node.id, function) for t in self.texts(value, home, deeper)]
        if isinstance(node, ast.Call):
            return self._returned(node, function, deeper)
        return []

    def _returned(self, call: ast.Call, function: _Function | None, depth: int) -> list[str]:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "get" and len(call.args) == 2:
            kept = [v for value, _ in self._values(_named(call.func.value), function)
                    if isinstance(value, ast.Dict) for v in value.values]  # fmt: skip
            return [text for value in (*kept, call.args[1]) for text in self.texts(value, function, depth)]
        called = self.functions.get(_named(call.func)) if isinstance(call.func, ast.Name) else None
        if called is None:
            return []
        ends = [node.value for node in ast.walk(called) if isinstance(node, ast.Return) and node.value is not None]
        return [text for end in ends for text in self.texts(end, called, depth)]

    def _values(self, name: str, function: _Function | None) -> Iterator[tuple[ast.expr, _Function | None]]:
        """What is bound to a name: in its function, else what callers give for it, else in the module."""
        inside = list(_bound(name, function.body)) if function else []
        asked = [a.arg for a in (*function.args.posonlyargs, *function.args.args)] if function else []
        if inside:
            yield from ((value, function) for value in inside)
        elif function and name in [*asked, *(a.arg for a in function.args.kwonlyargs)]:
            place = asked.index(name) - (asked[0] == "self") if name in asked else -1
            for home, call in self._calls:
                if _named(call.func) == function.name:
                    given = [word.value for word in call.keywords if word.arg == name]
                    given += call.args[place : place + 1] if place >= 0 else []
                    yield from ((value, home) for value in given)
        else:
            yield from ((value, None) for value in _bound(name, self.tree.body))


def _calls(node: ast.AST, function: _Function | None) -> Iterator[tuple[_Function | None, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield function, child
        yield from _calls(child, child if isinstance(child, _Function) else function)


def _bound(name: str, body: list[ast.stmt]) -> Iterator[ast.expr]:
    for node in (inner for statement in body for inner in ast.walk(statement)):
        if isinstance(node, ast.NamedExpr) and node.target.id == name:
            yield node.value
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            value = node.value
            if _named(target) == name and isinstance(target, ast.Name) and value is not None:
                yield value
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                yield from (v for t, v in zip(target.elts, value.elts, strict=False) if _named(t) == name)
