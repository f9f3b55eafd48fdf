"""What every value has: frozen fields, a JSON round trip and a digest."""

from __future__ import annotations

import hashlib
import json
from typing import Self

from pydantic import BaseModel, ConfigDict

__all__ = ["Document", "Span", "Value", "blob_digest", "canonical_json", "digest_of"]


def canonical_json(data: object) -> str:
    """JSON with sorted keys, no spaces and non-ASCII kept: one text for one value."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(data: object) -> str:
    """SHA-256 of the canonical JSON, as 64 hex digits."""
    return hashlib.sha256(canonical_json(data).encode("utf-8")).hexdigest()


def blob_digest(data: bytes) -> str:
    """SHA-256 of the bytes, as 64 hex digits: the name of a blob."""
    return hashlib.sha256(data).hexdigest()


class Value(BaseModel):
    """A frozen value; two values with equal fields have equal digests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self, *, indent: int | None = None) -> str:
        """This value as JSON text (UTF-8, non-ASCII kept)."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The value back from :meth:`to_json`; raises pydantic's ValidationError on other shapes."""
        return cls.model_validate_json(text)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of all fields."""
        return digest_of(self.model_dump(mode="json"))


class Document(Value):
    """A value that is stored or exchanged by itself, so it carries its schema version."""

    schema_version: int = 1


class Span(Value):
    """Characters ``start`` (included) to ``end`` (excluded) of the book's decoded text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end
