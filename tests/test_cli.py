"""The verbs from a shell: one JSON object each, exit codes, one process a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from film_files import ENGLISH, bookfilm

from bookfilm_nb.books import bundled, read_book
from bookfilm_nb.cli import main
from bookfilm_nb.production import Production
from bookfilm_nb.studio import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., dict[str, Any]]

SMALL = ("--minutes", "0.3", "--size", "480p")
QUICK = (*SMALL, "--voice", "espeak")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A verb run here with --json; what it printed, which must be one JSON object on one line."""

    def told(*arguments: str | Path) -> dict[str, Any]:
        assert main([*map(str, arguments), "--json"]) == 0
        out = capsys.readouterr().out
        assert out.endswith("\n")
        assert out.count("\n") == 1
        found: dict[str, Any] = json.loads(out)
        assert isinstance(found, dict)
        return found

    return told


def test_read_says_where_every_character_went(run: Run) -> None:
    facts = run("read", "ru")
    characters = facts["characters"]
    assert characters["file"] == characters["book"] + sum(characters["set_aside"].values())
    assert (facts["language"], facts["format"]) == ("ru", "txt")
    assert characters["file"] == len(bundled("ru").read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_analyse_is_data_whose_offsets_count_the_files_characters(run: Run, language: str) -> None:
    reading = run("analyse", language)
    text = bundled(language).read_bytes().decode("utf-8")
    people = {c["id"]: c for c in reading["characters"]}
    assert len(people) >= 4
    for person in people.values():
        assert {"id", "name", "names", "sex", "age", "looks"} <= set(person)
    assert len(reading["quotes"]) >= 10
    for quote in reading["quotes"]:
        start, end = quote["start"], quote["end"]
        assert " ".join(text[start:end].split()) == quote["text"]
        assert quote["speaker"] is None or quote["speaker"] in people
        assert quote["kind"] in {"explicit", "anaphoric", "implicit"}
        assert 0 <= quote["confidence"] <= 1
    places = {p["id"] for p in reading["places"]}
    assert len(places) >= 3
    assert {s["place"] for s in reading["scenes"]} <= places
    assert [s["start"] for s in reading["scenes"]] == sorted(s["start"] for s in reading["scenes"])


def test_the_early_stages(run: Run, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "film", *SMALL)
    adapted = run("adapt", "en", *out)
    assert Path(adapted["screenplay"]).read_text("utf-8").startswith("Title: ")
    planned = run("storyboard", "en", *out)
    assert Path(planned["storyboard"]).read_text("utf-8").count("\n") == planned["shots"] + 1
    voiced = run("voice", "en", *out)
    assert voiced["lines"] > 0
    assert 0 < voiced["seconds"] < 18
    rows = {r["stage"]: r for r in run("status", tmp_path / "film")["stages"]}
    assert tuple(rows) == STAGES
    assert rows["voice"]["finished"] >= voiced["lines"]
    assert rows["shoot"]["finished"] == 0


@pytest.mark.slow
def test_every_stage_from_a_shell(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    folder = tmp_path / "film"
    out = ("--out", folder, *SMALL)
    shot = run("shoot", book, *out)
    assert shot["images"] == "illustrator"
    cut = run("cut", book, *out)
    assert cut["shots"] == shot["pictures"]
    assert cut["seconds"] == pytest.approx(18, rel=0.15)
    assert run("render", book, *out)["segments"] == cut["shots"]
    delivered = run("deliver", book, *out)
    assert Path(delivered["film"]).is_file()
    reviewed = run("review", book, *out)
    assert all(gate["passed"] for gate in reviewed["gates"])
    made = len(Production.open(folder).store.ledger())
    film = run("film", book, *out)
    assert film == reviewed
    assert len(Production.open(folder).store.ledger()) == made
    assert film["seconds"] == pytest.approx(cut["seconds"], abs=0.001)
    for path in (
        film["film"],
        film["screenplay"],
        film["storyboard"],
        film["poster"],
        film["report"],
        *film["captions"],
    ):
        assert Path(path).is_absolute()
        assert Path(path).stat().st_size > 0
    told = run("status", folder)
    assert told["film"] == str(folder / "film" / "film.mp4")
    assert all(row["finished"] and not row["failed"] for row in told["stages"])


def test_doctor_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json"])
    facts = json.loads(capsys.readouterr().out)
    assert code == (0 if facts["ok"] else 3)
    assert "hibari" in facts["voices"]["en"]
    assert facts["parts"]["gTTS"]["says"].startswith("2.5")
    assert main(["doctor"]) == code
    assert "voices for en: hibari" in capsys.readouterr().out


def test_doctor_says_how_to_get_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from importlib.metadata import PackageNotFoundError

    from bookfilm_nb import doctor

    honest = doctor.version

    def version(name: str) -> str:
        if name == "mutagen":
            raise PackageNotFoundError(name)
        return "2.2.4" if name == "gTTS" else honest(name)

    monkeypatch.setattr(doctor, "version", version)
    assert main(["doctor"]) == 3
    out = capsys.readouterr().out
    assert "MISSING mutagen: not installed; pip install mutagen" in out
    assert "MISSING gTTS: 2.2.4" in out


def test_without_json_a_person_can_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "en"]) == 0
    assert f"title: {read_book(bundled('en')).title}" in capsys.readouterr().out
    assert main(["analyse", "en"]) == 0
    assert "s01" in capsys.readouterr().out
    assert main(["adapt", "en", "--out", str(tmp_path / "film"), *QUICK]) == 0
    assert "screenplay: " in capsys.readouterr().out
    assert main(["status", str(tmp_path / "film")]) == 0
    assert "no film yet" in capsys.readouterr().out


def test_the_second_process_on_a_folder_says_who_has_it(tmp_path: Path) -> None:
    import os

    assert main(["adapt", "en", "--out", str(tmp_path / "film"), *QUICK]) == 0
    with Production.open(tmp_path / "film").locked():
        done = bookfilm("film", "en", "--out", tmp_path / "film", *QUICK, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["error"] == "StoreError"
    assert f"process {os.getpid()}" in told["problem"]
    assert "Traceback" not in done.stderr


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["--version"], ["film", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
    out = capsys.readouterr().out
    for verb in ("film", *STAGES[:4], "voice", "shoot", "cut", "render", "deliver", "review", "status", "doctor"):
        assert verb in out
