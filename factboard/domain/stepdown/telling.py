"""What the client was told of the return, and what they think of it.

An objection stops nothing by itself: people decide. It is never lost either: see `Stay.said`.
"""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client
from factboard.domain.text import NOTE, clean


@dataclass(frozen=True, slots=True)
class Told:
    """Was the client told of the announced return, and what do they think of it? `objects`: they do not want it."""

    informed: e.Informed = e.Informed.NO
    view: str = ""
    objects: bool = False

    @property
    def says_something(self) -> bool:
        return self.objects or bool(self.view)

    @property
    def contradicts_itself(self) -> bool:
        """Who has said what they think was told before."""
        return self.says_something and self.informed is e.Informed.NO


def tell(case: Case, *, informed: e.Informed, view: str = "", objects: bool = False) -> list[e.Entry]:
    """Somebody has spoken with the client about the announced return, or could not."""
    stay = case.on_board()
    if stay.announced is None:
        raise Conflict("not_announced")
    if informed is e.Informed.UNKNOWN:
        raise Invalid("choose_one", "informed")
    news = news_of(case.enrolled(), checked(Told(informed, view, objects)))
    return [case.about(news)] if news else []


def checked(told: Told, client: str = "") -> Told:
    """`client`: of whom this is said, in a form about several."""
    of = f"_{client}" if client else ""
    told = Told(told.informed, clean(told.view, f"view{of}", limit=NOTE), told.objects)
    if told.contradicts_itself:
        raise Invalid("view_without_telling", f"told{of}" if of else "informed")
    return told


def news_of(client: Client, told: Told) -> e.ReturnTold | None:
    """What is said of an announced client's being told that is not known already. Of anybody else only what they think
    is kept: it would be gone.
    """
    announced = client.stay.announced if client.stay else None
    if told.informed is e.Informed.UNKNOWN or not (announced or told.says_something):
        return None
    if announced:
        words = (told.view, told.objects) if told.says_something else (announced.view, announced.objects)
        if (told.informed, *words) == (announced.informed, announced.view, announced.objects):
            return None
    return e.ReturnTold(told.informed, told.view, told.objects)
