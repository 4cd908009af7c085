"""What each figure is: where it belongs, what it counts in, by which rules, from which sources; and the DACTS bands.

The sentences (what it is, its formula) are the page's; what they say stands in the docstring of the figure's function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from factboard.domain.statistics.keys import Group, Key, Rule, Unit


class Source(StrEnum):
    """Where a figure, or the number that it is held against, comes from."""

    FACTBOARD = "factboard"  # ours: no published measure was found
    CCAF = "ccaf"
    BRUIJSTEN = "bruijsten"
    NUGTER = "nugter"
    SVENSSON = "svensson"
    SAHLGRENSKA = "sahlgrenska"
    SOOD = "sood"
    CRISIS_PLAN = "crisis_plan"
    DACTS = "dacts"
    DACTS_MEMORY = "dacts_memory"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as it can be looked up. `from_memory`: what is said of it was not read there."""

    title: str
    address: str = ""
    from_memory: bool = False


SOURCES: Mapping[Source, Reference] = MappingProxyType(
    {
        Source.FACTBOARD: Reference("factboard"),
        Source.CCAF: Reference("CCAF, FACT facts", "https://ccaf.nl/fact-facts"),
        Source.BRUIJSTEN: Reference(
            "Bruijsten et al. 2018, Tijdschrift voor Psychiatrie",
            "https://www.tijdschriftvoorpsychiatrie.nl/issues/526/articles/11617",
        ),
        Source.NUGTER: Reference("Nugter et al. 2016", "https://doi.org/10.1007/s10597-015-9831-2"),
        Source.SVENSSON: Reference("Svensson et al. 2018", "https://doi.org/10.1080/08039488.2018.1430168"),
        Source.SAHLGRENSKA: Reference("Sahlgrenska, FACT", "https://www.sahlgrenska.se/w/f/fact-behandling-vid-psykos"),
        Source.SOOD: Reference("Sood et al. 2017, BJPsych Bulletin", "https://doi.org/10.1192/pb.bp.116.053967"),
        Source.CRISIS_PLAN: Reference("Vård och insats, krisplan", "https://www.vardochinsats.se"),
        Source.DACTS: Reference("DACTS, Maine rule 14-193 ch. 2 app. 193-2-A"),
        Source.DACTS_MEMORY: Reference("DACTS", from_memory=True),
    }
)


@dataclass(frozen=True, slots=True)
class Definition:
    group: Group
    unit: Unit
    rules: tuple[Rule, ...]
    sources: tuple[Source, ...] = (Source.FACTBOARD,)


