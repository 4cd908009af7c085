"""Each kind of decision as a team would write it down: its sentence, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factboard.domain import events as e
from factboard.web.language import N_

if TYPE_CHECKING:
    from factboard.web.notes.saying import Sayer

Told = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Who:
    """A person, to be named."""

    user: str

    def __bool__(self) -> bool:
        return bool(self.user)


def _visit(_: Sayer, fact: e.VisitPlanned | e.VisitChanged) -> Told:
    at, backup, note = (
        (N_(" %(it)s"), fact.at),
        (N_(" (else %(it)s)"), Who(fact.backup or "")),
        (N_(", %(it)s"), fact.note),
    )
    what = {"day": fact.day, "at": at, "who": Who(fact.who), "backup": backup, "note": note}
    return N_("visit %(day)s%(at)s: %(who)s%(backup)s%(note)s"), what


def _category(sayer: Sayer, code: str) -> e.Category:
    return sayer.team.categories.get(code) or e.Category(code)


def _dated(sentence: str) -> Callable[[Sayer, Any], Told]:
    """A fact with a name or a ward, and a day that may not be there."""

    def say(_: Sayer, fact: Any) -> Told:
        name = getattr(fact, "ward", None) or getattr(fact, "name", "")
        until = getattr(fact, "expected", None) or getattr(fact, "ends", None)
        return sentence, {"name": name, "until": (N_(", until %(it)s"), until)}

    return say


def _thinks(sayer: Sayer, fact: e.ReturnAnnounced | e.ReturnTold) -> str:
    """What the client thinks of the return, an objection first."""
    return ": ".join(part for part in (sayer.words.objects() if fact.objects else "", fact.view) if part)


SAYINGS: dict[type[e.Fact], Callable[[Sayer, Any], Told]] = {
    e.PutOnBoard: lambda sayer, fact: (
        N_("put on the board, %(category)s: %(reason)s"),
        {"category": _category(sayer, fact.category), "reason": fact.reason},
    ),
    e.FlaggedAgain: lambda _, fact: (N_("new worry: %(reason)s"), {"reason": fact.reason}),
    e.Taken: lambda _, fact: (N_("taken"), {}),
    e.Recategorised: lambda sayer, fact: (
        N_("category changed to %(category)s%(reason)s"),
        {"category": _category(sayer, fact.category), "reason": (N_(": %(it)s"), fact.reason)},
    ),
    e.Rated: lambda _, fact: (
        N_("rated %(rating)s (%(basis)s; %(by)s)"),
        {"rating": fact.rating, "basis": fact.basis, "by": Who(fact.by)},
    ),
    e.ReviewSet: lambda _, fact: (N_("review by %(day)s"), {"day": fact.review_by}),
    e.ActionAdded: lambda _, fact: (
        N_("to do, urgent: %(text)s%(owner)s%(due)s") if fact.urgent else N_("to do: %(text)s%(owner)s%(due)s"),
        {
            "text": fact.task or fact.text,
            "owner": (N_(", %(it)s"), Who(fact.owner or "")),
            "due": (N_(", at the latest %(it)s"), fact.due),
        },
    ),
    e.ActionDone: lambda _, fact: (N_("done: %(text)s"), {"text": fact.task or fact.text}),
    e.VisitPlanned: _visit,
    e.VisitChanged: _visit,
    e.VisitCancelled: lambda _, fact: (
        N_("visit cancelled: %(day)s, %(who)s"),
        {"day": fact.day, "who": Who(fact.who)},
    ),
    e.CrisisPlanReviewed: lambda _, fact: (N_("crisis plan reviewed %(day)s"), {"day": fact.on}),
    e.Admitted: _dated(N_("admitted: %(name)s%(until)s")),
    e.AdmissionChanged: _dated(N_("admission changed: %(name)s%(until)s")),
    e.Discharged: _dated(N_("discharged: %(name)s%(until)s")),
    e.LegalMeasureStarted: _dated(N_("legal measure: %(name)s%(until)s")),
    e.LegalMeasureProlonged: _dated(N_("legal measure prolonged: %(name)s%(until)s")),
    e.LegalMeasureEnded: _dated(N_("legal measure ended: %(name)s%(until)s")),
    e.PlannedContactSet: lambda sayer, fact: (
        N_("planned contact: %(who)s, every %(days)s, next %(next)s"),
        {"who": Who(fact.who), "days": sayer.times.days_count(fact.every_days), "next": fact.next},
    ),
    e.IntensityChanged: lambda sayer, fact: (
        N_("met every %(days)s instead of every %(before)s: %(reason)s"),
        {
            "days": sayer.times.days_count(fact.every_days),
            "before": sayer.times.days_count(fact.before),
            "reason": fact.reason,
        },
    ),
    e.ReturnHeld: lambda _, fact: (
        N_("kept on the board to the end of %(day)s: %(reason)s"),
        {"day": fact.until, "reason": fact.reason},
    ),
    e.ReturnAnnounced: lambda sayer, fact: (
        N_("return planned%(when)s; %(informed)s%(view)s"),
        {
            "when": (N_(" %(it)s"), sayer.times.moment(fact.planned) if fact.planned else None),
            "informed": sayer.words.informed(fact.informed),
            "view": (N_(", %(it)s"), _thinks(sayer, fact)),
        },
    ),
    e.ReturnTold: lambda sayer, fact: (
        N_("about the return: %(informed)s%(view)s"),
        {"informed": sayer.words.informed(fact.informed), "view": (N_(", %(it)s"), _thinks(sayer, fact))},
    ),
    e.ReturnUpheld: lambda sayer, fact: (N_("returns %(when)s"), {"when": sayer.times.moment(fact.due)}),
    e.Returned: lambda _, fact: (
        N_("back to planned care, declined, agreed with %(second)s: %(reason)s")
        if fact.agreed_with
        else N_("back to planned care: %(reason)s"),
        {"reason": fact.reason, "second": Who(fact.agreed_with or "")},
    ),
    e.EnteredInError: lambda _, fact: (N_("entered in error: %(reason)s"), {"reason": fact.reason}),
}
