"""The way back to planned care in short: what is missing yet, the next useful act and who could do it.

For a card and a wall: nothing is said twice. What counts is decided in `domain.stepdown`; here it is only said, and
`findings` says all of it.
"""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import calendar
from factboard.domain.events import Need
from factboard.domain.stepdown import Finding, Standing, State
from factboard.web.words.saying import NAMED, Saying

EVIDENCE = (Need.RATINGS, Need.RATERS, Need.DAYS, Need.CONTACTS, Need.SETTLED)  # counted anew from the discharge
MAY_RETURN = (State.READY, State.ANNOUNCED, State.RETURNING)
USEFUL = (  # what somebody can do now comes first, then a rating on a later day, then what only time brings
    Need.BY_ITSELF, Need.RATINGS, Need.RATERS, Need.FRESH, Need.CONTACTS, Need.URGENT, Need.CRISIS_PLAN,
    Need.CASE_MANAGER, Need.NEXT_CONTACT, Need.DAYS, Need.LEGAL, Need.AT_HOME, Need.SETTLED, Need.NOT_KEPT,
)  # fmt: skip


def worth_saying(standing: Standing) -> list[Finding]:
    """Of what is missing, what no other line says already."""
    found = {one.need: one for one in standing.missing}
    if Need.BY_ITSELF in found and Need.AT_HOME in found:
        return [found[Need.AT_HOME]]  # whoever is in a ward's hands stays, whatever their category
    if Need.BY_ITSELF in found:
        return [found[Need.BY_ITSELF]]
    silent = EVIDENCE if Need.AT_HOME in found else _said_by_others(found.get(Need.RATINGS), found.get(Need.RATERS))
    stale = not standing.fresh and standing.state in MAY_RETURN
    days = standing.finding(Need.DAYS)
    more = [Finding(Need.FRESH, met=False, could=days.could if days else ())] if stale else []
    return [*(one for one in found.values() if one.need not in silent), *more]


def next_of(standing: Standing) -> Finding | None:
    """What would bring the client nearest, of what somebody can do soonest; nothing where they are admitted."""
    useful = (one for one in worth_saying(standing) if one.need is not Need.AT_HOME)
    return min(useful, key=lambda one: USEFUL.index(one.need), default=None)


def _said_by_others(ratings: Finding | None, raters: Finding | None) -> tuple[Need, ...]:
    if ratings and ratings.have == 0:
        return Need.RATERS, Need.DAYS
    if ratings and raters and ratings.of - ratings.have <= raters.of - raters.have:
        return (Need.RATINGS,)
    return ()


