"""Who sees what of a client: the gate as a table, and how consent and locks are given, taken back, placed and lifted."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations

import pytest

from factboard.domain import consent
from factboard.domain import events as e
from factboard.domain.consent import EVERYTHING, Eyes, Reader, reader_of, sees, thinned
from factboard.domain.events.contents import CarePlan, Kind, StandingContact, Together
from factboard.domain.notices import notices
from factboard.domain.people import alias
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.state import Client, Same, Team
from tests.domain.given import CLIENT, NOW, TEAM, TODAY, Given, Refusal, a_client, facts, nobody, table

REGION, TOWN, CHURCH = "Regionen", "Kommunen", "Kyrkan"
WHO, BOARD, STORY, PLACE = map(str, e.Part)
PEOPLE = {
    "anna": e.Member("anna", "anna", "Anna Test", e.Role.CLINICIAN, employer=REGION),
    "lars": e.Member("lars", "lars", "Lars Test", e.Role.LEAD, employer="regionen "),
    "petra": e.Member("petra", "petra", "Petra Test", e.Role.CLINICIAN, employer=TOWN),
    "kim": e.Member("kim", "kim", "Kim Test", e.Role.CLINICIAN, employer=CHURCH),
    "maria": e.Member("maria", "maria", "Maria Test", e.Role.AUDITOR, employer="Granskarna"),
    "nils": e.Member("nils", "nils", "Nils Test", e.Role.CLINICIAN, employer=REGION, left=True),
}
SHARED: dict[str, object] = {"employer": REGION, "sharing": e.Sharing.CONSENT, "members": PEOPLE}


def shared(**changed: object) -> Given:
    return a_client(address="Storgatan 1", phone="070", case_manager="anna").with_team(**(SHARED | changed))


def agreed(given: Given, *parts: str, employer: str = TOWN, until: date | None = None) -> Given:
    return given.then(e.ConsentGiven(employer, (WHO, *parts), until, e.Agreed.SPOKEN))


def locked(given: Given, *parts: str, named: tuple[str, ...] = (), lock: str = "l1") -> Given:
    held = e.LockedFor.ALL_BUT if named else e.LockedFor.OTHERS
    return given.then(e.LockPlaced(lock, parts, held, named))


def seen(given: Given, user: str, *, day: date = TODAY, opened: bool = False) -> set[str]:
    assert given.client
    reader = reader_of(given.team, user, frozenset({CLIENT} if opened else ()))
    return {*sees(reader, given.client, given.team, day)}


WORLD = shared()
TOMORROW = TODAY + timedelta(days=1)
EMERGENCY = shared(sharing=e.Sharing.EMERGENCY)

REFUSALS = [
    Refusal("a team some of whom have no employer", a_client(), consent.set_sharing, {"employer": REGION, "sharing": e.Sharing.CLOSED}, "members_without_employer", Invalid, "employer"),
    Refusal("somebody else's employer as the team's", WORLD, consent.set_sharing, {"employer": TOWN, "sharing": e.Sharing.CLOSED}, "not_own_employer", Invalid, "employer"),
    Refusal("nobody's records", WORLD, consent.set_sharing, {"employer": " ", "sharing": e.Sharing.CLOSED}, "required", Invalid, "employer"),
    Refusal("consent where nobody said whose the records are", a_client(), consent.give, {"employer": TOWN, "parts": [BOARD], "agreed": e.Agreed.SPOKEN}, "no_employer", Conflict),
    Refusal("consent for an employer of nobody here", WORLD, consent.give, {"employer": "Polisen", "parts": [BOARD], "agreed": e.Agreed.SPOKEN}, "unknown_choice", Invalid, "employer"),
    Refusal("consent for the own employer", WORLD, consent.give, {"employer": REGION, "parts": [BOARD], "agreed": e.Agreed.SPOKEN}, "unknown_choice", Invalid, "employer"),
    Refusal("consent for no employer", WORLD, consent.give, {"employer": "", "parts": [BOARD], "agreed": e.Agreed.SPOKEN}, "choose_one", Invalid, "employer"),
    Refusal("consent to nothing", WORLD, consent.give, {"employer": TOWN, "parts": [], "agreed": e.Agreed.SPOKEN}, "choose_one", Invalid, "parts"),
    Refusal("consent to what there is not", WORLD, consent.give, {"employer": TOWN, "parts": ["diary"], "agreed": e.Agreed.SPOKEN}, "unknown_choice", Invalid, "parts"),
    Refusal("consent that is over", WORLD, consent.give, {"employer": TOWN, "parts": [BOARD], "agreed": e.Agreed.SPOKEN, "until": TODAY - timedelta(days=1)}, "day_out_of_range", Invalid, "until"),
    Refusal("taking back what was not given", WORLD, consent.revoke, {"employer": TOWN}, "no_consent", Conflict),
    Refusal("a lock where nobody said whose the records are", a_client(), consent.place, {"parts": [BOARD], "locked_for": e.LockedFor.OTHERS}, "no_employer", Conflict),
    Refusal("a lock that lets nobody in", WORLD, consent.place, {"parts": [BOARD], "locked_for": e.LockedFor.ALL_BUT}, "choose_one", Invalid, "named"),
    Refusal("a lock on nobody", nobody().with_team(**SHARED), consent.place, {"parts": [BOARD], "locked_for": e.LockedFor.OTHERS}, "unknown_client", Unknown, "client"),
    Refusal("lifting no lock", WORLD, consent.lift, {"lock": "l1", "reason": "Ville"}, "not_locked", Conflict),
    Refusal("an opening by another employer where the team lets none", WORLD.case("petra"), consent.open_in_emergency, {"reason": "Fara"}, "not_in_an_emergency_either", Forbidden),
    Refusal("an opening without a reason", EMERGENCY.case("petra"), consent.open_in_emergency, {"reason": " "}, "required", Invalid, "reason"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


@pytest.mark.parametrize(
    ("given", "user", "parts"),
    [
        pytest.param(a_client(), "anna", EVERYTHING, id="a team with one employer hides nothing"),
        pytest.param(WORLD, "anna", EVERYTHING, id="the own employer sees all"),
        pytest.param(WORLD, "lars", EVERYTHING, id="written another way it is the same employer"),
        pytest.param(WORLD, "petra", set(), id="others see nothing without consent"),
        pytest.param(WORLD, "nils", set(), id="who has left is nobody"),
        pytest.param(WORLD, "nobody", set(), id="nor is who was never here anybody"),
        pytest.param(WORLD, "maria", EVERYTHING, id="an auditor has a gate of their own"),
        pytest.param(agreed(WORLD, BOARD), "petra", {WHO, BOARD}, id="what was agreed to"),
        pytest.param(agreed(WORLD, BOARD), "kim", set(), id="towards one employer is not towards another"),
        pytest.param(agreed(WORLD, BOARD, employer="KOMMUNEN"), "petra", {WHO, BOARD}, id="as eyes compare names"),
        pytest.param(agreed(shared(sharing=e.Sharing.CLOSED), BOARD), "petra", set(), id="not while the team shares nothing"),
        pytest.param(agreed(agreed(WORLD, BOARD), STORY), "petra", {WHO, STORY}, id="the newest consent holds"),
        pytest.param(agreed(WORLD, BOARD).then(e.ConsentRevoked(TOWN)), "petra", set(), id="taken back is gone"),
        pytest.param(agreed(WORLD, BOARD, until=TODAY), "petra", {WHO, BOARD}, id="to the end of its last day"),
        pytest.param(agreed(WORLD, BOARD, until=TODAY - timedelta(days=1)), "petra", set(), id="and no day longer"),
        pytest.param(locked(agreed(WORLD, BOARD, STORY), STORY), "petra", {WHO, BOARD}, id="a lock takes from what was agreed to"),
        pytest.param(locked(WORLD, STORY), "anna", EVERYTHING, id="a lock for others is none for the own"),
        pytest.param(locked(WORLD, STORY, named=("lars",)), "anna", EVERYTHING - {STORY}, id="but one for all but named is"),
        pytest.param(locked(WORLD, STORY, named=("lars",)), "lars", EVERYTHING, id="not for whom it names"),
        pytest.param(locked(WORLD, WHO, named=("lars",)), "anna", set(), id="without who it is, nothing"),
        pytest.param(locked(WORLD, STORY, named=("petra",)), "petra", set(), id="named is not agreed to"),
        pytest.param(locked(WORLD, STORY, named=("lars",)).then(e.LockLifted("l1", "Ville")), "anna", EVERYTHING, id="lifted is seen again"),
        pytest.param(locked(locked(WORLD, STORY, named=("lars",)), BOARD, named=("lars",), lock="l2"), "anna", EVERYTHING - {STORY, BOARD}, id="two locks hold both"),
    ],
)  # fmt: skip
def test_who_sees_what(given: Given, user: str, parts: set[str]) -> None:
    assert seen(given, user) == parts


def test_an_emergency_opens_a_lock_for_ones_own_and_for_others_only_where_the_team_lets_it() -> None:
    held = locked(WORLD, WHO, named=("lars",))
    assert seen(held, "anna", opened=True) == EVERYTHING
    assert seen(held, "petra", opened=True) == set()
    assert seen(locked(EMERGENCY, WHO), "petra", opened=True) == EVERYTHING
    assert facts(consent.open_in_emergency(held.case("anna"), reason=" Fara för livet ")) == [
        e.OpenedInEmergency("Fara för livet", consent.MINUTES)
    ]
    assert consent.open_in_emergency(held.case("lars"), reason="Fara") == []  # nothing is hidden from him


def test_whose_records_they_are_is_said_once_and_can_be_changed() -> None:
    named = a_client().with_team(members=PEOPLE)
    [fact] = facts(consent.set_sharing(named.case(), employer=" Regionen ", sharing=e.Sharing.CONSENT))
    assert fact == e.SharingSet(REGION, e.Sharing.CONSENT)
    assert consent.set_sharing(WORLD.case(), employer=REGION, sharing=e.Sharing.CONSENT) == []


def test_consent_names_the_person_and_stands_once() -> None:
    typed = {"employer": "kommunen", "parts": [STORY, BOARD], "agreed": e.Agreed.WRITTEN, "until": TODAY}
    [fact] = facts(consent.give(WORLD.case(), **typed))  # type: ignore[arg-type]
    assert fact == e.ConsentGiven(TOWN, (WHO, BOARD, STORY), TODAY, e.Agreed.WRITTEN)
    assert consent.give(WORLD.then(fact).case(), **typed) == []  # type: ignore[arg-type]
    assert facts(consent.revoke(WORLD.then(fact).case(), employer="KOMMUNEN")) == [e.ConsentRevoked(TOWN)]


def test_a_lock_names_people_of_the_team_each_once() -> None:
    typed = {"parts": [STORY], "locked_for": e.LockedFor.ALL_BUT, "named": ["lars", "anna", "lars"]}
    [fact] = facts(consent.place(WORLD.case(), **typed))  # type: ignore[arg-type]
    assert fact == e.LockPlaced("id1", (STORY,), e.LockedFor.ALL_BUT, ("anna", "lars"))
    assert facts(consent.lift(WORLD.then(fact).case(), lock="id1", reason="Ville")) == [e.LockLifted("id1", "Ville")]


SETS = [frozenset(some) for some in chain.from_iterable(combinations(map(str, e.Part), n) for n in range(5))]


@pytest.mark.parametrize("parts", SETS, ids=lambda parts: "-".join(sorted(parts)) or "nothing")
def test_what_is_not_seen_is_not_there(parts: frozenset[str]) -> None:
    """Whatever a client's state holds, of a part that is not seen nothing of it is left."""
    whole = WORLD.on_board().client
    assert whole
    shown = thinned(
        replace(whole, details=replace(whole.details, helps="Kaffe", warnings="Hund", notes="Dotter")), parts
    )
    said = repr(shown)
    if WHO not in parts:
        nobody_known = e.Details("", alias(CLIENT), short_name=alias(CLIENT))
        assert shown == Client(CLIENT, whole.seq, nobody_known, shared=whole.shared)
        return
    assert "Exempel" in said
    assert ("Sover inte" in said, "Kaffe" in said, "Hund" in said, "Dotter" in said) == (BOARD in parts,) * 4
    assert ("Storgatan" in said, "070" in said) == (PLACE in parts,) * 2


