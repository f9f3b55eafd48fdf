"""Sets and coverage: one place is one set, empty sets are wide, a talk goes from one to the other."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from screenwriting_stories import SceneText, story
from test_screenwriting import DRAMA, PEOPLE
from test_storyboard import FIGURE, board, film

from bookfilm_nb.illustrator import parse_prompt
from bookfilm_nb.illustrator.illustrator import place_seed
from bookfilm_nb.screenwriting import adapt

if TYPE_CHECKING:
    from bookfilm_nb.model import Screenplay, Shot

PLAIN = "Anna stood there for a while and thought of nothing at all."


def play_of(*scenes: SceneText, people: dict[str, tuple[str, str]] = PEOPLE, language: str = "en") -> Screenplay:
    book, reading = story(list(scenes), people, language=language)
    return adapt(book, reading, target_s=10_000, template=DRAMA, rate_cps=15.0)


def named(shot: Shot) -> list[str]:
    return [m[0] for m in FIGURE.findall(shot.prompt)]


def details(shot: Shot) -> list[str]:
    found = re.search(r"Details: ([^.]+)\.", shot.prompt)
    return found[1].split(", ") if found else []


def test_two_rooms_are_two_sets_and_one_room_is_one():
    kitchen = SceneText("the kitchen at the gate", "room", "day", "calm", (PLAIN,))
    parlour = SceneText("Anna's room", "room", "day", "calm", (PLAIN,))
    made = board(play_of(kitchen, parlour, kitchen._replace(time="night")))
    seeds: dict[str, set[int]] = {}
    for shot in made.shots:
        words = parse_prompt(shot.prompt)
        assert words.unknown == ()
        seeds.setdefault(words.scene.name, set()).add(place_seed(words.scene))
    assert set(seeds) == {"the kitchen at the gate", "Anna's room"}
    assert all(len(s) == 1 for s in seeds.values())
    assert len(set.union(*seeds.values())) == 2


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_without_people_is_wide(seed):
    for shot in board(film(times=4), seed=seed).shots:
        if not named(shot):
            assert shot.size in ("wide", "extreme wide"), shot.prompt


def test_a_landmark_stays_on_its_set_for_the_whole_film():
    shore = SceneText("the shore", "sea shore", "day", "calm", ("Anna saw a lighthouse over the water.", PLAIN))
    road = SceneText("the road", "road", "day", "calm", (PLAIN,))
    later = SceneText("the shore", "sea shore", "dusk", "calm", (PLAIN,))
    bay = SceneText("the bay", "sea shore", "dusk", "calm", (PLAIN, "The lamp was burning."))
    made = board(play_of(shore, road, later, bay))
    assert all("lighthouse" in details(s) for s in made.shots if s.scene != "s02")
    assert not any(details(s) for s in made.shots if s.scene == "s02")
    assert not any("lamp" in details(s) for s in made.shots)


def test_a_lamp_that_is_named_lights_every_shot_of_its_scene_and_a_bird_only_its_own():
    room = SceneText(
        "the attic", "room", "night", "calm",
        ("A lamp stood on the table. Anna opened the window and waited for the old man to come up to her.",
         "A bird sat on the ledge outside, and Anna looked at it for a long time and did not move at all.", PLAIN),
    )  # fmt: skip
    shots = board(play_of(room)).shots
    assert all("lamp" in details(s) for s in shots)
    assert 0 < sum("bird" in details(s) for s in shots) < len(shots)


def test_pet_names_are_not_drawn():
    room = SceneText("the attic", "room", "day", "calm", ("Anna came in.", "“Little bird,” said Boris. “My letter!”"))
    assert not any(details(s) for s in board(play_of(room)).shots)


TALK = (
    "Anna came in and sat down beside Boris.",
    "“Where have you been all this long and stormy night?” asked Boris.",
    "“I was down at the river with the others from the mill,” said Anna.",
    "“And what did you see there that kept you until the morning?” asked Boris.",
    "“I saw the ice go out, and the bridge went with it,” said Anna.",
    "“Then nobody will come from the town before the summer,” said Boris.",
)


@pytest.mark.parametrize("seed", range(5))
def test_a_talk_is_cut_between_the_two_who_speak(seed):
    play = play_of(SceneText("the house", "room", "night", "calm", TALK))
    speakers = {e.id: e.character for e in play.elements() if e.kind == "dialogue"}
    told = [s for s in board(play, seed=seed).shots if s.portions]
    shots = [s for s in told if any(p.element in speakers for p in s.portions)]
    assert len(shots) >= 4
    assert len(named(told[0])) == 2
    for shot in shots:
        said = [speakers[p.element] for p in shot.portions if p.element in speakers]
        assert len(list(itertools.groupby(said))) <= 2, "never a third turn in one shot"
    sides: dict[str, set[str]] = {}
    for shot in shots:
        for name, _, _, side, _ in FIGURE.findall(shot.prompt):
            sides.setdefault(name, set()).add(side)
    assert all(len(s) == 1 for s in sides.values()), sides


@pytest.mark.parametrize("seed", range(5))
def test_nobody_speaks_with_their_back_to_us(seed):
    quick = ("Anna came in.", *(f"“No, {n},” said {who}." for n in range(9) for who in ("Boris", "Anna")))
    play = play_of(SceneText("the house", "room", "night", "calm", (*quick, *TALK)))
    names = {c.id: c.name for c in play.characters}
    speakers = {e.id: names[e.character] for e in play.elements() if e.character}
    pairs = 0
    for shot in board(play, seed=seed).shots:
        said = {speakers[p.element] for p in shot.portions if p.element in speakers}
        pairs += len(said) == 2
        if shot.size == "close-up" and len(named(shot)) == 2:
            assert said == {m[0] for m in FIGURE.findall(shot.prompt) if m[4]}
    assert pairs > 2


@pytest.mark.parametrize("seed", range(5))
def test_who_is_seen_first_is_seen_well(seed):
    met: set[str] = set()
    for shot in board(film(times=2), seed=seed).shots:
        new = set(named(shot)) - met
        if new:
            assert shot.size in ("medium", "full", "close-up"), shot.prompt
            assert shot.size != "close-up" or len(named(shot)) == 1, "not over anybody's shoulder"
        met |= new


def test_a_feeling_ends_with_the_line_it_belongs_to():
    lines = (
        "“The house is on fire and the river is frozen!” cried Anna.",
        "“It was always so in the old days,” said Boris.",
        "“Well, then I shall go to bed and sleep until the summer,” said Anna.",
    )
    play = play_of(SceneText("the house", "room", "night", "calm", lines))
    last = board(play).shots[-1]
    assert [m[2] for m in FIGURE.findall(last.prompt) if m[4]] == ["neutral"]
