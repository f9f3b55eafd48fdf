"""The three modalities of Papers with Code, and their datasheets, which differ in few lines."""

from __future__ import annotations

from dataclasses import dataclass

from bookfilm_nb.movies.datasheet import DataSheet

__all__ = ["AUDIO", "TEXT", "VIDEO", "Modality", "sheet"]


@dataclass(frozen=True)
class Modality:
    """One of the site's modalities, and what its other tables call the same."""

    source: str
    names: frozenset[str]
    """The modality in the dump, lower case, in singular and plural."""
    domain: str
    """The domain of the tables of tasks."""
    areas: frozenset[str]
    """The research areas of tasks."""


VIDEO = Modality("pwc_video", frozenset({"videos", "video"}), "cv", frozenset({"Computer Vision"}))
AUDIO = Modality("pwc_audio", frozenset({"audio", "audios"}), "audio", frozenset({"Audio", "Speech", "Music"}))
TEXT = Modality("pwc_text", frozenset({"texts", "text"}), "nlp", frozenset({"Natural Language Processing"}))

_FIRST_WORDS = {
    "pwc_video": ("video", "Videos", 893),
    "pwc_audio": ("audio", "Audio", 405),
    "pwc_text": ("text", "Texts", 2664),
}
_ANSWERS = {
    "pwc_video": "which datasets of films and clips there are to measure shots, scenes and actions with (MovieNet, "
    "LSMDC, MovieQA, Condensed Movies ...), and under which licence",
    "pwc_audio": "which datasets of speech, music and sound there are to measure narration and scores with",
    "pwc_text": "which datasets of texts there are to measure books, dialogue and screenplays with, in which language",
}


def sheet(modality: Modality) -> DataSheet:
    """The datasheet of one modality."""
    word, name, count = _FIRST_WORDS[modality.source]
    return DataSheet(
        name=modality.source,
        title=f"Papers with Code: {word} datasets",
        link="https://huggingface.co/datasets/pwc-archive/datasets",
        owner="Papers with Code (Meta AI) until 2025; the archive: pwc-archive on Hugging Face",
        licence="CC BY-SA 4.0 for the descriptions; each dataset described has its own licence",
        research="yes",
        commercial_film="yes",
        redistribution="yes",
        attribution="Papers with Code, CC BY-SA 4.0; adaptations of the data are shared alike.",
        cost="free",
        rate_limit="none stated; a single file",
        geography="wherever huggingface.co can be reached; the site itself is closed everywhere",
        freshness="frozen: the site closed on 24 July 2025, the dump is of that month",
        size=f"15,008 datasets in all (8,418,281 bytes packed); {name}: {count:,} when last counted, in 2021-22",
        columns={
            "url, name, full_name": "its page, short and full name",
            "description": "Markdown, some sentences",
            "homepage, paper": "addresses; the paper with its title",
            "introduced_date": "ISO date",
            "modalities": f"list of names; this source takes those with {name}",
            "tasks, languages, variants": "lists of names; tasks with the address of their page",
            "num_papers": "number of papers that use it",
            "data_loaders": "programs that load it",
            "license_name, license_url": "the licence of the dataset",
            "warning": "why it should not be used, for a few",
            "Task Name ... Description": "one task a row, in the tables of tasks: datasets, benchmarks, metrics, areas",
        },
        faults=(
            "the site is gone: addresses of its pages lead nowhere or to a successor",
            "the archives on GitHub hold datasets.json.gz only as a git-LFS pointer of 132 bytes: said with its hint",
            "the archive on Hugging Face is Parquet too: read with polars (extra data), else convert it to JSON",
            "a dataset of several modalities is in each of the three sources; one without any is in none",
            'the tables of tasks write "N/A" for unknown, cut lists after ten names and descriptions after 200 signs',
            "the tables of tasks know areas, not modalities: Computer Vision counts as video, still images included",
            "curated lists of video datasets tell no modality: those under sound or language count as both",
            "licences are often missing or free text",
        ),
        answers=(_ANSWERS[modality.source], "how many papers use a dataset", "what a task is measured by"),
        cannot_answer=(
            "anything about a single film: these are descriptions of datasets, one a row, not films",
            "budget, rating, running time",
        ),
        getting="download datasets.json.gz from huggingface.co/datasets/pwc-archive/datasets",
        checked="2026-11-22",
        citation="Papers with Code, 2018-2025, archived at huggingface.co/datasets/pwc-archive",
    )
