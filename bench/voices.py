"""How fast the embedded voices speak, how far styles move the pitch, and whether the words stay clear.

Words are counted by pocketsphinx (English only) where it is installed: pip install pocketsphinx.
"""

from __future__ import annotations

import json
import time

import numpy as np

from bookfilm_nb.providers import Voice, VoiceStyle
from bookfilm_nb.voices import available, best_voice, speak_element
from bookfilm_nb.voices.pitch import median_f0

TEXTS = {
    "en": (
        "The keeper went down to the shore, and the wind took his hat.",
        "I have never seen such a storm in all my life.",
        "Bring the lantern here and close the door behind you.",
        "She counted the money twice and put it in the drawer.",
        "We walked along the river until the sun went down.",
        "Where did you find this letter, asked the young doctor.",
        "Nobody answered, and the old clock struck seven.",
        "He gave the boy a piece of bread and a cup of milk.",
        "The road to the village was covered with snow.",
        "Tell your mother that I will come back tomorrow.",
    ),
    "ru": (
        "Смотритель сошёл к берегу, и ветер сорвал с него шапку.",
        "Я в жизни не видел такой бури.",
        "Принеси сюда фонарь и закрой за собой дверь.",
        "Она дважды пересчитала деньги и убрала их в ящик.",
        "Мы шли вдоль реки, пока не село солнце.",
    ),
}
SHIFTS = (0, -9, -7, -5, -3, 2, 4, 6)


def heard_wrong(samples: np.ndarray, rate: int, text: str) -> tuple[int, int] | None:
    """Words that pocketsphinx gets wrong, and words there are; None where it is not installed."""
    try:
        from pocketsphinx import Decoder
    except ImportError:
        return None
    count = len(samples) * 16_000 // rate
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    sound = np.fft.irfft(spectrum, count) * count / len(samples)
    decoder = Decoder(loglevel="FATAL")
    decoder.start_utt()
    decoder.process_raw((sound / np.abs(sound).max() * 26_000).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp().hypstr.split() if decoder.hyp() else []
    wanted = "".join(c for c in text.lower() if c.isalpha() or c == " ").split()
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        before, row = row, [i]
        for j, other in enumerate(heard, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (word != other)))
    return row[-1], len(wanted)


def measured(voice: Voice, language: str, style: VoiceStyle) -> dict[str, object]:
    """The figures of one style over all texts of the language."""
    began = time.perf_counter()
    texts = TEXTS[language]
    takes = [speak_element(voice, text, language=language, style=style) for text in texts]  # type: ignore[arg-type]
    worked = time.perf_counter() - began
    seconds = sum(len(take.samples) / take.sample_rate for take in takes)
    figures: dict[str, object] = {
        "pitch": style.pitch,
        "rtf": round(worked / seconds, 4),
        "chars_per_s": round(sum(map(len, texts)) / seconds, 2),
        "f0_hz": round(float(np.median([median_f0(take.samples, take.sample_rate) for take in takes])), 1),
        "peak": round(max(float(np.abs(take.samples).max()) for take in takes), 3),
    }
    counts = [
        heard_wrong(take.samples, take.sample_rate, text) for take, text in zip(takes, texts, strict=True)
    ] if language == "en" else []  # fmt: skip
    known = [count for count in counts if count]
    if known:
        figures["words_wrong"] = sum(wrong for wrong, _ in known)
        figures["words"] = sum(words for _, words in known)
    return figures


def main() -> None:
    """Measures every shift with the best voice of each language."""
    result: dict[str, object] = {}
    for language in TEXTS:
        if not any(offer.ready for offer in available(language)):  # type: ignore[arg-type]
            continue
        voice = best_voice(language)  # type: ignore[arg-type]
        measured(voice, language, VoiceStyle())
        result[voice.name] = [measured(voice, language, VoiceStyle(pitch=shift)) for shift in SHIFTS]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
