"""The genre model: what it learns from, that it repeats, what it promises on its card, and what it says of books."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import ChoiceError, DataError
from bookfilm_nb.movies.genre_model import plot_genres, propose
from bookfilm_nb.movies.genre_model.card import foreign, shipped_card
from bookfilm_nb.movies.genre_model.evaluate import (
    confusion,
    cross_validate,
    judge,
    majority,
    nearest_centroid,
    reliability,
    scores,
)
from bookfilm_nb.movies.genre_model.examples import examples, folds, held_out
from bookfilm_nb.movies.genre_model.features import features, masked, stem, without_names
from bookfilm_nb.movies.genre_model.fit import fit, train
from bookfilm_nb.movies.genre_model.plot_lines import PLOT_LINES, plot_lines, tables_below
from bookfilm_nb.movies.genre_model.predict import MEDIA
from bookfilm_nb.movies.genre_model.prose import novels, windows
from bookfilm_nb.movies.genre_model.russian import in_english, lexicon
from bookfilm_nb.movies.genre_model.weights import Weights, shipped
from bookfilm_nb.movies.table import tidy
from bookfilm_nb.movies.templates import template_for

PACKAGE = Path(sys.modules["bookfilm_nb.movies.genre_model"].__file__ or "").parent
WORDS = {
    "horror": "ghost coffin scream blood haunted cellar grave monster",
    "western": "cowboy ranch sheriff saddle outlaw cattle desert pistol",
    "romance": "kiss wedding bride love dance letter heart sweetheart",
}
COMMON = "street window summer winter kitchen garden morning train dinner"


def plots(number: int = 240, *, seed: int = 1) -> pd.DataFrame:
    """Made-up plots: a few words of each of the film's genres among words of none."""
    lot = random.Random(seed)
    rows = []
    for i in range(number):
        genres = lot.sample(sorted(WORDS), lot.choice([1, 1, 2]))
        words = lot.sample(COMMON.split(), 5) + [w for g in genres for w in lot.sample(WORDS[g].split(), 3)]
        lot.shuffle(words)
        rows.append({"title": f"Film {i}", "year": 2000, "overview": " ".join(words), "genres": "|".join(genres)})
    return tidy(pd.DataFrame(rows), "made up")


@pytest.fixture(scope="module")
def made_up():
    return examples([plots()])


@pytest.fixture(scope="module")
def fitted(made_up):
    return fit(made_up)


@pytest.fixture(scope="module")
def shared_tables(shared_data):
    return tables_below(shared_data / "sources", ("github", "kaggle")) | {
        PLOT_LINES: plot_lines(shared_data / "pacing")
    }


@pytest.fixture(scope="module")
def shared_examples(shared_tables):
    card = shipped_card()
    data = examples([shared_tables[name] for name in card.data.sources])
    assert data.digest() == card.data.text_digest, "tables or loaders have changed: train again"
    return data


# --- features


def test_a_sentence_about_the_film_loses_its_genre_words_and_the_plot_keeps_its_own():
    text = "Night Boat is a 2012 American romantic crime thriller film. His crime is found out, and war begins."
    hidden = masked(text)
    assert not {"romantic", "thriller"} & set(hidden.split())
    assert hidden.count("crime") == 1
    assert "war begins" in hidden
    assert (
        masked("A soldier comes home from the war and finds love.")
        == "A soldier comes home from the war and finds love."
    )
    assert "about the war" in masked("It is a drama film about the war.")


def test_proper_names_do_not_count_but_titles_do():
    words = without_names("At noon Elizabeth met Captain Brown on Mars. Darcy laughed.")
    assert "elizabeth" not in words
    assert "brown" not in words
    assert {"captain", "mars", "laughed"} <= set(words)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("kills", "killed"),
        ("stories", "story"),
        ("stopped", "stop"),
        ("loving", "love"),
        ("wolves", "wolf"),
        ("died", "dies"),
    ],
)
def test_forms_of_a_word_have_one_stem(word, other):
    assert stem(word) == stem(other)


@settings(deadline=None)  # the first text loads the weights
@given(st.text(max_size=300))
def test_any_text_has_features_and_any_text_can_be_proposed_for(text):
    assert all(count > 0 for count in features(text).values())
    assert abs(sum(float(part.split()[-1]) for part in propose(text, "en").template.split(" + ")) - 1) < 1e-9
    assert propose(text, "ru").genres


# --- learning


def test_the_same_data_gives_the_same_bytes_in_any_order(fitted):
    table = plots()
    turned = examples([table.iloc[::-1].iloc[:200], table.iloc[::-1].iloc[200:]])
    assert fit(turned).to_bytes() == fitted.to_bytes()


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_hash_seed():
    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_genre_model import plots;"
        "from bookfilm_nb.movies.genre_model.fit import train; from bookfilm_nb.model.base import blob_digest;"
        "print(blob_digest(train(plots(120), fewest=10).to_bytes()))"
    )
    root = Path(__file__).parents[1]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


