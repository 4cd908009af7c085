"""Who is in the team's care: enrol a client, correct what is known of them, end the enrolment."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.text import NOTE, REASON, clean

EARLIEST_BIRTH = date(1900, 1, 1)


def enrol(case: Case, *, details: e.Details, source: e.Source = e.Source.TEAM) -> list[e.Entry]:
    """A new client of the team, or one who comes back to it."""
    if case.client and case.client.enrolled:
        raise Conflict("already_enrolled")
    client = case.client.id if case.client else case.new_id()
    return [e.Entry(e.ClientEnrolled(_checked(case, details), source), client)]


def correct(case: Case, *, details: e.Details, source: e.Source = e.Source.TEAM) -> list[e.Entry]:
    """Mend what is known of a client. Nothing changed is no fact."""
    client = case.enrolled()
    if case.meanwhile(e.ClientCorrected, e.CaseManagerChanged):
        raise Conflict("corrected_meanwhile")
    checked = _checked(case, details)
    changed = tuple(
        field.name for field in fields(e.Details) if getattr(checked, field.name) != getattr(client.details, field.name)
    )
    return [case.about(e.ClientCorrected(checked, changed, source))] if changed else []


def end_enrolment(case: Case, *, reason: e.EndReason, note: str = "") -> list[e.Entry]:
    """The client leaves the team's care; a time on the board ends with it."""
    client = case.enrolled()
    if client.stay and case.meanwhile(e.PutOnBoard, e.FlaggedAgain):
        raise Conflict("flagged_meanwhile")
    why = clean(note, "note", limit=REASON, required=reason is e.EndReason.OTHER)
    return [case.about(e.EnrolmentEnded(reason, why))]


def _checked(case: Case, details: e.Details) -> e.Details:
    born = details.birth_date
    if born and not EARLIEST_BIRTH <= born <= case.today:
        raise Invalid("day_out_of_range", "birth_date")
    if details.case_manager and case.client and case.client.details.case_manager == details.case_manager:
        pass  # somebody who has left the team may stay named until a successor is chosen
    elif details.case_manager:
        case.member(details.case_manager, "case_manager")
    if details.substitute and not (case.client and case.client.details.substitute == details.substitute):
        case.member(details.substitute, "substitute")
    if details.substitute and details.substitute == details.case_manager:
        raise Invalid("substitute_is_the_same", "substitute")
    return replace(
        details,
        surname=clean(details.surname, "surname", required=True),
        first_name=clean(details.first_name, "first_name", required=True),
        short_name=clean(details.short_name, "short_name", limit=40),
        national_id=clean(details.national_id, "national_id", limit=30),
        address=clean(details.address, "address"),
        phone=clean(details.phone, "phone", limit=60),
        notes=clean(details.notes, "notes", limit=NOTE),
        helps=clean(details.helps, "helps", limit=NOTE),
        warnings=clean(details.warnings, "warnings", limit=NOTE),
    )
