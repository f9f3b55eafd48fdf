"""Which encoding a file is in: what the file says, what its bytes allow, and what its letters make likely."""

from __future__ import annotations

import codecs
import math
import re
from typing import Literal, NamedTuple

from bookfilm_nb.errors import BookError

__all__ = ["Decoded", "decode", "guess"]

Origin = Literal["given", "mark", "declaration", "guess", "format"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARATION = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")

SINGLE_BYTE = {
    "cp1251": 0.0,
    "koi8-r": 2.0,
    "cp866": 2.0,
    "cp1252": 2.0,
    "iso-8859-5": 3.0,
    "mac-cyrillic": 6.0,
    "latin-1": 4.0,
}
"""Guessed among, with the log-likelihood by which a rarer one must be ahead."""

HIGH = re.compile(rb"[\x80-\xff]+")

ALLOWED = re.compile(
    r"utf-?(?:8|16|32)(?:-?(?:sig|le|be))?|ascii|koi8-[rut]|mac-\w+|cp\d{3,4}|iso8859-\d{1,2}",
)

# Per cent of letters in running Russian text; Russian National Corpus, ruscorpora.ru, letter statistics.
RUSSIAN = {
    "о": 10.97, "е": 8.45, "а": 8.01, "и": 7.35, "н": 6.70, "т": 6.26, "с": 5.47, "р": 4.73, "в": 4.54, "л": 4.40,
    "к": 3.49, "м": 3.21, "д": 2.98, "п": 2.81, "у": 2.62, "я": 2.01, "ы": 1.90, "ь": 1.74, "г": 1.70, "з": 1.65,
    "б": 1.59, "ч": 1.44, "й": 1.21, "х": 0.97, "ж": 0.94, "ш": 0.73, "ю": 0.64, "ц": 0.48, "щ": 0.36, "э": 0.32,
    "ф": 0.26, "ъ": 0.04, "ё": 0.04,
}  # fmt: skip
LOG_RUSSIAN = {letter: math.log(share / 100) for letter, share in RUSSIAN.items()}
TYPOGRAPHY = frozenset("«»“”‘’„–—…№©§°\xa0")
SAMPLE = 40_000


class Decoded(NamedTuple):
    """A decoded file: its text (without the byte order mark), the encoding and how that is known."""

    text: str
    encoding: str
    origin: Origin


def decode(data: bytes, name: str, *, given: str | None = None) -> Decoded:
    """Decode a file: the given encoding, else its byte order mark, its XML declaration, UTF-8, or a guess.

    Nothing is replaced or skipped. Raises :class:`BookError` where the bytes cannot be text in that
    encoding, or where the letters show that another encoding was meant.
    """
    marked = next((m for m in MARKS if data.startswith(m[0])), None)
    if given is not None:
        return _decode_given(data, name, given, marked)
    if marked:
        return Decoded(_strictly(data[len(marked[0]) :], marked[1], name, marked=True), marked[1], "mark")
    if declared := DECLARATION.match(data[:1000]):
        encoding = known_encoding(declared[1].decode("ascii"), name)
        return Decoded(_strictly(data, encoding, name), encoding, "declaration")
    encoding = guess(data)
    return Decoded(_strictly(data, encoding, name), encoding, "guess")


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes without a byte order mark.

    UTF-8 where they are valid UTF-8, UTF-16 where they have its zero bytes, else the 8-bit encoding in which
    the letters read best.
    """
    if wide := _wide(data):
        return wide
    if _is_utf8(data):
        return "utf-8"
    sample = _telling(data)
    size = max(1, len(sample))
    scores = {encoding: _score(sample, encoding) - behind / size for encoding, behind in SINGLE_BYTE.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    if best == "cp1251" and not any("\u0400" <= c <= "\u04ff" for c in sample.decode(best)):
        return "cp1252"
    return best


def known_encoding(name: str, source: str) -> str:
    """Python's name of a text encoding; :class:`BookError` for a name that is none."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        found = ""
    if not ALLOWED.fullmatch(found):
        raise BookError(
            f"There is no text encoding called “{name}” ({source}).",
            hint="Usual ones are utf-8, utf-16, cp1251, koi8-r, cp866, cp1252; leave it out to have it guessed.",
            encoding=name,
        )
    return found


def _decode_given(data: bytes, name: str, given: str, marked: tuple[bytes, str] | None) -> Decoded:
    encoding = known_encoding(given, name).removesuffix("-sig").replace("utf_8_sig", "utf-8")
    better = marked[1] if marked else guess(data)
    try:
        if marked and codecs.lookup(marked[1].removesuffix("-le").removesuffix("-be")).name in {
            encoding,
            encoding.removesuffix("-le").removesuffix("-be"),
        }:
            return Decoded(data[len(marked[0]) :].decode(marked[1]), marked[1], "given")
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong(name, given, better, f"byte {error.start} does not exist in it", offset=error.start) from error
    if better != encoding and _reads_worse(data, text, encoding, better):
        raise _wrong(name, given, better, "its letters make no words in it")
    return Decoded(text, encoding, "given")


def _wrong(name: str, given: str, better: str, why: str, **data: object) -> BookError:
    return BookError(
        f"{name} is not in {given}: {why}.",
        hint=f"It looks like {better}; give encoding={better}, or leave the encoding out.",
        encoding=given,
        better=better,
        **data,
    )


def _reads_worse(data: bytes, text: str, encoding: str, better: str) -> bool:
    sample = text[:SAMPLE]
    strange = sum(not _plain(c) for c in sample)
    if strange > 0.25 * max(1, len(sample)):
        return True
    if better in {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}:
        return encoding != "ascii" and not data.isascii()
    if encoding.startswith("utf-"):
        return False
    sample_bytes = _telling(data)
    ahead = _score(sample_bytes, better) - _score(sample_bytes, encoding)
    return ahead > 1.0 or ahead * len(sample_bytes) > 40.0


def _plain(char: str) -> bool:
    """Whether a character is usual in English or Russian text."""
    return char < "\x7f" or "а" <= char.lower() <= "я" or char in "ёЁ" or char in TYPOGRAPHY


def _strictly(data: bytes, encoding: str, name: str, *, marked: bool = False) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        better = encoding if marked else guess(data)
        hint = (
            f"It looks like {better}; give encoding={better}." if better != encoding else "The file may be cut short."
        )
        line = data.count(b"\n", 0, error.start) + 1
        raise BookError(
            f"{name} says that it is in {encoding}, but byte {error.start} (line {line}) does not exist in it.",
            hint=hint,
            encoding=encoding,
            offset=error.start,
            line=line,
        ) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin or Cyrillic text one byte of each pair is 0 or 4."""
    sample = data[:SAMPLE]
    pairs = len(sample) // 2
    if pairs < 2 or len(data) % 2:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(b in (0, 4, 0x20) for b in high) > 0.9 * pairs and 0 in sample:
            return encoding
    return None


def _telling(data: bytes) -> bytes:
    """The runs of bytes above ASCII, each with its neighbours, from wherever in the file they are."""
    runs: list[bytes] = []
    size = 0
    for match in HIGH.finditer(data):
        runs.append(data[max(0, match.start() - 1) : match.end() + 1])
        size += len(runs[-1])
        if size > SAMPLE:
            break
    return b"\n".join(runs)


def _score(sample: bytes, encoding: str) -> float:
    """Mean log-likelihood of the characters above ASCII, with their neighbours; 0 where there are none.

    A letter costs its rarity; a capital after a small letter, Cyrillic beside Latin, a lone accented letter,
    line-drawing and control characters cost more. Bytes that do not exist in the encoding cost most.
    """
    try:
        text = f" {sample.decode(encoding)} "
    except UnicodeDecodeError:
        return -math.inf
    costs = [_likelihood(text[i - 1], char, text[i + 1]) for i, char in enumerate(text) if char > "\x7f"]
    return sum(costs) / len(costs) if costs else 0.0


def _likelihood(before: str, char: str, after: str) -> float:
    low = char.lower()
    if low in LOG_RUSSIAN:
        cost = LOG_RUSSIAN[low]
        if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
            cost -= 6.0
        if char != low:
            cost -= 6.0 if before.islower() else 1.0 if before.isalpha() else 0.7
        return cost
    if char in TYPOGRAPHY:
        return -4.0
    if char.isalpha():
        latin = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        return (-5.0 if latin and char < "\u0180" else -9.0) - (4.0 if char != low and before.islower() else 0.0)
    return -14.0 if "\x80" <= char < "\xa0" else -10.0
