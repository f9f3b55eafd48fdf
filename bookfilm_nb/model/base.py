"""What every value has: frozen fields, a JSON round trip and a digest."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["Document", "FieldFault", "Span", "Value", "blob_digest", "canonical_json", "digest_of", "first_fault"]


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


class FieldFault(NamedTuple):
    """What is wrong with one field of a value."""

    field: str
    """Its name, with dots where it lies deeper."""
    given: object
    why: str
    """In pydantic's words, to stand after a colon."""


def first_fault(error: ValidationError) -> FieldFault:
    """The first of the faults for which a value was refused."""
    first = error.errors()[0]
    words = first["msg"]
    return FieldFault(".".join(map(str, first["loc"])), first["input"], words[:1].lower() + words[1:])