class StepDown(Saying):
    """A client's standing in a few words."""

    __slots__ = ()

    def missing(self, standing: Standing) -> list[str]:
        """What is not so yet: "stable 5 of 7 days", "crisis plan not reviewed"."""
        return [self._missing(one) for one in worth_saying(standing)]

    def on_card(self, standing: Standing) -> list[tuple[str, bool]]:
        """What is not so yet, each with whether it is the next to mend: there it says who could, where few could."""
        following = next_of(standing)
        need = following.need if following else None
        return [
            (self._to_do(one, standing), True) if one.need is need else (self._missing(one), False)
            for one in worth_saying(standing)
        ]

    def _to_do(self, one: Finding, standing: Standing) -> str:
        """What is missing says what to do about it, but for the day on which a rating counts."""
        said, few = self._missing(one), len(one.could) <= NAMED
        more = self._act(one, standing) if one.need is Need.DAYS else self.one_of(one.could) if few else ""
        return self.gettext("%(act)s: %(names)s", act=said, names=more) if more else said

    def next_step(self, standing: Standing) -> str:
        """The next useful act, and who could do it; nothing where nothing is missing."""
        one = next_of(standing)
        if one is None:
            return ""
        act, names = self._act(one, standing), self.one_of(one.could)
        return self.gettext("%(act)s: %(names)s", act=act, names=names) if names else act

    def _missing(self, one: Finding) -> str:
        have, of, left = one.have, one.of, one.of - one.have
        match one.need:
            case Need.SETTLED:
                return self.ngettext(
                    "%(have)s of %(of)s day since the discharge",
                    "%(have)s of %(of)s days since the discharge",
                    of, have=have, of=of,
                )  # fmt: skip
            case Need.NOT_KEPT if one.day:
                return self.gettext("kept on the board to the end of %(day)s", day=self.day(one.day))
            case Need.RATINGS:
                return self.ngettext(
                    "%(have)s of %(of)s rating as usual", "%(have)s of %(of)s ratings as usual", of, have=have, of=of
                )
            case Need.RATERS if one.who and len(one.who) <= NAMED:
                return self.ngettext(
                    "one more rating by somebody other than %(names)s",
                    "%(num)s more ratings by people other than %(names)s",
                    left, names=self.one_of(one.who),
                )  # fmt: skip
            case Need.RATERS:
                return self.ngettext("a rating by one more person", "ratings by %(num)s more people", left)
            case Need.DAYS:
                return self.ngettext(
                    "stable %(have)s of %(of)s day", "stable %(have)s of %(of)s days", of, have=have, of=of
                )
            case Need.CONTACTS:
                return self.gettext("contacts %(have)s of %(of)s in 7 days", have=have, of=of)
            case Need.NEXT_CONTACT if one.day:
                return self.gettext("the next contact (%(day)s) has to be planned anew", day=self.day(one.day))
            case Need.AT_HOME:
                return self.gettext("not while admitted, nor for 14 days after")
        return self.words.term(one.need)

    def _act(self, one: Finding, standing: Standing) -> str:
        match one.need:
            case Need.BY_ITSELF:
                return self.gettext("change the category")
            case Need.RATERS | Need.RATINGS:
                return self._rating(standing)
            case Need.FRESH:
                return self.gettext("a new rating “as usual” before the return (seen or spoken with)")
            case Need.DAYS:
                return self._later_rating(one, standing)
            case Need.CONTACTS:
                left = one.of - one.have
                return self.ngettext("one more contact within 7 days", "%(num)s more contacts within 7 days", left)
            case Need.URGENT:
                return self.ngettext("do the urgent action", "do the %(num)s urgent actions", one.have)
            case Need.CRISIS_PLAN:
                return self.gettext("review the crisis plan")
            case Need.CASE_MANAGER:
                return self.gettext("name a %(case_manager)s or a substitute who is here")
            case Need.NEXT_CONTACT:
                return self.gettext("plan the next contact, with day and person")
        return self._waiting(one)

    def _waiting(self, one: Finding) -> str:
        """Where nobody can do anything but wait."""
        match one.need:
            case Need.SETTLED if one.day:
                return self.gettext(
                    "wait until %(day)s: then %(of)s days have passed at home", day=self.day(one.day), of=one.of
                )
            case Need.NOT_KEPT if one.day:
                return self.gettext("wait until %(day)s is over", day=self.day(one.day))
        return self.gettext("wait until the legal measure has ended")

    def _rating(self, standing: Standing) -> str:
        """What counts, and by whom where not everybody's does."""
        raters = standing.finding(Need.RATERS)
        if raters is None or raters.met:
            return self.gettext("one more rating “as usual” (seen or spoken with)")
        if not raters.who:
            return self.gettext("a first rating “as usual” (seen or spoken with)")
        if len(raters.who) > NAMED:
            return self.gettext("one more rating “as usual” (seen or spoken with) by somebody who has not rated yet")
        names = self.one_of(raters.who)
        return self.gettext(
            "one more rating “as usual” (seen or spoken with) by somebody other than %(names)s", names=names
        )

    def _later_rating(self, one: Finding, standing: Standing) -> str:
        """The days are counted from the first to the newest rating: only a new one adds to them."""
        if not standing.ratings:
            return self.gettext("a new rating “as usual” (seen or spoken with)")
        first = calendar.local_day(standing.ratings[0].happened_at, self.team.settings)
        enough = self.day(first + timedelta(days=one.of))
        return self.gettext("a new rating “as usual” on %(day)s or later (seen or spoken with)", day=enough)
