"""Input that cannot be used, through the command line: its own message, exit code 2, and nothing left behind."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import struct
import subprocess
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from books_files import CONTAINER, EN, epub, fb2, zipped
from film_files import ENGLISH, bookfilm, command, is_root

from bookfilm_nb.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORY = ENGLISH.encode("utf-8")


def _png() -> bytes:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def _zip_bomb() -> bytes:
    return epub({"a.xhtml": "<p>" + "a" * 200_000_000 + "</p>"})


def _entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "boo">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    chapter = f'<?xml version="1.0"?><!DOCTYPE html [{entities}]><html><body><p>&a11;</p></body></html>'
    return epub({"a.xhtml": ""}, extra={"OPS/a.xhtml": chapter})


def _outside() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="i" href="../../../../etc/passwd" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="i"/></spine></package>'
    )
    return zipped({"META-INF/container.xml": CONTAINER, "OPS/package.opf": package, "../../../../etc/passwd": EN})


BOOKS: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...], str]] = {
    "an empty file": ("book.txt", lambda: b"", (), "empty"),
    "only blanks": ("book.txt", lambda: b"\xef\xbb\xbf \r\n\t\n", (), "empty"),
    "a picture named .txt": ("book.txt", _png, (), "PNG picture"),
    "a zip bomb": ("book.epub", _zip_bomb, (), "MiB|times"),
    "an entity bomb": ("book.epub", _entity_bomb, (), "entit|no text|sentence"),
    "paths out of the book": ("book.epub", _outside, (), r"outside|\.\."),
    "a cut fb2": ("book.fb2", lambda: fb2(f"<section><p>{EN}</p></section>" * 40)[:2000], (), "line|ends|damaged"),
    "a wrong charset": ("book.txt", lambda: STORY + "ёж".encode(), ("--encoding", "ascii"), "ascii"),
    "no such charset": ("book.txt", lambda: STORY, ("--encoding", "klingon"), "klingon"),
    "no sentence": ("book.txt", lambda: b"1 2 3 4\n\n* * *\n\n5 6 7\n", (), "no story"),
    "half a zip": ("book.epub", lambda: epub({"a.xhtml": f"<p>{EN}</p>"})[:300], (), "damaged|zip"),
}

OPTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "an unknown genre": (("--genre", "mistery"), "mystery"),
    "no minutes": (("--minutes", "0"), "minutes"),
    "fewer minutes": (("--minutes", "-1"), "minutes"),
    "minutes that are no number": (("--minutes", "nan"), "minutes"),
    "endless minutes": (("--minutes", "inf"), "minutes"),
    "minutes in words": (("--minutes", "two"), "minutes"),
    "an unknown voice": (("--voice", "hal"), "hibari"),
    "a voice of another language": (("--voice", "hibari", "--language", "ru"), "hibari"),
    "unknown pictures": (("--images", "camera"), "illustrator"),
    "an unknown composer": (("--composer", "bach"), "composer"),
    "an unknown size": (("--size", "8k"), "720p"),
    "an unknown language": (("--language", "fr"), "en"),
    "a seed below zero": (("--seed", "-3"), "seed"),
    "five frames a second": (("--fps", "5"), "fps"),
    "an unknown option": (("--colour", "blue"), "colour"),
}


def _refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str | Path) -> tuple[str, str]:
    """Problem and hint of a command that must fail with 2 and leave the folder as it was."""
    before = sorted(folder.rglob("*"))
    code = main([*map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    assert code == 2
    told = json.loads(out)
    assert set(told) == {"error", "problem", "hint"}
    assert told["problem"] in err
    assert told["hint"] in err
    assert "Traceback" not in err
    assert told["problem"].endswith(".")
    assert sorted(folder.rglob("*")) == before
    return told["problem"], told["hint"]


@cache
def written(case: str) -> bytes:
    """The bytes of the book; a bomb takes its time to make."""
    return BOOKS[case][1]()


@pytest.mark.parametrize("case", BOOKS)
@pytest.mark.parametrize("verb", ["film", "read"])
def test_a_book_that_cannot_be_read(case: str, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, _, options, says = BOOKS[case]
    book = tmp_path / name
    book.write_bytes(written(case))
    target = ("--out", tmp_path / "film") if verb == "film" else ()
    problem, hint = _refused(capsys, tmp_path, verb, book, *options, *target)
    assert re.search(says, f"{problem} {hint}"), f"{problem} {hint}"
    assert name in problem or options


@pytest.mark.parametrize("case", OPTIONS)
def test_an_option_that_cannot_be(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options, says = OPTIONS[case]
    book = tmp_path / "book.txt"
    book.write_bytes(STORY)
    problem, hint = _refused(capsys, tmp_path, "film", book, "--out", tmp_path / "film", *options)
    assert says in f"{problem} {hint}"


def test_each_fault_has_words_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problems = []
    for case, (name, _, options, _) in BOOKS.items():
        (tmp_path / name).write_bytes(written(case))
        problem, _ = _refused(capsys, tmp_path, "read", tmp_path / name, *options)
        problems.append(problem)
    distinct = set(problems)
    assert len(distinct) >= len(problems) - 1  # blank and empty are one fault


def test_no_book_and_a_folder_for_a_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("film", "read", "adapt"):
        out = () if verb == "read" else ("--out", tmp_path / "film")
        assert "nothing.txt" in _refused(capsys, tmp_path, verb, tmp_path / "nothing.txt", *out)[0]
        assert "folder" in _refused(capsys, tmp_path, verb, tmp_path, *out)[0]


def test_no_verb_and_a_wrong_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _refused(capsys, tmp_path)
    assert "direct" in _refused(capsys, tmp_path, "direct", "en")[0]
    assert "production" in _refused(capsys, tmp_path, "status", tmp_path / "none")[0]


@pytest.mark.parametrize("inside", ["film", "a/b/film"])
def test_a_folder_that_cannot_be_made(inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.txt").write_bytes(STORY)
    (tmp_path / "file").write_text("mine")
    problem, _ = _refused(capsys, tmp_path, "film", tmp_path / "book.txt", "--out", tmp_path / "file" / inside)
    assert "file" in problem
    if Path("/proc/sys").is_dir():
        _refused(capsys, tmp_path, "film", tmp_path / "book.txt", "--out", "/proc/sys/film")


@pytest.mark.skipif(is_root(), reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.txt").write_bytes(STORY)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    assert "permission" in _refused(capsys, tmp_path, "film", tmp_path / "book.txt", "--out", closed / "film")[0]


def test_a_folder_with_other_things_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.txt").write_bytes(STORY)
    assert "other files" in _refused(capsys, tmp_path, "film", tmp_path / "book.txt", "--out", tmp_path)[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of its own of a given size; skips where this process may not mount one."""
    mounted: list[Path] = []
    if not is_root() or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")

    def make(size: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "bookfilm-test", str(folder)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"a small disk cannot be mounted here: {done.stderr.decode(errors='replace').strip()}")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def _book(folder: Path) -> Path:
    book = folder / "clock.txt"
    book.write_bytes(STORY)
    return book


