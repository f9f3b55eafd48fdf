"""Lists of datasets: the archived dump of Papers with Code, and curated lists in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from bookfilm_nb.errors import DataError, MissingPartError

from .packed_files import MAX_BYTES, clean, head_of, read_json, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["is_dump", "is_list", "read_dump", "read_list"]

_PARQUET = b"PAR1"
_MOST_ROWS = 1_000_000
_LONGEST_LINE = 4000
_ENTRY = re.compile(r"^\*\s+\*\*(?P<name>[^*]+)\*\*\s*:?\s*(?P<full>.*)$")
_LINK = re.compile(r"\[\[?([^\[\]]{1,200})\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)\]?")
_TAG = re.compile(r"</?\w+\s*/?>")
_VENUE = re.compile(r"\(([^()]*(?<!\d)(?:19|20)\d\d(?!\d)[^()]*)\)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SECTION_MODALITIES = (
    (re.compile(r"audio|sound|speech|music", re.IGNORECASE), "Audio"),
    (re.compile(r"caption|language|question|text", re.IGNORECASE), "Texts"),
)


def is_dump(path: Path) -> bool:
    """Whether a file begins like the dump of datasets: JSON, JSON lines or Parquet, packed or not."""
    head = head_of(path, 1 << 16).lstrip()
    if head.startswith("PAR1"):
        return "dataset" in path.name.casefold()
    return head.startswith(("[", "{")) and '"full_name"' in head and '"homepage"' in head


def is_list(path: Path) -> bool:
    """Whether a file is Markdown with datasets in the form ``* **Name**: title`` and links to papers."""
    if not path.name.casefold().endswith(".md"):
        return False
    head = head_of(path, 1 << 16)
    return "[[Paper](" in head and any(_ENTRY.match(line) for line in head.splitlines())


def read_dump(path: Path) -> Iterator[dict[str, Any] | str]:
    """The datasets of a dump one by one, or in place of a record that is none, the reason.

    Raises DataError for a file that is no such dump, MissingPartError for Parquet where polars is not installed.
    """
    records = _parquet(path) if _starts_with(path, _PARQUET) else read_json(path)
    if isinstance(records, dict):
        records = records.get("results", [records])
    if not isinstance(records, list) or not _looks_right(records):
        raise DataError(
            f"{path.name} is no list of datasets as Papers with Code kept them.",
            hint="Give datasets.json or datasets.json.gz from huggingface.co/datasets/pwc-archive/datasets.",
            path=str(path),
        )
    for record in records:
        if not isinstance(record, dict):
            yield "not a record"
        elif (name := clean(record.get("name")) or clean(record.get("full_name"))) is None:
            yield "no name"
        else:
            yield _dataset(record, name)


def _starts_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except OSError:
        return False


def _parquet(path: Path) -> list[dict[str, Any]]:
    try:
        import polars as pl
    except ImportError as missing:
        raise MissingPartError(
            "Parquet files are read with polars.", hint="Run: pip install 'bookfilm-nb[data]'", part="polars"
        ) from missing
    try:
        frame = pl.read_parquet(path, n_rows=_MOST_ROWS)
    # A panic of polars' Rust code is no Exception in Python
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as broken:
        raise DataError(
            f"{path.name} cannot be read as Parquet ({str(broken)[:200]}).", hint="Get the file again.", path=str(path)
        ) from broken
    if frame.estimated_size() > MAX_BYTES:
        raise DataError(
            f"{path.name} unpacks to more than {MAX_BYTES >> 20} MiB.", hint="Get the file again.", path=str(path)
        )
    return frame.to_dicts()


def _looks_right(records: list[Any]) -> bool:
    """Whether most records have what a dataset of the dump has; an empty list may be of anything."""
    known = sum(isinstance(record, dict) and bool({"full_name", "modalities"} & record.keys()) for record in records)
    return known > 0 and 2 * known >= len(records)


def _dataset(record: dict[str, Any], name: str) -> dict[str, Any]:
    paper = record.get("paper")
    paper = paper if isinstance(paper, dict) else {"title": paper}
    introduced = clean(str(record.get("introduced_date") or "")) or ""
    return {
        "name": name,
        "full_name": clean(record.get("full_name")),
        "description": clean(record.get("description")),
        "introduced": introduced or None,
        "year": int(introduced[:4]) if re.match(r"(?:19|20)\d\d\b", introduced) else None,
        "modalities": _names(record.get("modalities")),
        "tasks": _names(record.get("tasks"), "task"),
        "languages": _names(record.get("languages")),
        "variants": _names(record.get("variants")),
        "licence": clean(record.get("license_name")),
        "licence_address": clean(record.get("license_url")),
        "papers": _count(record.get("num_papers")),
        "paper": clean(paper.get("title")),
        "paper_address": clean(paper.get("url")),
        "homepage": clean(record.get("homepage")),
        "loaders": len(loaders) if isinstance(loaders := record.get("data_loaders"), list) else None,
        "warning": clean(record.get("warning")),
        "source_id": _last_part(clean(record.get("url"))),
    }


def _last_part(address: str | None) -> str | None:
    """The last part of an address's path, by which the site named a page."""
    try:
        return unquote(urlsplit(address or "").path.rstrip("/").rpartition("/")[2]) or None
    except ValueError:
        return None


