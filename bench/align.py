"""How far word times lie from the truth where an engine tells none: aligned, and estimated in two ways.

Engines that know their times speak sentences of the sample stories; their sound alone is given to ``voices/align.py``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from speech import sentences

from bookfilm_nb.providers import VoiceStyle, load_voice
from bookfilm_nb.voices import align
from bookfilm_nb.voices.normalise import normalise

if TYPE_CHECKING:
    from bookfilm_nb.providers import Speech

ENGINES = (("hibari", "en"), ("festival", "ru"), ("piper", "en"))
COUNT = 60
IN_A_ROW = 6


def spoken(name: str, language: str) -> dict[str, list[tuple[str, Speech]]]:
    """Sentences, and paragraphs of six of them."""
    voice = load_voice(name)
    texts = [normalise(text, language).text.strip() for text in sentences(language, COUNT)]  # type: ignore[arg-type]
    rows = [" ".join(texts[i : i + IN_A_ROW]) for i in range(0, len(texts), IN_A_ROW)]
    return {
        kind: [(text, voice.speak(text, language=language, style=VoiceStyle())) for text in several]
        for kind, several in (("sentences", texts), ("paragraphs", rows))
    }


def measured(takes: list[tuple[str, Speech]], language: str) -> dict[str, object]:
    """Median and 95th percentile of how far a word's begin, and its end, lie from the truth, in ms."""
    begins, ends, aligned = [], [], 0
    for text, speech in takes:
        known = {word.start: word for word in speech.words}
        timed = align.word_times(text, speech.samples, speech.sample_rate, language=language)
        aligned += timed.timing == "aligned"
        for word in timed.words:
            if word.start in known:
                begins.append(word.start_s - known[word.start].start_s)
                ends.append(word.end_s - known[word.start].end_s)
    told = {"words": len(begins), "aligned": f"{aligned} of {len(takes)}"}
    for name, apart in (("begin", begins), ("end", ends)):
        figures = np.abs(np.array(apart)) * 1000
        told[name] = f"{np.median(figures):.0f} / {np.percentile(figures, 95):.0f}"
    return told


def main() -> None:
    """Every engine that is here, every way; one JSON object on the last line."""
    likely, espeak = align._likely, align._espeak  # noqa: SLF001
    ways = {
        "aligned": (likely, espeak),
        "estimated, by eSpeak's lengths and letters": (lambda *_: False, espeak),
        "estimated, by letters": (likely, lambda *_: None),
    }
    result: dict[str, object] = {}
    for name, language in ENGINES:
        try:
            takes = spoken(name, language)
        except Exception as fault:  # an engine that is not here is said and left out
            print(name, fault)
            continue
        for way, (align._likely, align._espeak) in ways.items():  # noqa: SLF001
            for kind, several in takes.items():
                told = result[f"{name} {kind} {way}"] = measured(several, language)
                print(name, kind, way, told)
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
