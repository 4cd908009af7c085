"""The short forms on a card: what each asks for, and the rule that it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from factboard.domain import (
    anchoring,
    back_up,
    calendar,
    care,
    caseload,
    contact,
    crisis_plan,
    placement,
    planned_care,
    stepdown,
    tips,
    visits,
)
from factboard.domain.case import Case
from factboard.domain.events import Basis, ContactKind, Entry, Informed, Rating, Settings
from factboard.domain.refusal import Conflict
from factboard.web.act import care as care_forms
from factboard.web.act import returning
from factboard.web.act import tip as tip_forms
from factboard.web.act.anchoring import Answered
from factboard.web.act.base import ActForm, Plans
from factboard.web.anchoring import Said
from factboard.web.forms import Choice, Day, Ticked, TimeOfDay, YesOrNo


class Happened(ActForm):
    """Something that happened at a time, not later than now; empty means now."""

    day: Day | None = None
    at: TimeOfDay | None = None

    def what(self, settings: Settings, now: datetime) -> dict[str, Any]:
        given = super().what(settings, now) | {"happened_at": None}
        day, at = given.pop("day", None), given.pop("at", None)
        today = calendar.local_day(now, settings)
        if at or (day and day != today):
            given["happened_at"] = calendar.instant(day or today, at or time(12), settings)
        return given


class Take(ActForm):
    over: Ticked = False


class ToCategory(Plans):
    category: Choice
    reason: str = ""
    review_by: Day | None = None


class HowTheyAre(Happened):
    rating: Rating
    basis: Basis
    by: str | None = None


class Met(Happened):
    contact: ContactKind
    by: str | None = None
    others: tuple[str, ...] = ()
    note: str = ""
    rating: Rating | None = None
    basis: Basis | None = None
    next_day: Day | None = None
    next_at: TimeOfDay | None = None
    next_who: str | None = None
    anchored: Said | None = None


class NextVisit(Plans):
    who: Choice
    backup: str | None = None
    day: Day
    at: TimeOfDay | None = None
    note: str = ""


class NewAction(Plans):
    text: str
    owner: str | None = None
    due: Day | None = None
    urgent: Ticked = False


class CrisisPlan(ActForm):
    with_client: YesOrNo
    on: Day | None = None
    review_by: Day | None = None
    note: str = ""


class ReviewBy(ActForm):
    review_by: Day
    reason: str = ""


class Why(ActForm):
    reason: str


class Pace(Plans):
    """How often the client is met from now on, and why."""

    who: str | None = None
    every_days: int
    next: Day | None = None
    reason: str


class Model(ActForm):
    """By which model of case management the client is met."""

    model: Choice
    reason: str = ""


def _is_planned(case: Case) -> list[Entry]:
    if not planned_care.schedule(case.enrolled()):
        raise Conflict("no_planned_contact")
    return []


def _tell(case: Case) -> list[Entry]:
    return stepdown.tell(case, informed=Informed.YES)


@dataclass(frozen=True, slots=True)
class Act:
    """A thing to do on a card: its form and its rule. `anywhere`: for clients off the board too.

    `fits` is asked before the form is shown, and refuses where there is nothing to fill in.
    """

    form: type[ActForm]
    rule: Callable[..., list[Entry]]
    anywhere: bool = False
    fits: Callable[[Case], list[Entry]] | None = None


ACTS = {
    "take": Act(Take, placement.take),
    "category": Act(ToCategory, anchoring.asking(placement.recategorise)),
    "rate": Act(HowTheyAre, placement.rate),
    "contact": Act(Met, anchoring.asking(contact.log), anywhere=True),
    "visit": Act(NextVisit, anchoring.asking(visits.plan_visit)),
    "action": Act(NewAction, anchoring.asking(placement.add_action)),
    "crisis-plan": Act(CrisisPlan, crisis_plan.review_crisis_plan, anywhere=True),
    "review": Act(ReviewBy, placement.set_review),
    "keep": Act(returning.Keep, stepdown.keep_on),
    "announce": Act(returning.Telling, stepdown.announce, fits=stepdown.announce),
    "told": Act(returning.Telling, stepdown.tell, fits=_tell),
    "return": Act(returning.Return, anchoring.asking(placement.return_to_planned_care)),
    "back": Act(returning.Back, back_up.put_back, anywhere=True, fits=back_up.put_back),
    "planned-contact": Act(returning.Schedule, anchoring.asking(planned_care.set_planned_contact), anywhere=True),
    "anchoring": Act(Answered, anchoring.answer, anywhere=True),
    "pace": Act(Pace, anchoring.asking(caseload.change_pace), anywhere=True, fits=_is_planned),
    "model": Act(Model, caseload.set_client_model, anywhere=True),
    "entered-in-error": Act(Why, placement.enter_in_error),
    "admitted": Act(care_forms.Admitted, care.admit, anywhere=True),
    "admission": Act(care_forms.Admission, care.change_admission, anywhere=True),
    "discharged": Act(care_forms.Discharged, care.discharge, anywhere=True),
    "tip": Act(tip_forms.Tip, tips.note, anywhere=True),
    "tip-answer": Act(tip_forms.Answer, tips.answer, anywhere=True, fits=tips.waiting),
    "legal-start": Act(care_forms.LegalStart, care.start_legal_measure, anywhere=True),
    "legal-prolong": Act(care_forms.LegalProlong, care.prolong_legal_measure, anywhere=True),
    "legal-end": Act(care_forms.LegalEnd, care.end_legal_measure, anywhere=True),
}
