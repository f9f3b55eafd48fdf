"""What the opening title and the end card say, in the film's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookfilm_nb.model import Book
    from bookfilm_nb.production import Choices

__all__ = ["author_line", "end_lines", "rights_line", "subtitle_lines", "the_end"]

_WORDS = {
    "en": {
        "after": "an animatic after the book",
        "end": "The End",
        "by": "by {author}",
        "from": "From the book “{title}”",
        "machine": "Drawn and voiced by a machine: BookFilm",
        "voice": "Voice: {voice}",
        "picture": "Pictures: {images}",
        "music": "Music: {composer}",
        "rights": "Rights in the book: {rights}",
        "unknown": "not stated in the book",
    },
    "ru": {
        "after": "аниматик по книге",
        "end": "Конец",
        "by": "{author}",
        "from": "По книге «{title}»",
        "machine": "Нарисовано и озвучено машиной: BookFilm",
        "voice": "Голос: {voice}",
        "picture": "Рисунки: {images}",
        "music": "Музыка: {composer}",
        "rights": "Права на книгу: {rights}",
        "unknown": "в книге не указаны",
    },
}


def rights_line(book: Book, choices: Choices) -> str:
    """Whose rights: what the author declared, else what the book says of itself."""
    words = _WORDS[book.language]
    return words["rights"].format(rights=choices.rights or book.rights or words["unknown"])


def author_line(book: Book) -> str:
    """Who wrote it, as it stands under the title; empty where the book does not say."""
    return _WORDS[book.language]["by"].format(author=book.author) if book.author else ""


def subtitle_lines(book: Book) -> tuple[str, ...]:
    """What stands under the author."""
    return (_WORDS[book.language]["after"],)


def the_end(book: Book) -> str:
    """The heading of the end card."""
    return _WORDS[book.language]["end"]


def end_lines(book: Book, choices: Choices, *, voice: str) -> tuple[str, ...]:
    """Credits: the book, the engines, the rights, and that a machine made it."""
    words = _WORDS[book.language]
    source = words["from"].format(title=book.title)
    return (
        f"{source}, {book.author}" if book.author else source,
        words["voice"].format(voice=voice),
        words["picture"].format(images=choices.images),
        words["music"].format(composer=choices.composer),
        rights_line(book, choices),
        words["machine"],
    )