def test_a_field_that_a_client_learns_later_is_hidden_from_those_who_see_no_board() -> None:
    whole = WORLD.on_board().client
    assert whole
    bare = thinned(whole, frozenset({WHO}))
    kept = {"id", "seq", "details", "enrolled", "shared"}
    plain = Client(CLIENT, bare.seq, bare.details)
    assert [
        f.name for f in fields(Client) if f.name not in kept and getattr(bare, f.name) != getattr(plain, f.name)
    ] == []


def test_what_a_plan_or_a_handover_note_says_is_no_part_of_the_board() -> None:
    plan = CarePlan(contacts=(StandingContact("c1", who="anna", every_days=7, where="Hos dottern"),))
    note = e.HandoverNote("Bror vet inget", planned_for="Flytt")
    moved = e.MovedHere("m1", "norr", "Norr", "x", 1, "h", note, e.Given.NOTHING)
    whole = WORLD.then(moved).then(e.DocumentWritten(Kind.CARE_PLAN, "care_plan", 1, plan, Together.WITHOUT)).client
    assert whole
    for parts, told in (({WHO, BOARD}, (False, False)), ({WHO, BOARD, STORY}, (True, False))):
        shown = thinned(whole, frozenset(parts))
        assert ("Bror vet inget" in repr(shown), "Hos dottern" in repr(shown)) == told
        assert [line.who for line in shown.lines] == ["anna"]  # who comes, and when, is the board's
    assert "Hos dottern" in repr(thinned(whole, frozenset({WHO, BOARD, Kind.CARE_PLAN})))
    twice = replace(whole, merged=(Same("c9", CLIENT, 3, NOW, "anna", "Brodern berättade"),))
    for parts, told in (({WHO, BOARD}, False), ({WHO, BOARD, STORY}, True)):
        assert ("Brodern berättade" in repr(thinned(twice, frozenset(parts)))) is told


