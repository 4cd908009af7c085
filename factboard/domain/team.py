"""A team's own way of working: settings, categories, members."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.consent.readers import of_others
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.retention import LONGEST
from factboard.domain.text import REASON, clean, folded

COLOURS = ("blue", "red", "violet", "amber", "teal", "green", "brown", "grey")
SHAPES = ("circle", "triangle", "square", "diamond", "star", "cross", "hexagon", "ring")
LANGUAGES = ("sv", "en")
CLIENT_WORDS = ("patient", "brukare", "klient")
CASE_MANAGER_WORDS = ("case_manager", "vard_och_stodsamordnare", "fast_vardkontakt")
CODE_LENGTH = 40
PLACED = tuple(group for group in e.AGENDA if group is not e.AgendaGroup.REST)  # what a team orders as it likes
LAST_PLACE = 99
MOST_PHRASES, LONGEST_PHRASE = 20, 80  # ready reasons: chips for a thumb, to be read at a glance
TOO_LATE = 12 * 60  # minutes of work in which a flag may wait to be taken


def _standard(
    code: str, colour: str, shape: str, order: int, *, review_days: int, contacts_a_week: int, unseen_days: int
) -> e.Category:
    policy = e.standard(code)
    return e.Category(code, "", colour, shape, order, review_days, False, contacts_a_week, unseen_days, policy)


STANDARD_CATEGORIES = (
    # domain page section 1.2, from the FACT manual's groups; review days are the defaults of design 5 and are
    # the team's to change. "Hard to reach" instead of "care avoider": clients read their own extracts.
    # Contacts a week follow the zones of home treatment, translated to weeks (domain page section 1.2): in a crisis
    # every working day. How long somebody may go unseen is ours, and the team's to change.
    _standard("crisis_prevention", "blue", "circle", 1, review_days=7, contacts_a_week=2, unseen_days=4),
    _standard("short_intensive", "red", "triangle", 2, review_days=14, contacts_a_week=5, unseen_days=3),
    _standard("long_intensive", "violet", "square", 3, review_days=21, contacts_a_week=3, unseen_days=5),
    _standard("hard_to_reach", "amber", "diamond", 4, review_days=14, contacts_a_week=2, unseen_days=7),
    _standard("admitted", "teal", "cross", 5, review_days=7, contacts_a_week=1, unseen_days=7),
    _standard("new_client", "green", "star", 6, review_days=21, contacts_a_week=2, unseen_days=7),
    _standard("legal_measure", "brown", "hexagon", 7, review_days=28, contacts_a_week=1, unseen_days=10),
)


def found(case: Case, *, settings: e.Settings) -> list[e.Entry]:
    """What a new team starts with."""
    return [*change_settings(case, settings=settings), *(e.Entry(e.CategoryChanged(c)) for c in STANDARD_CATEGORIES)]


def change_settings(case: Case, *, settings: e.Settings) -> list[e.Entry]:
    """The team's name, language, zone, meeting days and words. Nothing changed is no fact."""
    checked = replace(
        settings,
        name=clean(settings.name, "name", required=True),
        warning_signs=tuple(dict.fromkeys(clean(s, "warning_signs", required=True) for s in settings.warning_signs)),
        phrases=_phrases(settings.phrases),
        told=_told(settings.told),
        sheet_folder=clean(settings.sheet_folder, "sheet_folder", limit=60),
        out_of_hours=clean(settings.out_of_hours, "out_of_hours", limit=REASON),
        agenda=_agenda(settings.agenda),
        meeting_days=tuple(sorted(set(settings.meeting_days))),
        closed_days=tuple(sorted(set(settings.closed_days))),
    )
    if len(checked.warning_signs) > 40:
        raise Invalid("too_many", "warning_signs", limit=40)
    if not all(0 <= day <= 6 for day in checked.meeting_days):
        raise Invalid("day_out_of_range", "meeting_days")
    if not 1 <= checked.meeting_minutes <= 240:
        raise Invalid("number_out_of_range", "meeting_minutes", low=1, high=240)
    limits = (
        ("wall_before", 0, 720), ("wall_after", 0, 720), ("most_visits", 1, 20), ("taken_minutes", 1, TOO_LATE),
        ("retention_years", 0, LONGEST),
    )  # fmt: skip
    for field, low, high in limits:
        if not low <= getattr(checked, field) <= high:
            raise Invalid("number_out_of_range", field, low=low, high=high)
    if checked.day_ends <= checked.day_begins:
        raise Invalid("ends_before_it_begins", "day_ends")
    if checked.return_time <= calendar.meeting_ends(checked):
        raise Invalid("return_before_meeting_ends", "return_time")  # no meeting could ever let anybody go that day
    if not re.fullmatch(r"[\w -]*", checked.sheet_folder):
        raise Invalid("not_a_folder_name", "sheet_folder")
    if checked.language not in LANGUAGES:
        raise Invalid("unknown_choice", "language")
    if not re.fullmatch("[A-Z]{2}", checked.country):
        raise Invalid("unknown_choice", "country")
    if checked.client_word not in CLIENT_WORDS:
        raise Invalid("unknown_choice", "client_word")
    if checked.case_manager_word not in CASE_MANAGER_WORDS:
        raise Invalid("unknown_choice", "case_manager_word")
    try:
        ZoneInfo(checked.time_zone)
    except (KeyError, ValueError, OSError):
        raise Invalid("unknown_choice", "time_zone") from None
    return [] if checked == case.team.settings else [e.Entry(e.TeamSettingsChanged(checked))]


def _told(told: e.Told) -> e.Told:
    """Each audience once, in one order, so that equal rules are the same."""
    asked = {what.value: set(getattr(told, what.value)) for what in e.News}
    return e.Told(**{what: tuple(one for one in e.Audience if one in who) for what, who in asked.items()})


