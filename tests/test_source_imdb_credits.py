"""What a writer's credit says of where a film comes from."""

from __future__ import annotations

import pytest

from bookfilm_nb.movies.sources.imdb_credits import origin


@pytest.mark.parametrize(
    "job",
    ["based on the novel by", "novel", 'novel "Dune"', "based on the graphic novel by", "book", "based on the book by",
     "BASED ON THE BOOK", "short story", 'based on the short story "The Play" by', "novella", "memoir",
     "autobiography", 'story "Rip Van Winkle"', "based on a story by", "based upon the stories of",
     'based on the graphic novel "Une nuit de pleine lune" by', "based on the original novel by",
     "suggested by the novel by", "light novel", "based on the true story and book by", "based on the children's book"],
)  # fmt: skip
def test_a_credit_that_names_a_book(job: str) -> None:
    assert origin(job) == "book"


@pytest.mark.parametrize(
    "job",
    ["story by", "story", "screenplay", "play", 'based on the play "The Jungle Book" by', "comic book",
     "based on the comic book by", "characters", "characters from the novel by", "based on a true story",
     "based on the life story of", "based on an original story by", "screen story", "story editor", "book and lyrics",
     "based on the musical book by", "producer", "bookkeeper", "book consultant", 'play "The Novel', "created by",
     "novelty songs", "graphic novel illustrator", "based on a poem by", "", '"'],
)  # fmt: skip
def test_a_credit_that_names_none(job: str) -> None:
    assert origin(job) == "unclear"


@pytest.mark.parametrize("job", ["written by", "Written By", "written and directed by", "original screenplay"])
def test_a_credit_that_is_given_to_a_work_of_its_own(job: str) -> None:
    assert origin(job) == "original"
