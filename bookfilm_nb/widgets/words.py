"""What the panels say, in English and Russian.

    from bookfilm_nb.widgets.words import say, set_language
    set_language("ru")
    say("job.stop")

The language is the one set, or the one of the environment variable BOOKFILM_UI_LANGUAGE, or English. A sentence may
hold values in braces: ``say("job.pieces", done=3, total=9)``.
"""

from __future__ import annotations

import os

from bookfilm_nb.errors import ChoiceError

from .words_en import ENGLISH
from .words_ru import RUSSIAN

__all__ = ["LANGUAGES", "VARIABLE", "language", "say", "set_language"]

VARIABLE = "BOOKFILM_UI_LANGUAGE"
LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN}
_chosen: list[str] = []


def language() -> str:
    """The language that panels speak now: ``en`` or ``ru``."""
    asked = _chosen[-1] if _chosen else os.environ.get(VARIABLE, "en").strip().lower()[:2]
    return asked if asked in LANGUAGES else "en"


def set_language(name: str) -> None:
    """Choose the language; "" goes back to the environment's. Raises ChoiceError.

    Choose it before panels are made: what one has said already it does not say again.
    """
    if name and name not in LANGUAGES:
        raise ChoiceError(f"The panels do not speak {name!r}.", hint="Choose en or ru.", choices=list(LANGUAGES))
    _chosen[:] = [name] if name else []


def say(key: str, **values: object) -> str:
    """The text of this key in the language chosen. Raises KeyError for a key that there is not."""
    return LANGUAGES[language()].get(key, ENGLISH[key]).format(**values)
