"""What a course comes to in numbers: said beside its picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from factboard.domain import events as e
from factboard.domain.course.shapes import Course


@dataclass(frozen=True, slots=True)
class Counts:
    """`people` is how many of the team met or spoke with the client; an attempt is no contact."""

    contacts: int = 0
    attempts: int = 0
    people: int = 0
    worries: int = 0  # after the one that began it
    discussed: int = 0
    passed_over: int = 0
    ratings: dict[e.Rating, int] = field(default_factory=dict)


def counts(course: Course) -> Counts:
    facts = [mark.row.fact for mark in course.marks]
    logged = [fact for fact in facts if isinstance(fact, e.ContactLogged)]
    met = [fact for fact in logged if fact.contact is not e.ContactKind.TRIED]
    return Counts(
        contacts=len(met),
        attempts=len(logged) - len(met),
        people=len({person for fact in met for person in (fact.by, *fact.others)}),
        worries=sum(isinstance(fact, e.FlaggedAgain) for fact in facts),
        discussed=sum(isinstance(fact, e.ClientDiscussed) for fact in facts),
        passed_over=sum(isinstance(fact, e.NotDiscussed) for fact in facts),
        ratings=dict(Counter(fact.rating for fact in facts if isinstance(fact, e.Rated))),
    )
