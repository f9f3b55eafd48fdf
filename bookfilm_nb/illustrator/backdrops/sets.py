"""Which painter has which particular set, by the names of ``names.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chambers import cell, school, shop, ward
from .lamproom import lamp_room
from .manors import castle_hall, salon
from .parlours import bedroom, study
from .quays import harbour, lighthouse_rock
from .rustic import barn, cottage_room
from .squares import battlefield, market, station
from .taverns import cabin
from .wastes import cave, desert, mill, steppe, swamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from .stage import Stage


__all__ = ["SETS_INDOORS", "SETS_OUTDOORS"]

SETS_INDOORS: dict[str, Callable[[Stage], None]] = {
    "cottage": cottage_room, "barn": barn, "ship's cabin": cabin, "school": school, "shop": shop,
    "ward": ward, "cell": cell, "lamp room": lamp_room, "bedroom": bedroom, "study": study,
    "palace": salon, "castle": castle_hall,
}  # fmt: skip
SETS_OUTDOORS: dict[str, Callable[[Stage], None]] = {
    "harbour": harbour, "lighthouse": lighthouse_rock, "market": market, "station": station,
    "battlefield": battlefield, "desert": desert, "steppe": steppe, "swamp": swamp, "cave": cave, "mill": mill,
}  # fmt: skip
