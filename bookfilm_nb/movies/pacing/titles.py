"""How measured films are told apart: the project's title key, without the remarks of those who measured."""

from __future__ import annotations

import re

from bookfilm_nb.movies.sources.titles import other_titles
from bookfilm_nb.movies.sources.titles import title_key as plain_key

__all__ = ["other_title_keys", "title_key"]

_ATTEMPT = re.compile(r" *\((?:\d(?:st|nd|rd|th)|first|second|third|fourth) try\)", re.IGNORECASE)


def title_key(title: str) -> str:
    """The title without what differs between lists: case, diacritics, punctuation, articles, their place.

    "Matrix, The", "The Matrix" and "the matrix" are one. What stands in brackets belongs to the title, but for the
    "(2nd try)" of somebody who measured twice.
    """
    return plain_key(_ATTEMPT.sub("", title))


def other_title_keys(title: str) -> tuple[str, ...]:
    """Keys of the names that brackets hide: "Amelie (Le fabuleux destin ...)" is both names apart.

    Nothing for a title without brackets. Looser than :func:`title_key`: a remark in brackets gives a key too.
    """
    main, others = other_titles(_ATTEMPT.sub("", title))
    return tuple(dict.fromkeys(plain_key(name) for name in (main, *others))) if others else ()