def _all() -> dict[Key, Definition]:
    g, u, r, s = Group, Unit, Rule, Source
    began, ended, cut, end = r.BY_BEGINNING, r.BY_END, r.CUT, r.AT_THE_END
    spread = (r.MIDNIGHTS, r.QUARTILES, r.IN_ERROR)
    flags = (began, r.FIRST_ANSWER, r.NOT_IMPORTED, r.STILL_OPEN, r.QUARTILES, r.IN_ERROR)
    met = (r.NO_ATTEMPTS, cut)
    facts, memory = (r.NOT_FACTS,), (s.DACTS_MEMORY,)
    return {
        Key.PUT_ON: Definition(g.BOARD, u.COUNT, (began, r.IN_ERROR)),
        Key.ENDED: Definition(g.BOARD, u.COUNT, (ended, r.IN_ERROR)),
        Key.OVER_TIME: Definition(g.BOARD, u.COUNT, (began, ended, end, r.IN_ERROR)),
        Key.ON_BOARD: Definition(g.BOARD, u.COUNT, (end, r.IN_ERROR)),
        Key.CASELOAD_SHARE: Definition(g.BOARD, u.SHARE, (cut, r.MIDNIGHTS, r.IN_ERROR), (s.CCAF, s.BRUIJSTEN)),
        Key.BY_CATEGORY: Definition(g.BOARD, u.COUNT, (began, ended, cut, r.MIDNIGHTS, r.IN_ERROR)),
        Key.TIME_ON_BOARD: Definition(g.TIME, u.DAYS, (ended, *spread), (s.NUGTER, s.SVENSSON)),
        Key.TIME_SO_FAR: Definition(g.TIME, u.DAYS, (end, *spread), (s.NUGTER, s.SVENSSON)),
        Key.TIME_BY_CATEGORY: Definition(g.TIME, u.DAYS, (ended, *spread)),
        Key.REASONS: Definition(g.WHY, u.COUNT, (began, r.IN_ERROR)),
        Key.WARNING_SIGNS: Definition(g.WHY, u.COUNT, (began, r.IN_ERROR)),
        Key.FLAG_SOURCES: Definition(g.WHY, u.COUNT, (began, r.IN_ERROR)),
        Key.ENDINGS: Definition(g.BACK, u.COUNT, (ended, r.IN_ERROR)),
        Key.KEPT_ON: Definition(g.BACK, u.COUNT, (cut, r.IN_ERROR)),
        Key.AGAIN_30: Definition(g.BACK, u.SHARE, (ended, r.FOLLOWED, r.IN_ERROR)),
        Key.AGAIN_90: Definition(g.BACK, u.SHARE, (ended, r.FOLLOWED, r.IN_ERROR)),
        Key.FLAG_TO_TAKEN: Definition(g.SPEED, u.MINUTES, flags),
        Key.FLAG_TO_CONTACT: Definition(g.SPEED, u.HOURS, (*flags, r.THIRTY_DAYS, r.NO_ATTEMPTS)),
        Key.FLAG_TO_SEEN: Definition(g.SPEED, u.HOURS, (*flags, r.THIRTY_DAYS, r.IN_PERSON)),
        Key.CONTACTS_ON_BOARD: Definition(g.CONTACT, u.A_WEEK, (*met, r.IN_ERROR), (s.SOOD,)),
        Key.CONTACTS_OFF_BOARD: Definition(g.CONTACT, u.A_WEEK, (*met, r.IN_ERROR), (s.SOOD,)),
        Key.SEEN_BY_TWO: Definition(
            g.CONTACT, u.SHARE, (r.WHOLE_FORTNIGHTS, r.IN_PERSON, r.IN_ERROR), (s.CCAF, s.DACTS)
        ),
        Key.MEETINGS_HELD: Definition(g.MEETING, u.SHARE, (cut, r.PLANNED)),
        Key.MEETING_LENGTH: Definition(g.MEETING, u.MINUTES, (began, r.QUARTILES), (s.SAHLGRENSKA,)),
        Key.CLIENTS_DISCUSSED: Definition(g.MEETING, u.SHARE, (began,), (s.BRUIJSTEN,)),
        Key.CRISIS_PLAN: Definition(g.CARE, u.SHARE, (ended, r.IN_ERROR), (s.CRISIS_PLAN,)),
        Key.INFORMED: Definition(g.CARE, u.SHARE, (began, r.IN_ERROR)),
        Key.INFORMED_HOW: Definition(g.CARE, u.COUNT, (began, r.IN_ERROR)),
        Key.REVIEWS_OVERDUE: Definition(g.CARE, u.SHARE, (end, r.IN_ERROR)),
        Key.OVERDUE_TIME: Definition(g.CARE, u.SHARE, (cut, r.MIDNIGHTS, r.IN_ERROR)),
        Key.ADMISSIONS: Definition(g.HOSPITAL, u.COUNT, (began, r.IN_ERROR), (s.SOOD,)),
        Key.ADMITTED_CLIENTS: Definition(g.HOSPITAL, u.COUNT, (cut, r.IN_ERROR), (s.SOOD,)),
        Key.BED_DAYS: Definition(g.HOSPITAL, u.DAYS, (cut, r.MIDNIGHTS, r.IN_ERROR), (s.SOOD,)),
        Key.WITHOUT_CONTACT_ON: Definition(g.SIGHT, u.DAYS, (end, r.NO_ATTEMPTS, r.SINCE_ENROLLED, *spread)),
        Key.WITHOUT_CONTACT_OFF: Definition(g.SIGHT, u.DAYS, (end, r.NO_ATTEMPTS, r.SINCE_ENROLLED, *spread)),
        Key.DACTS_H1: Definition(g.DACTS, u.CLIENTS_A_STAFF, (end, r.POSTS, *facts), (s.DACTS,)),
        Key.DACTS_H2: Definition(
            g.DACTS, u.SHARE, (r.WHOLE_FORTNIGHTS, r.IN_PERSON, r.OUR_READING, *facts), (s.DACTS,)
        ),
        Key.DACTS_H3: Definition(g.DACTS, u.DAYS_A_WEEK, (cut, r.OUR_READING, *facts), (s.DACTS,)),
        Key.DACTS_H5: Definition(g.DACTS, u.SHARE, (r.POSTS, r.OUR_READING, *facts), (s.DACTS,)),
        Key.DACTS_S1: Definition(g.DACTS, u.SHARE, (cut, r.IN_PERSON, r.OUR_READING, *facts), memory),
        Key.DACTS_S2: Definition(g.DACTS, u.SHARE, (r.OUR_READING, *facts), memory),
        Key.DACTS_S5: Definition(g.DACTS, u.A_WEEK, (cut, r.IN_PERSON, *facts), memory),
    }


