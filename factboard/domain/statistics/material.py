"""What was read for one period of a team: all that its figures are made of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.statistics.episodes import Admission, Contact, Ending, InCare, InTeam, Meeting, Stay
from factboard.domain.statistics.period import Period

One = TypeVar("One", Stay, InCare)


@dataclass(frozen=True, slots=True)
class Words:
    """The team's ready reasons and warning signs: what else people wrote is nobody's to read in a table."""

    reasons: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What touches the period, and what its figures look at before and after it (`storage.statistics` says how far).

    `now` is UTC. `categories` are codes in the team's order. `last_contacts` holds for each client in care at `until`
    when they were last met or spoken with before it.
    """

    settings: e.Settings
    categories: tuple[str, ...]
    period: Period
    now: datetime
    stays: tuple[Stay, ...] = ()
    admissions: tuple[Admission, ...] = ()
    in_care: tuple[InCare, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    in_team: tuple[InTeam, ...] = ()
    contacts: tuple[Contact, ...] = ()
    last_contacts: Mapping[str, datetime] = field(default_factory=dict)
    words: Words = Words()
    known_since: datetime | None = None  # when the team's history begins

    @cached_property
    def begins(self) -> datetime:
        return self.period.begins(self.settings)

    @cached_property
    def until(self) -> datetime:
        """When the period ended, or now."""
        return max(self.begins, min(self.period.ends(self.settings), self.now))

    @cached_property
    def times(self) -> tuple[Stay, ...]:
        """The times on the board that count: what was entered in error is left out."""
        return tuple(stay for stay in self.stays if stay.ending is not Ending.IN_ERROR)

    @cached_property
    def caseload(self) -> tuple[InCare, ...]:
        """Who was in the team's care; an enrolment by mistake is left out."""
        return tuple(one for one in self.in_care if one.reason is not e.EndReason.DUPLICATE)

    @cached_property
    def times_of(self) -> Mapping[str, list[Stay]]:
        """By client, in order."""
        return _by_client(self.times)

    @cached_property
    def care_of(self) -> Mapping[str, list[InCare]]:
        return _by_client(self.caseload)

    @cached_property
    def met(self) -> Mapping[str, list[Contact]]:
        """Contacts by client, in order; an attempt is none."""
        found: dict[str, list[Contact]] = defaultdict(list)
        for contact in self.contacts:
            if contact.kind is not e.ContactKind.TRIED:
                found[contact.client].append(contact)
        for contacts in found.values():
            contacts.sort(key=attrgetter("happened"))
        return found

    @cached_property
    def made(self) -> Mapping[str, list[Made]]:
        """By client, the contacts of the period that were made while the client was in the team's care."""
        return {client: self._made(client, contacts) for client, contacts in self.met.items()}

    def _made(self, client: str, contacts: Sequence[Contact]) -> list[Made]:
        stays = [stay for stay in self.times_of.get(client, ()) if self.touches(stay)]
        cares = [care for care in self.care_of.get(client, ()) if self.touches(care)]
        return [
            Made(one, next((stay for stay in stays if covers(stay, one.happened)), None))
            for one in between(contacts, self.begins, self.until)
            if any(covers(care, one.happened) for care in cares)
        ]

    # --- is it in the period? ---------------------------------------------------------------------------------

    def inside(self, at: datetime | None) -> bool:
        return at is not None and self.begins <= at < self.until

    def goes_on(self, one: Stay | InCare | InTeam) -> bool:
        """Was it so when the period ended (or is it so now)?"""
        return one.began < self.until and (one.ended is None or one.ended >= self.until)

    def touches(self, one: Stay | InCare) -> bool:
        """Was any of it in the period?"""
        return one.began < self.until and (one.ended is None or one.ended >= self.begins)

    # --- days: local midnights passed ---------------------------------------------------------------------------

    def day(self, at: datetime) -> date:
        return calendar.local_day(at, self.settings)

    def midnight(self, day: date) -> datetime:
        """The instant (UTC) at which a local day begins."""
        return calendar.instant(day, time(0), self.settings)

    def days(self, first: datetime, last: datetime) -> int:
        return (self.day(last) - self.day(first)).days

    def days_inside(self, began: datetime, ended: datetime | None) -> int:
        """How many of its days lie in the period."""
        first, last = max(began, self.begins), min(ended or self.until, self.until)
        return self.days(first, last) if first < last else 0

    def days_in_care(self, client: str, began: datetime, ended: datetime | None) -> int:
        """How many of its days lie in the period, with the client in the team's care."""
        last = ended or self.until
        return sum(
            self.days_inside(max(began, care.began), min(last, care.ended or last))
            for care in self.care_of.get(client, ())
        )

    def in_care_between(self, client: str, first: date, last: date) -> bool:
        """Was the client in the team's care on one of these local days?"""
        cares = self.care_of.get(client, ())
        return any(self.day(one.began) <= last and (one.ended is None or first <= self.day(one.ended)) for one in cares)

    @cached_property
    def last_day(self) -> date:
        """The last local day that has begun: the period's last, or today."""
        return self.day(self.until - timedelta(microseconds=1))


class Made(NamedTuple):
    """A contact, and the time on the board in which it was made, if it was in one."""

    contact: Contact
    stay: Stay | None


def covers(one: Stay | InCare, at: datetime) -> bool:
    return one.began <= at and (one.ended is None or at < one.ended)


def between(contacts: Sequence[Contact], first: datetime, last: datetime) -> Sequence[Contact]:
    """Of contacts in order, those from `first` on and before `last`."""
    when = attrgetter("happened")
    return contacts[bisect_left(contacts, first, key=when) : bisect_left(contacts, last, key=when)]


def _by_client(many: tuple[One, ...]) -> Mapping[str, list[One]]:
    found: dict[str, list[One]] = defaultdict(list)
    for one in sorted(many, key=lambda one: one.began):
        found[one.client].append(one)
    return found
