"""The cut: whole frames and samples, speech first, captions when words are heard."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import TEMPLATE, picture_take, screenplay, storyboard, voice_take

from bookfilm_nb.cutting import captions, cues, lay_out, music_clips, split_lines
from bookfilm_nb.cutting.captions import LINE_CHARACTERS, MAX_CPS
from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import MusicTake, Screenplay, Timeline

words = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=40).map(" ".join)
stories = st.lists(words, min_size=1, max_size=12)


def cut(play: Screenplay, *, cps: float = 15.0, fps: int = 24, character: str | None = None) -> Timeline:
    board = storyboard(play)
    takes = {e.id: voice_take(e, cps=cps) for e in play.elements()}
    pictures = {s.id: picture_take(s.id, character=character) for s in board.shots}
    pictures |= {"title": picture_take("title"), "end": picture_take("end")}
    return lay_out(play, board, TEMPLATE, takes, pictures, width=1280, height=720, fps=fps)


@given(texts=stories, cps=st.floats(8, 22), fps=st.sampled_from([24, 25, 30]), scenes=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_shots_tile_the_film_and_nobody_talks_over_another(texts: list[str], cps: float, fps: int, scenes: int) -> None:
    timeline = cut(screenplay(texts, scenes=min(scenes, len(texts))), cps=cps, fps=fps)
    at = 0
    for clip in timeline.shots:
        assert clip.start == at
        assert clip.length >= 1
        at += clip.length
    assert at == timeline.length
    heard = 0
    for voice in timeline.voices:
        assert voice.start >= heard
        heard = voice.start + round(voice.take.length_s * timeline.sample_rate)
    assert heard < timeline.samples


@given(texts=st.lists(words.filter(lambda t: len(t) > 14), min_size=1, max_size=12), cps=st.floats(8, 18))
@settings(max_examples=40, deadline=None)
def test_a_shot_is_on_the_screen_when_its_words_begin(texts: list[str], cps: float) -> None:
    play = screenplay(texts)
    timeline = cut(play, cps=cps)
    board = storyboard(play)
    starts = {clip.shot: clip.start for clip in timeline.shots}
    shot_of = {s.portions[0].element: s.id for s in board.shots if s.portions}
    for voice in timeline.voices:
        begins = voice.start / timeline.sample_rate
        assert starts[shot_of[voice.element]] / timeline.fps <= begins + 0.05


@given(texts=stories, cps=st.floats(8, 18))
@settings(max_examples=40, deadline=None)
def test_captions_hold_every_word_in_order_and_never_overlap(texts: list[str], cps: float) -> None:
    play = screenplay(texts)
    timeline = cut(play, cps=cps)
    made = captions(timeline, play)
    for element in play.elements():
        shown = " ".join(line for c in made if c.element == element.id for line in c.lines)
        assert shown == element.text
    for before, after in itertools.pairwise(made):
        assert before.start_ms < before.end_ms <= after.start_ms
    for caption in made:
        assert len(caption.lines) <= 2
        assert all(len(line) <= LINE_CHARACTERS for line in caption.lines)


def test_captions_start_with_their_first_word_and_can_be_read() -> None:
    text = (
        "The old keeper climbed the stairs, one hand on the wall, and when he came to the top he found that "
        "the lamp, which had burned for forty-one years, was cold; and he sat down beside it and said nothing."
    )
    play = screenplay([text, "Then the door opened."])
    timeline = cut(play, cps=15)
    made = captions(timeline, play)
    voice = timeline.voices[0]
    first = next(c for c in made if c.element == voice.element)
    assert abs(first.start_ms - voice.start * 1000 / timeline.sample_rate) <= 1
    for caption in made:
        seconds = (caption.end_ms - caption.start_ms) / 1000
        assert sum(map(len, caption.lines)) / seconds <= MAX_CPS
    ends = [c.lines[-1][-1] for c in made]
    assert sum(e in ",;.:" for e in ends) >= len(ends) - 1


@given(st.text("ab ,.", min_size=1, max_size=84).map(lambda t: " ".join(t.split())).filter(bool))
def test_lines_lose_nothing(text: str) -> None:
    assert " ".join(split_lines(text)) == text or "".join(split_lines(text)) == text.replace(" ", "")


def test_a_speaker_moves_his_lips_only_while_he_speaks() -> None:
    play = screenplay(["Nobody was there.", "Who is it?"], spoken_by=[None, "anna"])
    timeline = cut(play, character="Anna")
    narrated, spoken = [c for c in timeline.shots if c.shot in {"s01h02", "s01h03"}]
    assert not [a for a in narrated.acts if a.kind == "talk"]
    talking = [a for a in spoken.acts if a.kind == "talk"]
    assert talking
    line = timeline.voices[1]
    first, last = line.start / timeline.sample_rate, line.start / timeline.sample_rate + line.take.length_s
    for act in talking:
        assert first - 0.1 <= (spoken.start + act.start) / timeline.fps
        assert (spoken.start + act.end) / timeline.fps <= last + 0.1
    assert timeline.voices[1].pan > 0 == timeline.voices[0].pan


def test_music_covers_the_film_and_overlaps_where_it_changes() -> None:
    play = screenplay([f"This is sentence number {n} of a rather long story." for n in range(30)], scenes=3)
    moods = ("calm", "tense", "happy")
    play = play.model_copy(
        update={"scenes": tuple(s.model_copy(update={"mood": m}) for s, m in zip(play.scenes, moods, strict=True))}
    )
    timeline = cut(play)
    placed = cues(timeline, play, storyboard(play), TEMPLATE, seed=7)
    assert [p.cue.mood for p in placed] == ["calm", "tense", "happy"]
    assert placed[0].start == 0
    assert placed[0].cue.opening
    assert placed[-1].cue.closing
    takes = {
        p.cue.id: MusicTake(cue=p.cue.id, blob="0" * 64, sample_rate=48000, samples=round(p.cue.length_s * 48000))
        for p in placed
    }
    clips = music_clips(placed, takes, sample_rate=48000)
    for before, after in itertools.pairwise(clips):
        assert before.start + before.take.samples >= after.start + 48000
    assert abs(clips[-1].start + clips[-1].take.samples - timeline.samples) <= 48000 // 24


def test_a_place_is_seen_before_its_narrator_begins_and_everybody_else_is_heard_at_once() -> None:
    texts = ["The sea was grey.", "Nobody was there.", "Who is it?", "It was the wind."]
    play = screenplay(texts, spoken_by=[None, None, "anna", None], scenes=2)
    board = storyboard(play, silent=False)
    takes = {e.id: voice_take(e) for e in play.elements()}
    pictures = {name: picture_take(name) for name in (*(s.id for s in board.shots), "title", "end")}
    timeline = lay_out(play, board, TEMPLATE, takes, pictures, width=1280, height=720)
    starts = [clip.start / timeline.fps for clip in timeline.shots[1:-1]]
    voices = [voice.start / timeline.sample_rate for voice in timeline.voices]
    assert [round(v - s, 1) for s, v in zip(starts, voices, strict=True)] == [1.0, 0.2, 0.2, 0.2]
    silent = lay_out(
        play,
        storyboard(play),
        TEMPLATE,
        takes,
        {**pictures, **{s.id: picture_take(s.id) for s in storyboard(play).shots}},
        width=1280,
        height=720,
    )
    first = silent.voices[0].start / silent.sample_rate
    assert first - silent.shots[2].start / silent.fps == pytest.approx(0.2, abs=0.03)


def test_a_missing_take_is_named() -> None:
    play = screenplay(["One."])
    with pytest.raises(RenderError, match="s01h01"):
        lay_out(play, storyboard(play), TEMPLATE, {}, {}, width=1280, height=720)


def test_the_same_takes_give_the_same_timeline() -> None:
    play = screenplay(["One sentence here.", "And a second one."], spoken_by=[None, "anna"])
    assert cut(play, character="Anna").digest() == cut(play, character="Anna").digest()