DEFINITIONS: Mapping[Key, Definition] = MappingProxyType(_all())


@dataclass(frozen=True, slots=True)
class Bands:
    """From which value on the second, third, fourth and fifth point are given; `falling`: below which.

    A falling edge is the first value that is too high: H1 gives five points up to ten clients, so four from above ten.
    `from_memory`: the edges were not read in the scale (domain page, section 4).
    """

    edges: tuple[Fraction, Fraction, Fraction, Fraction]
    falling: bool = False
    from_memory: bool = False

    def score(self, value: Fraction) -> int:
        """1 to 5."""
        if self.falling:
            return 1 + sum(value < edge for edge in self.edges)
        return 1 + sum(value >= edge for edge in self.edges)


def _percent(*edges: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    two, three, four, five = (Fraction(edge, 100) for edge in edges)
    return two, three, four, five


def _plain(*edges: int | Fraction) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    two, three, four, five = map(Fraction, edges)
    return two, three, four, five


# The scale names whole numbers: what lies between two, 20.5 clients, belongs to the band that ends at the smaller.
BANDS: Mapping[Key, Bands] = MappingProxyType(
    {
        Key.DACTS_H1: Bands(_plain(50, 35, 21, 11), falling=True),
        Key.DACTS_H2: Bands(_percent(10, 37, 64, 90)),
        Key.DACTS_H3: Bands(_plain(Fraction(2 * 12, 52), 1, 2, 4)),  # two a month, as meeting days a week
        Key.DACTS_H5: Bands(_percent(81, 60, 40, 20), falling=True),
        Key.DACTS_S1: Bands(_percent(20, 40, 60, 80), from_memory=True),
        Key.DACTS_S2: Bands(_percent(50, 65, 80, 95), from_memory=True),
        Key.DACTS_S5: Bands(_plain(1, 2, 3, 4), from_memory=True),
    }
)


class Why(StrEnum):
    """Why an item of the scale is not computed."""

    NO_POSTS = "no_posts"  # how many posts should be filled is not known here
    NO_MINUTES = "no_minutes"  # the length of a contact is not written down
    NO_NETWORK = "no_network"  # contacts with relatives and others are not told apart
    NO_DECISIONS = "no_decisions"  # who decided an admission or discharge with whom is not written down
    PEOPLE_JUDGE = "people_judge"  # it takes people who look and ask


NOT_COMPUTED: Mapping[str, Why] = MappingProxyType(
    {
        "H6": Why.NO_POSTS, "S4": Why.NO_MINUTES, "S6": Why.NO_NETWORK, "O5": Why.NO_DECISIONS, "O6": Why.NO_DECISIONS,
    }
)  # fmt: skip
