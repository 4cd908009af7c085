"""On the client's own mandate: what is changed about a client of a personligt ombud is asked for by the client.

An ombud acts only on the individual's mandate (domain page, section 7). What a person does to the client's plan is said
to be so and recorded with it. Worries, contacts and ratings say what somebody saw, and where a client is on the board
is the team's to decide: none of it is ever held up.
"""

from __future__ import annotations

from collections.abc import Sequence

from factboard.domain import events as e
from factboard.domain.anchoring import PLANS
from factboard.domain.case import Case
from factboard.domain.caseload.models import model_of
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client, Team

NEEDS = (
    e.PlannedContactSet, e.IntensityChanged, e.ClientModelSet, e.CaseManagerChanged, e.VisitPlanned, e.VisitChanged,
    e.ActionAdded,
)  # fmt: skip
OF_DETAILS = ("case_manager", "substitute", "helps")  # the rest of a correction mends what was wrong


def asked(team: Team, client: Client) -> bool:
    """Is what is changed about this client asked whether it is on their mandate?"""
    return model_of(team, client).mandate


def needed(facts: Sequence[e.Fact]) -> bool:
    """Do these facts change what is done for a client?"""
    return any(map(_changes, facts))


def _changes(fact: e.Fact) -> bool:
    match fact:
        case e.ClientCorrected(changed=changed):
            return not {*OF_DETAILS}.isdisjoint(changed)
        case e.DocumentWritten(document=kind):
            return kind in PLANS
    return isinstance(fact, NEEDS)


def with_mandate(case: Case, entries: list[e.Entry], said: bool | None) -> list[e.Entry]:
    """The facts, and after them that they are on the client's mandate, where that is asked.

    `said` is what the person answered; None: nobody asked (a phone's queue, a file, factboard itself). Raises `Invalid`
    beside `mandate` where it was asked, is needed, and was not said.
    """
    client = case.client
    if client is None or said is None or not needed([one.fact for one in entries]) or not asked(case.team, client):
        return entries
    if not said:
        raise Invalid("mandate_needed", "mandate")
    return [*entries, e.Entry(e.OnMandate(), client.id, entries[-1].placement)]
