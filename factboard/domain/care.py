"""Where a client is and what the law says: admissions and legal measures, for those on the board and off it."""

from __future__ import annotations

from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.placement import EARLIEST, recategorise
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Admission, Legal
from factboard.domain.text import REASON, clean

FARTHEST = timedelta(days=3 * 366)  # ahead: a legal measure, or a day that somebody mistyped


def admit(
    case: Case, *, ward: str, on: date | None = None, expected: date | None = None, note: str = "", category: str = ""
) -> list[e.Entry]:
    """In hospital, or detained. With `category`, the time on the board moves there too."""
    client = case.enrolled()
    if client.admission:
        raise Conflict("already_admitted")
    where, day = clean(ward, "ward", required=True), _past(case, on, "on")
    fact = e.Admitted(where, day, _expected(case, expected), clean(note, "note", limit=REASON))
    return [case.about(fact), *_moved(case, category)]


def change_admission(case: Case, *, ward: str, expected: date | None = None, note: str = "") -> list[e.Entry]:
    """Another ward, or another day for the discharge: still the same admission."""
    known = _admission(case, e.Admitted, e.AdmissionChanged)
    where, day = clean(ward, "ward", required=True), expected
    if day != known.expected:
        day = _expected(case, expected)
    said = clean(note, "note", limit=REASON)
    if (where, day, said) == (known.ward, known.expected, known.note):
        return []
    return [case.about(e.AdmissionChanged(where, day, said))]


def discharge(case: Case, *, on: date | None = None, note: str = "", category: str = "") -> list[e.Entry]:
    """Home again. With `category`, the time on the board moves there too."""
    known, day = _admission(case, e.Admitted), _past(case, on, "on")
    if day < known.on:
        raise Invalid("ends_before_it_begins", "on")
    fact = e.Discharged(day, known.ward, clean(note, "note", limit=REASON))
    return [case.about(fact), *_moved(case, category)]


def start_legal_measure(
    case: Case, *, name: str, on: date | None = None, ends: date | None = None, note: str = ""
) -> list[e.Entry]:
    """A measure by law, in the team's words; without `ends`, until further notice."""
    case.enrolled()
    called, day = clean(name, "name", required=True), _past(case, on, "on")
    fact = e.LegalMeasureStarted(case.new_id(), called, day, _ends(case, ends, day), clean(note, "note", limit=REASON))
    return [case.about(fact)]


def prolong_legal_measure(case: Case, *, measure: str, ends: date | None = None, note: str = "") -> list[e.Entry]:
    """It ends on another day, or goes on until further notice."""
    known = _measure(case, measure)
    until = _ends(case, ends, known.on)
    if until == known.ends:
        raise Invalid("same_end", "ends")
    if until and until < case.today:
        raise Invalid("end_has_passed", "ends")
    return [case.about(e.LegalMeasureProlonged(known.id, known.name, until, clean(note, "note", limit=REASON)))]


def end_legal_measure(case: Case, *, measure: str, on: date | None = None, note: str = "") -> list[e.Entry]:
    """It is over: its time has run out, or somebody has decided so."""
    known, day = _measure(case, measure), _past(case, on, "on")
    if day < known.on:
        raise Invalid("ends_before_it_begins", "on")
    return [case.about(e.LegalMeasureEnded(known.id, known.name, day, clean(note, "note", limit=REASON)))]


def _admission(case: Case, *changed: type[e.Fact]) -> Admission:
    """The admission that goes on, as the person saw it: nothing of `changed` has happened to it since."""
    known = case.enrolled().admission
    if known is None:
        raise Conflict("not_admitted")
    if any(case.meanwhile(kind) for kind in changed):
        raise Conflict("admission_changed_meanwhile")
    return known


def _measure(case: Case, measure: str) -> Legal:
    known = next((one for one in case.enrolled().legal if one.id == measure), None)
    if known is None:
        raise Conflict("unknown_measure")
    if any(fact.measure == measure for fact in case.meanwhile(e.LegalMeasureProlonged)):
        raise Conflict("measure_changed_meanwhile")
    return known


def _moved(case: Case, category: str) -> list[e.Entry]:
    """The move on the board that goes with it, where there is one to make."""
    client = case.enrolled()
    if not category or client.stay is None or client.stay.category == category:
        return []
    return recategorise(case, category=category)


def _past(case: Case, day: date | None, field: str) -> date:
    """A day that has come; empty means today."""
    if day is None:
        return case.today
    if day > case.today:
        raise Invalid("in_the_future", field)
    if day < EARLIEST:
        raise Invalid("day_out_of_range", field)
    return day


def _expected(case: Case, day: date | None) -> date | None:
    if day and not case.today <= day <= case.today + FARTHEST:
        raise Invalid("day_out_of_range", "expected")
    return day


def _ends(case: Case, day: date | None, on: date) -> date | None:
    if day and day <= on:
        raise Invalid("ends_too_early", "ends")
    if day and day > case.today + FARTHEST:
        raise Invalid("day_out_of_range", "ends")
    return day
