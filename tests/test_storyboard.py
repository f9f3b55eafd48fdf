"""The storyboard: every word is in one shot, every shot can be drawn, and a spreadsheet gives it back."""

from __future__ import annotations

import itertools
import math
import re
import statistics

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from screenwriting_stories import SceneText, story
from test_screenwriting import DRAMA, PEOPLE, SCENES, long_story

from bookfilm_nb.errors import ScreenplayError
from bookfilm_nb.model import Character, Looks, Portion, Screenplay, Shot, Storyboard
from bookfilm_nb.model.vocabulary import SHOT_SIZES
from bookfilm_nb.movies import template_for
from bookfilm_nb.screenwriting import adapt, estimate_s
from bookfilm_nb.screenwriting.timing import END_CARD_S, TITLE_CARD_S
from bookfilm_nb.storyboard import cast_looks, looks_words, plan, read_csv, write_csv
from bookfilm_nb.storyboard.camera import OPPOSITE
from bookfilm_nb.storyboard.things import things

FIGURE = re.compile(r"\[([^:\]]+): ([^;\]]+); ([a-z]+); (left|centre|right)(; speaking)?\]")


def film(target_s: float = 600, times: int = 1) -> Screenplay:
    book, reading = long_story(times)
    return adapt(book, reading, target_s=target_s, template=DRAMA, rate_cps=15.0)


def board(play: Screenplay, genre: str = "drama", seed: int = 7) -> Storyboard:
    return plan(play, template_for(genre), seed=seed, rate_cps=15.0)


def covered(play: Screenplay, made: Storyboard) -> None:
    """Every spoken element completely, in order, without overlap, cut at word borders."""
    portions = [p for s in made.shots for p in s.portions]
    at = iter(portions)
    for element in (e for e in play.elements() if e.spoken):
        end = 0
        while end < len(element.text):
            portion = next(at)
            assert portion.element == element.id
            assert portion.start == end < portion.end
            assert end == 0 or element.text[end - 1] == " "
            end = portion.end
        assert end == len(element.text)
    assert next(at, None) is None


@pytest.mark.parametrize("genre", ["action", "drama", "documentary"])
def test_the_portions_cover_every_spoken_word(genre):
    play = film(times=3)
    covered(play, board(play, genre))


LONG = st.lists(st.sampled_from(["Anna", "and", "the", "walked,", "when", "river;", "but", "stones", "x" * 40]),
                min_size=1, max_size=120).map(lambda words: " ".join(words) + ".")  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LONG, min_size=1, max_size=4), st.integers(0, 5), st.sampled_from(["action", "drama"]))
def test_any_sentence_is_covered_and_no_shot_is_too_long(sentences, seed, genre):
    book, reading = story([SceneText("river", "river", "day", "calm", tuple(sentences))], PEOPLE)
    play = adapt(book, reading, target_s=10_000, template=DRAMA, rate_cps=15.0)
    made = board(play, genre, seed)
    covered(play, made)
    assert all(1.5 <= s.planned_s <= 13.0 for s in made.shots)


def opening_with_talk(play: Screenplay) -> Screenplay:
    """The film with the narration before the first speech of each scene left out."""
    return play.model_copy(
        update={
            "scenes": tuple(
                s.model_copy(update={"elements": s.elements[[e.kind for e in s.elements].index("dialogue") :]})
                for s in play.scenes
            )
        }
    )


def test_a_talk_elsewhere_opens_with_a_silent_wide_shot():
    play = opening_with_talk(film())
    made = board(play)
    for scene in play.scenes:
        first = next(s for s in made.shots if s.scene == scene.id)
        assert first.portions == ()
        assert first.size in ("wide", "extreme wide")
        assert first.planned_s > 2
        assert "[" not in first.prompt
    assert made.shots[0].transition == "fade"
    openings = [next(s for s in made.shots if s.scene == scene.id).transition for scene in play.scenes[1:]]
    assert set(openings) <= {"dissolve", "fade"}
    silent = {s.id for s in made.shots if not s.portions}
    assert all(s.transition == "cut" for s in made.shots if s.id not in silent)


