"""All that the rule of step-down asks of a client, as rows of a table: what is asked, and how it stands."""

from __future__ import annotations

from factboard.domain.events import Need
from factboard.domain.stepdown import Finding
from factboard.web.words.saying import Saying


class Findings(Saying):
    """One finding in words, whether it is met or not."""

    __slots__ = ()

    def asked(self, one: Finding) -> str:
        of = one.of
        match one.need:
            case Need.BY_ITSELF:
                return self.gettext("a category whose %(clients)s go back by the team's rule")
            case Need.AT_HOME:
                return self.gettext("not admitted")
            case Need.SETTLED:
                return self.ngettext("%(num)s day since a discharge", "%(num)s days since a discharge", of)
            case Need.NOT_KEPT:
                return self.gettext("nobody keeps %(the_client)s on the board")
            case Need.RATINGS:
                return self.ngettext(
                    "%(num)s rating “as usual” (seen or spoken with)",
                    "%(num)s ratings “as usual” (seen or spoken with)",
                    of,
                )
            case Need.RATERS:
                return self.ngettext(
                    "the ratings by at least %(num)s person", "the ratings by at least %(num)s people", of
                )
            case Need.DAYS:
                return self.ngettext(
                    "%(num)s day from the first of those ratings to the newest",
                    "%(num)s days from the first of those ratings to the newest",
                    of,
                )
            case Need.CONTACTS:
                return self.ngettext("%(num)s contact in 7 days", "%(num)s contacts in 7 days", of)
        return self._of_care(one.need)

    def _of_care(self, need: Need) -> str:
        match need:
            case Need.LEGAL:
                return self.gettext("no legal measure in force")
            case Need.URGENT:
                return self.gettext("no urgent action open")
            case Need.CRISIS_PLAN:
                return self.gettext("crisis plan reviewed during this time on the board")
            case Need.CASE_MANAGER:
                return self.gettext("a %(case_manager)s or a substitute who is here")
            case Need.NEXT_CONTACT:
                return self.gettext("the next contact planned, with day and person")
        return self.gettext("at the return, the newest rating “as usual” at most 3 working days old")

    def stands(self, one: Finding) -> str:
        match one.need:
            case Need.RATINGS | Need.RATERS:
                return f"{one.have} ({self.people(one.who)})" if one.who else str(one.have)
            case Need.DAYS:
                return self.ngettext("%(num)s day", "%(num)s days", one.have)
            case Need.CONTACTS if one.met and one.have < one.of:
                return self.gettext("%(have)s; not asked for in the first 7 days", have=one.have)
            case Need.CONTACTS:
                return str(one.have)
        return self._met(one) if one.met else self._not_met(one)

    def _met(self, one: Finding) -> str:
        match one.need:
            case Need.AT_HOME:
                return self.gettext("at home")
            case Need.SETTLED if one.day is None:
                return self.gettext("no discharge noted")
            case Need.NOT_KEPT:
                return self.gettext("nobody does")
            case Need.LEGAL | Need.URGENT:
                return self.gettext("none")
            case Need.CRISIS_PLAN:
                return self.gettext("reviewed")
            case Need.CASE_MANAGER:
                return self.people(one.who)
            case Need.NEXT_CONTACT if one.day:
                return self.day(one.day)
        return self.gettext("yes")

    def _not_met(self, one: Finding) -> str:
        day = self.day(one.day) if one.day else ""
        match one.need:
            case Need.BY_ITSELF:
                return self.gettext("no, only by hand")
            case Need.AT_HOME:
                return (
                    self.gettext("admitted, discharge expected %(day)s", day=day) if day else self.gettext("admitted")
                )
            case Need.SETTLED:
                return self.ngettext(
                    "%(num)s day; enough on %(day)s", "%(num)s days; enough on %(day)s", one.have, day=day
                )
            case Need.NOT_KEPT:
                return self.gettext("kept on the board to the end of %(day)s", day=day)
            case Need.LEGAL:
                return self.gettext("%(num)s in force", num=one.have)
            case Need.URGENT:
                return self.gettext("%(num)s open", num=one.have)
            case Need.CRISIS_PLAN:
                return self.gettext("not reviewed")
            case Need.CASE_MANAGER:
                return self.gettext("nobody is")
            case Need.NEXT_CONTACT if day:
                return self.gettext("%(day)s has to be planned anew", day=day)
            case Need.NEXT_CONTACT:
                return self.gettext("not planned")
        return self.gettext("older")
