"""What changed, in words: the names of a client's and a team's fields, and their values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from factboard.domain import events as e
from factboard.domain.changes import Change
from factboard.domain.masking import PERSONAL
from factboard.domain.state import Legal, Screen, Visit
from factboard.domain.state.team import Absence
from factboard.web.language import N_, catalogue
from factboard.web.sentences import Teller
from factboard.web.sentences.table import DETAILS
from factboard.web.words import initial, terms

FIELDS = DETAILS | {
    # a client
    "enrolled": N_("in the team's care"),
    "since": N_("on the board since"),
    "category": N_("category"),
    "reason": N_("reason"),
    "warning_signs": N_("warning signs"),
    "needed": N_("what is needed"),
    "informed": N_("informed of being on the board"),
    "source": N_("where it came from"),
    "review_by": N_("review by"),
    "taken_by": N_("taken by"),
    "rating": N_("newest rating"),
    "rated_at": N_("newest rating, when"),
    "kept": N_("kept on the board to the end of"),
    "kept_because": N_("kept on the board, why"),
    "holds": N_("times kept on the board"),
    "announced": N_("return announced"),
    "planned": N_("return planned for"),
    "due": N_("return upheld for"),
    "told": N_("told of the return"),
    "view": N_("thinks of the return"),
    "objects": N_("does not want to go back"),
    "alarms": N_("overdue"),
    "actions": N_("open actions"),
    "contact": N_("newest contact"),
    "contact_at": N_("newest contact, when"),
    "visits": N_("planned visits"),
    "crisis_plan": N_("crisis plan reviewed"),
    "ward": N_("admitted to"),
    "expected": N_("discharge expected"),
    "discharged": N_("last discharged"),
    "legal": N_("legal measures"),
    "who": N_("planned contact, who"),
    "every_days": N_("planned contact, every"),
    "next": N_("planned contact, next"),
    "model": N_("model of case management"),
    "follow_up": N_("follow-up of the return, by"),
    "follow_up_done": N_("follow-up made"),
    "discussed": N_("last discussed at a meeting"),
    "passed_over": N_("passed over at a meeting"),
    "tips": N_("tips that wait for an answer"),
    "shared_with": N_("shared with staff of"),
    "locked": N_("locked"),
    # a team
    "name": N_("name"),
    "language": N_("language"),
    "country": N_("country"),
    "time_zone": N_("time zone"),
    "meeting_days": N_("meeting days"),
    "meeting_time": N_("meetings begin"),
    "meeting_minutes": N_("length of a meeting, minutes"),
    "return_time": N_("returns at"),
    "closed_days": N_("closed days"),
    "client_word": N_("word for the client"),
    "case_manager_word": N_("word for the case manager"),
    "agenda": N_("order of the agenda"),
    "wall_before": N_("wall shows clients, minutes before a meeting"),
    "wall_after": N_("wall shows clients, minutes after a meeting"),
    "most_visits": N_("most visits a day for one person"),
    "sheet_folder": N_("folder of the sheets"),
    "out_of_hours": N_("whom to call out of hours"),
    "day_begins": N_("working hours begin"),
    "day_ends": N_("working hours end"),
    "taken_minutes": N_("a worry is taken within, minutes"),
    "public_holidays": N_("closed on public holidays"),
    "contacts_moved": N_("planned contacts on a day off move"),
    "phrases": N_("ready reasons"),
    "plans_on_phones": N_("crisis plans kept on phones"),
    "flag": N_("told at once of a new worry"),
    "untaken": N_("told at once of one that nobody has taken"),
    "returned": N_("told at once of a return"),
    "colour": N_("colour"),
    "shape": N_("shape"),
    "order": N_("place among the categories"),
    "review_days": N_("review after"),
    "retired": N_("no longer in use"),
    "contacts_a_week": N_("contacts a week"),
    "unseen_days": N_("unseen at most"),
    "mode": N_("way back to planned care"),
    "stable_ratings": N_("ratings as usual needed"),
    "raters": N_("people who rated needed"),
    "stable_days": N_("days as usual needed"),
    "blockers": N_("nobody goes back while"),
    "care_model": N_("model of case management, the default"),
    "most": N_("clients for one person, guidance"),
    "treats": N_("who treats"),
    "cover": N_("crisis cover"),
    "mandate": N_("only on the client's mandate"),
    "used": N_("offered by the team"),
    "role": N_("role"),
    "profession": N_("profession"),
    "employer": N_("employer"),
    "sharing": N_("staff of other employers see"),
    "left": N_("has left the team"),
    "works": N_("works on"),
    "leads_supervision": N_("leads group supervision"),
    "first": N_("first day away"),
    "last": N_("last day away"),
    "note": N_("note"),
    "naming": N_("clients are called by"),
    "outside": N_("shows outside meetings"),
    "revoked": N_("shows the board no more"),
    "blank": N_("wall screens are blank"),
    "paused": N_("returns are paused"),
}
IN_A_TEAM = {"announced": N_("told at once of an announced return"), "warning_signs": N_("early warning signs")}
ON_DUTY = N_("on duty %(day)s")
OF = N_("%(of)s: %(what)s")
YES, NO, HIDDEN, NOTHING = N_("yes"), N_("no"), N_("not shown"), "–"
READ_AS = {"works": "meeting_days", "taken_by": "by", "locked": "parts"}  # said as that field is
ASIDE = ("user", "username", "code", "id", "paired_by", "paired_at")  # of no interest beside the rest


@dataclass(frozen=True, slots=True)
class Side:
    """A change as it is read."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Namer:
    """Tells changes to one reader; `hides` who a client is from those who may not know it."""

    teller: Teller
    at: datetime
    hides: bool = False

    def sides(self, changes: list[Change], *, of_team: bool) -> list[Side]:
        sides = (
            Side(self._name(one, of_team), self._side(one, one.before, of_team), self._side(one, one.after, of_team))
            for one in changes
            if one.name not in ASIDE
        )
        return [one for one in sides if {one.before, one.after} != {NOTHING}]

    def _name(self, change: Change, of_team: bool) -> str:
        if change.name.startswith("duty "):
            day = date.fromisoformat(change.name.removeprefix("duty "))
            return initial(self._read(ON_DUTY) % {"day": self.teller.value("day", day, self.at)})
        known = (IN_A_TEAM if of_team else {}).get(change.name) or FIELDS.get(change.name, change.name)
        what = self._read(known)
        return initial(self._read(OF) % {"of": self._of(change.of), "what": what} if change.of else what)

    def _of(self, of: Any) -> str:
        match of:
            case e.Category():
                return self.teller.value("category", of, self.at)
            case e.CareModel():
                return self.teller.value("model", of, self.at)
            case e.Member() | Screen():
                return of.name
            case Absence(user=user):
                return self.teller.person(user)
        return ""

    def _side(self, change: Change, value: Any, of_team: bool) -> str:
        if not value and not isinstance(value, bool):
            return NOTHING
        if self.hides and not of_team and change.name in PERSONAL:
            return self._read(HIDDEN)
        return self._value(change.name, value) or NOTHING

    def _value(self, name: str, value: Any) -> str:
        match value:
            case bool():
                return self._read(YES if value else NO)
            case tuple():
                return ", ".join(self._value(name, one) for one in value)
            case Visit(who=who, day=day):
                return f"{self.teller.person(who)} {self.teller.value('day', day, self.at)}"
            case Legal(name=law, ends=ends):
                return f"{law} – {self.teller.value('ends', ends, self.at)}" if ends else law
            case int() if name == "meeting_days" or name == "works":
                return self.teller.weekday(value)
            case str() if name in ("client_word", "case_manager_word"):
                forms = (terms.CLIENT if name == "client_word" else terms.CASE_MANAGER)[value]
                return forms.read(catalogue(self.teller.language).gettext).one
            case str() if not isinstance(value, StrEnum) and (name in DETAILS or name.startswith("duty ")):
                return (
                    self.teller.person(value)
                    if name in ("case_manager", "substitute") or name[:5] == "duty "
                    else value
                )
        return self.teller.value(READ_AS.get(name, name), value, self.at)

    def _read(self, sentence: str) -> str:
        return catalogue(self.teller.language).gettext(sentence)
