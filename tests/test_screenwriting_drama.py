"""What a film may not leave out: the talk that decides the story, its people, and its answers."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from screenwriting_stories import SceneText, story
from test_screenwriting import DRAMA

from bookfilm_nb.screenwriting import adapt, estimate_s
from bookfilm_nb.screenwriting.drama import deciding, exchanges, setups
from bookfilm_nb.screenwriting.units import beats, units
from bookfilm_nb.screenwriting.weight import Weights

if TYPE_CHECKING:
    from bookfilm_nb.model import Screenplay

PEOPLE = {"Anna": ("female", "child"), "Boris": ("male", "old"), "Vera": ("female", "adult"), "Gleb": ("male", "adult")}
LONG = (
    "The hills beyond the river were brown and bare in that season, and the carts went slowly along the road under the "
    "grey sky, one behind the other, as they had gone in every year that anybody could remember."
)
DULL = (
    "“Pass me the bread,” said Gleb. “It is dry,” said Anna.",
    "The soup was thin, and the spoons were made of wood from the forest behind the houses.",
    LONG,
)
STORY = [
    SceneText(
        "the mill", "room", "day", "calm",
        ("Old Boris kept the clock of the village in the mill. Anna brought him oil for the clock every day.",
         "“Stop the clock tonight,” said Gleb. “Nobody wants it.” “The clock is a promise,” said Boris.", LONG),
    ),
    SceneText("the inn", "tavern", "dusk", "calm", ("Gleb sat with Anna by the stove and ate.", *DULL)),
    SceneText(
        "the boat", "ship", "night", "tense",
        ("Far away Vera stood at the helm in the storm and listened for the clock.", LONG, "Vera held on."),
    ),
    SceneText("the road", "road", "day", "calm", ("Anna walked along the road with Gleb.", *DULL)),
    SceneText("the field", "field", "day", "calm", ("Gleb met Anna in the field again.", *DULL, LONG)),
    SceneText(
        "the landing", "sea shore", "dawn", "calm",
        (LONG, "Vera came up from the boat, and Boris stood at the water.",
         "“You kept the clock going,” said Vera. “I said I would,” said Boris.",
         "“Will you forgive me?” asked Vera. “There is soup,” said Boris.", LONG),
    ),
    SceneText("the mill", "room", "dusk", "calm", (LONG, "In the evening the clock struck, and Anna counted.")),
]  # fmt: skip


def read():
    return story(STORY, PEOPLE)


def film(seconds: float) -> Screenplay:
    book, reading = read()
    return adapt(book, reading, target_s=seconds, template=DRAMA, rate_cps=15.0)


def talks():
    _, reading = told = read()
    return Weights(reading, beats(units(*told), reading.language))._talks


@pytest.mark.parametrize("seconds", [60, 75, 90, 120])
def test_the_reunion_and_its_answers_are_in_the_film(seconds):
    play = film(seconds)
    said = [e.text for e in play.elements()]
    assert "You kept the clock going," in said
    assert "I said I would," in said
    assert said.index("You kept the clock going,") + 1 == said.index("I said I would,")
    assert estimate_s(play, rate_cps=15.0, pause_s=DRAMA.pause_s.value) == pytest.approx(seconds, rel=0.05)


@pytest.mark.parametrize("seconds", [60, 90, 120])
def test_a_question_keeps_its_answer(seconds):
    elements = [e for e in film(seconds).elements() if e.spoken]
    for element, following in itertools.pairwise(elements):
        if element.kind == "dialogue" and element.text.endswith("?"):
            assert following.kind == "dialogue"
            assert following.character != element.character


def test_the_one_who_comes_back_was_met_before():
    play = film(100)
    first = next(e for e in play.elements() if "vera" in e.characters)
    assert (first.kind, first.id[:3]) == ("voice_over", "s03")


def test_the_talk_that_decides_is_between_those_one_waited_for():
    found = talks()
    best = deciding(found)
    assert best is not None
    assert best.people == {"vera", "boris"}
    small = [t for t in found if t.people == {"anna", "gleb"}]
    assert small
    assert all(t.weight < best.weight / 2 for t in small)


def test_an_exchange_ends_where_a_third_person_speaks_or_the_scene_does():
    found = talks()
    assert all(len(t.people) == 2 for t in found)
    assert [t.scene for t in found] == sorted(t.scene for t in found)
    assert not any(t.people == {"gleb", "vera"} for t in found)


def test_the_people_of_the_deciding_talk_are_set_up():
    best = deciding(talks())
    assert best is not None
    assert set(setups(best, {"vera": 2, "boris": 0, "anna": 1})) == {0, 2}
    assert setups(best, {"vera": best.first}) == {}
    assert setups(None, {"vera": 1}) == {}


def test_no_talk_decides_a_story_without_one():
    book, reading = story([STORY[2]], PEOPLE)
    told = beats(units(book, reading), "en")
    assert exchanges(told, {}, [0.0] * len(told), {}) == []
    assert deciding([]) is None
    assert Weights(reading, told).needed() is None
    assert adapt(book, reading, target_s=10, template=DRAMA, rate_cps=15.0).scenes


def test_a_question_is_spoken_to_the_one_who_answers():
    book, reading = story(
        [SceneText("the inn", "tavern", "day", "calm",
                   ("“Good day to all,” said Boris. “Will it rain?” asked Anna. “Ask the wind,” said Vera.",))],
        PEOPLE,
    )  # fmt: skip
    play = adapt(book, reading, target_s=600, template=DRAMA, rate_cps=15.0)
    question = next(e for e in play.elements() if e.text == "Will it rain?")
    assert question.characters == ("anna", "vera")


def test_narration_feels_only_what_is_clear():
    book, reading = story(
        [SceneText("the inn", "tavern", "day", "calm",
                   ("Anna was small and quick, and nobody knew her. Boris burst into tears and wept.",))],
        PEOPLE,
    )  # fmt: skip
    play = adapt(book, reading, target_s=600, template=DRAMA, rate_cps=15.0)
    assert [e.emotion for e in play.elements()] == ["neutral", "sad"]


def test_a_piece_of_a_speech_is_never_joined_to_another_speech():
    speech = " ".join(f"The {w} went by the river and came to the town." for w in ("cart", "boat", "horse", "miller"))
    scene = SceneText(
        "the inn", "tavern", "day", "calm",
        ("Anna sat with Boris.", "“Nothing ever came by there!” said Anna.", f"“{speech}” said Boris.", LONG, LONG),
    )  # fmt: skip
    book, reading = story([scene], PEOPLE)
    cut = 0
    for seconds in range(18, 40, 2):
        for element in adapt(book, reading, target_s=seconds, template=DRAMA, rate_cps=15.0).elements():
            quotes = [q for q in reading.quotes if q.span.start < element.span.end and element.span.start < q.span.end]
            assert len(quotes) <= 1
            assert element.kind != "dialogue" or quotes[0].speaker == element.character
            cut += element.kind == "dialogue" and len(element.span) < len(quotes[0].span)
    assert cut
