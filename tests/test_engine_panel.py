"""The panel of an engine, without a browser: its price, its try, its choice; and what Start says of money."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args

import pytest
from film_files import ENGLISH, in_this_process

from bookfilm_nb.production import Production
from bookfilm_nb.studio import Studio, start
from bookfilm_nb.studio.auditions import Door
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.revising import edit_shot, keep_take, takes
from bookfilm_nb.testing import FakeServer
from bookfilm_nb.widgets.panels import EnginePanel, JobPanel, StoryboardPanel

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("english", "no_keys")

DOORS = get_args(Door)
KEY = "sk-audition0planted1key2never3seen"


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS)
def test_the_panel_tells_the_price_tries_and_uses(out: Path, openai_server: FakeServer, door: Door) -> None:
    panel = EnginePanel(out, door)
    assert panel.settled()
    assert panel.test.disabled
    assert panel.use.disabled
    panel.engine.value = "openai"
    assert panel.settled()
    assert not panel.test.disabled
    assert "To try it costs: free" in panel._price.value
    assert "audition(" in panel.code
    assert openai_server.bought.total() == 0
    panel.test.click()
    assert panel.settled(60)
    assert panel.problem == ""
    assert panel.tried is not None
    shown = {"text": "<table", "voice": "<audio", "images": "<img", "video": "<video"}[door]
    assert shown in panel._beside.value
    assert panel._beside.value.count(shown) == (1 if door == "text" else 2)
    assert panel._beside.value.count("poster=") == (2 if door == "video" else 0)
    assert "Nothing was paid" in panel._says.value
    panel.use.click()
    assert panel.problem == ""
    choices = Production.open(out).choices
    assert getattr(choices, door) == "openai"
    assert choices.video_shots == ("all" if door == "video" else "")
    assert f"{door}='openai'" in panel.code
    assert panel.use.disabled


def test_a_models_reply_is_shown_word_for_word_whether_it_could_be_used_or_not(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = f"I would <b>rather</b> not, {KEY}."
    answers = iter([bad, bad, bad])
    good = '{"picks": [{"sentence": 1, "worth": 5}]} <i>there</i>'
    with FakeServer(answer=lambda *_: next(answers, good)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        panel = EnginePanel(out, "text")
        panel.engine.value = "openai"
        shown = []
        for _ in range(2):
            assert panel.settled()
            panel.test.click()
            assert panel.settled(60)
            shown.append((panel.problem, panel._beside.value))
    (problem, failed), (none, repaired) = shown
    assert "replied twice in another shape" in problem
    assert none == ""
    for said in (failed, repaired):
        assert said.count("<details>") == said.count('<pre class="bookfilm-log" tabindex="0"') == 1
        assert "part 1 of 1" in said
        assert KEY not in said
    assert "I would &lt;b&gt;rather&lt;/b&gt; not, ***.</pre>" in failed
    assert "&lt;i&gt;there&lt;/i&gt;</pre>" in repaired
    assert ["could not be used" in said for said in (failed, repaired)] == [True, False]
    assert ["this is the second" in said for said in (failed, repaired)] == [False, True]


def test_the_panel_says_what_else_there_is_and_keeps_its_key(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = EnginePanel(out, "images")
    assert "Set OPENAI_API_KEY" in panel._others.value
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    panel.refresh()
    names = [name for _, name in panel.engine.options]
    assert "openai:gpt-image-2.6-flare" in names
    assert not any("dall-e" in name for name in names)
    panel.engine.value = "openai:gpt-image-2.6-flare"
    assert panel.settled()
    assert "No budget is set" in panel._price.value
    assert re.search(r"To try it costs: 0\.\d+ USD \(0\.\d+ – 0\.\d+ USD\)", panel._price.value)
    assert KEY not in json.dumps([panel._price.value, panel._others.value, panel.code, panel._says.value])


def test_before_the_cut_the_panel_chooses_but_does_not_try(tmp_path: Path, openai_server: FakeServer) -> None:
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    start(book, tmp_path / "film", minutes=0.3).store.close()
    panel = EnginePanel(tmp_path / "film", "images")
    panel.engine.value = "openai"
    assert panel.settled()
    assert panel.test.disabled
    assert "Run the film up to" in panel._price.value
    panel.use.click()
    assert Production.open(tmp_path / "film").choices.images == "openai"
    assert openai_server.bought.total() == 0


def test_start_is_beside_what_the_film_costs(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = JobPanel(out)
    assert panel.settled()
    assert "costs nothing" in panel._price.value
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with look(out) as film:
        book = film.choices.book
    start(book, out, images="openai", budget_usd=2.0).store.close()
    panel.refresh()
    assert panel.settled()
    assert re.search(r"the whole film would cost 0\.\d+ USD \(", panel._price.value)
    assert "The budget is 2 USD" in panel._price.value


def test_a_free_film_says_so_before_its_book_is_read_and_a_paid_one_asks_for_an_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    start(book, tmp_path / "film", minutes=0.3).store.close()
    panel = JobPanel(tmp_path / "film")
    assert panel.settled()
    assert "costs nothing" in panel._price.value
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    start(book, tmp_path / "film", images="openai").store.close()
    panel.refresh()
    assert panel.settled()
    assert "press Estimate" in panel._price.value


@pytest.mark.slow
def test_what_must_be_said_of_an_engine_is_said_once(out: Path) -> None:
    with look(out) as film:
        book = film.choices.book
    start(book, out, voice="hibari").store.close()
    with in_this_process(), Production.open(out).locked() as production:
        _ = Studio(production).timeline
    panel = EnginePanel(out, "voice")
    panel.engine.value = "espeak"
    assert panel.settled()
    panel.test.click()
    assert panel.settled()
    assert f"{panel._price.value} {panel._says.value}".count("last resort") == 1


@pytest.mark.slow
def test_takes_of_a_hired_engine_are_compared_and_kept(out: Path, openai_server: FakeServer) -> None:
    """What was bought with another prompt can be the film's again, without being bought again."""
    with look(out) as film:
        book, shot = film.choices.book, film.storyboard.shots[0]
    production = start(book, out, images="openai")
    with production.locked():
        _ = Studio(production).pictures
    edit_shot(out, shot.id, prompt=f"Night, storm. {shot.prompt}")
    with production.locked():
        _ = Studio(production).pictures
    bought = openai_server.bought["images"]
    found = takes(out, shot.id)
    openai = [t for t in found if t.shot is not None]
    assert [t.current for t in openai] == [False, True]
    panel = StoryboardPanel(out)
    assert panel.settled()
    now = panel.grid.items[0]["src"]  # type: ignore[call-overload]
    keep_take(out, shot.id, openai[0].number)
    panel.refresh()
    assert panel.settled()
    assert panel.grid.items[0]["src"] not in {now, ""}  # type: ignore[call-overload]
    with production.locked():
        made = Studio(production).pictures[shot.id]
    assert made == openai[0].take.model_copy(update={"shot": shot.id})
    assert openai_server.bought["images"] == bought