def test_a_narrator_begins_over_the_picture_that_shows_the_place():
    play = film(times=3)
    made = board(play)
    narrated = [s for s in play.scenes if s.elements[0].kind == "voice_over"]
    assert len(narrated) > 3
    kinds = {e.id: e.kind for e in play.elements()}
    met: set[str] = set()
    for scene in narrated:
        shots = [s for s in made.shots if s.scene == scene.id]
        first = shots[0]
        assert first.portions[0].element == scene.elements[0].id
        assert {kinds[p.element] for p in first.portions} == {"voice_over"}
        assert first.transition in ("fade", "dissolve")
        people = {m[0] for m in FIGURE.findall(first.prompt)}
        near = people and (len(shots) == 1 or not people <= met)
        assert first.size in (("full",) if near else ("wide", "extreme wide"))
        met |= {m[0] for s in shots for m in FIGURE.findall(s.prompt)}
    assert [s for s in made.shots if not s.portions] == []


def test_no_silent_shot_where_nothing_changes():
    same = [SCENES[0], SCENES[0]._replace(paragraphs=("Boris slept. Anna read a book by the lamp.",))]
    book, reading = story(same, PEOPLE)
    made = board(opening := adapt(book, reading, target_s=600, template=DRAMA, rate_cps=15.0))
    assert [s.scene for s in made.shots if not s.portions] == []
    again = next(s for s in made.shots if s.scene == "s02")
    assert again.transition in ("cut", "fade")
    alone = board(opening.model_copy(update={"scenes": opening.scenes[1:]}))
    assert next(s for s in alone.shots if s.scene == "s02").planned_s > again.planned_s + 0.5


def test_the_plan_is_as_long_as_the_estimate():
    play = film(times=3)
    planned = sum(s.planned_s for s in board(play).shots) + TITLE_CARD_S + END_CARD_S
    assert planned == pytest.approx(estimate_s(play, rate_cps=15.0, pause_s=DRAMA.pause_s.value), rel=0.03)


def test_sizes_change_at_every_cut_unless_the_figures_do():
    made = board(film(times=4))
    for before, after in itertools.pairwise(made.shots):
        if before.scene == after.scene and before.size == after.size:
            names = [[m[0] for m in FIGURE.findall(s.prompt)] for s in (before, after)]
            assert names[0] != names[1], (before, after)


def test_no_move_is_reversed_at_a_cut():
    for seed in range(6):
        shots = board(film(times=4), seed=seed).shots[:-1]
        for before, after in itertools.pairwise(shots):
            assert OPPOSITE.get(before.move) != after.move


def test_only_a_speaking_figure_is_seen_by_a_camera_at_rest():
    for seed in range(6):
        for shot in board(film(times=4), seed=seed).shots:
            assert shot.move != "static" or "; speaking]" in shot.prompt


def test_prompts_follow_the_grammar():
    play = film()
    made = board(play)
    for shot in made.shots:
        opening = (
            rf"(?:{'|'.join(s.capitalize() for s in SHOT_SIZES)})(?: shot)?, (?:eye level|low angle|high angle)\. "
        )
        where = r'(?:Interior|Exterior), [a-z ]+ "[^"]+", (?:dawn|day|dusk|night), [a-z]+, [a-z]+\. Mood: [a-z]+\.'
        details = r"(?: Details: [a-z ]+(?:, [a-z ]+)*\.)?"
        assert re.fullmatch(rf"{opening}{where}(?: {FIGURE.pattern}){{0,3}}{details}", shot.prompt), shot.prompt
        assert shot.prompt.startswith(shot.size.capitalize())


def test_one_person_has_the_same_looks_in_every_shot_and_no_two_are_alike():
    made = board(film(times=3))
    looks: dict[str, set[str]] = {}
    for shot in made.shots:
        for name, words, *_ in FIGURE.findall(shot.prompt):
            looks.setdefault(name, set()).add(words)
    assert set(looks) == set(PEOPLE)
    assert all(len(words) == 1 for words in looks.values())
    assert len({next(iter(w)) for w in looks.values()}) == len(looks)


def test_whoever_speaks_is_seen_speaking():
    play = film()
    speakers = {e.id: e.character for e in play.elements() if e.kind == "dialogue"}
    names = {c.id: c.name for c in play.characters}
    seen = 0
    for shot in board(play).shots:
        first = speakers.get(shot.portions[0].element) if shot.portions else None
        if first and shot.portions[0].start == 0:
            talking = [m[0] for m in FIGURE.findall(shot.prompt) if m[4]]
            assert talking == [names[first]]
            seen += 1
    assert seen >= 4