def _names(value: object, key: str = "name") -> tuple[str, ...]:
    """The names in a cell: a list of texts, or of records that hold the name under ``key``."""
    items = value if isinstance(value, list | tuple) else [value]
    told = [
        item.get(key) or item.get("name") or item.get("title") if isinstance(item, dict) else item for item in items
    ]
    return tuple(dict.fromkeys(text for item in told if (text := clean(item))))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None


def read_list(path: Path) -> Iterator[dict[str, Any]]:
    """The datasets of a curated list of video datasets one by one: name, title, year of the paper, links, one line.

    The heading that they stand under is their task. Every one is of videos; under a heading such as "Audiovisual
    Learning" also of audio, under one such as "Video Captioning" also of texts: the list itself tells no modalities.
    """
    section = ""
    entry: list[str] = []
    for line in [*(line[:_LONGEST_LINE] for line in read_text(path).splitlines()), "#"]:
        if line.startswith("#") or _ENTRY.match(line):
            if entry:
                yield _listed(entry, section)
            entry = [line] if not line.startswith("#") else []
            section = line.lstrip("#").strip() if line.startswith("#") else section
        elif entry:
            entry.append(line)


def _listed(entry: list[str], section: str) -> dict[str, Any]:
    found = _ENTRY.match(entry[0])
    assert found is not None  # noqa: S101 - only lines that match begin an entry
    head = clean(_TAG.sub(" ", found["full"])) or ""
    rest = " ".join(entry[1:])
    # Links may stand in the first line too, after the title
    title = _LINK.sub("", head).strip()
    links = {
        name: to for name, to in reversed(_LINK.findall(f"{head} {rest}")) if to.startswith(("http://", "https://"))
    }
    venues = [venue for venue in _VENUE.findall(title) if _YEAR.search(venue)]
    year = int(_YEAR.findall(venues[-1])[-1]) if venues else None
    paper = next((name for name in links if "paper" in name.casefold()), None)
    homepage = next((name for name in links if name.casefold() in {"homepage", "website", "dataset"}), None)
    name = clean(found["name"].rstrip(": ")) or "?"
    return {
        "name": name,
        "full_name": clean(_VENUE.sub("", title)),
        "description": clean(_LINK.sub(" ", _TAG.sub(" ", rest)).replace("*", " ")),
        "introduced": None,
        "year": year,
        "modalities": ("Videos", *(also for pattern, also in _SECTION_MODALITIES if pattern.search(section))),
        "tasks": (section,) if section else (),
        "languages": (),
        "variants": (),
        "paper_address": links.get(paper) if paper else None,
        "homepage": links.get(homepage) if homepage else None,
        "source_id": f"list:{name}",
    }
