"""What was read for one period of a team: all that its figures are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

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
            contacts.sort(key=lambda one: one.happened)
        return found

    # --- is it in the period? ---------------------------------------------------------------------------------

    def inside(self, at: datetime | None) -> bool:
        return at is not None and self.begins <= at < self.until

    def goes_on(self, one: Stay | InCare | InTeam) -> bool:
        """Was it so when the period ended (or is it so now)?"""
        return one.began < self.until and (one.ended is None or one.ended >= self.until)

    def touches(self, stay: Stay) -> bool:
        """Was any of it in the period?"""
        return stay.began < self.until and (stay.ended is None or stay.ended >= self.begins)

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

    def in_care_on(self, client: str, day: date) -> bool:
        """Was the client in the team's care at some time of this local day?"""
        cares = self.care_of.get(client, ())
        return any(self.day(one.began) <= day and (one.ended is None or day <= self.day(one.ended)) for one in cares)

    @cached_property
    def last_day(self) -> date:
        """The last local day that has begun: the period's last, or today."""
        return self.day(self.until - timedelta(microseconds=1))


def _by_client(many: tuple[One, ...]) -> Mapping[str, list[One]]:
    found: dict[str, list[One]] = defaultdict(list)
    for one in sorted(many, key=lambda one: one.began):
        found[one.client].append(one)
    return found