def eyes(team: Team, user: str = "") -> Eyes:
    return Eyes.of_the_lens(team, user, TODAY)


def test_what_hangs_on_a_wall_shows_what_everybody_in_the_team_may_see() -> None:
    everybody = Eyes.of_everybody(WORLD.team, TODAY)
    both = agreed(agreed(WORLD, BOARD, STORY), BOARD, employer=CHURCH).client
    one = agreed(WORLD, BOARD).client
    assert both
    assert one
    assert everybody.parts(both) == {WHO, BOARD}
    assert everybody.parts(one) == set()
    alone = replace(WORLD.team, members={user: PEOPLE[user] for user in ("anna", "lars")})
    assert Eyes.of_everybody(alone, TODAY).parts(one) == EVERYTHING


def test_a_list_shows_names_where_it_may_and_codes_elsewhere() -> None:
    client = agreed(WORLD.on_board()).client
    hidden = WORLD.on_board().client
    assert client
    assert hidden
    assert [one.details.surname for one in eyes(WORLD.team, "petra").named([client, hidden])] == ["Exempel"]
    assert [one.details.first_name for one in eyes(WORLD.team, "petra").hidden_on_board([client, hidden])] == [
        "Stina",
        alias(CLIENT),
    ]
    assert eyes(WORLD.team).of([client]) == [client]
    assert eyes(WORLD.team, "petra").only([client], BOARD) == []


