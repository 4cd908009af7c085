"""How a time on the board goes in the demo: how long it lasts, how often somebody is met, how they are.

The numbers make a synthetic team look like the published ones: about 15 % of the caseload on the board, times on
it log-normal with a heavy tail, a quarter of them back within 90 days, 0.3 contacts a week off the board; on it about
as many as the category asks for. Nothing here is clinical knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from random import Random

from factboard.domain.events import ContactKind, Rating, Source, standard
from factboard.domain.state import Stay

PREVALENCE = 0.15  # of the caseload, on the board
MEAN_DAYS = 58  # of a time on the board: so many are put on a day, newcomers beside them
MEDIAN_DAYS, SPREAD = 15, 1.05  # of the log-normal
BACK_WITHIN_90_DAYS = 0.21  # of those put on, chosen from among the recently returned
EVERY_DAYS = (14, 21, 21, 28)  # between two contacts of planned care: about 0.3 a week
WAYS_HOME = 5  # days from the last of the evidence to the return: two meetings, and days off between them
SOONEST = 0.3  # of a course, until somebody is as usual


@dataclass(frozen=True, slots=True)
class Profile:
    """What is usual in a category: its share of new flags, its length beside the median, contacts a week."""

    share: float = 0.05
    length: float = 1.0
    a_week: float = 2.0
    missed: float = 0.10
    places: tuple[ContactKind, ...] = (
        ContactKind.HOME,
        ContactKind.HOME,
        ContactKind.HOME,
        ContactKind.OFFICE,
        ContactKind.STREET,
        ContactKind.PHONE,
    )


PROFILES = {
    "crisis_prevention": Profile(0.28, 0.8, 3.0),
    "short_intensive": Profile(0.33, 1.0, 5.5),
    "long_intensive": Profile(0.08, 1.6, 3.4),
    "hard_to_reach": Profile(0.12, 1.3, 2.4, missed=0.45),
    "admitted": Profile(0.17, 1.3, 1.2, missed=0.02, places=(ContactKind.WARD, ContactKind.WARD, ContactKind.VIDEO)),
    "new_client": Profile(0.0, 0.9, 2.0),  # newcomers come by themselves
    "legal_measure": Profile(0.05, 1.6, 1.8),
}

OFTEN = {  # of ratings, as a time on the board goes on: worse, unchanged, better, at usual level
    0.3: (25, 45, 26, 4),
    0.6: (12, 36, 40, 12),
    1.0: (5, 17, 38, 40),
    float("inf"): (1, 4, 8, 87),
}
RATINGS = (Rating.WORSE, Rating.UNCHANGED, Rating.BETTER, Rating.USUAL)


def profile(category: str) -> Profile:
    """The category's profile; a team's own category has the standard one."""
    return PROFILES.get(category, Profile())


@dataclass(frozen=True, slots=True)
class Course:
    """How one time on the board is going to go, in days from its beginning; the same whenever it is asked.

    From the day `well` they are as usual; the team needs the days until `days` to see it, and to let them go.
    """

    days: float
    well: float
    in_hospital: float

    @classmethod
    def of(cls, stay: Stay, seed: int) -> Course:
        chance = Random(f"{seed} {stay.placement}")
        typical = MEDIAN_DAYS * profile(stay.category).length
        if stay.source is Source.IMPORT:  # found on a board at a moment, long ones are met more often
            typical *= exp(SPREAD**2)
        shortest = 21.0 if stay.category == "new_client" else 4.0
        days = max(shortest, chance.lognormvariate(log(typical), SPREAD))
        return cls(
            days=days,
            well=max(days - standard(stay.category).stable_days - WAYS_HOME, SOONEST * days),
            in_hospital=chance.lognormvariate(log(24), 0.8),
        )


def elapsed_days(chance: Random, category: str) -> int:
    """How long somebody who is found on a board has been on it already."""
    typical = MEDIAN_DAYS * profile(category).length * exp(SPREAD**2)
    return min(round(chance.random() * chance.lognormvariate(log(typical), SPREAD)), 200)


def rating(chance: Random, progress: float) -> Rating:
    """How they are, `progress` being the part of the way to being well that has passed."""
    weights = next(often for until, often in OFTEN.items() if progress < until)
    return chance.choices(RATINGS, weights)[0]


def next_visit(chance: Random, category: str) -> int:
    """In how many working days somebody goes next."""
    return max(1, round(chance.gauss(5.5 / profile(category).a_week, 0.5)))


def how_many(chance: Random, mean: float) -> int:
    """A Poisson number."""
    number, left = 0, chance.random()
    while left > exp(-mean):
        number, left = number + 1, left * chance.random()
    return number