def test_things_of_the_sentence_are_details():
    play = film()
    by_text = {e.id: e.text for e in play.elements()}
    shot = next(s for s in board(play).shots if s.portions and "key in her hand" in by_text[s.portions[0].element])
    assert "[Anna:" in shot.prompt
    assert things("The lamp stood on the table by the window.", "en") == ("lamp", "table", "window")
    assert things("Лошади у церкви, и луна над мостом.", "ru") == ("horse", "church", "moon")
    assert things("He felt very well.", "en") == ()
    assert things("Over Gull Rock the lamp was burning. Gulls cried.", "en") == ("lamp", "bird")
    assert things("A horse stood by the table.", "en", interior=True) == ("table",)
    assert things("A horse stood by the table.", "en", interior=False) == ("horse",)
    assert things("Луначарский домысел.", "ru") == ()


def test_shot_lengths_follow_the_genre():
    play = film(times=8)
    means = {g: statistics.mean(s.planned_s for s in board(play, g).shots) for g in ("action", "drama", "documentary")}
    assert means["action"] < means["drama"] < means["documentary"]
    for genre in ("action", "drama"):  # a documentary's shots are longer than these talks are
        assert math.isclose(means[genre], template_for(genre).shot_length_s.value, rel_tol=0.15), genre


def test_shots_are_longer_where_the_acts_say_so():
    drama = template_for("drama")
    bent = tuple(
        act.model_copy(update={"shot_length": act.shot_length.model_copy(update={"value": length})})
        for act, length in zip(drama.acts, (1.5, 1.0, 1.0, 0.5), strict=True)
    )
    told = "Anna walked by the river, and the stones were wet. " * 80
    book, reading = story([SceneText("river", "river", "day", "calm", (told,))], PEOPLE)
    play = adapt(book, reading, target_s=3000, template=DRAMA, rate_cps=15.0)
    made = plan(play, drama.model_copy(update={"acts": bent}), seed=7, rate_cps=15.0)
    lengths = [s.planned_s for s in made.shots]
    quarter = len(lengths) // 4
    assert statistics.mean(lengths[:quarter]) > 1.25 * statistics.mean(lengths[-quarter:])


def test_the_same_seed_gives_the_same_board_and_another_seed_another():
    play = film()
    assert board(play).digest() == board(play).digest()
    assert board(play, seed=8) != board(play)


def test_ids_and_scenes():
    made = board(film())
    assert len({s.id for s in made.shots}) == len(made.shots)
    assert all(s.id.startswith(f"{s.scene}h") for s in made.shots)
    assert board(film().model_copy(update={"scenes": ()})) == Storyboard(shots=())


# Looks -------------------------------------------------------------------------------------------------


def person(identity: str = "mara", **fields) -> Character:
    return Character(id=identity, name=identity.title(), names=(identity,), **fields)


def test_looks_say_what_the_text_told():
    told = Looks(hair="bun", hair_colour="grey", hat="scarf", clothes="coat", clothes_colour="blue", glasses=True)
    assert looks_words(person(sex="female", age="old", looks=told)) == (
        "old woman, grey hair in a bun, glasses, scarf, blue coat"
    )
    beard = Looks(hair="bald", beard="full", hair_colour="white", clothes="jersey", clothes_colour="red")
    assert looks_words(person(sex="male", age="adult", looks=beard)) == "man, bald, white full beard, red jersey"
    apron = Looks(clothes="apron", clothes_colour="green", hair="short", hair_colour="brown")
    words = looks_words(person(sex="female", age="adult", looks=apron))
    assert words.startswith("woman, brown short hair, green apron, ")


def test_looks_never_change_and_suit_the_person():
    for sex in ("female", "male", "unknown"):
        for age, nouns in (("child", "girl|boy"), ("young", "young"), ("adult", "man|woman"), ("old", "old")):
            words = looks_words(person(sex=sex, age=age))
            assert words == looks_words(person(sex=sex, age=age))
            assert re.match(rf"(?:{nouns})", words)
            assert not re.search(r"[;:\[\]]", words)
            if sex == "female" or age == "child":
                assert not re.search("beard|moustache|stubble", words)


def test_a_large_cast_does_not_look_alike():
    cast = cast_looks([person(f"p{n}", sex="male", age="adult") for n in range(12)])
    assert len(set(cast.values())) == 12
    assert len({words.split(", ")[-1].split()[0] for words in cast.values()}) >= 9


