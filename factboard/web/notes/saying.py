"""What was decided, in a few words, and a client's notes as plain text for the medical record.

A sentence of the history names who, whom and what. The notes stand under the client's name and inside a meeting, so
here a decision is said as a team would write it down: "Visit Tue 24 Nov 10:00: Lars Test (else Anna Test)".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from factboard.domain import events as e
from factboard.domain.notes import ClientNotes, Notes, Turn
from factboard.domain.people import Label
from factboard.domain.state import Team
from factboard.web.language import N_, catalogue
from factboard.web.notes.decisions import SAYINGS, Who
from factboard.web.times import Times
from factboard.web.words import Words, initial, words_for

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
        meeting, words, times = notes.meeting, self.words, self.times
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
    def times(self) -> Times:
        return Times(self.language, self.team.settings.time_zone)

    @property
    def words(self) -> Words:
        return words_for(self.team.settings, self.language)

    def _read(self, sentence: str) -> str:
        return catalogue(self.language).gettext(sentence)

    def _say(self, value: Any) -> str:
        match value:
            case None:
                return ""
            case datetime() | date():
                return self.times.day(value)
            case time():
                return self.times.clock(value)
            case (str() as sentence, part):  # a part that is said only where there is something to say
                return self._read(sentence) % {"it": self._say(part)} if part else ""
            case e.Category():
                return self.words.category(value)
            case Who():
                return self.words.person(self.team, value.user)
        return str(value) if type(value) is str else self.words.term(value)
