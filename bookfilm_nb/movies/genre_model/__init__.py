"""From the words of a plot to its genres, and from the words of a book to the template that suits it.

    from bookfilm_nb.movies.genre_model import propose
    proposal = propose(book.text, book.language)
    print(proposal.template, proposal.reasons[:3])

Trained with scikit-learn (:mod:`.train`, :mod:`.evaluate`), applied with numpy alone.
"""

from __future__ import annotations

from .predict import GenreChance, Proposal, Reason, plot_genres, propose

__all__ = ["GenreChance", "Proposal", "Reason", "plot_genres", "propose"]