# storyboard.csv ----------------------------------------------------------------------------------------


def test_csv_round_trip_of_a_plan():
    made = board(film(times=2))
    assert read_csv(write_csv(made)) == made
    assert read_csv("\ufeff" + write_csv(made).replace("\n", "\r\n")) == made


SHOTS = st.lists(
    st.builds(
        Shot,
        id=st.text("abc019", min_size=1, max_size=6),
        scene=st.text("s01", min_size=1, max_size=3),
        portions=st.lists(
            st.builds(lambda e, a, n: Portion(element=e, start=a, end=a + n), st.text("se01", min_size=1, max_size=7),
                      st.integers(0, 99), st.integers(1, 99)), max_size=3).map(tuple),
        size=st.sampled_from(SHOT_SIZES),
        move=st.sampled_from(["static", "pan left", "push in"]),
        planned_s=st.floats(0.1, 600),
        transition=st.sampled_from(["cut", "fade"]),
        seed=st.integers(0, 2**40),
        prompt=st.text(max_size=40).map(lambda t: " ".join(t.split())),
    ),
    max_size=6, unique_by=lambda s: s.id,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SHOTS)
def test_csv_round_trip_of_any_board(shots):
    from bookfilm_nb.storyboard.prompt import framing

    whole = [s.model_copy(update={"prompt": f"{framing(s.size, s.angle)} {s.prompt}".strip()}) for s in shots]
    made = Storyboard(shots=tuple(whole))
    assert read_csv(write_csv(made)) == made


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_csv_reader(text):
    hint = "none was needed"
    try:
        read_csv(text)
    except ScreenplayError as error:
        hint = error.hint
    assert hint


def test_an_edited_size_is_drawn():
    made = board(film())
    text = write_csv(made)
    shot = made.shots[1]
    row = next(r for r in text.split("\n") if r.startswith(shot.id + ","))
    new = read_csv(
        text.replace(row, row.replace(f",{shot.size},", ",extreme close-up,").replace("Mood: ", "Mood: tense, "))
    )
    assert new.shots[1].size == "extreme close-up"
    assert new.shots[1].prompt.startswith("Extreme close-up, ")
    assert "Mood: tense, " in new.shots[1].prompt
    assert new.shots[0] == made.shots[0]


def test_a_spreadsheet_may_use_semicolons_and_decimal_commas():
    made = board(film())
    import csv
    import io

    rows = list(csv.reader(io.StringIO(write_csv(made))))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    at = rows[0].index("planned_s")
    writer.writerows([rows[0], *([*r[:at], r[at].replace(".", ","), *r[at + 1 :]] for r in rows[1:])])
    assert read_csv(out.getvalue()) == made


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda rows: [rows[0].replace("prompt", "promt"), *rows[1:]], "column prompt"),
        (lambda rows: [rows[0], re.sub(r",(extreme wide|wide|full),", ",huge,", rows[1]), *rows[2:]], "no such size"),
        (lambda rows: [rows[0], rows[1], rows[1], *rows[2:]], "repeats the shot"),
        (lambda rows: [rows[0], rows[1] + ",more", *rows[2:]], "cells instead of"),
        (lambda rows: [rows[0], re.sub(r",\d+\.\d+,", ",soon,", rows[1]), *rows[2:]], "planned_s"),
        (lambda rows: [rows[0], re.sub(r",\d+\.\d+,", ",-2.5,", rows[1]), *rows[2:]], "planned_s"),
        (lambda rows: [rows[0], rows[1], re.sub(r"(e\d+):0-", r"\1:9000-", rows[2]), *rows[3:]], "portions"),
    ],
)
def test_what_cannot_be_read_says_the_row(change, what):
    rows = write_csv(board(film())).split("\n")
    with pytest.raises(ScreenplayError, match=what) as caught:
        read_csv("\n".join(change(rows)))
    assert caught.value.data["row"] in (1, 2, 3)
    assert caught.value.hint


def test_a_scene_in_which_nobody_speaks_has_silent_shots_only():
    story = film()
    silent = story.scenes[0].model_copy(update={"elements": ()})
    made = board(story.model_copy(update={"scenes": (silent, *story.scenes[1:])}))
    assert all(not shot.portions for shot in made.shots if shot.scene == silent.id)
    assert any(shot.portions for shot in made.shots)
