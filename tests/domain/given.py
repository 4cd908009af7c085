"""What is known before a rule is asked: one builder, so that a table of rules reads as sentences.

    a_client().on_board().then(e.Taken(), by="lars").case()

Everything stands still at `NOW`, 09:40 in Stockholm on Monday 23 November 2026; `anna` asks unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Refused
from factboard.domain.state import Client, Team, fold_client
from factboard.domain.team import STANDARD_CATEGORIES

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CLIENT = "stina"

SETTINGS = e.Settings("Team Kusten")
RETIRED = e.Category("summer", name="Sommar", retired=True)
MEMBERS = (
    e.Member("anna", "anna", "Anna Test", e.Role.CLINICIAN),
    e.Member("lars", "lars", "Lars Test", e.Role.LEAD),
    e.Member("maria", "maria", "Maria Test", e.Role.AUDITOR),
    e.Member("greta", "greta", "Greta Test", e.Role.CLINICIAN, left=True),
)
TEAM = Team(
    id="kusten",
    seq=20,
    settings=SETTINGS,
    categories={known.code: known for known in (*STANDARD_CATEGORIES, RETIRED)},
    members={member.user: member for member in MEMBERS},
)


def details(surname: str = "Exempel", first_name: str = "Stina", **more: object) -> e.Details:
    return e.Details(surname, first_name, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Given:
    """A team and what has happened to one client, in order."""

    story: tuple[e.Recorded, ...] = ()
    team: Team = TEAM

    def then(
        self, fact: e.Fact, *, by: str = "lars", ago: timedelta = timedelta(), placement: str | None = None
    ) -> Given:
        """One more fact, `ago` before `NOW`."""
        seq = self.story[-1].seq + 1 if self.story else 21
        if placement is None:
            state = self.client
            placement = state.stay.placement if state and state.stay else None
        return replace(self, story=(*self.story, e.Recorded(seq, NOW - ago, by, fact, CLIENT, placement)))

    def on_board(
        self,
        category: str = "short_intensive",
        *,
        by: str = "lars",
        ago: timedelta = timedelta(hours=3),
        **more: object,
    ) -> Given:
        """Put on the board, in a new placement."""
        fact = e.PutOnBoard(category, "Sover inte", **more)  # type: ignore[arg-type]
        return self.then(fact, by=by, ago=ago, placement=f"p{len(self.story)}")

    def flagged_again(self, *, by: str = "lars", ago: timedelta = timedelta()) -> Given:
        return self.then(e.FlaggedAgain("Ringde i natt"), by=by, ago=ago)

    def undone(self, *, by: str = "lars", ago: timedelta = timedelta()) -> Given:
        """The newest fact was undone."""
        last = self.story[-1]
        return self.then(e.Undone(last.seq, last.fact.kind), by=by, ago=ago)

    def with_team(self, **changed: object) -> Given:
        return replace(self, team=replace(self.team, **changed))  # type: ignore[arg-type]

    @property
    def seq(self) -> int:
        return self.story[-1].seq

    @property
    def client(self) -> Client | None:
        return fold_client(CLIENT, self.story)

    def case(
        self,
        actor: str = "anna",
        *,
        seen: int | None = None,
        now: datetime = NOW,
        waited: timedelta | None = None,
        anyway: bool = False,
    ) -> Case:
        """The question. `seen` is the newest seq that the person saw; None: they saw everything.

        It `waited` so long on a phone; what has happened since it was written, its writer has not seen.
        """
        made = now - waited if waited is not None else None
        since = tuple(row for row in self.story if (row.seq > seen if seen is not None else made and row.at > made))
        numbers = count(1)
        return Case(self.team, self.client, actor, now, lambda: f"id{next(numbers)}", since, made=made, anyway=anyway)


def nobody() -> Given:
    """The team knows no such client."""
    return Given()


def a_client(**known: object) -> Given:
    """Enrolled long ago, in planned care."""
    return Given().then(e.ClientEnrolled(details(**known)), ago=timedelta(days=400))  # type: ignore[arg-type]


def who_left() -> Given:
    return a_client().then(e.EnrolmentEnded(e.EndReason.MOVED), ago=timedelta(days=30))


@dataclass(frozen=True)
class Refusal:
    """One row of a table of refusals: in this situation, this rule, given this, says no like this."""

    says: str
    situation: Given | Case
    rule: Callable[..., list[e.Entry]]
    typed: dict[str, object]
    key: str
    how: type[Refused]
    field: str | None = None

    def refused(self) -> Refused:
        case = self.situation if isinstance(self.situation, Case) else self.situation.case()
        with pytest.raises(self.how) as caught:
            self.rule(case, **self.typed)
        return caught.value

    def holds(self) -> None:
        refusal = self.refused()
        assert type(refusal) is self.how
        assert (refusal.key, refusal.field) == (self.key, self.field)


def table(rows: Sequence[Refusal]) -> pytest.MarkDecorator:
    """The rows as one test each, named by their sentences."""
    return pytest.mark.parametrize("row", rows, ids=[row.says for row in rows])


def facts(entries: Sequence[e.Entry]) -> list[e.Fact]:
    return [entry.fact for entry in entries]