@pytest.mark.slow
def test_a_disk_that_is_full_from_the_start(tmp_path: Path, small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("64k")
    (disk / "filler").write_bytes(b"\0" * 61_440)
    done = bookfilm("film", _book(tmp_path), "--out", disk / "film", "--json")
    assert done.returncode == 2, done.stderr
    assert "full" in json.loads(done.stdout)["problem"]
    assert "Traceback" not in done.stderr
    assert not (disk / "film").exists()


@pytest.mark.slow
@pytest.mark.parametrize("size", ["600k", "3m"])
def test_a_disk_that_fills_up_on_the_way(tmp_path: Path, small_disk: Callable[[str], Path], size: str) -> None:
    disk = small_disk(size)
    small = ("--minutes", "0.3", "--size", "480p", "--json")
    done = bookfilm("film", _book(tmp_path), "--out", disk / "film", *small)
    assert done.returncode == 2, done.stderr
    assert "full" in json.loads(done.stdout)["problem"]
    assert "Traceback" not in done.stderr
    assert not (disk / "film" / "film" / "film.mp4").exists()
    assert list((disk / "film").rglob(".writing-*")) == []
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
    again = bookfilm("film", _book(tmp_path), "--out", disk / "film", *small)
    assert again.returncode == 0, again.stderr


@pytest.mark.slow
def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A quota on the size of one file, which every user can set."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    line = command("film", _book(tmp_path), "--out", tmp_path / "film", "--minutes", "0.3", "--size", "480p")
    done = subprocess.run(line, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "film" / "film" / "film.mp4").exists()


def test_an_output_that_is_closed_early_is_no_fault(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command("read", _book(tmp_path), "--json"), stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
