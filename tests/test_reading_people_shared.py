"""The reading against annotated books, where they are at hand."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("BOOKFILM_SHARED_DATA", ROOT.parent / "shared" / "data"))
sys.path.insert(0, str(ROOT / "bench"))

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DATA / "annotated").is_dir(), reason="the annotated books are not here: set BOOKFILM_SHARED_DATA"
    ),
]


@pytest.mark.parametrize("name", ["AlicesAdventuresInWonderland", "DaisyMiller", "TheSignOfTheFour"])
def test_novels(name: str) -> None:
    from reading import novel

    figures = novel(DATA / "annotated" / name)
    assert figures["quote_f1_nested_kept"] >= 0.94
    assert figures["speaker_explicit"] >= 0.9
    assert figures["speaker_anaphoric"] >= 0.55
    assert figures["sure_right"] > figures["unsure_right"]
    assert figures["character_recall"] == 1
    assert figures["seconds"] < 15


def test_viy() -> None:
    from bookfilm_nb.books import read_book
    from bookfilm_nb.reading import analyse

    reading = analyse(read_book(DATA / "books" / "Gogol_Viy.txt"))
    people = {c.name: c for c in reading.characters}
    assert {"Хома Брут", "Сотник", "Дорош", "Явтух", "Спирид", "Халява", "Ректор", "Панночка"} <= set(people)
    assert people["Хома Брут"].sex == "male"
    assert people["Панночка"].sex == "female"
    assert people["Старуха"].age == "old"
    assert "Ковтун" in people["Явтух"].names
    assert max(reading.characters, key=lambda c: c.quotes).name == "Хома Брут"
