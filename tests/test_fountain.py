"""screenplay.fountain: an unedited file is the screenplay again, and an edit means what a writer expects."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screenwriting_stories import story
from test_screenwriting import DRAMA, PEOPLE, SCENES, long_story

from bookfilm_nb.errors import ScreenplayError
from bookfilm_nb.model import Character, Element, LeftOut, Scene, SceneHeading, Screenplay, Span, tidy
from bookfilm_nb.model.vocabulary import EMOTIONS, TIMES_OF_DAY
from bookfilm_nb.screenwriting import adapt
from bookfilm_nb.screenwriting.fountain import read_fountain, write_fountain


def screenplay() -> Screenplay:
    book, reading = story(SCENES, PEOPLE)
    return adapt(book, reading, target_s=600, template=DRAMA, rate_cps=15.0)


# Any screenplay at all ---------------------------------------------------------------------------------

WORDS = st.text(
    st.one_of(
        st.sampled_from("ab AB.,!?*_[]()#@~>=\\/:;-—«»“”'\"0123456789&"),
        st.characters(min_codepoint=0x410, max_codepoint=0x451),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=40,
).map(tidy)
TEXT = WORDS.filter(bool)


@st.composite
def screenplays(draw) -> Screenplay:
    names = draw(st.lists(WORDS, max_size=4))
    people = tuple(Character(id=f"p{n}", name=name, names=(name,)) for n, name in enumerate(names))
    at = 0
    scenes = []
    for number in range(draw(st.integers(0, 3))):
        elements = []
        start = at
        for order in range(draw(st.integers(0, 5))):
            kind = draw(st.sampled_from(["voice_over", "dialogue", "action"]))
            speaker = draw(st.sampled_from([None, *(p.id for p in people)])) if kind == "dialogue" else None
            end = at + draw(st.integers(1, 9))
            elements.append(
                Element(
                    id=f"s{number:02d}e{order:03d}", kind=kind, text=draw(TEXT), span=Span(start=at, end=end),
                    character=speaker, emotion=draw(st.sampled_from(EMOTIONS)), opens_paragraph=draw(st.booleans()),
                    edited=draw(st.booleans()),
                )
            )  # fmt: skip
            at = end if draw(st.booleans()) else at
        heading = SceneHeading(
            setting=draw(st.sampled_from(["INT.", "EXT."])),
            location=draw(WORDS),
            time=draw(st.sampled_from(TIMES_OF_DAY)),
        )  # fmt: skip
        scenes.append(
            Scene(
                id=f"s{number:02d}", heading=heading, place="room", span=Span(start=start, end=at), characters=(),
                elements=tuple(elements),
            )
        )  # fmt: skip
    return Screenplay(
        title=draw(WORDS), author=draw(WORDS), language=draw(st.sampled_from(["en", "ru"])), target_s=60.0,
        characters=people, scenes=tuple(scenes), left_out=(LeftOut(span=Span(start=at, end=at + 5), reason="length"),),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(screenplays(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_an_unedited_file_is_the_same_screenplay(play, line_end, mark):
    text = write_fountain(play).replace("\n", line_end)
    assert read_fountain("\ufeff" * mark + text, play) == play


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    play = screenplay()
    hint = "none was needed"
    try:
        read_fountain(text, play)
    except ScreenplayError as error:
        hint = error.hint
    assert hint


def test_round_trip_of_an_adaptation():
    book, reading = long_story()
    play = adapt(book, reading, target_s=90, template=DRAMA, rate_cps=15.0)
    assert read_fountain(write_fountain(play), play) == play


# What it looks like ------------------------------------------------------------------------------------


def test_it_reads_like_a_screenplay():
    text = write_fountain(screenplay())
    assert text.startswith("Title: A Story\nCredit: from the book by\nAuthor: Nobody\n")
    assert "INT. THE HOUSE - DAY #s01#\n\nNARRATOR (V.O.)\nAnna lived in a small house" in text
    assert re.search(
        r"\n\nANNA\nWhere is the key\? \[\[\d+-\d+\]\]\n\n!shutting the door \[\[\d+-\d+\]\]\n\nBORIS\n", text
    )


def test_emotion_is_a_parenthetical():
    play = screenplay()
    scene = play.scenes[0]
    moved = scene.elements[0].model_copy(update={"emotion": "worried"})
    play = play.model_copy(update={"scenes": (scene.model_copy(update={"elements": (moved, *scene.elements[1:])}),)})
    text = write_fountain(play)
    assert "NARRATOR (V.O.)\n(worried)\nAnna lived" in text
    assert "\n(neutral)\nThe clock had stopped" in text


def test_marks_of_fountain_in_the_words_are_escaped():
    play = screenplay()
    scene = play.scenes[0]
    odd = ("(aside) *who* [[there]]?", "~la", "@home", "!x", "#1#")
    elements = [e.model_copy(update={"text": t}) for e, t in zip(scene.elements, odd, strict=False)]
    play = play.model_copy(update={"scenes": (scene.model_copy(update={"elements": tuple(elements)}),)})
    text = write_fountain(play)
    assert "\n\\(aside) \\*who\\* \\[\\[there\\]\\]? [[" in text
    assert "\n\\~la [[" in text
    assert read_fountain(text, play) == play


def test_russian_headings_and_cues_are_forced():
    scene = Scene(
        id="s01", heading=SceneHeading(setting="EXT.", location="берег моря", time="dusk"), place="sea shore",
        span=Span(start=0, end=50), characters=("mara",),
        elements=(
            Element(id="s01e001", kind="voice_over", text="Темнело.", span=Span(start=0, end=8)),
            Element(id="s01e002", kind="dialogue", text="Кто там?", span=Span(start=10, end=18), character="mara",
                    emotion="afraid"),
        ),
    )  # fmt: skip
    play = Screenplay(
        title="Маяк", author="Никто", language="ru", target_s=10, scenes=(scene,),
        characters=(Character(id="mara", name="Мара Ильина", names=("Мара",)),),
    )  # fmt: skip
    text = write_fountain(play)
    assert ".НАТ. БЕРЕГ МОРЯ - СУМЕРКИ #s01#" in text
    assert "@РАССКАЗЧИК (ЗК)\nТемнело. [[0-8]]" in text
    assert "@МАРА ИЛЬИНА\n(со страхом)\nКто там? [[10-18]]" in text
    assert read_fountain(text, play) == play


# What edits mean ---------------------------------------------------------------------------------------


def test_changed_words_keep_their_lineage_and_are_marked():
    play = screenplay()
    text = write_fountain(play).replace("The clock had stopped in spring.", "The old clock had stopped.")
    new = read_fountain(text, play)
    element = new.scenes[0].elements[1]
    assert element == play.scenes[0].elements[1].model_copy(
        update={"text": "The old clock had stopped.", "edited": True}
    )
    assert new.model_copy(update={"scenes": play.scenes}) == play


def test_a_deleted_line_is_left_out_as_edited():
    play = screenplay()
    gone = play.scenes[0].elements[1]
    lines = [line for line in write_fountain(play).split("\n") if gone.text not in line]
    new = read_fountain("\n".join(lines), play)
    assert gone.id not in {e.id for e in new.elements()}
    assert LeftOut(span=gone.span, reason="edited") in new.left_out
    assert len(new.elements()) == len(play.elements()) - 1


def test_a_deleted_scene_is_left_out_line_by_line():
    play = screenplay()
    head, _, rest = write_fountain(play).partition("EXT. THE FOREST - DUSK #s02#")
    new = read_fountain(head + rest[rest.index("INT. THE HOUSE - NIGHT #s03#") :], play)
    assert [s.id for s in new.scenes] == ["s01", "s03", "s04"]
    edited = {(o.span.start, o.span.end) for o in new.left_out if o.reason == "edited"}
    assert {(e.span.start, e.span.end) for e in play.scenes[1].elements} <= edited


def test_another_speaker_emotion_heading_and_title():
    play = screenplay()
    text = write_fountain(play)
    text = text.replace("\nBORIS\nUnder the stone,", "\nVERA\n(happy)\nUnder the stone,")
    text = text.replace("INT. THE HOUSE - DAY #s01#", "EXT. THE YARD - NIGHT #s01#").replace(
        "Title: A Story", "Title: Keys"
    )
    new = read_fountain(text, play)
    line = next(e for e in new.elements() if e.text == "Under the stone,")
    assert (line.character, line.emotion, line.edited) == ("vera", "happy", False)
    assert "vera" in line.characters
    heading = new.scenes[0].heading
    assert (heading.setting, heading.location, heading.time) == ("EXT.", "The yard", "night")
    assert new.title == "Keys"


def test_an_added_action_belongs_to_the_line_before_it():
    play = screenplay()
    text = write_fountain(play).replace(
        "INT. THE HOUSE - NIGHT #s03#\n", "INT. THE HOUSE - NIGHT #s03#\n\n!Smoke everywhere.\n"
    )
    new = read_fountain(text, play)
    action = new.scenes[2].elements[0]
    assert (action.kind, action.text, action.edited) == ("action", "Smoke everywhere.", True)
    assert action.span.start == action.span.end == play.scenes[2].span.start
    assert len({e.id for e in new.elements()}) == len(new.elements())


def test_a_line_moved_to_another_scene_gets_an_id_of_that_scene():
    play = screenplay()
    line = next(x for x in write_fountain(play).split("\n") if "The clock had stopped" in x)
    text = write_fountain(play).replace(line + "\n", "", 1)
    text = text.replace(
        "INT. THE HOUSE - NIGHT #s03#\n\nNARRATOR (V.O.)\n",
        f"INT. THE HOUSE - NIGHT #s03#\n\nNARRATOR (V.O.)\n{line}\n",
    )
    new = read_fountain(text, play)
    moved = new.scenes[2].elements[0]
    assert moved.text.startswith("The clock had stopped")
    assert moved.id.startswith("s03e")
    assert not moved.edited
    assert not any(o.reason == "edited" for o in new.left_out)


def test_a_left_out_stretch_can_be_brought_back():
    book, reading = long_story()
    play = adapt(book, reading, target_s=45, template=DRAMA, rate_cps=15.0)
    out = next(o for o in play.left_out if o.reason == "scene cut")
    note = f"Somebody came. [[{out.span.start}-{out.span.start + 10}]]"
    text = write_fountain(play).replace("NARRATOR (V.O.)\n", f"NARRATOR (V.O.)\n{note}\n", 1)
    new = read_fountain(text, play)
    assert new.scenes[0].elements[0].edited
    assert not any(o.span.start <= out.span.start < o.span.end for o in new.left_out)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("NARRATOR (V.O.)\n", "NARRATOR (V.O.)\nI made this up.\n", "does not say where in the book"),
        ("NARRATOR (V.O.)\n", "NARRATOR (V.O.)\nI made this up. [[900000-900010]]\n", "no part of this screenplay"),
        ("\nBORIS\n", "\nGANDALF\n", "nobody in the cast"),
        ("INT. THE HOUSE - DAY #s01#", "INT. THE HOUSE - TEATIME #s01#", "not a heading"),
        ("INT. THE HOUSE - DAY #s01#", "INT. THE HOUSE - DAY #s99#", "no known scene"),
        ("EXT. THE FOREST - DUSK #s02#", "INT. THE HOUSE - DAY #s01#", "second heading"),
        ("\nBORIS\n", "\nBORIS\n(hungrily)\n", "no face can show"),
        ("INT. THE HOUSE - DAY #s01#\n", "", "before the first scene heading"),
        ("Under the stone, [", " [", "no words"),
    ],
)
def test_what_cannot_be_read_says_the_line_and_what_to_write(old, new, what):
    play = screenplay()
    text = write_fountain(play)
    assert old in text
    with pytest.raises(ScreenplayError, match=what) as caught:
        read_fountain(text.replace(old, new, 1), play)
    line = caught.value.data["line"]
    assert f"Line {line} " in caught.value.problem
    assert caught.value.hint
    assert 1 <= line <= text.count("\n") + 2


def test_a_line_used_twice_is_an_error():
    play = screenplay()
    line = next(x for x in write_fountain(play).split("\n") if "The clock had stopped" in x)
    read_fountain(write_fountain(play), play)
    again = read_fountain(write_fountain(play).replace(line, f"{line}\n{line}"), play)
    assert sum(e.text.startswith("The clock had stopped") for e in again.elements()) == 2
    assert [e.edited for e in again.elements() if e.text.startswith("The clock had")] == [False, True]
