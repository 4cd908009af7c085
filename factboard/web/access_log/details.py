"""What more the log notes of a look, in its reader's words: what a file asked for, a moment, a period.

It stays stored as the program wrote it. What has another shape, such as people's own words or what an older version
wrote, is shown as it is.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from factboard.domain.access import EXPORTS, Look
from factboard.domain.state import Team
from factboard.domain.statistics import Key
from factboard.storage.codec import instant_from_text
from factboard.web.access_log.said import Said
from factboard.web.asking.asked import By
from factboard.web.asking.offered import ALL_OF, BY, FIELDS
from factboard.web.language import N_, catalogue
from factboard.web.sentences import Teller
from factboard.web.statistics.terms import FIGURES
from factboard.web.times import Times
from factboard.web.words import initial, words_for
from factboard.web.words.kinds import GROUPS, KINDS

KNOWN = {  # of what left the screen
    "copied": N_("copied"),
    "kept on a phone": N_("kept on a phone"),
    "crisis plan kept on a phone": N_("crisis plan kept on a phone"),
    "crisis-plan": N_("the crisis plan"),
    "crisis-card": N_("the card with the crisis plan"),
    "mine": N_("the sheet for the person themselves"),
    "morning": N_("the morning sheet"),
    "on-call": N_("the on-call sheet"),
}
DAY, INSTANT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00:00"
REPLAYED = re.compile(r"(?P<at>\S+) no\. (?P<seq>\d+)")
PERIOD = re.compile(rf"(?:(?P<key>\w+) )?first=(?P<first>{DAY})&last=(?P<last>{DAY})")
PACK = re.compile(rf"(?P<first>{DAY}) (?P<last>{DAY}) (?P<why>.*)", re.DOTALL)
WRITTEN = re.compile(rf"(?P<sheet>morning|on-call)-(?P<day>{DAY})\.html")
ASKED = {  # the fields of a filter, in the order in which `exporting.disclosing.spelled` writes them
    "since": INSTANT,
    "until": INSTANT,
    "client": r"\S+",
    "actor": r"\S+",
    "kinds": r"\([^)]*\)",
    "category": r"\S+",
    "automatic": "True|False",
    "meeting": r"\S+",
    "words": ".+",
}
FILTER = re.compile("".join(rf"(?:(?:^| ){name}=(?P<{name}>{value}))?" for name, value in ASKED.items()), re.DOTALL)
CALLED = {"since": "first", "until": "last", "actor": "person", "kinds": "kind", "automatic": "by"}  # as on the form


def detailed(look: Look, language: str, team: Team) -> str:
    """The look's detail in words."""
    try:
        return _Details(language, team).said(look) or look.detail
    except ValueError:  # a day or a moment that there is not
        return look.detail


class _Details:
    def __init__(self, language: str, team: Team) -> None:
        self._language, self._team = language, team
        self._read, self._words = catalogue(language).gettext, words_for(team.settings, language)
        self._times = Times(language, team.settings.time_zone)

    def said(self, look: Look) -> str:
        """Nothing, where it has no shape that is known. Raises ValueError."""
        text = look.detail
        if look.action == "replay" and (found := REPLAYED.fullmatch(text)):
            then = self._moment(instant_from_text(found["at"]))
            return self._read(N_("%(when)s, fact no. %(number)s")) % {"when": then, "number": found["seq"]}
        if look.view.startswith("statistics") and (found := PERIOD.fullmatch(text)):
            days = self._days(found["first"], found["last"])
            key = next((one for one in Key if one.value == found["key"]), None)
            return f"{self._read(FIGURES[key].name)}, {days}" if key else days
        if look.action not in EXPORTS:
            return ""
        if look.view == "case_pack" and (found := PACK.fullmatch(text)):
            return f"{self._days(found['first'], found['last'])}: {found['why']}"
        if found := WRITTEN.fullmatch(text):
            return f"{self._read(KNOWN[found['sheet']])}, {self._times.full_day(date.fromisoformat(found['day']))}"
        if look.view.startswith("history") and (found := FILTER.fullmatch(text)):
            asked = {name: value for name, value in found.groupdict().items() if value}
            return "; ".join(f"{name}: {value}" for name, value in self._asked(asked))
        return self._read(KNOWN[text]) if text in KNOWN else ""

    def _asked(self, asked: dict[str, str]) -> Iterator[tuple[str, str]]:
        for field, value in asked.items():
            name = self._read(FIELDS[CALLED.get(field, field)]) % self._words.of_the_team()
            yield initial(name), self._value(field, value)

    def _value(self, field: str, value: str) -> str:
        match field:
            case "since" | "until":
                return self._edge(datetime.fromisoformat(value), ends=field == "until")
            case "client":
                return Teller(self._language, self._team).client(value)
            case "actor":
                return Said(self._language, self._team).person(value)
            case "kinds":
                return self._kinds(literal_eval(value))
            case "category":
                known = self._team.categories.get(value)
                return self._words.category(known) if known else value
            case "automatic":
                return self._read(BY[By.ITSELF if value == "True" else By.HAND])
            case "meeting":
                return self._read(N_("one of the team's meetings"))
        return value

    def _kinds(self, kinds: tuple[str, ...]) -> str:
        group = next((one for one in GROUPS.values() if one.kinds == kinds and len(kinds) > 1), None)
        if group:
            return self._read(ALL_OF) % {"group": self._read(group.name)}
        return ", ".join(self._read(KINDS[one]) if one in KINDS else one for one in kinds)

    def _edge(self, at: datetime, *, ends: bool) -> str:
        """The first or the last local day of what was asked for; to the minute where it is no whole day."""
        local = at.astimezone(self._times.zone)
        if local.hour or local.minute:
            return self._moment(at)
        return self._times.full_day(local.date() - timedelta(days=1) if ends else local.date())

    def _moment(self, at: datetime) -> str:
        return f"{self._times.full_day(at)} {self._times.clock(at)}"

    def _days(self, first: str, last: str) -> str:
        return " – ".join(self._times.full_day(date.fromisoformat(day)) for day in (first, last))
