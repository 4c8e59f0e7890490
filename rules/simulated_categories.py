"""Into which coarse categories the people of a snapshot fall: age on its day, and sex, where these are known."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from rules.population import Array
from rules.simulated_columns import Values
from rules.simulated_effects import UNKNOWN, Dimension
from rules.simulated_people import People
from rules.types import Choice, Day, Type

BORN, SEX = "born_on", "sex"
_FROM: Final = (16, 25, 35, 45, 50, 55, 60)  # the first year of age of each band but the youngest
AGES: Final = (
    UNKNOWN,
    f"0-{_FROM[0] - 1}",
    *(f"{first}-{following - 1}" for first, following in pairwise(_FROM)),
    f"{_FROM[-1]}-",
)


def labels(types: Mapping[str, Type]) -> dict[Dimension, tuple[str, ...]]:
    """Of a snapshot with facts of these types."""
    sexes = types.get(SEX)
    found: dict[Dimension, tuple[str, ...]] = {Dimension.AGE: AGES}
    if isinstance(sexes, Choice):
        found[Dimension.SEX] = (UNKNOWN, *sexes.members)
    return found


def categories(people: People) -> dict[Dimension, Array]:
    """Codes, each a place in `labels`."""
    found = {Dimension.AGE: _ages(people)}
    if isinstance(people.types.get(SEX), Choice):
        sex = people.facts.get(SEX)
        found[Dimension.SEX] = _known(sex, people.size, sex.values + 1 if isinstance(sex, Values) else None)
    return found


def _ages(people: People) -> Array:
    born = people.facts.get(BORN)
    if not isinstance(born, Values) or not isinstance(people.types.get(BORN), Day):
        return np.zeros(people.size, np.int64)
    turns = [_years_before(people.on, years).toordinal() for years in _FROM]
    codes = np.ones(people.size, np.int64)
    for turn in turns:
        codes += born.values <= turn
    return _known(born, people.size, codes)


def _years_before(on: date, years: int) -> date:
    """Whoever was born on or before this day is so old; those born on 29 February become so on 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _known(kept: object, size: int, codes: Array | None) -> Array:
    if not isinstance(kept, Values) or codes is None:
        return np.zeros(size, np.int64)
    found = codes.astype(np.int64)
    return found if kept.known is None else np.where(kept.known, found, 0)