def _phrases(phrases: Sequence[str]) -> tuple[str, ...]:
    """Each once. One with "; " in it could not be told from two of them once both stand in a reason."""
    cleaned = (clean(one, "phrases", limit=LONGEST_PHRASE, required=True).replace("; ", ", ") for one in phrases)
    found = tuple(dict.fromkeys(cleaned))
    if len(found) > MOST_PHRASES:
        raise Invalid("too_many", "phrases", limit=MOST_PHRASES)
    return found


def agenda_order(
    places: Mapping[e.AgendaGroup, int], now: Sequence[e.AgendaGroup] = e.AGENDA
) -> tuple[e.AgendaGroup, ...]:
    """The order of a meeting from a place for each group, 1 first; a group without one has none of its own.

    Equal places keep the order that stands `now`. Raises `Invalid` beside the field `agenda_<group>`.
    """
    for group, place in places.items():
        if not 1 <= place <= LAST_PLACE:
            raise Invalid("number_out_of_range", f"agenda_{group}", low=1, high=LAST_PLACE)
    before = [*dict.fromkeys([*now, *e.AGENDA])]
    return _agenda(sorted(places, key=lambda group: (places[group], before.index(group))))


def _agenda(groups: Sequence[e.AgendaGroup]) -> tuple[e.AgendaGroup, ...]:
    """Each group once, and at the end the others: everybody fits there, so nothing after them would ever come up."""
    own = dict.fromkeys(group for group in groups if group in PLACED)
    return (*own, e.AgendaGroup.REST)


def set_category(case: Case, *, category: e.Category) -> list[e.Entry]:
    """Add or edit a category; retired, it leaves the choices and stays true in the history."""
    if not category.code or len(category.code) > CODE_LENGTH:
        raise Invalid("required", "code")
    standard = {known.code for known in STANDARD_CATEGORIES}
    policy = replace(category.policy, blockers=tuple(one for one in e.Blocker if one in category.policy.blockers))
    name = clean(category.name, "name", limit=60, required=category.code not in standard)
    checked = replace(category, name=name, policy=policy)
    open_ones = {code for code, known in case.team.categories.items() if not known.retired}
    if checked.retired and open_ones <= {checked.code}:
        raise Invalid("last_category", "retired")  # nobody could be put on the board any more
    if checked.colour not in COLOURS:
        raise Invalid("unknown_choice", "colour")
    if checked.shape not in SHAPES:
        raise Invalid("unknown_choice", "shape")
    if not 1 <= checked.review_days <= timedelta(days=366).days:
        raise Invalid("number_out_of_range", "review_days", low=1, high=366)
    if not 0 <= checked.contacts_a_week <= 14:
        raise Invalid("number_out_of_range", "contacts_a_week", low=0, high=14)
    if not 1 <= checked.unseen_days <= 90:
        raise Invalid("number_out_of_range", "unseen_days", low=1, high=90)
    _policy(case, checked.policy)
    return [] if case.team.categories.get(category.code) == checked else [e.Entry(e.CategoryChanged(checked))]


def _policy(case: Case, policy: e.Policy) -> None:
    """At least one rating by one person, or the rule would let somebody go of whom nobody knows anything."""
    for field, low, high in (("stable_ratings", 1, 20), ("raters", 1, 10), ("stable_days", 1, 180)):
        if not low <= getattr(policy, field) <= high:
            raise Invalid("number_out_of_range", field, low=low, high=high)
    if policy.raters > policy.stable_ratings:
        raise Invalid("more_raters_than_ratings", "raters")
    if policy.return_time and policy.return_time <= calendar.meeting_ends(case.team.settings):
        raise Invalid("return_before_meeting_ends", "return_time")


def set_member(case: Case, *, member: e.Member) -> list[e.Entry]:
    """Add a person to the team or change their role, profession or employer."""
    checked = replace(
        member,
        name=clean(member.name, "name", required=True),
        profession=clean(member.profession, "profession", limit=60),
        employer=clean(member.employer, "employer", limit=60, required=bool(case.team.employer)),
        phone=clean(member.phone, "phone", limit=60),
        works=tuple(sorted(set(member.works))),
        left=False,
    )
    if not all(0 <= day <= 6 for day in checked.works):
        raise Invalid("day_out_of_range", "works")
    known = case.team.members.get(member.user)
    if member.role in (e.Role.ADMIN, e.Role.WALL):
        raise Invalid("unknown_choice", "role")  # an administrator belongs to no team; a screen is no person
    _let_in(case, known, checked)
    if known is None or known.left:
        return [e.Entry(e.MemberAdded(checked))]
    if known.user == case.actor and known.role is not member.role:
        raise Forbidden("not_own_role")
    return [] if known == checked else [e.Entry(e.MemberChanged(checked))]


def _let_in(case: Case, known: e.Member | None, member: e.Member) -> None:
    """Who sees whole records is said by those whose records they are: somebody of another employer says of nobody for
    whom they work, or that they audit. Else they could let themselves in.
    """
    own = case.team.members.get(case.actor)
    if own is None or not of_others(own.employer, case.team):
        return
    was = known if known and not known.left else None
    audits = member.role is e.Role.AUDITOR and (was is None or was.role is not e.Role.AUDITOR)
    if audits or folded(member.employer) != folded((was or own).employer):
        raise Forbidden("principal_decides")


def remove_member(case: Case, *, user: str) -> list[e.Entry]:
    """A person leaves the team: their open screens end, their name stays in the history."""
    known = case.team.members.get(user)
    if known is None or known.left:
        raise Conflict("member_has_left")
    if user == case.actor:
        raise Forbidden("not_own_role")
    return [e.Entry(e.MemberRemoved(user))]
