"""What was decided, in a few words, and a client's notes as plain text for the medical record.

A sentence of the history names who, whom and what. The notes stand under the client's name and inside a meeting, so
here a decision is said as a team would write it down: "Visit Tue 24 Nov 10:00: Lars Test (else Anna Test)".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from factboard.domain import events as e
from factboard.domain.notes import ClientNotes, Notes, Turn
from factboard.domain.people import Label
from factboard.domain.state import Team
from factboard.web.language import N_, catalogue
from factboard.web.times import Times
from factboard.web.words import initial, words_for

Told = tuple[str, dict[str, Any]]

CORRECTED = N_("corrected by %(by)s")
NOT_THERE = N_("not at the meeting")

TURNS = {
    Turn.DISCUSSED: N_("Discussed."),
    Turn.NO_CHANGE: N_("No change: the plan stands."),
    Turn.NOT_DISCUSSED: N_("Not discussed; comes first at the next meeting."),
    Turn.OPEN: N_("Not discussed yet."),
    Turn.BESIDE: N_("Beside the agenda."),
}


@dataclass(frozen=True, slots=True)
class Sayer:
    """Says it in one language, with one team's people, words and zone."""

    language: str
    team: Team

    def decision(self, row: e.Recorded) -> str:
        """A decision of the meeting, without its client and without a full stop."""
        sentence, what = SAYINGS[type(row.fact)](self, row.fact)
        said = self._read(sentence) % {key: self._say(value) for key, value in what.items()}
        return initial(" ".join(said.split()))

    def turn(self, turn: Turn) -> str:
        return self._read(TURNS[turn])

    def text(self, notes: Notes, client: ClientNotes, label: Label, born: date | None) -> str:
        """The client's finished note as plain text: nothing else of the meeting, nobody else's name but the staff's."""
        meeting, words, times = notes.meeting, words_for(self.team.settings, self.language), self._times
        whom = self._read(N_("Protected identity %(code)s")) % {"code": label.second} if label.hidden else label.name
        if not label.hidden and born:
            whom = f"{whom}, {born.isoformat()}"
        ended = f"–{times.clock(meeting.closed)}" if meeting.closed else ""
        head = self._read(N_("Board meeting %(day)s %(time)s, %(team)s"))
        present = self._read(N_("Present: %(present)s"))
        lines = [
            head
            % {
                "day": times.full_day(meeting.opened),
                "time": times.clock(meeting.opened) + ended,
                "team": self.team.settings.name,
            },
            whom,
            present % {"present": ", ".join(words.person(self.team, user) for user in meeting.present)},
            "",
            self.turn(client.turn),
        ]
        for line in client.lines:
            by = words.person(self.team, line.by)
            if line.earlier:
                corrected = {"by": words.person(self.team, line.earlier[-1].by)}
                by = f"{by}, {self._read(CORRECTED) % corrected}"
            lines.append(f"{initial(words.term(line.part))}: {line.text} ({by})")
        if client.decided:
            lines += ["", self._read(N_("Decided:"))]
            for row in client.decided:
                who = words.person(self.team, row.actor)
                beside = "" if row.actor in notes.there else f", {self._read(NOT_THERE)}"
                lines.append(f"- {self.decision(row)} ({who}{beside})")
        return "\n".join(lines) + "\n"

    @property
    def _times(self) -> Times:
        return Times(self.language, self.team.settings.time_zone)

    def _read(self, sentence: str) -> str:
        return catalogue(self.language).gettext(sentence)

    def _say(self, value: Any) -> str:
        match value:
            case None:
                return ""
            case datetime() | date():
                return self._times.day(value)
            case time():
                return self._times.clock(value)
            case (str() as sentence, part):  # a part that is said only where there is something to say
                return self._read(sentence) % {"it": self._say(part)} if part else ""
            case e.Category():
                return words_for(self.team.settings, self.language).category(value)
            case Who():
                return words_for(self.team.settings, self.language).person(self.team, value.user)
        return str(value) if type(value) is str else words_for(self.team.settings, self.language).term(value)


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
            "text": fact.text,
            "owner": (N_(", %(it)s"), Who(fact.owner or "")),
            "due": (N_(", at the latest %(it)s"), fact.due),
        },
    ),
    e.ActionDone: lambda _, fact: (N_("done: %(text)s"), {"text": fact.text}),
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
    e.Returned: lambda _, fact: (N_("back to planned care: %(reason)s"), {"reason": fact.reason}),
    e.EnteredInError: lambda _, fact: (N_("entered in error: %(reason)s"), {"reason": fact.reason}),
}
