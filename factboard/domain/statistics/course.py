"""How the history becomes episodes: one fact at a time, or a client's whole story once something in it was undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.domain.statistics.episodes import (
    Admission,
    Contact,
    Ending,
    Episode,
    Flag,
    InCare,
    InTeam,
    Meeting,
    Post,
    ReviewBy,
    Spell,
    Stay,
)
from factboard.domain.statistics.keys import Kind

Name = tuple[Kind, str]  # what an episode is found by in its team

TOUCHES = (  # the facts that begin, change or end an episode
    e.ClientEnrolled, e.EnrolmentEnded, e.Merged, e.MergedInto,
    e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Recategorised, e.ReviewSet, e.CrisisPlanReviewed, e.ReturnHeld,
    e.Returned, e.EnteredInError,
    e.Admitted, e.Discharged,
    e.MeetingOpened, e.MeetingClosed, e.MeetingNotHeld,
    e.MemberAdded, e.MemberChanged, e.MemberRemoved,
)  # fmt: skip


class Course:
    """The episodes of one client, or of the team itself, while facts are added. `anew`: these are all there are."""

    def __init__(self, going_on: Iterable[Episode] = ()) -> None:
        self.changed: dict[Name, Episode] = {}
        self.anew = False
        self._going_on = {name(one): one for one in going_on}

    @property
    def going_on(self) -> list[Episode]:
        return list(self._going_on.values())

    def becomes(self, episodes: Iterable[Episode], *, anew: bool) -> None:
        """These have begun, changed or ended; with `anew`, nothing else ever was."""
        if anew:
            self.changed, self._going_on, self.anew = {}, {}, True
        for one in episodes:
            self.changed[name(one)] = one
            self._going_on.pop(name(one), None)
            if one.ended is None:
                self._going_on[name(one)] = one

    def gives_away(self) -> None:
        """The person goes on in another record, and what there was of them with it: but that they were enrolled."""
        for kept in (self.changed, self._going_on):
            for one in [known for known in kept if known[0] is not Kind.IN_CARE]:
                del kept[one]


def name(episode: Episode) -> Name:
    return episode.kind, episode.id


def contact_of(row: e.Recorded) -> Contact | None:
    """The contact or attempt that the fact tells of."""
    if not isinstance(row.fact, e.ContactLogged) or row.client is None:
        return None
    logged = row.fact
    return Contact(row.client, logged.happened_at, logged.contact, (logged.by, *logged.others))


def fold(story: Iterable[e.Recorded], client: str) -> list[Episode]:
    """All episodes of a client, in order of their beginning; what was undone left out.

    In the story are also the facts of other records of the same person, where there are any.
    """
    rows = list(story)
    undone = {row.fact.seq for row in rows if isinstance(row.fact, e.Undone)}
    every: dict[str, dict[Name, Episode]] = defaultdict(dict)
    for row in rows:
        if row.seq not in undone:
            found = every[row.client or ""]
            if isinstance(row.fact, e.Merged):
                theirs = (one for one in every[row.fact.other].values() if not isinstance(one, InCare))
                found |= {name(one): replace(one, client=row.client or "") for one in theirs}
            going_on = [one for one in found.values() if one.ended is None]
            found |= {name(one): one for one in evolve(going_on, row)}
    return list(every[client].values())


def evolve(going_on: Sequence[Episode], row: e.Recorded) -> list[Episode]:
    """What one more fact begins, changes or ends, of what goes on for its client (or, without one, in the team)."""
    if row.client is None:
        return _of_team(going_on, row)
    return [*_in_care(going_on, row), *_on_board(going_on, row), *_admitted(going_on, row)]


def _in_care(going_on: Sequence[Episode], row: e.Recorded) -> list[Episode]:
    match row.fact:
        case e.ClientEnrolled():
            return [InCare(str(row.seq), row.client or "", row.at)]
        case e.EnrolmentEnded(reason=reason):
            return [replace(one, ended=row.at, reason=reason) for one in going_on if isinstance(one, InCare)]
        case e.MergedInto():
            same = e.EndReason.DUPLICATE
            return [replace(one, ended=row.at, reason=same) for one in going_on if isinstance(one, InCare)]
    return []


def _admitted(going_on: Sequence[Episode], row: e.Recorded) -> list[Episode]:
    match row.fact:
        case e.Admitted(on=on):
            return [Admission(str(row.seq), row.client or "", on)]
        case e.Discharged(on=on):
            return [replace(one, home=on) for one in going_on if isinstance(one, Admission)]
    return []


def _on_board(going_on: Sequence[Episode], row: e.Recorded) -> list[Episode]:
    if isinstance(row.fact, e.PutOnBoard):
        return [_put_on(row, row.fact)]
    stays = (one for one in going_on if isinstance(one, Stay))
    return [after for one in stays if (after := _with(one, row)) is not one]


def _put_on(row: e.Recorded, fact: e.PutOnBoard) -> Stay:
    began = fact.since or row.at
    return Stay(
        id=row.placement or "",
        client=row.client or "",
        began=began,
        spells=(Spell(began, fact.category),),
        flags=(Flag(row.at, fact.reason, fact.warning_signs, fact.source, fact.informed),),
        reviews=(ReviewBy(row.at, fact.review_by),),
    )


def _with(stay: Stay, row: e.Recorded) -> Stay:
    match row.fact:
        case e.FlaggedAgain() as again:
            flag = Flag(row.at, again.reason, again.warning_signs, again.source, again.informed)
            return replace(stay, flags=(*stay.flags, flag))
        case e.Taken():
            return replace(stay, taken=(*stay.taken, row.at))
        case e.Recategorised(category=category, review_by=day):
            spells, reviews = (*stay.spells, Spell(row.at, category)), (*stay.reviews, ReviewBy(row.at, day))
            return replace(stay, spells=spells, reviews=reviews)
        case e.ReviewSet(review_by=day):
            return replace(stay, reviews=(*stay.reviews, ReviewBy(row.at, day)))
        case e.CrisisPlanReviewed(on=day):
            return replace(stay, crisis_plans=(*stay.crisis_plans, day))
        case e.ReturnHeld():
            return replace(stay, holds=(*stay.holds, row.at))
        case e.Returned() | e.EnteredInError() | e.EnrolmentEnded():
            return replace(stay, ended=row.at, ending=_ending(row))
    return stay


def _ending(row: e.Recorded) -> Ending:
    match row.fact:
        case e.EnteredInError() | e.EnrolmentEnded(reason=e.EndReason.DUPLICATE):
            return Ending.IN_ERROR
        case e.EnrolmentEnded():
            return Ending.LEFT_CARE
        case e.Returned(agreed_with=second) if second:
            return Ending.DECLINED
    return Ending.AUTOMATIC if row.actor == SYSTEM else Ending.BY_HAND


def _of_team(going_on: Sequence[Episode], row: e.Recorded) -> list[Episode]:
    match row.fact:
        case e.MeetingOpened(meeting=id, planned=planned):
            return [Meeting(id, row.at, planned)]
        case e.MeetingClosed(meeting=id) as closed:
            meetings = (one for one in going_on if isinstance(one, Meeting) and one.id == id)
            up, left = closed.discussed, closed.not_discussed
            return [replace(one, ended=row.at, held=closed.held, discussed=up, not_discussed=left) for one in meetings]
        case e.MeetingNotHeld(planned=planned):
            return [Meeting(f"planned {planned.isoformat()}", planned, planned, opened=False, ended=planned)]
        case e.MemberAdded(member=member) | e.MemberChanged(member=member):
            return _member(going_on, member, row)
        case e.MemberRemoved(user=user):
            return [replace(one, ended=row.at) for one in _of(going_on, user)]
    return []


def _of(going_on: Sequence[Episode], user: str) -> list[InTeam]:
    return [one for one in going_on if isinstance(one, InTeam) and one.user == user]


def _member(going_on: Sequence[Episode], member: e.Member, row: e.Recorded) -> list[Episode]:
    """Their time in the team begins, or goes on with what they are from now on."""
    post = Post(row.at, member.role, len(member.works))
    known = _of(going_on, member.user)
    if not known:
        return [InTeam(str(row.seq), member.user, row.at, (post,))]
    return [
        replace(one, posts=(*one.posts, post))
        for one in known
        if replace(post, since=one.posts[-1].since) != one.posts[-1]
    ]
