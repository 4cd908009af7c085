"""What one more fact changes in what is shown: the one fold behind the live board and the rebuilt one.

The recorder applies each `Outcome` to the read tables as it writes the fact; `rebuild` applies the same
outcomes to memory, fact by fact from the first. Both must come out equal (design 3: rebuild = live).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from factboard.domain import events as e
from factboard.domain import keyframes
from factboard.domain.finding import Mark, marks, said
from factboard.domain.notices import Notice, notices
from factboard.domain.state import Client, Meeting, Team, evolve_client, evolve_meeting, evolve_team, fold_client
from factboard.domain.statistics import course
from factboard.domain.statistics.episodes import Contact, Episode
from factboard.domain.versions import Version, version_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """The states after a fact, and what it does to notices. None: no such team, or no such client any more."""

    team: Team | None
    client: Client | None = None
    told: Sequence[Notice] = ()
    read: Notice | None = None
    withdrawn: int | None = None
    meeting: Meeting | None = None  # the one that the fact is of
    keyframe: Client | Team | None = None  # the state that it leaves, where that is kept for the past
    episodes: Sequence[Episode] = ()  # that began, changed or ended; after an undo, all of the client's
    contact: Contact | None = None
    anew: bool = False  # the episodes are all that the client has
    theirs: Sequence[str] = ()  # the records whose contacts are this client's from here on
    marks: Sequence[Mark] = ()
    said: str = ""
    document: Version | None = None
    taken_away: str | None = None  # the document of the client's that should never have been written


def meeting_of(fact: e.Fact) -> str | None:
    """The id of the meeting that the fact is of, None for a fact of none."""
    return getattr(fact, "meeting", None)


def project(
    stream: str,
    row: e.Recorded,
    team: Team | None,
    client: Client | None,
    story: Callable[[], Sequence[e.Recorded]],
    meeting: Meeting | None = None,
    going_on: Sequence[Episode] = (),
) -> Outcome:
    """The outcome of `row`; `story` gives all of the client's facts, `row` included, those of other records of the
    same person too. It is asked when something was undone, and when two records are merged.

    `meeting` is the state of the meeting that the fact is of, `going_on` the episodes of the client (or team) that have
    not ended.
    """
    held = evolve_meeting(meeting, row) if meeting_of(row.fact) else None
    anew = row.client is not None and isinstance(row.fact, e.Undone | e.Merged)
    episodes = course.fold(story(), row.client or "") if anew else course.evolve(going_on, row)
    outcome = _outcome(stream, row, team, client, story)
    keyframe = keyframes.kept(row, team, outcome.team, client, outcome.client)
    contact = course.contact_of(row)
    return replace(
        outcome,
        meeting=held,
        keyframe=keyframe,
        episodes=episodes,
        contact=contact,
        anew=anew,
        theirs=_theirs(row, client, outcome.client),
        marks=marks(row, team, client, outcome.client),
        said=said(row.fact),
        document=version_of(row),
        taken_away=row.fact.ref if isinstance(row.fact, e.DocumentWithdrawn) else None,
    )


def _outcome(
    stream: str,
    row: e.Recorded,
    team: Team | None,
    client: Client | None,
    story: Callable[[], Sequence[e.Recorded]],
) -> Outcome:
    if row.client is None:
        return Outcome(evolve_team(stream, team, row), client)
    if isinstance(row.fact, e.Undone):
        return Outcome(team, fold_client(row.client, story()), withdrawn=row.fact.seq)
    merged = isinstance(row.fact, e.Merged)
    after = fold_client(row.client, story()) if merged else evolve_client(row.client, client, row)
    if isinstance(row.fact, e.NoticeRead):
        return Outcome(team, after, read=Notice(row.actor, row.fact.notice, row.client))
    return Outcome(team, after, notices(team, after, row) if after and team else ())


def _theirs(row: e.Recorded, before: Client | None, after: Client | None) -> Sequence[str]:
    """Whose contacts become the client's: of a record that is merged into theirs; their own again, after an undo."""
    match row.fact:
        case e.Merged() if after:
            return [one for one in after.records if before is None or one not in before.records]
        case e.Undone(undone_kind=e.MergedInto.kind) if after:
            return after.records
    return ()


@dataclass(slots=True)
class Rebuilt:
    """All that a team's history adds up to. `notices` maps each notice to whether it was read."""

    team: Team | None = None
    clients: dict[str, Client] = field(default_factory=dict)
    notices: dict[Notice, bool] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    keyframes: list[Client | Team] = field(default_factory=list)
    courses: dict[str, course.Course] = field(default_factory=dict)  # by client; the team's own under ""
    contacts: dict[int, Contact] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)  # what people wrote in each fact, for finding it
    documents: dict[tuple[str, str], list[Version]] = field(default_factory=dict)  # by client and ref, all versions
    taken_away: set[tuple[str, str]] = field(default_factory=set)  # of those, what should never have been written


def records(row: e.Recorded, known: Callable[[str], Client | None]) -> list[str]:
    """Under which ids the facts stand that `row` needs, if it needs the client's whole story."""
    ids = [row.client or "", row.fact.other] if isinstance(row.fact, e.Merged) else [row.client or ""]
    states = [(id, known(id)) for id in ids]
    return list(dict.fromkeys(record for id, state in states for record in (state.records if state else (id,))))


def rebuild(stream: str, history: Iterable[e.Recorded]) -> Rebuilt:
    """Fold a team's history from its first fact. Stopped early, it is the board as it was then."""
    state = Rebuilt()
    stories: dict[str, list[e.Recorded]] = {}

    def story(row: e.Recorded) -> list[e.Recorded]:
        every = [one for id in records(row, state.clients.get) for one in stories.get(id, ())]
        return sorted(every, key=lambda one: one.seq)

    for row in history:
        about = row.client or ""
        stories.setdefault(about, []).append(row)
        held = state.meetings.get(meeting_of(row.fact) or "")
        known = state.courses.setdefault(about, course.Course())
        outcome = project(stream, row, state.team, state.clients.get(about), partial(story, row), held, known.going_on)
        state.team = outcome.team
        known.becomes(outcome.episodes, anew=outcome.anew)
        if isinstance(row.fact, e.Merged):
            state.courses.setdefault(row.fact.other, course.Course()).gives_away()
        if outcome.contact:
            state.contacts[row.seq] = outcome.contact
        for one in (one for id in outcome.theirs for one in stories.get(id, ()) if one.seq in state.contacts):
            state.contacts[one.seq] = state.contacts[one.seq]._replace(client=about)
        state.marks += outcome.marks
        if outcome.said:
            state.said[row.seq] = outcome.said
        if outcome.document:
            state.documents.setdefault((about, outcome.document.ref), []).append(outcome.document)
            state.taken_away.discard((about, outcome.document.ref))  # written anew
        if outcome.taken_away:
            state.taken_away.add((about, outcome.taken_away))
        if outcome.meeting:
            state.meetings[outcome.meeting.id] = outcome.meeting
        if outcome.keyframe:
            state.keyframes.append(outcome.keyframe)
        if outcome.client:
            state.clients[about] = outcome.client
        else:
            state.clients.pop(about, None)
        state.notices.update(dict.fromkeys(outcome.told, False))
        if outcome.read in state.notices:
            state.notices[outcome.read] = True
        if outcome.withdrawn:
            state.contacts.pop(outcome.withdrawn, None)
            state.notices = {n: read for n, read in state.notices.items() if n.seq != outcome.withdrawn}
    return state
