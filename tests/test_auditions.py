"""Auditions: one piece by another engine beside the film's own, paid once, and nothing else of the film changed."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, get_args

import pytest
from film_files import ENGLISH, in_this_process
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
from bookfilm_nb.testing import FakeServer, Truncate
from bookfilm_nb.testing.script import Script
from bookfilm_nb.widgets.panels import EnginePanel

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("english", "no_keys")

DOORS = get_args(Door)
KEY = "sk-audition0planted1key2never3seen"


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
    out: Path, openai_server: FakeServer, door: Door, made: type, has: type
) -> None:
    before = state(out)
    with look(out) as film:
        timeline = film.timeline.digest()
    tried = audition(out, door, "openai", piece(out, door))
    assert isinstance(tried.take, made)
    assert isinstance(tried.now, has)
    assert tried.take != tried.now
    assert tried.paid == 0
    assert openai_server.bought[door] >= 1
    assert state(out) == before
    with look(out) as film:
        assert film.timeline.digest() == timeline


@pytest.mark.parametrize("door", DOORS)
def test_what_was_tried_is_not_bought_again(out: Path, openai_server: FakeServer, door: Door) -> None:
    audition(out, door, "openai", piece(out, door))
    once = openai_server.bought.copy()
    audition(out, door, "openai", piece(out, door))
    assert openai_server.bought == once
    production = Production.open(out)
    calls = Till(production.store).calls()
    assert {call.state for call in calls} == {"settled"}
    assert len(calls) == sum(once.values())


@pytest.mark.slow
def test_the_film_takes_over_what_was_tried(out: Path, openai_server: FakeServer) -> None:
    tried = [name for name, prompt in pieces(out, "images").items() if "[" in prompt][:2]
    keys = []
    for name in tried:
        audition(out, "images", "openai", name)
    bought = openai_server.bought["images"]
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
    assert len({call.key for call in till.calls()}) == len(till.calls()) == openai_server.bought["images"] > bought


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


def test_what_is_there_costs_nothing_more(
    out: Path, openai_server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = piece(out, "voice")
    assert price_of(out, "voice", "espeak", name).piece.high == 0
    del openai_server
    with look(out) as film:
        assert film.choices.voice == "espeak"
    monkeypatch.delenv("OPENAI_BASE_URL")
    tried = audition(out, "voice", "espeak", name)
    assert tried.take == tried.now
    assert tried.paid == 0


@pytest.mark.slow
def test_an_engine_of_this_machine_needs_no_server(out: Path) -> None:
    tried = audition(out, "voice", "hibari", piece(out, "voice"))
    assert isinstance(tried.take, VoiceTake)
    assert tried.take.voice == "hibari"
    drawn = audition(out, "images", "illustrator", piece(out, "images"))
    assert drawn.take == drawn.now


def test_wrong_names_and_what_is_not_there_are_said(out: Path, tmp_path: Path, openai_server: FakeServer) -> None:
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
    assert openai_server.bought.total() == 0
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
    with in_this_process(), production.locked():
        _ = Studio(production).screenplay
    production.store.close()
    audition(tmp_path / "ru", "voice", "hibari", piece(tmp_path / "ru", "voice"))


def test_an_ended_model_and_a_missing_key_are_refused(out: Path) -> None:
    with pytest.raises(RetiredError):
        audition(out, "images", "openai:dall-e-3", piece(out, "images"))
    with pytest.raises(MissingPartError, match="OPENAI_API_KEY"):
        audition(out, "images", "openai:gpt-image-2.6-flare", piece(out, "images"))


def test_a_held_production_is_not_auditioned_for(out: Path, openai_server: FakeServer) -> None:
    with Production.open(out).locked(), pytest.raises(StoreError, match="is being worked on"):
        audition(out, "images", "openai", piece(out, "images"))
    assert openai_server.bought.total() == 0


def test_what_works_now_is_offered_and_nothing_else(openai_server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "openai" in {offer.name for offer in engines("images", "en")}
    assert "hibari" not in {offer.name for offer in engines("voice", "ru")}
    monkeypatch.delenv("OPENAI_BASE_URL")
    assert not any(offer.name.startswith("openai") for door in DOORS for offer in engines(door))
    assert "illustrator" in {offer.name for offer in engines("images")}
    assert openai_server.bought.total() == 0


def test_sentences_of_two_screenplays_are_told_apart(out: Path, openai_server: FakeServer) -> None:
    tried = audition(out, "text", "openai")
    with look(out) as film:
        book, play = film.book, film.screenplay
    assert isinstance(tried.take, Screenplay)
    assert openai_server.bought["text"] == 1
    heard = sentences(book, play, tried.take)
    assert {(one.now, one.tried) for one in heard} >= {(True, True)}
    for which, said in (("now", play), ("tried", tried.take)):
        told = "".join(one.words for one in heard if getattr(one, which))
        assert re.sub(r"\W", "", told) == re.sub(r"\W", "", "".join(e.text for e in said.elements() if e.spoken))
    assert all(one.now and one.tried for one in sentences(book, play, play))


@pytest.mark.slow
def test_a_clip_that_comes_cut_off_is_fetched_again_and_paid_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer(script=Script([Truncate()], path="/content$"), polls=0) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.openai_url)
        tried = audition(out, "video", "openai", piece(out, "video"))
        assert fake.bought["video"] == 1
    with look(out) as film:
        picture = thumbnail(film.production, tried.take)  # type: ignore[arg-type]
    assert picture.startswith(b"\xff\xd8")
