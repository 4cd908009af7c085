"""What a rule is given: who asks, when, and what is known. Everything a rule may look at is in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from factboard.domain import calendar
from factboard.domain.events import Category, Entry, Fact, Member, Recorded, Undone
from factboard.domain.refusal import Conflict, Invalid, Overtaken, Unknown
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.versions import Version

F = TypeVar("F", bound=Fact)

LATE = timedelta(seconds=30)  # what is sent without a queue may take as long
OLDEST = timedelta(days=366)  # a contact logged later than this is a mistyped year


@dataclass(frozen=True, slots=True)
class Case:
    """One question to the rules. `now` is UTC; `since_seen` are the client's facts after what the person saw.

    `made` (UTC) is when a phone's queue says that the person wrote it; `anyway`: they were shown what others have done
    since, and want it written all the same. `meeting` is the meeting asked about, `document` the
    newest version of the document asked about. `others` are, for a rule that asks
    about all of them, the clients on the board, those whose follow-up is open, and those on the meeting's agenda.
    `software` is factboard's own version, which an automatic fact names. `beside` is another client asked about,
    `beside_written` the newest versions of what is written about that one.
    """

    team: Team
    client: Client | None
    actor: str
    now: datetime
    new_id: Callable[[], str]
    since_seen: tuple[Recorded, ...] = ()
    meeting: Meeting | None = None
    others: tuple[Client, ...] = ()
    software: str = ""
    made: datetime | None = None
    anyway: bool = False
    document: Version | None = None
    beside: Client | None = None
    beside_written: tuple[Version, ...] = ()

    @property
    def moment(self) -> datetime:
        """When the person did this: where it waited on a phone, before it came here."""
        return self.made or self.now

    @property
    def late(self) -> datetime | None:
        """When it was written, where it came so long after that both times are told."""
        return self.made if self.made and self.now - self.made >= LATE else None

    @property
    def today(self) -> date:
        return calendar.local_day(self.now, self.team.settings)

    @property
    def day(self) -> date:
        """The local day on which the person did this."""
        return calendar.local_day(self.moment, self.team.settings)

    def enrolled(self) -> Client:
        """The client, who must be in the team's care now."""
        if self.client is None:
            raise Unknown("unknown_client", "client")
        if not self.client.enrolled:
            raise Conflict("enrolment_has_ended")
        return self.client

    def on_board(self) -> Stay:
        """The client's time on the board, which must be going on."""
        stay = self.enrolled().stay
        if stay is None:
            raise Conflict("not_on_board")
        return stay

    def open_meeting(self) -> Meeting:
        """The meeting asked about, which must be going on."""
        if self.meeting is None:
            raise Unknown("unknown_meeting")
        if self.meeting.closed:
            raise Conflict("meeting_is_over")
        return self.meeting

    def category(self, code: str) -> Category:
        """A category of this team that is in use."""
        known = self.team.categories.get(code)
        if known is None or known.retired:
            raise Invalid("unknown_category", "category")
        return known

    def member(self, user: str, field: str) -> Member:
        """A person who works in this team now."""
        known = self.team.members.get(user)
        if known is None or known.left:
            raise Invalid("unknown_member", field)
        return known

    def happened(self, at: datetime | None, field: str) -> datetime:
        """When it happened, in UTC; never later than now, and no older than what anybody logs afterwards."""
        if at is None:
            return self.moment
        if at > self.now:
            raise Invalid("in_the_future", field)
        if at < self.now - OLDEST:
            raise Invalid("day_out_of_range", field)
        return at.astimezone(UTC)

    def meanwhile(self, *kinds: type[F]) -> list[F]:
        """What has happened of these kinds since the person last saw the client, and was not undone."""
        undone = {row.fact.seq for row in self.since_seen if isinstance(row.fact, Undone)}
        return [row.fact for row in self.since_seen if isinstance(row.fact, kinds) and row.seq not in undone]

    def refuse_overtaken(self, *kinds: type[Fact]) -> None:
        """Raises `Overtaken` where this comes late, and others have done something of these kinds since it was written
        that stands; not where the person has been shown that.
        """
        if self.late is None or self.anyway:
            return
        undone = {row.fact.seq for row in self.since_seen if isinstance(row.fact, Undone)}
        since = (row for row in self.since_seen if row.at > self.late and row.actor != self.actor)
        newer = [row for row in since if isinstance(row.fact, kinds) and row.seq not in undone]
        if newer:
            raise Overtaken("changed_since_written", by=newer[-1].actor)

    def about(self, fact: Fact) -> Entry:
        """The fact, tied to the client and to the time on the board that is going on."""
        client = self.enrolled()
        return Entry(fact, client.id, client.stay.placement if client.stay else None)
