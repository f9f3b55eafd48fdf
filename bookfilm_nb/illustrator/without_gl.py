"""Skia on a machine without a graphics library: what its wheel links but drawing in memory never calls.

skia-python's Linux wheel links ``libGL.so.1`` and ``libEGL.so.1``, which a server or a container does not have; then
`import skia` fails although we only draw into memory. Where one of them is missing, a shared library of that name
is written that holds the functions Skia asks for, each of which returns 0, and loaded first: the dynamic linker takes
a library that is already loaded for one of the same name. ELF as in the System V ABI, chapters 4 and 5.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

__all__ = ["prepare_skia"]

_LIBRARIES = {"libGL.so.1": b"gl", "libEGL.so.1": b"egl"}
_MACHINES = {
    "x86_64": (62, bytes.fromhex("31c0c3")),  # xor eax, eax; ret
    "aarch64": (183, bytes.fromhex("000080d2c0035fd6")),  # mov x0, #0; ret
}
_PAGE = 0x10000  # the largest page of the machines above
_SYMBOL = struct.Struct("<IBBHQQ")


def prepare_skia() -> tuple[str, ...]:
    """Load stand-ins for the graphics libraries that are missing; returns their names, nothing on most machines."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES or "skia" in sys.modules:
        return ()
    missing = tuple(name for name in _LIBRARIES if not _loads(name))
    spec = find_spec("skia") if missing else None
    if spec is None or spec.origin is None:
        return ()
    wanted = _undefined(Path(spec.origin).read_bytes())
    files = []
    for name in missing:
        # A file in memory: nothing is left on disk, and a folder mounted without execution does not matter
        files.append(os.memfd_create(name))
        os.write(files[-1], _library(name, [symbol for symbol in wanted if symbol.startswith(_LIBRARIES[name])]))
    # Closed only when all are loaded: the linker would take a second file under the same path for the first
    for file in files:
        ctypes.CDLL(f"/proc/self/fd/{file}")
    for file in files:
        os.close(file)
    return missing


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _undefined(library: bytes) -> list[bytes]:
    """Names that a shared library leaves for others to define, in the order of its symbol table."""
    table, width, count = *struct.unpack_from("<Q", library, 0x28), *struct.unpack_from("<HH", library, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", library, table + width * i) for i in range(count)]
    found = []
    for _, kind, _, _, start, size, link, _, _, _ in sections:
        if kind != 11:  # SHT_DYNSYM
            continue
        names = sections[link][4]
        for name, _, _, section, _, _ in _SYMBOL.iter_unpack(library[start : start + size]):
            if section == 0 and name:
                found.append(library[names + name : library.index(b"\0", names + name)])
    return found


def _library(name: str, symbols: list[bytes]) -> bytes:
    """A shared library of this name in which every symbol is one and the same function, returning 0."""
    machine, code = _MACHINES[platform.machine()]
    text = b"\0" + b"".join(symbol + b"\0" for symbol in symbols) + name.encode() + b"\0"
    hashes = struct.pack(f"<{4 + len(symbols)}I", 1, len(symbols) + 1, min(1, len(symbols)), 0, *_chain(len(symbols)))
    head = 64 + 3 * 56
    at_symbols = _aligned(head + len(code))
    at_text = at_symbols + _SYMBOL.size * (len(symbols) + 1)
    at_hashes = _aligned(at_text + len(text))
    entries, offset = [bytes(_SYMBOL.size)], 1
    for symbol in symbols:
        entries.append(_SYMBOL.pack(offset, 0x12, 0, 1, head, len(code)))  # STB_GLOBAL, STT_FUNC
        offset += len(symbol) + 1
    # DT_SONAME, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL
    facts = ((14, offset), (4, at_hashes), (5, at_text), (6, at_symbols), (10, len(text)), (11, _SYMBOL.size), (0, 0))
    dynamic = b"".join(struct.pack("<QQ", *fact) for fact in facts)
    segments = (
        (1, 5, 0, at_hashes + len(hashes), _PAGE),  # PT_LOAD, read and execute
        (1, 6, _PAGE, len(dynamic), _PAGE),  # PT_LOAD, read and write: the linker adjusts addresses in place
        (2, 6, _PAGE, len(dynamic), 8),  # PT_DYNAMIC
    )
    made = bytearray(_PAGE + len(dynamic))
    identity = b"\x7fELF\x02\x01\x01" + bytes(9)
    made[:64] = identity + struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, len(segments), 64, 0, 0)
    for i, (kind, flags, start, size, align) in enumerate(segments):
        struct.pack_into("<IIQQQQQQ", made, 64 + 56 * i, kind, flags, start, start, start, size, size, align)
    for start, part in (
        (head, code), (at_symbols, b"".join(entries)), (at_text, text), (at_hashes, hashes), (_PAGE, dynamic),
    ):  # fmt: skip
        made[start : start + len(part)] = part
    return bytes(made)


def _chain(count: int) -> list[int]:
    """The links of one hash bucket that holds symbols 1 to ``count``: each leads to the next, the last to nothing."""
    return [*range(2, count + 1), 0] if count else []


def _aligned(offset: int) -> int:
    return (offset + 15) // 16 * 16