@pytest.mark.slow
def test_it_learns_what_there_is_to_learn_and_beats_both_baselines(made_up):
    model, centroid, most = cross_validate(made_up, 3), nearest_centroid(made_up, 3), majority(made_up, 3)
    assert scores(model).macro_f1.value > 0.95
    assert scores(model).macro_f1.value >= scores(centroid).macro_f1.value > scores(most).macro_f1.value
    between = scores(centroid).macro_f1
    assert between.low <= between.value <= between.high


def test_what_cannot_be_learnt_is_not_learnt():
    table = plots()
    table["genres"] = table["genres"].sample(frac=1, random_state=3).to_numpy()
    found = scores(cross_validate(examples([table]), 3))
    assert found.brier_skill < 0.02


def test_genres_with_few_films_and_rows_without_a_plot_are_left_out():
    table = plots(200)
    table.loc[:3, "genres"] = "war"
    table.loc[4:9, "overview"] = "Add a Plot"
    table.loc[10:11, "overview"] = pd.NA
    data = examples([table], fewest=20)
    assert data.genres == ("horror", "romance", "western")
    assert len(data) == 200 - 12
    with pytest.raises(DataError, match="not enough films"):
        examples([table.head(8)])


def test_one_film_told_by_two_sources_is_never_in_training_and_test():
    one, two = plots(100, seed=1), plots(100, seed=2)
    two["title"] = [f"FILM {i}!" for i in range(100)]
    two["source"] = pd.Series("another", index=two.index, dtype="string")
    data = examples([one, two], fewest=10)
    place = dict(zip(zip(data.films, data.sources, strict=True), folds(data), strict=True))
    assert len(data) == 200
    assert all(place["film" + str(i), "made up"] == place["film" + str(i), "another"] for i in range(100))
    assert 0.1 < held_out(data).mean() < 0.3


@pytest.mark.slow
def test_genre_words_in_the_definition_would_give_the_label_away():
    table = plots(160)
    table["overview"] = [
        f"{' '.join(random.Random(i).sample(COMMON.split(), 6))}. It is a {cell.replace('|', ' ')} film."
        for i, cell in enumerate(table["genres"])
    ]
    data = examples([table])
    assert scores(cross_validate(data, 3, raw=True)).macro_f1.value > 0.95
    assert scores(cross_validate(data, 3)).brier_skill < 0.05


def test_a_table_trains_in_one_call():
    weights = train(plots(150), fewest=20)
    assert weights.genres == ("horror", "romance", "western")
    assert plot_genres("a ghost in the cellar, and a coffin full of blood", weights=weights)["horror"] > 0.6


# --- weights


