"""UCI's archive: fetched from a local server, and unpacked with care."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.sources.archives import unpack
from bookfilm_nb.movies.sources.uci_get import fetch_uci

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_httpserver import HTTPServer


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(kind: bytes = tarfile.REGTYPE, **files: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.type, member.size = kind, len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def test_uci_is_fetched_and_unpacked(httpserver: HTTPServer, tmp_path: Path) -> None:
    inner = tarred(**{"data/casts.html": b"casts"})
    body = zipped(**{"movies/main.html": b"main", "movies/data.tar.gz": inner, "movies/empty/": b""})
    httpserver.expect_request("/movie.zip").respond_with_data(body, content_type="application/zip")
    for _ in range(2):
        folder = fetch_uci(tmp_path, url=httpserver.url_for("/movie.zip"))
        assert {p.name for p in folder.iterdir()} == {"movie.zip", "movie.zip.sha256", "main.html", "casts.html"}
        assert (folder / "casts.html").read_bytes() == b"casts"
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    "archive",
    [
        zipped(**{"../outside": b"x"}),
        zipped(**{"/etc/passwd": b"x"}),
        zipped(**{"a/../../b": b"x"}),
        zipped(**{"C:\\windows": b"x"}),
        zipped(**{"a/x": b"1", "b/x": b"2"}),
        zipped(**{"x": b"1", "more.zip": zipped(x=b"2")}),
        zipped(**{"good": b"x", "more.tgz": tarred(**{"../bad": b"x"})}),
        tarred(tarfile.SYMTYPE, link=b""),
        zipped(**{f"f{n}": b"" for n in range(1001)}),
        zipped(**{"in.sha256": b"x"}),
        zipped(x=b"x")[:-8],
        b"neither of them",
    ],
    ids=[
        "up",
        "root",
        "winding",
        "drive",
        "twice",
        "twice inside",
        "up inside",
        "link",
        "many",
        "own name",
        "cut",
        "nonsense",
    ],
)  # fmt: skip
def test_an_archive_that_is_not_safe_leaves_nothing(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "in").write_bytes(archive)
    (tmp_path / "out").mkdir()
    with pytest.raises(DataError, match="not unpacked"):
        unpack(tmp_path / "in", tmp_path / "out")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["in", "out"]


def test_a_link_in_a_zip_file_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in", "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(DataError, match="link"):
        unpack(tmp_path / "in", tmp_path)


def test_a_bomb_is_put_down(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(zipped(a=b"\0" * 600, b=b"\0" * 600))
    with pytest.raises(DataError, match="unpacks to more"):
        unpack(tmp_path / "in", tmp_path, most_bytes=1000)
    (tmp_path / "in").write_bytes(zipped(a=b"\0" * 600, b=zipped(c=b"\0" * 999)))
    assert [path.name for path in unpack(tmp_path / "in", tmp_path, most_bytes=1000)] == ["a", "b"]
