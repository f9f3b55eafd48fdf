"""Auditions: one piece by another engine beside the film's own, paid once, and nothing else of the film changed."""

from __future__ import annotations

import io
import json
import re
import shutil
from typing import TYPE_CHECKING, Any, get_args

import pytest
from film_files import ENGLISH
from PIL import Image

from bookfilm_nb.errors import BudgetError, ChoiceError, MissingPartError, RetiredError, StoreError
from bookfilm_nb.model import ClipTake, Estimate, PictureTake, Receipt, Screenplay, Shot, VoiceTake
from bookfilm_nb.production import Production, Till
from bookfilm_nb.providers import Capabilities, Drawing, registry
from bookfilm_nb.providers.pictures import flat_drawing
from bookfilm_nb.providers.registry import offer
from bookfilm_nb.studio import Studio, start
from bookfilm_nb.studio.auditions import Door, audition, engines, pieces, price_of, sentences
from bookfilm_nb.studio.looking import NotYetError, look
from bookfilm_nb.studio.previewing import thumbnail
from bookfilm_nb.studio.revising import edit_shot, keep_take, takes
from bookfilm_nb.testing import FakeServer, Truncate
from bookfilm_nb.testing.script import Script
from bookfilm_nb.widgets.panels import EnginePanel, JobPanel, StoryboardPanel
from bookfilm_nb.widgets.words import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOORS = get_args(Door)
KEY = "sk-audition0planted1key2never3seen"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production that is cut, and not rendered."""
    folder = tmp_path_factory.mktemp("auditions")
    (folder / "clock.txt").write_text(ENGLISH, "utf-8")
    production = start(folder / "clock.txt", folder / "film", minutes=0.4, size="480p", voice="espeak")
    with production.locked():
        _ = Studio(production).timeline
    production.store.close()
    return folder / "film"


@pytest.fixture
def out(master: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own."""
    return shutil.copytree(master, tmp_path / "film")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_VIDEOS_BASE_URL", "BOOKFILM_GTTS_URL"):
        monkeypatch.delenv(name, raising=False)
    set_language("en")
    yield
    set_language("")


def answer(prompt: str, _schema: dict[str, Any] | None) -> str:
    """Every second sentence is worth hearing."""
    numbers = [int(number) for number in re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)]
    return json.dumps({"picks": [{"sentence": number, "worth": 5} for number in numbers[::2]]})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    with FakeServer(answer=answer, polls=0) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.openai_url)
        yield fake


def piece(out: Path, door: Door) -> str:
    return next(iter(pieces(out, door)), "")


def state(out: Path) -> dict[str, bytes]:
    """Everything of the production that a person sees."""
    return {name: (out / name).read_bytes() for name in ("production.toml", "screenplay.fountain", "storyboard.csv")}


@pytest.mark.parametrize(
    ("door", "made", "has"),
    [
        ("text", Screenplay, Screenplay),
        ("voice", VoiceTake, VoiceTake),
        ("images", PictureTake, PictureTake),
        ("video", ClipTake, PictureTake),
    ],
)
def test_a_piece_is_made_beside_the_films_own_and_changes_nothing(
    out: Path, server: FakeServer, door: Door, made: type, has: type
) -> None:
    before = state(out)
    with look(out) as film:
        timeline = film.timeline.digest()
    tried = audition(out, door, "openai", piece(out, door))
    assert isinstance(tried.take, made)
    assert isinstance(tried.now, has)
    assert tried.take != tried.now
    assert tried.paid == 0
    assert server.bought[door] >= 1
    assert state(out) == before
    with look(out) as film:
        assert film.timeline.digest() == timeline


@pytest.mark.parametrize("door", DOORS)
def test_what_was_tried_is_not_bought_again(out: Path, server: FakeServer, door: Door) -> None:
    audition(out, door, "openai", piece(out, door))
    once = server.bought.copy()
    audition(out, door, "openai", piece(out, door))
    assert server.bought == once
    production = Production.open(out)
    calls = Till(production.store).calls()
    assert {call.state for call in calls} == {"settled"}
    assert len(calls) == sum(once.values())


def test_the_film_takes_over_what_was_tried(out: Path, server: FakeServer) -> None:
    tried = [name for name, prompt in pieces(out, "images").items() if "[" in prompt][:2]
    keys = []
    for name in tried:
        audition(out, "images", "openai", name)
    bought = server.bought["images"]
    with look(out) as film:
        book = film.choices.book
    production = start(book, out, images="openai")
    with production.locked():
        studio = Studio(production)
        made = studio.pictures
        keys = [studio.picture_key(shot) for shot in studio.storyboard.shots]
    assert None not in keys
    assert all(made[name].layers for name in tried)
    till = Till(production.store)
    assert len({call.key for call in till.calls()}) == len(till.calls()) == server.bought["images"] > bought


