"""What a category asks to begin with, and why: beside each field of its form, honest about what is our own.

The numbers are the rules' (`domain.team`, `domain.events.policies`); here stands where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factboard.domain import events as e
from factboard.domain.state import Team
from factboard.domain.team import STANDARD_CATEGORIES
from factboard.web.language import N_, catalogue
from factboard.web.words import words_for

OTHERS = ""  # the categories that have no reason of their own
UNUSED = N_("Not asked for as long as nobody returns by itself.")

WHY: Mapping[str, Mapping[str, str]] = {
    "contacts_a_week": {
        "crisis_prevention": N_(
            "Less than every other day: the green zone in the slides of a British home treatment team, made into weeks "
            "by us."
        ),
        "short_intensive": N_(
            "Every working day: the red zone in the slides of a British home treatment team is seen at least daily."
        ),
        "long_intensive": N_(
            "Every other day: the amber zone in the slides of a British home treatment team, made into weeks by us."
        ),
        "hard_to_reach": N_("Our own: an attempt that reaches nobody does not count."),
        "admitted": N_("Our own: somebody of the team meets them on the ward each week."),
        "new_client": N_("Our own: so that several of you get to know them."),
        OTHERS: N_("Our own."),
    },
    "unseen_days": {
        "short_intensive": N_("Our own: over a weekend, and not a working day longer."),
        "admitted": N_("Our own. It is not counted while somebody is noted as admitted."),
        OTHERS: N_("Our own: somewhat longer than between two contacts."),
    },
    "review_days": {
        "admitted": N_("Our own: the way home is planned from the first week."),
        OTHERS: N_("Our own: as long as the stable days below."),
    },
    "mode": {
        "admitted": N_("Our own: whoever is in a ward's hands is moved to another category first."),
        OTHERS: N_(
            "Our own: nobody stays on only because nobody had time to decide. It takes evidence and a held meeting, "
            "and anybody can stop it."
        ),
    },
    "stable_days": {
        "crisis_prevention": N_("Our own: a calm week (how long this group usually stays is from memory, unverified)."),
        "short_intensive": N_("Our own: two weeks (how long this group usually stays is from memory, unverified)."),
        "long_intensive": N_("About three stable weeks are the field's habit (from memory, unverified)."),
        "hard_to_reach": N_("Our own: as after a crisis."),
        "admitted": UNUSED,
        "new_client": N_("Our own: three weeks in which everybody gets to know them."),
        "legal_measure": N_("Our own: four weeks, as long as until the review."),
        OTHERS: N_("Our own: two weeks, as after a crisis."),
    },
    "stable_ratings": {
        "admitted": UNUSED,
        OTHERS: N_("Our own: about one a week, so that no single good day decides."),
    },
    "raters": {"admitted": UNUSED, OTHERS: N_("Our own: no one person decides it alone.")},
    "blockers": {
        "legal_measure": N_(
            "Our own list. While a legal measure is in force, people decide. That the crisis plan is gone through "
            "first is the field's habit (from memory, unverified)."
        ),
        OTHERS: N_(
            "Our own list. That the crisis plan is gone through first is the field's habit (from memory, unverified); "
            "that a day is set, and told to whoever takes over, is the rule of a British home treatment team."
        ),
    },
    "return_time": {OTHERS: N_("Our own: some hours after the meeting, in which anybody can still stop it.")},
}


@dataclass(frozen=True, slots=True)
class Standard:
    """A field's standard value in words, and the reason with its source."""

    value: str
    why: str


def standards(code: str, team: Team, language: str) -> dict[str, Standard]:
    """Of each field of this category's form."""
    known = _standard_of(code)
    read = catalogue(language).gettext
    return {
        field: Standard(value, read(whys.get(code) or whys[OTHERS]))
        for field, value in _values(known, team, language).items()
        for whys in [WHY[field]]
    }


def less(asked: e.Category, team: Team, language: str) -> list[str]:
    """What the category asks less than its standard, in words; one of the team's own is held against what is usual."""
    policy = asked.policy
    if policy.mode is e.Mode.BY_HAND:
        return []  # nobody goes back by what it asks
    known = _standard_of(asked.code)
    usual, spoken, words = known.policy, catalogue(language), words_for(team.settings, language)
    ratings, raters, days, contacts = policy.stable_ratings, policy.raters, policy.stable_days, asked.contacts_a_week
    numbers = (
        (
            (ratings, usual.stable_ratings),
            spoken.ngettext("%(num)s rating instead of %(of)s", "%(num)s ratings instead of %(of)s", ratings),
        ),
        (
            (raters, usual.raters),
            spoken.gettext("one person alone decides")
            if raters == 1
            else spoken.ngettext("%(num)s person instead of %(of)s", "%(num)s people instead of %(of)s", raters),
        ),
        (
            (days, usual.stable_days),
            spoken.ngettext("%(num)s day instead of %(of)s", "%(num)s days instead of %(of)s", days),
        ),
        (
            (contacts, known.contacts_a_week),
            spoken.ngettext(
                "%(num)s contact a week instead of %(of)s", "%(num)s contacts a week instead of %(of)s", contacts
            ),
        ),
    )
    fewer = [said % {"num": number, "of": of} for (number, of), said in numbers if number < of]
    without = ", ".join(words.term(one) for one in usual.blockers if one not in policy.blockers)
    return [*fewer, spoken.gettext("nobody stays for “%(blockers)s”") % {"blockers": without}] if without else fewer


def _standard_of(code: str) -> e.Category:
    """The standard category of this code; for one of the team's own, what a new one begins with."""
    return next((one for one in STANDARD_CATEGORIES if one.code == code), e.Category(code))


def _values(known: e.Category, team: Team, language: str) -> dict[str, str]:
    spoken, words, policy = catalogue(language), words_for(team.settings, language), known.policy
    free = ", ".join(words.term(one) for one in e.Blocker if one not in policy.blockers)

    def days(number: int) -> str:
        return spoken.ngettext("%(num)s day", "%(num)s days", number) % {"num": number}

    return {
        "contacts_a_week": str(known.contacts_a_week),
        "unseen_days": days(known.unseen_days),
        "review_days": days(known.review_days),
        "mode": words.term(policy.mode),
        "stable_days": days(policy.stable_days),
        "stable_ratings": str(policy.stable_ratings),
        "raters": str(policy.raters),
        "blockers": spoken.gettext("all but “%(blockers)s”") % {"blockers": free}
        if free
        else spoken.gettext("all of them"),
        "return_time": spoken.gettext("the team's, %(time)s") % {"time": f"{team.settings.return_time:%H:%M}"},
    }