def test_weights_survive_the_round_trip_and_hold_no_pickle(fitted):
    data = fitted.to_bytes()
    again = Weights.from_bytes(data)
    assert again.to_bytes() == data
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        assert {file[name].dtype.kind for name in file.files} <= {"u", "f", "i"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\x80\x04K\x01."])
def test_other_files_are_no_weights(data):
    with pytest.raises(DataError, match="not the weights"):
        Weights.from_bytes(data)


def test_weights_that_do_not_fit_together_are_refused(fitted):
    from dataclasses import replace

    with pytest.raises(DataError, match="coef"):
        Weights.from_bytes(replace(fitted, coef=fitted.coef[:, 1:]).to_bytes())
    with pytest.raises(DataError, match="intercept"):
        Weights.from_bytes(replace(fitted, intercept=fitted.intercept * np.nan).to_bytes())


def test_applying_the_weights_needs_neither_scikit_learn_nor_pandas():
    code = (
        "import sys; from bookfilm_nb.movies.genre_model import propose; propose('A ghost in a coffin. ' * 90, 'en');"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'matplotlib', 'natasha') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_weights_are_small_and_are_those_of_the_card():
    from bookfilm_nb.model.base import blob_digest

    data = (PACKAGE / "weights.npz").read_bytes()
    card = shipped_card()
    assert len(data) == card.weights_bytes < 1_500_000
    assert blob_digest(data) == card.weights_sha256
    assert shipped().rows == card.trained_rows
    assert shipped().genres == tuple(card.data.genres)
    for name in shipped().genres:
        assert template_for(name).genre == name


def test_the_card_states_a_gain_over_both_baselines_on_every_table():
    for found in shipped_card().cross_validation.values():
        assert found.model.macro_f1.low > found.majority.macro_f1.high
        assert found.better_than_centroid[0].low > 0
        assert found.better_than_centroid[1].low > 0


# --- the card's figures, recomputed


@pytest.mark.slow
@pytest.mark.shared_data
def test_the_shipped_weights_reproduce_the_figures_of_the_card(shared_examples, shared_tables):
    card = shipped_card()
    outcome = judge(shipped(), shared_examples.take(held_out(shared_examples)))
    assert scores(outcome) == card.held_out
    assert scores(foreign(shipped(), shared_tables["kaggle"], shared_examples)) == card.foreign
    rows = tuple(
        (round(float(p), 4), round(float(t), 4), int(n)) for p, t, n in reliability(outcome).itertuples(index=False)
    )
    assert rows == card.calibration


@pytest.mark.shared_data
@pytest.mark.slow
def test_training_again_gives_the_shipped_weights(shared_examples):
    again = fit(shared_examples.take(~held_out(shared_examples)))
    assert again.vocabulary == shipped().vocabulary
    assert np.abs(again.coef - shipped().coef).max() < 2e-3
    assert np.allclose(again.platt, shipped().platt, atol=1e-2)


# --- what is said of a book


def test_a_story_is_proposed_the_genre_of_its_words_with_the_words_as_reasons():
    story = (
        "The ghost rose from the grave and the coffin stood open. Blood ran down the haunted stairs, and a terrifying "
        "demon killed the priest in the cellar at night. The evil spirit wanted the dead children. "
    ) * 8
    proposal = propose(story, "en")
    assert proposal.template.startswith("horror")
    assert {"ghost", "demon", "haunted", "dead"} & {
        reason.word for reason in proposal.reasons if reason.genre == "horror"
    }
    assert "guess" in proposal.caution
    assert proposal.rows == shipped_card().trained_rows
    assert template_for(proposal.template).weights["horror"] > 0.3


def test_russian_goes_through_the_lexicon_and_says_so():
    story = "Ведьма встала из гроба, и мертвец шёл по церкви. Страшный призрак, кровь, чёрт и упырь ночью. " * 12
    proposal = propose(story, "ru")
    assert proposal.template.startswith("horror")
    assert {"ведьма", "гроба"} & {reason.word for reason in proposal.reasons}
    assert "guess of a guess" in proposal.caution
    assert in_english("ведьмой ведьмы ВЕДЬМА")["witch"] == 3


def test_nothing_is_made_of_too_few_words():
    proposal = propose("Hello there.", "en")
    assert proposal.template == "drama 1.0"
    assert proposal.reasons == ()
    assert "too few words" in proposal.caution


def test_other_languages_are_refused():
    with pytest.raises(ChoiceError, match="does not read"):
        propose("Es war einmal", "de")


def test_ways_of_making_a_film_are_never_proposed():
    proposal = propose("The toy rabbit talks to the animated animals and the prince of the talking toys. " * 40, "en")
    assert not MEDIA & {part.split()[0] for part in proposal.template.split(" + ")}


def test_the_lexicon_leads_to_words_that_the_model_knows():
    known = shipped().index()
    lost = [english for english in lexicon() if stem(english) not in known]
    assert len(lost) < 0.2 * len(lexicon())
    lemmas = [lemma for group in lexicon().values() for lemma in group]
    assert len(lemmas) == len(set(lemmas))


def test_a_long_book_is_read_evenly_and_no_slower():
    words = [f"word{i}" for i in range(200_000)]
    parts = windows(" ".join(words))
    assert len(parts) == 600
    assert parts[0].startswith("word0 ")
    assert "word199" in parts[-1]
    assert " ".join(windows("one two three")) == "one two three"


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "language", "among"),
    [
        ("AlicesAdventuresInWonderland/novel_text.txt", "en", {"comedy", "family", "fantasy"}),
        ("TheSignOfTheFour/novel_text.txt", "en", {"crime", "mystery", "thriller"}),
        ("DaisyMiller/novel_text.txt", "en", {"romance", "comedy", "drama"}),
        ("books/war_of_the_worlds_pg36-0_utf8.txt", "en", {"sci-fi"}),
        ("books/Gogol_Viy.txt", "ru", {"horror"}),
    ],
)
def test_sample_books_are_proposed_what_a_reader_would_not_laugh_at(shared_data, name, language, among):
    book = novels(shared_data)[language][name]
    assert propose(book, language).template.split()[0] in among


# --- pictures of it


def test_confusion_says_what_is_taken_for_what(fitted, made_up):
    table = confusion(judge(fitted, made_up))
    assert list(table.index) == list(table.columns) == list(made_up.genres)
    assert all(table.loc[name, name] > 0.9 for name in made_up.genres)


def test_the_card_reads_as_json_and_as_markdown():
    from bookfilm_nb.movies.genre_model.card import card_text

    assert json.loads((PACKAGE / "card.json").read_text("utf-8"))["schema_version"] == 1
    assert (PACKAGE / "CARD.md").read_text("utf-8") == card_text(shipped_card())


@pytest.mark.parametrize("answer", [True, False])
def test_a_fold_in_which_a_genre_is_always_or_never_there_is_no_fault(answer):
    from bookfilm_nb.movies.genre_model.fit import platt

    slope, offset = platt(np.array([-1.0, 0.0, 2.0]), np.full(3, answer))
    assert slope == 0
    assert (offset > 5) is answer
    assert (offset < -5) is not answer
