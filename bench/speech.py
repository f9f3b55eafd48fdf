"""Words a minute of the embedded narrators, measured on the sample stories: the templates' narration rates.

Each sentence is spoken alone; silence before and after it is not counted, pauses inside it are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.books import read_book
from bookfilm_nb.movies.pacing import speech_rate
from bookfilm_nb.providers import VoiceStyle
from bookfilm_nb.reading import analyse
from bookfilm_nb.voices import available, best_voice, speak_element

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

BOOKS = Path(__file__).resolve().parents[1] / "data" / "books"


def sentences(language: Language, count: int) -> list[str]:
    """Sentences of five words and more, spread evenly over the sample story of the language."""
    book = read_book(next(iter(sorted(BOOKS.glob(f"{language}_*.txt")))))
    texts = [book.text[s.span.start : s.span.end] for s in analyse(book).sentences]
    whole = [" ".join(text.split()) for text in texts if len(text.split()) >= 5]
    step = max(1, len(whole) // count)
    return whole[::step][:count]


def measured(language: Language, count: int) -> dict[str, object]:
    """The rate of the best voice that is ready, as a figure, and characters a second beside it."""
    voice = best_voice(language)
    texts = sentences(language, count)
    said, letters, seconds = [], 0, 0.0
    for text in texts:
        take = speak_element(voice, text, language=language, style=VoiceStyle())
        length = len(take.samples) / take.sample_rate
        said.append((len(take.words), length))
        letters += len(text)
        seconds += length
    figure = speech_rate(said, f"measured: voice {voice.name}, {len(said)} sentences of the sample story")
    return {**figure.model_dump(), "chars_per_s": round(letters / seconds, 2), "words": sum(n for n, _ in said)}


def main() -> None:
    """Measures each language that has a voice here; one JSON object on the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=60)
    given = parser.parse_args()
    result = {}
    for language in ("en", "ru"):
        if any(offer.ready for offer in available(language)):
            result[language] = measured(language, given.sentences)
            print(language, result[language])
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