def test_a_real_price_is_told_before_and_the_budget_holds(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    shots = [name for name, prompt in pieces(out, "images").items() if "[" in prompt]
    found = price_of(out, "images", "openai:gpt-image-2.6-flare", shots[0])
    assert found.piece.low is not None
    assert found.piece.high is not None
    assert 0 < found.piece.low < found.piece.high
    assert found.stage.estimate.high is not None
    assert found.stage.estimate.high > found.piece.high
    assert found.stage.calls >= len(pieces(out, "images"))
    with look(out) as film:
        book = film.choices.book
    start(book, out, budget_usd=0.0001).store.close()
    with pytest.raises(BudgetError):
        audition(out, "images", "openai:gpt-image-2.6-flare", shots[0])
    production = Production.open(out)
    assert Till(production.store).calls() == ()
    assert Till(production.store).spent().held == 0


class Priced:
    """A flat picture for four cents, by an engine of this process."""

    name = "priced"
    capabilities = Capabilities(licence="CC0-1.0", parallel=1, model="mine/priced")

    def estimate(self, shot: Shot, *, width: int, height: int, references: int = 0) -> Estimate:  # noqa: ARG002
        return Estimate(low=0.03, likely=0.04, high=0.05, basis="four cents a picture")

    def draw(self, shot: Shot, *, width: int, height: int) -> Drawing:
        receipt = Receipt(model="mine/priced", usage={"pictures": 1}, cost=0.04)
        file = io.BytesIO()
        Image.new("RGB", (width, height), "teal").save(file, "PNG")
        return flat_drawing(shot, file.getvalue(), width=width, height=height, engine=self.name, receipt=receipt)


def test_what_was_paid_is_told_and_stands_in_the_ledger(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_offered", {})  # for this test alone
    offer("images", "priced", Priced)
    name = piece(out, "images")
    found = price_of(out, "images", "priced", name)
    assert (found.piece.likely, found.piece.high) == (0.04, 0.05)
    assert found.stage.estimate.likely == pytest.approx(0.04 * len(pieces(out, "images")))
    panel = EnginePanel(out, "images")
    panel.engine.value = "priced"
    assert panel.settled()
    assert "To try it costs: 0.04 USD (0.03 – 0.05 USD)" in panel._price.value.replace("0.040", "0.04")
    panel.test.click()
    assert panel.settled()
    assert panel.tried is not None
    assert panel.tried.paid == 0.04
    assert "Paid: 0.0400 USD" in panel._says.value
    assert price_of(out, "images", "priced", name).piece.high == 0
    assert audition(out, "images", "priced", name).paid == 0
    production = Production.open(out)
    assert Till(production.store).spent().settled == pytest.approx(0.04)
    production.store.close()


def test_an_unknown_price_is_never_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    found = price_of(out, "text", "openai:gpt-nobody-knows")
    assert not found.piece.known
    assert not found.stage.estimate.known


def test_what_is_there_costs_nothing_more(out: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    name = piece(out, "voice")
    assert price_of(out, "voice", "espeak", name).piece.high == 0
    del server
    with look(out) as film:
        assert film.choices.voice == "espeak"
    monkeypatch.delenv("OPENAI_BASE_URL")
    tried = audition(out, "voice", "espeak", name)
    assert tried.take == tried.now
    assert tried.paid == 0


def test_an_engine_of_this_machine_needs_no_server(out: Path) -> None:
    tried = audition(out, "voice", "hibari", piece(out, "voice"))
    assert isinstance(tried.take, VoiceTake)
    assert tried.take.voice == "hibari"
    drawn = audition(out, "images", "illustrator", piece(out, "images"))
    assert drawn.take == drawn.now


def test_wrong_names_and_what_is_not_there_are_said(out: Path, tmp_path: Path, server: FakeServer) -> None:
    with pytest.raises(ChoiceError, match="no shot 's99h99'"):
        audition(out, "images", "openai", "s99h99")
    with pytest.raises(ChoiceError, match="no line"):
        price_of(out, "voice", "openai", "s01h01")
    with pytest.raises(ChoiceError):
        audition(out, "images", "nobody", piece(out, "images"))
    with pytest.raises(ChoiceError, match="no door"):
        engines("smell")  # type: ignore[arg-type]
    with pytest.raises(ChoiceError, match="does not speak"):
        _russian(tmp_path)
    assert server.bought.total() == 0
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    start(book, tmp_path / "new", minutes=0.3).store.close()
    with pytest.raises(NotYetError):
        audition(tmp_path / "new", "images", "openai", "s01h01")
    with pytest.raises(NotYetError):
        price_of(tmp_path / "new", "text", "openai")


def _russian(tmp_path: Path) -> None:
    """An English voice is asked to read a Russian film."""
    book = tmp_path / "книга.txt"
    book.write_text(
        "Иван пришёл домой. «Здравствуй, Мария», — сказал он. Мария молча смотрела в окно. Был вечер.", "utf-8"
    )
    production = start(book, tmp_path / "ru", minutes=0.2, size="480p", voice="espeak", language="ru")
    with production.locked():
        _ = Studio(production).timeline
    production.store.close()
    audition(tmp_path / "ru", "voice", "hibari", piece(tmp_path / "ru", "voice"))


def test_an_ended_model_and_a_missing_key_are_refused(out: Path) -> None:
    with pytest.raises(RetiredError):
        audition(out, "images", "openai:dall-e-3", piece(out, "images"))
    with pytest.raises(MissingPartError, match="OPENAI_API_KEY"):
        audition(out, "images", "openai:gpt-image-2.6-flare", piece(out, "images"))


def test_a_held_production_is_not_auditioned_for(out: Path, server: FakeServer) -> None:
    with Production.open(out).locked(), pytest.raises(StoreError, match="is being worked on"):
        audition(out, "images", "openai", piece(out, "images"))
    assert server.bought.total() == 0


def test_what_works_now_is_offered_and_nothing_else(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "openai" in {offer.name for offer in engines("images", "en")}
    assert "hibari" not in {offer.name for offer in engines("voice", "ru")}
    monkeypatch.delenv("OPENAI_BASE_URL")
    assert not any(offer.name.startswith("openai") for door in DOORS for offer in engines(door))
    assert "illustrator" in {offer.name for offer in engines("images")}
    assert server.bought.total() == 0


def test_sentences_of_two_screenplays_are_told_apart(out: Path, server: FakeServer) -> None:
    tried = audition(out, "text", "openai")
    with look(out) as film:
        book, play = film.book, film.screenplay
    assert isinstance(tried.take, Screenplay)
    assert server.bought["text"] == 1
    heard = sentences(book, play, tried.take)
    assert {(one.now, one.tried) for one in heard} >= {(True, True)}
    for which, said in (("now", play), ("tried", tried.take)):
        told = "".join(one.words for one in heard if getattr(one, which))
        assert re.sub(r"\W", "", told) == re.sub(r"\W", "", "".join(e.text for e in said.elements() if e.spoken))
    assert all(one.now and one.tried for one in sentences(book, play, play))


def test_a_clip_that_comes_cut_off_is_fetched_again_and_paid_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer(script=Script([Truncate()], path="/content$"), polls=0) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.openai_url)
        tried = audition(out, "video", "openai", piece(out, "video"))
        assert fake.bought["video"] == 1
    with look(out) as film:
        picture = thumbnail(film.production, tried.take)  # type: ignore[arg-type]
    assert picture.startswith(b"\xff\xd8")


# The panel


@pytest.mark.parametrize("door", DOORS)
def test_the_panel_tells_the_price_tries_and_uses(out: Path, server: FakeServer, door: Door) -> None:
    panel = EnginePanel(out, door)
    assert panel.settled()
    assert panel.test.disabled
    assert panel.use.disabled
    panel.engine.value = "openai"
    assert panel.settled()
    assert not panel.test.disabled
    assert "To try it costs: free" in panel._price.value
    assert "audition(" in panel.code
    assert server.bought.total() == 0
    panel.test.click()
    assert panel.settled(60)
    assert panel.problem == ""
    assert panel.tried is not None
    shown = {"text": "<table", "voice": "<audio", "images": "<img", "video": "<video"}[door]
    assert shown in panel._beside.value
    assert panel._beside.value.count(shown) == (1 if door == "text" else 2)
    assert "Nothing was paid" in panel._says.value
    panel.use.click()
    assert panel.problem == ""
    choices = Production.open(out).choices
    assert getattr(choices, door) == "openai"
    assert choices.video_shots == ("all" if door == "video" else "")
    assert f"{door}='openai'" in panel.code
    assert panel.use.disabled


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


def test_before_the_cut_the_panel_chooses_but_does_not_try(tmp_path: Path, server: FakeServer) -> None:
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
    assert server.bought.total() == 0


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


def test_takes_of_a_hired_engine_are_compared_and_kept(out: Path, server: FakeServer) -> None:
    """What was bought with another prompt can be the film's again, without being bought again."""
    with look(out) as film:
        book, shot = film.choices.book, film.storyboard.shots[0]
    production = start(book, out, images="openai")
    with production.locked():
        _ = Studio(production).pictures
    edit_shot(out, shot.id, prompt=f"Night, storm. {shot.prompt}")
    with production.locked():
        _ = Studio(production).pictures
    bought = server.bought["images"]
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
    assert server.bought["images"] == bought
