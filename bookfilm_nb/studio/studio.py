"""A production at work: each stage is a property that makes what it needs and is not there yet.

Nothing flows back, and nothing that the store holds is made again.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bookfilm_nb import __version__
from bookfilm_nb.errors import BookError
from bookfilm_nb.model import Book, MusicTake, PictureTake, Reading, Screenplay, Shot, Storyboard, Timeline, VoiceTake
from bookfilm_nb.production import Job, Production

from . import hired, hired_pictures
from .card_pictures import card
from .editable import EditableFile, check_fits, current
from .workers import Line, Sketch, draw, image_model, speak, voice, voice_for, working

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.cutting import PlacedCue
    from bookfilm_nb.model import ClipTake, GenreTemplate
    from bookfilm_nb.production import Choices
    from bookfilm_nb.production.tape import Tape
    from bookfilm_nb.providers import PaidImageModel

    from .clips import Shown

__all__ = ["STAGES", "Studio"]

STAGES = ("read", "analyse", "adapt", "storyboard", "voice", "shoot", "score", "cut", "render", "deliver", "review")
"""The stages in order, by the verb that makes them."""

CLOSE_ENOUGH = 0.03
"""A first draft whose speech is longer or shorter than estimated by more than this share is written again."""


class Studio:
    """One production at work. Use it inside ``with production.locked():``, or open and close it.

    ``notices`` collects what the user must be told: a last-resort voice, a hand-edited file that is kept.
    """

    def __init__(self, production: Production, job: Job | None = None) -> None:
        self.production = production
        self.job = job or Job()
        self.notices: list[str] = []
        self._held = ExitStack()

    def open(self) -> Studio:
        """Hold the production until :meth:`close`. Raises StoreError naming the process that holds it."""
        self._held.enter_context(self.production.locked())
        return self

    def close(self) -> None:
        """Let the production go; what was made stays."""
        self._held.close()

    @property
    def choices(self) -> Choices:
        """The production's choices."""
        return self.production.choices

    def notice(self, sentence: str) -> None:
        """Keep something that the user must be told, once."""
        if sentence and sentence not in self.notices:
            self.notices.append(sentence)

    @cached_property
    def book(self) -> Book:
        """The book, read from its file. Raises BookError."""
        from bookfilm_nb.books import read_book

        path = Path(self.choices.book)
        if not path.is_file():
            raise BookError(f"There is no book at {path}.", hint="Check the path.", path=str(path))
        self.job.tell("read", 0, 1)
        language, encoding = self.choices.language, self.choices.encoding
        inputs = {
            "file": hashlib.sha256(path.read_bytes()).hexdigest(),
            "name": path.name,
            "language": language,
            "encoding": encoding,
            "version": __version__,
        }
        book = self.production.make(
            "read", "book", Book, inputs, lambda: (read_book(path, language=language, encoding=encoding), {})
        )
        self.job.tell("read", 1, 1)
        return book

    @cached_property
    def _book_digest(self) -> str:
        return self.book.digest()

    @cached_property
    def reading(self) -> Reading:
        """Who, where, when, and who says what."""
        self.job.tell("analyse", 0, 1)
        inputs = {"book": self._book_digest, "version": __version__}

        def analysed() -> tuple[Reading, Mapping[str, bytes]]:
            from bookfilm_nb.reading import analyse

            return analyse(self.book), {}

        reading = self.production.make("analyse", "reading", Reading, inputs, analysed)
        self.job.tell("analyse", 1, 1)
        return reading

    @cached_property
    def template(self) -> GenreTemplate:
        """The genre's template. Raises ChoiceError for a genre that there is not."""
        from bookfilm_nb.movies import template_for

        return template_for(self.choices.genre, self.choices.period)

    @cached_property
    def voice_name(self) -> str:
        """The voice chosen, with its model (``openai:tts-1``), or the best one installed for the book's language."""
        engine = voice_for(self.book.language, self.choices.voice)
        self.notice(engine.capabilities.notice)
        return self.choices.voice or engine.name

    @cached_property
    def tape(self) -> Tape | None:
        """The recorded run that is written or replayed."""
        return hired.tape_of(self)

    @cached_property
    def _picked(self) -> Mapping[int, float] | None:
        """What a text model's choice adds to sentences; None without one."""
        if not self.choices.text:
            return None
        from bookfilm_nb.providers import load_text_model

        return hired.picked(self, load_text_model(self.choices.text, ended=True))

    def _adapted(self, rate_cps: float) -> Screenplay:
        target_s = self.choices.minutes * 60
        picked = self._picked
        inputs = {
            "book": self._book_digest,
            "target_s": target_s,
            "template": self.template.digest(),
            "rate_cps": round(rate_cps, 2),
            "version": __version__,
            **({"picked": {str(number): worth for number, worth in picked.items()}} if picked else {}),
        }

        def write() -> tuple[Screenplay, Mapping[str, bytes]]:
            from bookfilm_nb.screenwriting import adapt

            rate = round(rate_cps, 2)
            screenplay = adapt(
                self.book, self.reading, target_s=target_s, template=self.template, rate_cps=rate, picked=picked
            )
            return screenplay, {}

        return self.production.make("adapt", "screenplay", Screenplay, inputs, write)

    @cached_property
    def rate_cps(self) -> float:
        """Characters a second: the engine's figure, or, where that was off, the first draft's own lines measured.

        A voice on a network is taken at its figure: lines of a draft would be asked for, and perhaps paid, in vain.
        """
        engine_rate = voice(self.voice_name).rate_cps
        if voice(self.voice_name).capabilities.parallel:
            return engine_rate
        draft = self._adapted(engine_rate)
        takes = self._spoken(draft)
        seconds = sum(take.length_s for take in takes.values())
        characters = sum(len(e.text) for e in draft.elements() if e.spoken)
        if not seconds or abs(characters / seconds / engine_rate - 1) < CLOSE_ENOUGH:
            return engine_rate
        return characters / seconds

    @cached_property
    def screenplay(self) -> Screenplay:
        """The adaptation, or the author's own edit of ``screenplay.fountain``."""
        from bookfilm_nb.screenwriting.fountain import read_fountain, write_fountain

        self.job.tell("adapt", 0, 1)
        file = EditableFile(
            "screenplay.fountain", write_fountain, lambda text, base: read_fountain(text, Screenplay.from_json(base))
        )
        screenplay, edited = current(self.production, file, lambda: self._adapted(self.rate_cps))
        if edited:
            self.notice("screenplay.fountain was edited by hand and is used as it is; delete it to have it made anew.")
        self.job.tell("adapt", 1, 1)
        return screenplay

    @cached_property
    def storyboard(self) -> Storyboard:
        """The shots, or the author's own edit of ``storyboard.csv``. Raises ScreenplayError where it no longer fits."""
        from bookfilm_nb.storyboard import plan, read_csv, write_csv

        screenplay, seed = self.screenplay, self.choices.seed
        self.job.tell("storyboard", 0, 1)

        def planned() -> Storyboard:
            rate = round(self.rate_cps, 2)
            inputs = {
                "screenplay": screenplay.digest(),
                "template": self.template.digest(),
                "seed": seed,
                "rate_cps": rate,
                "version": __version__,
            }

            def write() -> tuple[Storyboard, Mapping[str, bytes]]:
                return plan(screenplay, self.template, seed=seed, rate_cps=rate), {}

            return self.production.make("storyboard", "storyboard", Storyboard, inputs, write)

        file = EditableFile("storyboard.csv", write_csv, lambda text, _: read_csv(text))
        board, edited = current(self.production, file, planned)
        if edited:
            self.notice("storyboard.csv was edited by hand and is used as it is; delete it to have it planned anew.")
        check_fits(board, screenplay)
        self.job.tell("storyboard", 1, 1)
        return board

    @cached_property
    def voices(self) -> dict[str, VoiceTake]:
        """A take for every spoken element, by element id."""
        return self._spoken(self.screenplay)

    def lines(self, screenplay: Screenplay) -> dict[str, Line]:
        """How every spoken element of the screenplay is to be said, by element id."""
        from bookfilm_nb.voices import cast
        from bookfilm_nb.voices.speaking import VOICES_REVISION

        engine = voice(self.voice_name)
        styles = cast(
            self.reading.characters,
            engine,
            language=self.book.language,
            narrator=self.reading.narrator,
            seed=self.choices.seed,
        )
        revision = f"{engine.capabilities.revision}/{VOICES_REVISION}"
        lines: dict[str, Line] = {}
        for element in screenplay.elements():
            if not element.spoken:
                continue
            style = styles.get(element.character if element.kind == "dialogue" else None, styles[None])
            inputs = {
                "text": element.text,
                "language": self.book.language,
                "engine": self.voice_name,
                "revision": revision,
                "style": style.model_dump(),
            }
            key = self.production.key("voice", inputs)
            lines[element.id] = Line(element.id, key, self.voice_name, element.text, self.book.language, style)
        return lines

    def _spoken(self, screenplay: Screenplay) -> dict[str, VoiceTake]:
        engine = voice(self.voice_name)
        keys: dict[str, str] = {}
        lines: dict[str, Line] = {}
        for element, line in self.lines(screenplay).items():
            keys[element] = line.key
            if line.key not in lines and self.production.store.find(line.key) is None:
                lines[line.key] = line
        if engine.capabilities.parallel:
            hired.voices(self, engine, list(lines.values()), list(keys.values()))
            lines = {}
        for line, made in working("voice", speak, list(lines.values()), self.job, one_apart=True):
            self.production.keep(
                "voice", line.element, line.key, made.take, made.blobs, engine=line.engine, seconds=made.seconds
            )
        return {
            element: self.production.kept(key, VoiceTake).model_copy(update={"element": element})
            for element, key in keys.items()
        }

    @cached_property
    def pictures(self) -> dict[str, PictureTake]:
        """A drawn take for every shot, by shot id, and the cards "title" and "end"."""
        model = image_model(self.choices.images)
        keys = (
            hired_pictures.pictures(self, cast("PaidImageModel", model))
            if model.capabilities.parallel
            else self._drawn()
        )
        takes = {
            shot: self.production.kept(key, PictureTake).model_copy(update={"shot": shot}) for shot, key in keys.items()
        }
        return {"title": card(self, "title"), **takes, "end": card(self, "end")}

    def sketch(self, shot: Shot) -> Sketch:
        """What an image model of this machine is to draw for the shot, and the key under which it is kept."""
        width, height = self.choices.frame
        engine, revision = self.choices.images, image_model(self.choices.images).capabilities.revision
        drawn = shot.model_dump(include={"prompt", "size", "angle", "move", "seed"})
        inputs = {**drawn, "width": width, "height": height, "engine": engine, "revision": revision}
        return Sketch(self.production.key("shoot", inputs), engine, shot, width, height)

    def picture_key(self, shot: Shot) -> str | None:
        """The key under which the shot's picture is kept; None where it hangs on pictures that are not there yet."""
        model = image_model(self.choices.images)
        if model.capabilities.parallel:
            return hired_pictures.picture_key(self, cast("PaidImageModel", model), shot)
        return self.sketch(shot).key

    def _drawn(self) -> dict[str, str]:
        """Keys of the shots' pictures, drawn here where they are not there yet."""
        keys: dict[str, str] = {}
        sketches: dict[str, Sketch] = {}
        for sketch in map(self.sketch, self.storyboard.shots):
            keys[sketch.shot.id] = sketch.key
            if sketch.key not in sketches and self.production.store.find(sketch.key) is None:
                sketches[sketch.key] = sketch
        for sketch, made in working("shoot", draw, list(sketches.values()), self.job):
            self.production.keep(
                "shoot", sketch.shot.id, sketch.key, made.take, made.blobs, engine=sketch.engine, seconds=made.seconds
            )
        return keys

    @cached_property
    def clips(self) -> Shown:
        """The shots that a video model makes, by shot id, and their own sound; none without one."""
        from .clips import shown

        return shown(self)

    @cached_property
    def _silent_timeline(self) -> Timeline:
        """The cut with voices and the clips' own sound, without music and captions."""
        from bookfilm_nb.cutting import clip_sounds

        shown = self.clips
        laid = self.laid_out(shown.takes)
        return laid.model_copy(update={"clip_sounds": clip_sounds(laid, shown.sounds, self.choices.clip_sound)})

    def laid_out(self, clips: Mapping[str, ClipTake]) -> Timeline:
        """The cut with these clips in the place of drawn shots."""
        from bookfilm_nb.cutting import lay_out

        voices = self.voices
        pictures: dict[str, PictureTake | ClipTake] = {**self.pictures, **clips}
        width, height = self.choices.frame
        self.job.tell("cut", 0, 1)
        return lay_out(
            self.screenplay,
            self.storyboard,
            self.template,
            voices,
            pictures,
            width=width,
            height=height,
            fps=self.choices.fps,
        )

    @cached_property
    def score(self) -> tuple[tuple[PlacedCue, ...], dict[str, MusicTake]]:
        """The music: cues in their places, and a take for each."""
        from bookfilm_nb.cutting import cues

        from .scoring import composed

        placed = cues(self._silent_timeline, self.screenplay, self.storyboard, self.template, seed=self.choices.seed)
        return placed, composed(self.production, self.choices.composer, [p.cue for p in placed], self.job)

    @cached_property
    def timeline(self) -> Timeline:
        """The cut: every shot, line, caption and piece of music in its place."""
        from bookfilm_nb.cutting import captions, music_clips

        silent = self._silent_timeline
        placed, takes = self.score
        timeline = silent.model_copy(
            update={
                "captions": captions(silent, self.screenplay),
                "music": music_clips(placed, takes, sample_rate=silent.sample_rate),
            }
        )
        key = self.production.key("cut", {"timeline": timeline.digest()})
        if self.production.store.find(key) is None:
            self.production.keep("cut", "timeline", key, timeline, {})
        self.job.tell("cut", 1, 1)
        return timeline
