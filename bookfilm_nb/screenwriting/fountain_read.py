"""Reading screenplay.fountain back over the screenplay that it was written from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import ScreenplayError
from bookfilm_nb.model import Element, LeftOut, Scene, SceneHeading, Span, tidy

from .fountain_words import FOUNTAIN, cues, heading_text, unescape

if TYPE_CHECKING:
    from bookfilm_nb.model import Screenplay

__all__ = ["read_fountain"]

_NOTE = re.compile(r"\s*\[\[(\d{1,12})-(\d{1,12})\]\]\s*$")
_NUMBER = re.compile(r"\s*#([^#\s]+)#\s*$")
_SETTING = re.compile(r"^\.?(INT|EXT|ИНТ|НАТ|ЭКСТ)\.?\s", re.IGNORECASE)
_KEY = re.compile(r"^(Title|Credit|Author|Notes):\s?(.*)$")
_MAX_CHARS = 20_000_000


class _Line(NamedTuple):
    """A line of the file as it was understood."""

    number: int
    kind: str
    """voice_over, dialogue or action."""
    character: str | None
    emotion: str | None
    text: str
    span: Span | None


class _Part(NamedTuple):
    """A scene of the file: the scene of the base that it is, its heading, its lines."""

    scene: Scene
    heading: SceneHeading
    lines: list[_Line]


def read_fountain(text: str, base: Screenplay) -> Screenplay:
    """The screenplay as the file now has it; for an unedited file exactly ``base``.

    ``base`` is the screenplay that the file was written from: what the file does not show (moods, who is present,
    looks) comes from there. What edits mean is said in :mod:`.fountain`. Raises ScreenplayError with the line
    number in ``data["line"]`` and what to write.
    """
    if len(text) > _MAX_CHARS:
        raise ScreenplayError("The screenplay is too long to be one.", hint=f"It may have {_MAX_CHARS:,} characters.")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, author, first = _title_page(lines, base)
    parts = _parts(lines, first, base)
    return _rebuilt(base, parts, title, author)


def _title_page(lines: list[str], base: Screenplay) -> tuple[str, str, int]:
    found: dict[str, str] = {}
    at = 0
    while at < len(lines) and lines[at].strip():
        match = _KEY.match(lines[at])
        if match is None:
            break
        found[match[1]] = match[2].strip()
        at += 1
    title, author = found.get("Title", tidy(base.title)), found.get("Author", tidy(base.author))
    return (
        base.title if title == tidy(base.title) else title,
        base.author if author == tidy(base.author) else author,
        at,
    )


def _parts(lines: list[str], first: int, base: Screenplay) -> list[_Part]:
    """The scenes of the file; a small machine that remembers the cue and the parenthetical."""
    terms = FOUNTAIN[base.language]
    people = {cue: identity for identity, cue in cues(base).items()}
    emotions = {shown: emotion for emotion, shown in terms.emotions.items()}
    parts: list[_Part] = []
    speaker: tuple[str, str | None] | None = None
    emotion: str | None = None
    for number, raw in enumerate(lines[first:], first + 1):
        line = raw.strip()
        if not line:
            speaker = emotion = None
        elif speaker is None and not line.startswith("!") and (_NUMBER.search(line) or _SETTING.match(line)):
            parts.append(_heading(line, number, base, parts))
        elif speaker is None and (
            line.startswith(("===", "=", "#")) or (line.startswith("[[") and line.endswith("]]"))
        ):
            continue
        elif speaker is not None and line.startswith("(") and line.endswith(")"):
            emotion = _emotion(line, number, emotions)
        elif speaker is not None:
            _add(parts, number, _spoken(line, number, speaker, emotion))
        elif line.startswith("!") or _NOTE.search(line) or not _is_cue(line):
            _add(parts, number, _action(line, number))
        else:
            speaker = _speaker(line.removeprefix("@").strip(), number, base, people)
    return parts


def _is_cue(line: str) -> bool:
    return line.startswith("@") or (line == line.upper() and any(c.isalpha() for c in line))


def _add(parts: list[_Part], number: int, line: _Line) -> None:
    if not parts:
        raise _error(
            number, "comes before the first scene heading", "Put it under a heading such as INT. ROOM - DAY #s01#."
        )
    parts[-1].lines.append(line)


def _heading(line: str, number: int, base: Screenplay, parts: list[_Part]) -> _Part:
    terms = FOUNTAIN[base.language]
    scenes = {s.id: s for s in base.scenes}
    match = _NUMBER.search(line)
    shown = tidy(line[: match.start()] if match else line).removeprefix(".")
    if match:
        scene = scenes.get(match[1])
    else:
        scene = next((s for s in base.scenes if heading_text(s.heading, terms) == shown), None)
    if scene is None:
        known = ", ".join(list(scenes)[:12])
        raise _error(
            number, "is a heading of no known scene", f"End it with the scene's number, as in #s01#. Known: {known}."
        )
    if any(p.scene.id == scene.id for p in parts):
        raise _error(
            number, f"is a second heading for the scene {scene.id}", "Keep one heading a scene, and its lines together."
        )
    if shown == heading_text(scene.heading, terms):
        return _Part(scene, scene.heading, [])
    setting = next((key for key, word in terms.settings.items() if shown.upper().startswith(word)), None)
    rest = shown.partition(" ")[2]
    location, dash, time = rest.rpartition(" - ")
    when = next((key for key, word in terms.times.items() if time.strip().upper() == word), None)
    if setting is None or not dash or when is None or not location.strip():
        example = heading_text(scene.heading, terms)
        times = ", ".join(terms.times.values())
        raise _error(
            number, "is not a heading that can be read", f"Write it like: {example} #{scene.id}#. Times: {times}."
        )
    same = tidy(scene.heading.location).upper() == location.strip().upper()
    place = scene.heading.location if same else location.strip().capitalize()
    heading = SceneHeading.model_validate({"setting": setting, "location": place, "time": when})
    return _Part(scene, heading, [])


def _emotion(line: str, number: int, emotions: dict[str, Any]) -> str:
    shown = line[1:-1].strip().casefold()
    if shown not in emotions:
        raise _error(
            number, f"has a parenthetical that no face can show: {line}", f"Use one of: {', '.join(emotions)}."
        )
    return str(emotions[shown])


def _speaker(cue: str, number: int, base: Screenplay, people: dict[str, str]) -> tuple[str, str | None]:
    terms = FOUNTAIN[base.language]
    if cue == terms.narrator:
        return ("voice_over", None)
    if cue == terms.nobody:
        return ("dialogue", None)
    plain = re.sub(r"\s*\([^()]*\)\s*$", "", cue).strip()
    identity = people.get(cue) or people.get(plain) or people.get(plain.upper())
    if identity is None:
        known = ", ".join([terms.narrator, *people][:12])
        raise _error(number, f"gives a line to nobody in the cast: {cue[:60]}", f"Use one of: {known}.")
    return ("dialogue", identity)


def _spoken(line: str, number: int, speaker: tuple[str, str | None], emotion: str | None) -> _Line:
    match = _NOTE.search(line)
    if match is None:
        raise _error(
            number,
            "is spoken but does not say where in the book it is from",
            "End it with the note of the line that it continues, as in [[120-180]], or make it an action: !Text.",
        )
    return _line(number, *speaker, emotion or "neutral", line[: match.start()], match)


def _action(line: str, number: int) -> _Line:
    match = _NOTE.search(line)
    body = (line[: match.start()] if match else line).removeprefix("!")
    return _line(number, "action", None, None, body, match)


def _line(
    number: int, kind: str, character: str | None, emotion: str | None, body: str, match: re.Match[str] | None
) -> _Line:
    text = tidy(unescape(body))
    if not text:
        raise _error(number, "has a note but no words", "Write the words before the note, or delete the whole line.")
    span = Span(start=int(match[1]), end=int(match[2])) if match else None
    return _Line(number, kind, character, emotion, text, span)


def _rebuilt(base: Screenplay, parts: list[_Part], title: str, author: str) -> Screenplay:
    pool: dict[tuple[int, int], list[Element]] = {}
    for element in base.elements():
        pool.setdefault((element.span.start, element.span.end), []).append(element)
    sources = [e.span for e in base.elements()] + [o.span for o in base.left_out]
    taken = {e.id for e in base.elements()}
    scenes = []
    for part in parts:
        elements: list[Element] = []
        for line in part.lines:
            elements.append(_element(line, part.scene, elements, pool, sources, taken))
        update = {"heading": part.heading, "elements": tuple(elements)}
        scenes.append(part.scene if _same(part, elements) else part.scene.model_copy(update=update))
    used = [e.span for s in scenes for e in s.elements]
    gone = [e for rest in pool.values() for e in rest]
    left_out = _left_out(base, gone, used)
    return base.model_copy(update={"title": title, "author": author, "scenes": tuple(scenes), "left_out": left_out})


def _same(part: _Part, elements: list[Element]) -> bool:
    return part.heading == part.scene.heading and tuple(elements) == part.scene.elements


def _element(
    line: _Line,
    scene: Scene,
    before: list[Element],
    pool: dict[tuple[int, int], list[Element]],
    sources: list[Span],
    taken: set[str],
) -> Element:
    span = line.span or (before[-1].span if before else Span(start=scene.span.start, end=scene.span.start))
    old = _take(pool, line, scene) if line.span else None
    if old is None and line.span and not (len(span) and any(s.covers(span) for s in sources)):
        raise _error(
            line.number,
            f"has the note [[{span.start}-{span.end}]], which is no part of this screenplay",
            "Keep the note that the line had, or one inside it; a line used twice needs its own part of the note.",
        )
    fields: dict[str, Any] = old.model_dump() if old else {"id": "", "characters": ()}
    if old is None or old.text != line.text:
        fields["edited"] = True
    changed = line.kind != fields.get("kind") or line.character != fields.get("character")
    if changed and line.character:
        fields["characters"] = tuple(dict.fromkeys([line.character, *fields["characters"]]))
    fields |= {"kind": line.kind, "character": line.character, "text": line.text, "span": span}
    if line.emotion is not None:
        fields["emotion"] = line.emotion
    if not fields["id"] or not any(e.id == fields["id"] for e in scene.elements):
        fields["id"] = _new_id(scene, taken)
    taken.add(fields["id"])
    return Element.model_validate(fields)


def _take(pool: dict[tuple[int, int], list[Element]], line: _Line, scene: Scene) -> Element | None:
    """The element of the base with this span: the most alike where there are several."""
    found = pool.get((line.span.start, line.span.end), []) if line.span else []
    if not found:
        return None
    here = {e.id for e in scene.elements}
    best = max(
        found,
        key=lambda e: (
            e.id in here, e.text == line.text, e.kind == line.kind, e.character == line.character,
            line.emotion in (None, e.emotion), -found.index(e),
        ),
    )  # fmt: skip
    found.remove(best)
    return best


def _new_id(scene: Scene, taken: set[str]) -> str:
    number = 1
    while f"{scene.id}e{number:03d}" in taken:
        number += 1
    return f"{scene.id}e{number:03d}"


def _left_out(base: Screenplay, gone: list[Element], used: list[Span]) -> tuple[LeftOut, ...]:
    """The base's account with what was deleted added, and what was brought back taken off."""
    known = {e.span for e in base.elements()}
    brought = [u for u in used if u not in known and len(u)]
    if not gone and not brought:
        return base.left_out
    found = [(part, o.reason) for o in base.left_out for part in _without(o.span, brought)]
    found += [(part, "edited") for e in gone for part in _without(e.span, [u for u in used if len(u)])]
    found.sort(key=lambda f: (f[0].start, f[0].end, f[1]))
    return tuple(LeftOut.model_validate({"span": span, "reason": reason}) for span, reason in found)


def _without(span: Span, used: list[Span]) -> list[Span]:
    """What of the span the used ones leave."""
    parts = [span]
    for u in used:
        kept = [
            (a, b) for p in parts for a, b in ((p.start, min(p.end, u.start)), (max(p.start, u.end), p.end)) if a < b
        ]
        parts = [Span(start=a, end=b) for a, b in kept]
    return parts


def _error(number: int, problem: str, hint: str) -> ScreenplayError:
    return ScreenplayError(f"Line {number} of the screenplay {problem}.", hint=hint, line=number)
