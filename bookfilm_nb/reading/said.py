"""The author's words beside a speech: whether a stretch of text says that somebody speaks."""

from __future__ import annotations

from . import en, morph, ru
from .words import plain, word_set, words_of

__all__ = ["is_authors_clause", "is_said", "is_said_verb"]


def is_said_verb(word: str, language: str, *, plainly: bool = False) -> bool:
    """Whether the word is a verb of speaking (or of the gestures that stand in for one) in a story's tense.

    ``plainly`` leaves out gestures and verbs with other common meanings.
    """
    if language == "en":
        return plain(word) in (en.STRONG_SAID if plainly else en.SAID)
    verbs = ru.PLAIN_SAID if plainly else ru.SAID
    return any(f.pos == "VERB" and f.lemma in verbs and f.person in ("", "3per", "1per") for f in morph.forms_of(word))


def is_said(text: str, start: int, end: int, language: str, *, plainly: bool = False) -> bool:
    """Whether a verb of speaking stands in the stretch."""
    return any(is_said_verb(w.text, language, plainly=plainly) for w in words_of(text, start, end))


_SELF = word_set("я ты вы мы мне тебе вам нам меня тебя вас нас мой твой ваш наш моя твоя ваша наша мою твою")


def is_authors_clause(text: str, start: int, end: int, before: str, language: str) -> bool:
    """Whether the stretch after a dash is the author's, given the mark ``before`` the dash."""
    words = words_of(text, start, min(end, start + 160))
    if not words or not text[start].isalnum():
        return False
    head = words[:7]
    if language == "en":
        return any(is_said_verb(w.text, language) for w in head[:4]) and (before in ",!?.…" or head[0].text.islower())
    first = head[0].text
    verbs = [w for w in head if morph.past_gender(w.text) or is_said_verb(w.text, "ru")]
    if not verbs:
        return False
    if any(is_said_verb(w.text, "ru", plainly=True) for w in verbs) and first[0].islower():
        return True
    own = any(w.text.lower() in _SELF for w in head[: head.index(verbs[0]) + 1])
    if first[0].islower():
        near = head.index(verbs[0]) <= 3
        if before in ",:;":
            return any(is_said_verb(w.text, "ru") for w in head[:5]) and not own
        return near and not own and (morph.is_past(verbs[0].text) or is_said_verb(verbs[0].text, "ru"))
    if before in ".!?…":
        # An action of the speaker: "— Да. — Анна встала."
        closing = text[start:end].rstrip()
        return not own and head.index(verbs[0]) <= 5 and morph.is_past(verbs[0].text) and closing[-1:] not in "?!"
    return False