def test_whose_frame_is_whose() -> None:
    held = locked(WORLD, STORY, named=("lars",)).client
    assert held
    team = WORLD.team
    assert consent.lens(TEAM, "anna", []) == ""
    assert [consent.lens(team, user, [held]) for user in ("anna", "lars", "petra", "gone")] == [
        "",
        "lars",
        "petra",
        "gone",
    ]
    assert consent.lens_of(consent.with_lens("2026-11-23", "petra")) == ("2026-11-23", "petra")
    assert consent.lens_of(consent.with_lens("team", "")) == ("team", "")
    assert eyes(team).parts(held) == EVERYTHING - {STORY}
    assert eyes(team, "lars").parts(held) == EVERYTHING
    assert eyes(team, "petra").parts(held) == set()
    assert Reader("", REGION) != eyes(team).readers[0]  # it has a role: no auditor's


def test_nobody_is_told_of_what_they_may_not_see_and_all_of_an_emergency() -> None:
    managed = a_client(case_manager="petra").with_team(**SHARED)
    flagged = managed.on_board(by="anna")
    assert flagged.client
    assert {one.user for one in notices(flagged.team, flagged.client, flagged.story[-1])} == {"lars"}
    known = agreed(managed, BOARD).on_board(by="anna")
    assert known.client
    assert {one.user for one in notices(known.team, known.client, known.story[-1])} >= {"petra", "lars"}
    opened = managed.then(e.OpenedInEmergency("Fara", 30), by="anna")
    assert opened.client
    assert {one.user for one in notices(opened.team, opened.client, opened.story[-1])} == {"petra", "lars"}


def test_consent_ends_with_the_local_day() -> None:
    last = agreed(WORLD, BOARD, until=TODAY).client
    assert last
    before, after = datetime(2026, 11, 23, 22, 59, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert consent.told_of(WORLD.team, last, "petra", before)
    assert not consent.told_of(WORLD.team, last, "petra", after)
    assert before > NOW
