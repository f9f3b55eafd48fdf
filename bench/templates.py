"""Pacing figures by genre from measured films, and the figures of every shipped template, with rows.

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.model import PERIODS, Figure
from bookfilm_nb.movies import GENRES, template_for
from bookfilm_nb.movies.pacing import (
    act_curve,
    asl_model,
    films,
    fits_table,
    genre_pacing,
    join_genres,
    lengths_by_film,
    load_cinemetrics,
    load_shots,
    load_top_grossing,
    movielens_films,
)

if TYPE_CHECKING:
    import pandas as pd

    from bookfilm_nb.movies.table import TableReport

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("BOOKFILM_SHARED_DATA", ROOT.parent / "shared" / "data")) / "pacing"
YEARS = (1990, 2016)
"""What the join with MovieLens covers of the newest period."""
LATE = ("biography", "history")
"""Genres that MovieLens lacks."""


def of_genres(cinemetrics: Path, top: Path | None, *, aliases: bool) -> dict[str, dict[str, object]]:
    """Average and median shot length by genre over the films that are in Cinemetrics and in MovieLens."""
    loaded = load_cinemetrics(cinemetrics)
    told(loaded.report)
    measured = films(loaded.table)
    told(measured.report)
    known = join_genres(measured.table, movielens_films(), aliases=aliases)
    late = join_genres(measured.table, load_top_grossing(top).table, aliases=aliases) if top else known
    print(f"{len(measured.table)} films, {len(known)} of them in MovieLens; {YEARS[0]}-{YEARS[1]}:")
    print(f"{'genre':12} films  ASL s   quartiles     median shot s  sigma*")
    found: dict[str, dict[str, object]] = {}
    for genre in GENRES:
        pacing = genre_pacing(late if genre in LATE else known, genre, YEARS, "Cinemetrics")
        if pacing is None:
            continue
        asl, shot, sigma = pacing.shot_length_s, pacing.median_shot_s, pacing.shot_sigma
        print(
            f"{genre:12} {asl.rows:5}  {asl.value:5.2f}   {asl.low:5.2f} - {asl.high:5.2f}  "
            f"{plain(shot):>8}  {plain(sigma):>11}"
        )
        found[genre] = {"films": asl.rows, "asl_s": asl.value, "low_s": asl.low, "high_s": asl.high,
                        "median_shot_s": shot and shot.value, "sigma_of_averages": sigma and sigma.value}  # fmt: skip
    print("* of the law with a film's average and median; fitted to every shot it is smaller, see below\n")
    return found


def of_shots(cutting: Path, genres: Path | None) -> dict[str, object]:
    """The lognormal fit and the four acts of the films whose every shot is known."""
    loaded = load_shots(cutting, genres)
    told(loaded.report)
    fits = fits_table(loaded.table)
    sigma, ks, straight = (
        fits[name].to_numpy(dtype=float) for name in ("sigma", "ks_distance", "quantile_correlation")
    )
    low, middle, high = np.quantile(sigma, (0.25, 0.5, 0.75))
    rejected = int((fits["ks_distance"] > fits["ks_critical"]).sum())
    print(f"{len(fits)} films, {len(loaded.table)} shots: lognormal sigma {middle:.3f} ({low:.3f} - {high:.3f})")
    print(
        f"  Kolmogorov-Smirnov distance {np.median(ks):.3f}, quantile correlation {np.median(straight):.4f}; ", end=""
    )
    print(f"exactly lognormal is refuted at 5 % for {rejected}")
    print()
    acts = of_acts(loaded.table, cutting.name) if len(fits) > 1 else {}
    return {
        "films": len(fits),
        "shots": len(loaded.table),
        "sigma": round(float(middle), 4),
        "sigma_low": round(float(low), 4),
        "sigma_high": round(float(high), 4),
        "ks_distance": round(float(np.median(ks)), 4),
        "quantile_correlation": round(float(np.median(straight)), 4),
        "not_exactly_lognormal": rejected,
        **acts,
    }


def of_acts(shots: pd.DataFrame, source: str) -> dict[str, object]:
    """Shot length by act, and whether the acts differ."""
    curve = act_curve(lengths_by_film(shots).values(), source)
    for number, act in enumerate(curve.parts, 1):
        print(
            f"  act {number}: {act.value:.3f} of the film's average ({act.low:.3f} - {act.high:.3f}), {act.rows} films"
        )
    test = curve.test
    print(f"  acts differ: Friedman {test.statistic:.1f}, p {test.p_value:.2g}, Kendall's W {test.kendall_w:.3f}\n")
    return {
        "acts": [act.value for act in curve.parts],
        "acts_p": test.p_value,
        "acts_kendall_w": round(test.kendall_w, 4),
    }


def of_templates() -> dict[str, dict[str, object]]:
    """The figures of every template that ships, with the films that each rests on."""
    print("template                runtime min    shot s         median shot s  sigma         scene s        dialogue")
    found: dict[str, dict[str, object]] = {}
    for genre in GENRES:
        for period in PERIODS:
            template = template_for(genre, period)
            figures = {
                "runtime_min": template.runtime_min,
                "shot_length_s": template.shot_length_s,
                "median_shot_s": template.median_shot_s,
                "shot_sigma": template.shot_sigma,
                "scene_length_s": template.scene_length_s,
                "dialogue_share": template.dialogue_share,
            }
            print(f"{genre:12} {period:10} {'  '.join(map(shown, figures.values()))}")
            found[f"{genre} {period}"] = {
                name: {"value": figure.value, "rows": figure.rows} for name, figure in figures.items()
            }
    return found


def plain(figure: Figure | None) -> str:
    """The value of a figure that may be unknown."""
    return f"{figure.value:.2f}" if figure else "unknown"


def shown(figure: Figure) -> str:
    """Value and rows of a figure, for a column of the table."""
    return f"{figure.value:7.2f} ({figure.rows})".ljust(13)


def told(report: TableReport) -> None:
    """One line on what became of the rows of a file."""
    print(f"{report.file}: {report.rows_in} rows in, {report.rows_out} out; set aside {dict(report.set_aside)}")
    if report.repaired or report.unknown:
        print(f"  repaired {dict(report.repaired)}; unknown {dict(report.unknown)}")


def main() -> int:
    """Prints the figures; returns the exit code of what could not be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cinemetrics", type=Path, default=DATA / "cinemetrics" / "cinemetrics.csv")
    parser.add_argument("--cutting", type=Path, default=DATA / "cutting_redfern" / "cutting.csv")
    parser.add_argument("--genres", type=Path, help="title,genre of the films of --cutting (film_genre.csv beside it)")
    parser.add_argument("--top", type=Path, help="year,title,genre of top-grossing films: biography, history")
    parser.add_argument("--aliases", action="store_true", help="join by the names in brackets too")
    given = parser.parse_args()
    beside, top = given.cutting.with_name("film_genre.csv"), DATA / "movies_50_years_genre.csv"
    try:
        figures = {
            "genres": of_genres(given.cinemetrics, given.top or (top if top.exists() else None), aliases=given.aliases),
            "shots": of_shots(given.cutting, given.genres or (beside if beside.exists() else None)),
            "prediction": {name: getattr(asl_model(), name) for name in ("rows", "r2", "promised", "coverage")},
            "templates": of_templates(),
        }
    except BookfilmError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
