"""The rule once more, plainly: from the words of design section 5, by reading the history row by row.

Nothing of `factboard.domain.stepdown` is used here, nor any state: what the rule says is compared with what this says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from factboard.domain import events as e

DAY, HOUR, WEEK = timedelta(days=1), timedelta(hours=1), timedelta(days=7)
CLINICAL = (e.Role.CLINICIAN, e.Role.LEAD)
ENDS = (e.Returned, e.EnteredInError, e.EnrolmentEnded)


@cache
def free_days(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


class Told:
    """Rows by their kind, each in the order in which they were written."""

    def __init__(self, rows: Iterable[e.Recorded]) -> None:
        self.rows: dict[type[e.Fact], list[Any]] = {}
        for row in rows:
            self.rows.setdefault(type(row.fact), []).append(row)

    def all(self, *kinds: type[e.Fact]) -> list[Any]:
        return sorted((row for kind in kinds for row in self.rows.get(kind, ())), key=lambda row: row.seq)

    def last(self, *kinds: type[e.Fact]) -> Any:
        """The newest row of these kinds, None where there is none."""
        newest = (self.rows[kind][-1] for kind in kinds if kind in self.rows)
        return max(newest, key=lambda row: row.seq, default=None)


class Plain:
    """What the rows say about one client, read at a moment; what was undone is not read."""

    def __init__(self, rows: Iterable[e.Recorded], client: str) -> None:
        read = [row for row in rows if row.client in (None, client)]
        undone = {row.fact.seq for row in read if isinstance(row.fact, e.Undone)}
        mine = [row for row in read if row.client and row.seq not in undone]
        began = max((n for n, row in enumerate(mine) if isinstance(row.fact, e.PutOnBoard)), default=len(mine))
        over = any(isinstance(row.fact, ENDS) for row in mine[began:])
        self.team = Told(row for row in read if row.client is None)
        self.mine = Told(mine)
        self.stay = Told(() if over else mine[began:])
        self.put_on = self.stay.last(e.PutOnBoard)  # None: not on the board
        self.settings: e.Settings = self.team.last(e.TeamSettingsChanged).fact.settings
        self.zone = ZoneInfo(self.settings.time_zone)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def start_of(self, day: date, at: time = time(0)) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    # --- what the category's policy asks ----------------------------------------------------------------

    @property
    def category(self) -> e.Category:
        code = self.stay.last(e.PutOnBoard, e.Recategorised).fact.category
        found = [row.fact.category for row in self.team.all(e.CategoryChanged)]
        return next(one for one in reversed(found) if one.code == code)

    def missing(self, now: datetime) -> set[str]:
        """What is not so yet, of a client on the board."""
        policy, today, stable = self.category.policy, self.day(now), self.stable(now)
        days = [self.day(at) for _, at in stable]
        in_hospital, home = self.mine.last(e.Admitted, e.Discharged), self.mine.last(e.Discharged)
        so = {
            "by_itself": policy.mode is not e.Mode.BY_HAND,
            "at_home": in_hospital is None or isinstance(in_hospital.fact, e.Discharged),
            "settled": home is None or (today - home.fact.on).days >= 14,
            "not_kept": not self.kept(today),
            "ratings": len(stable) >= policy.stable_ratings,
            "raters": len({by for by, _ in stable}) >= policy.raters,
            "days": bool(days) and (days[-1] - days[0]).days >= policy.stable_days,
            "contacts": now < self.put_on.at + WEEK or self.contacts(now) >= self.category.contacts_a_week,
        }
        blockers = {
            e.Blocker.LEGAL: not self.measures(),
            e.Blocker.URGENT: not self.urgent(),
            e.Blocker.CRISIS_PLAN: self.crisis_plan_reviewed(),
            e.Blocker.CASE_MANAGER: self.somebody_answers(today),
            e.Blocker.NEXT_CONTACT: self.next_contact(today),
        }
        so |= {blocker.value: is_so for blocker, is_so in blockers.items() if blocker in policy.blockers}
        return {what for what, is_so in so.items() if not is_so}

    def stable(self, now: datetime) -> list[tuple[str, datetime]]:
        """Who rated the client as usual, and when: as far as it is evidence."""
        news, home = self.stay.last(e.FlaggedAgain, e.Recategorised), self.mine.last(e.Discharged)
        begins = [self.put_on.fact.since or self.put_on.at, *([news.at] if news else [])]
        begins += [self.start_of(home.fact.on + DAY)] if home else []
        rated = self.stay.all(e.Rated)
        worse = [row.fact.happened_at for row in rated if row.fact.rating is e.Rating.WORSE]
        good = [
            (row.fact.by, row.fact.happened_at)
            for row in rated
            if row.fact.rating is e.Rating.USUAL
            and row.fact.basis in (e.Basis.SEEN, e.Basis.SPOKEN_WITH)
            and row.at - row.fact.happened_at <= 72 * HOUR
            and max(begins) <= row.fact.happened_at <= now
            and all(row.fact.happened_at > one for one in worse)
        ]
        return sorted(good, key=lambda one: one[1])

    def met(self) -> list[Any]:
        return [row for row in self.mine.all(e.ContactLogged) if row.fact.contact is not e.ContactKind.TRIED]

    def contacts(self, now: datetime) -> int:
        in_time = [row.fact.happened_at for row in self.met() if row.at - row.fact.happened_at <= 72 * HOUR]
        midnight = now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0) - WEEK
        return sum(midnight <= at.astimezone(self.zone) and at <= now for at in in_time)

    def kept(self, today: date) -> bool:
        newest = self.stay.last(e.ReturnHeld, e.ReturnAnnounced)
        return newest is not None and isinstance(newest.fact, e.ReturnHeld) and today <= newest.fact.until

    def measures(self) -> set[str]:
        begun = {row.fact.measure for row in self.mine.all(e.LegalMeasureStarted)}
        return begun - {row.fact.measure for row in self.mine.all(e.LegalMeasureEnded)}

    def urgent(self) -> set[str]:
        """Open urgent actions, those left from an earlier time on the board too; but for one that was an error."""
        errors = {row.placement for row in self.mine.all(e.EnteredInError)}
        added = [row for row in self.mine.all(e.ActionAdded) if row.placement not in errors]
        done = {row.fact.action for row in self.mine.all(e.ActionDone)}
        return {row.fact.action for row in added if row.fact.urgent} - done

    def crisis_plan_reviewed(self) -> bool:
        reviewed, began = self.mine.last(e.CrisisPlanReviewed), self.put_on.fact.since or self.put_on.at
        return reviewed is not None and reviewed.fact.on >= self.day(began)

    # --- people and days --------------------------------------------------------------------------------

    def sees_clients(self, user: str | None) -> bool:
        known = None
        for row in self.team.all(e.MemberAdded, e.MemberChanged, e.MemberRemoved):
            if isinstance(row.fact, e.MemberRemoved):
                known = None if row.fact.user == user else known
            elif row.fact.member.user == user:
                known = row.fact.member
        return known is not None and not known.left and known.role in CLINICAL

    def away(self, user: str, day: date) -> bool:
        back = {row.fact.absence for row in self.team.all(e.AbsenceRemoved)}
        noted = [row.fact for row in self.team.all(e.AbsenceNoted) if row.fact.absence not in back]
        return any(one.user == user and one.first <= day <= one.last for one in noted)

    def somebody_answers(self, today: date) -> bool:
        known: e.Details = self.mine.last(e.ClientEnrolled, e.ClientCorrected).fact.details
        people = [user for user in (known.case_manager, known.substitute) if user]
        return any(self.sees_clients(user) and not self.away(user, today) for user in people)

    def next_contact(self, today: date) -> bool:
        planned = self.mine.last(e.PlannedContactSet)
        if planned is None or not self.sees_clients(planned.fact.who):
            return False
        made = [day for row in self.met() if (day := self.day(row.fact.happened_at)) >= planned.fact.next]
        following = max(made) + planned.fact.every_days * DAY if made else planned.fact.next
        if not made and not self.closed(following):
            return bool(following >= today)  # a day that a person named stands, but for one on which the team is closed
        while not self.works(following):
            following += DAY
        return bool(following >= today)

    def closed(self, day: date) -> bool:
        known = self.settings
        return day in known.closed_days or (known.public_holidays and day in free_days(known.country, day.year))

    def works(self, day: date) -> bool:
        return not self.closed(day) and (day.weekday() < 5 or day.weekday() in self.settings.meeting_days)

    # --- announced, upheld ------------------------------------------------------------------------------

    def announced(self) -> e.Recorded | None:
        """The announcement that stands."""
        newest: e.Recorded | None = self.stay.last(e.ReturnAnnounced, e.AnnouncementWithdrawn)
        return newest if newest and isinstance(newest.fact, e.ReturnAnnounced) else None

    def upheld(self) -> e.Recorded | None:
        """What upholds it for a day."""
        newest: e.Recorded | None = self.stay.last(
            e.ReturnAnnounced, e.AnnouncementWithdrawn, e.ReturnUpheld, e.ReturnPostponed
        )
        return newest if newest and isinstance(newest.fact, e.ReturnUpheld) else None
