"""The history as plain sentences, made when read, in the reader's language: one sentence a kind of fact.

`Teller` knows whom and what to name; the sentences themselves stand in `table`. What comes out is text, never
HTML: the template escapes it like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from babel.dates import format_timedelta, get_day_names

from factboard.domain import events as e
from factboard.domain.caseload import models
from factboard.domain.chain import Row
from factboard.domain.people import COMMAND_LINE, Label, alias
from factboard.domain.state import Team
from factboard.storage.codec import UNREADABLE, readable, recorded
from factboard.web.language import N_, catalogue
from factboard.web.sentences.choosing import noticed, telling_of
from factboard.web.sentences.meaning import (
    CATEGORIES,
    CLIENTS,
    COUNTED,
    DAYS,
    EVIDENCED,
    IF_ANY,
    INSIDE,
    MODELS,
    PEOPLE,
    READ_AS,
    RECORDS,
    UNSAID,
)
from factboard.web.sentences.table import ASKED_OF, DETAILS, WITH_CLIENT, Telling
from factboard.web.times import LOCALES, Times
from factboard.web.words import Words, initial, terms, words_for

NAMED = N_("%(name)s (%(second)s)")
PROTECTED = N_("protected identity %(code)s")
EVIDENCE = N_("%(by)s %(day)s (%(basis)s)")
CARRIED = N_("version %(number)s, written by %(by)s %(day)s")
FORWARD, BACK = N_("forward by %(time)s"), N_("back by %(time)s")
CHANGED = N_(
    "%(actor)s wrote something here (%(kind)s) that cannot be read: it was changed since, or a newer release wrote it."
)
REDACTED = N_("%(actor)s wrote something here (%(kind)s) that has been redacted.")


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells facts to one reader. `team` None: the system's own stream.

    `labels` name the clients, `names` the people whom the team does not know (administrators).
    """

    language: str
    team: Team | None = None
    labels: Mapping[str, Label] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def tell(self, row: e.Recorded) -> str:
        """What happened, as one or more sentences."""
        return " ".join(said for _, said in self._parts(row, telling_of(row)))

    def notice(self, row: e.Recorded) -> tuple[str, str]:
        """What happened as its reader acts on it, and apart from it on what it rests: who rated when, by which rule."""
        parts = self._parts(row, noticed(row) or telling_of(row))
        short, evidence = ([said for name, said in parts if (name in EVIDENCED) is apart] for apart in (False, True))
        return " ".join(short), " ".join(evidence)

    def _parts(self, row: e.Recorded, telling: Telling) -> list[tuple[str, str]]:
        """The sentences, each with the field that lets it be said."""
        said = {name: "" for name, _ in telling.more} | self._said(row.fact, row.at)
        actor = self.person(row.actor)
        said |= {"actor": initial(actor) if row.actor == COMMAND_LINE else actor}
        said |= {"client": self.client(row.client), "The_client": self._the_client()}
        said |= {"the_case_manager": self._words().case_manager.the}
        said |= {"arrived": self._say("arrived", row.at, row.at)}
        parts = [("", telling.main), *((name, sentence) for name, sentence in telling.more if said[name])]
        return [(name, _closed(self._read(part) % said)) for name, part in parts]

    def tell_row(self, row: Row) -> str:
        """A stored row's sentence; one whose content was taken away, or cannot be read, has its own."""
        known = {"actor": self.person(row.actor), "kind": row.kind}
        if row.payload is None:
            return self._read(REDACTED) % known
        try:
            return self.tell(recorded(row))
        except UNREADABLE:
            return self._read(CHANGED) % known

    def value(self, name: str, value: object, at: datetime) -> str:
        """What a field of this name says, in words; `at` (UTC) is when it was said. Empty for what says nothing."""
        return self._say(name, value, at)

    def weekday(self, day: int) -> str:
        """ "Mon"; Monday is 0."""
        return str(get_day_names("abbreviated", locale=LOCALES[self.language])[day]).rstrip(".")

    def client(self, id: str | None) -> str:
        """The client's name with what tells them from others; a protected identity's code."""
        if id is None:
            return ""
        label = self.labels.get(id)
        if label is None:
            return f"{self._words().client.one} {alias(id)}"
        if label.hidden:
            return self._read(PROTECTED) % {"code": label.second}
        return self._read(NAMED) % {"name": label.name, "second": label.second} if label.second else label.name

    def names_client(self, id: str | None) -> bool:
        """Does the reader learn who this is? Not of a protected identity, nor of anybody where they see codes."""
        return id is None or (id in self.labels and not self.labels[id].hidden)

    def person(self, user: str) -> str:
        """A person's name, or the name of what acts by itself."""
        if user in self.names:
            return self.names[user]
        if self.team:
            return self._words().person(self.team, user)
        return self._read(terms.ACTORS.get(user, user))

    def _said(self, thing: Any, at: datetime) -> dict[str, str]:
        said: dict[str, str] = {}
        for known in fields(thing):
            value = getattr(thing, known.name)
            if isinstance(value, INSIDE):
                said |= self._said(value, at)
            name = READ_AS.get((getattr(thing, "kind", ""), known.name), known.name)
            said[known.name] = self._say(name, value, at)
        return said

    def _say(self, name: str, value: object, at: datetime) -> str:
        times = Times(self.language, self._settings().time_zone)
        match value:
            case None:
                return ""
            case bool() if name == "with_client":
                return self._read(WITH_CLIENT[value]) % {"the_client": self._words().client.the}
            case bool():
                return "yes" if value else ""  # never read: it only lets the sentence about it be said
            case StrEnum():
                return "" if value in UNSAID else self._words().term(value)
            case datetime():
                return f"{_day(value, at, times)} {times.clock(value)}"
            case date():
                return _day(value, at, times)
            case time():
                return times.clock(value)
            case int() if name in DAYS:
                return times.days_count(value)
            case 0 if name in IF_ANY:
                return ""
            case int() if name == "jump":
                return self._jump(value)
            case int():
                return times.number(value)
            case (e.AgendaItem() | e.Checked(), *_):
                return times.number(len(value))
            case tuple() if name in COUNTED:
                return times.number(len(value)) if value else ""
            case tuple():
                return ", ".join(self._one_of(name, one, at) for one in value)
            case e.Category():
                return self._words().category(value)
            case e.CareModel():
                return self._words().care_model(value)
            case e.Evidence():
                said = {"by": self.person(value.by), "day": _day(value.at, at, times)}
                return self._read(EVIDENCE) % (said | {"basis": self._words().term(value.basis)})
            case e.Carried():
                said = {"by": value.by, "day": _day(value.at, at, times), "number": times.number(value.number)}
                return self._read(CARRIED) % said
            case e.PlanVersion():
                return self._words().plan_version(value)
            case e.Grounds():
                return "yes"  # never read, like a bool: its fields are
            case str():
                return self._text(name, value)
        return ""

    def _one_of(self, name: str, value: object, at: datetime) -> str:
        if name == "meeting_days" and isinstance(value, int):
            return self.weekday(value)
        return self._say(name, value, at)

    def _text(self, name: str, value: str) -> str:
        words = self._words()
        if name in PEOPLE:
            return self.person(value)
        if name in CLIENTS:
            return self.client(value)
        if name in RECORDS:
            return alias(value)
        if name in CATEGORIES:
            known = self.team.categories.get(value) if self.team else None
            return words.category(known or e.Category(value))
        if name in MODELS:
            model = models(self.team).get(value) if self.team else None
            return words.care_model(model or e.CareModel(value))
        if name == "colour":
            return words.colour(value)
        if name == "shape":
            return words.shape(value)
        if name == "parts":
            return words.part(value)
        if name == "changed":
            return self._read(DETAILS[value])
        if name in ("undone_kind", "of_kind"):
            return self._read(ASKED_OF[value])
        return " ".join(value.split())

    def _jump(self, seconds: int) -> str:
        """By how far, and which way, the clock jumped."""
        by = format_timedelta(timedelta(seconds=abs(seconds)), locale=LOCALES[self.language])
        return self._read(BACK if seconds < 0 else FORWARD) % {"time": by}

    def _the_client(self) -> str:
        return initial(self._words().client.the)

    def _settings(self) -> e.Settings:
        return self.team.settings if self.team else e.Settings("")

    def _words(self) -> Words:
        return words_for(self._settings(), self.language)

    def _read(self, sentence: str) -> str:
        return catalogue(self.language).gettext(sentence) if sentence else ""


def clients_in(rows: Iterable[Row]) -> set[str]:
    """Whom the sentences about these rows name: whom they are about, and who came up in a meeting."""
    about = {row.client for row in rows}
    moved = (row.fact for row in readable(row for row in rows if row.kind == e.FocusMoved.kind))
    up = {fact.focus for fact in moved if isinstance(fact, e.FocusMoved)}
    return {client for client in about | up if client}


def _day(value: date, at: datetime, times: Times) -> str:
    local = value.astimezone(times.zone) if isinstance(value, datetime) else value
    return times.day(value) if local.year == at.astimezone(times.zone).year else times.full_day(value)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
