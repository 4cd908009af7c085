"""A life as documents: what stands in each kind. `names` are for the people around, `today` is a local day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any

from factboard.domain.events.contents import (
    About,
    CarePlan,
    Content,
    Goal,
    GroupMember,
    Intervention,
    Kind,
    LifeDomain,
    MappedNeed,
    Network,
    NetworkActor,
    ResourceGroup,
    SharedDecision,
    Sip,
    SipIntervention,
    SipParty,
    SocialPlan,
    StandingContact,
    Strengths,
    Supervision,
    ToCall,
    Wish,
    WrittenCrisisPlan,
)
from factboard.domain.events.contents.words import Actor, LifeArea, PersonKind, Principal, Told
from factboard.domain.state import Client

Life = dict[str, Any]
FICTION = "070-174 06 {:02d}"  # numbers set aside for fiction
PROVIDERS = {  # by a word in who provides it
    "boendestöd": Actor.HOUSING_SUPPORT,
    "socialtjänst": Actor.SOCIAL_SERVICES,
    "kommun": Actor.SOCIAL_SERVICES,
    "beroende": Actor.ADDICTION_CARE,
    "skola": Actor.SCHOOL,
    "arbetsförmedling": Actor.EMPLOYMENT_SERVICE,
}


def about(life: Life, _client: Client, _names: Sequence[str], _today: date) -> About:
    return About(
        who_i_am=life["who_i_am"],
        matters=tuple(life["matters"]),
        good_at=tuple(life["good_at"]),
        helps=tuple(life["helps"]),
        hinders=tuple(life["hinders"]),
        meet_me=life["meet_me"],
    )


def wish(life: Life, _client: Client, _names: Sequence[str], _today: date) -> Wish:
    return Wish(
        ask="Jag ringer teamets telefon och säger att det är dags. Det räcker så.",
        think="Bra att fler än en vet. Mindre bra att alla vet allt.",
        visits=life["meet_me"],
        ends="När jag sovit tre nätter i rad och själv säger att det är som vanligt.",
    )


def care_plan(life: Life, client: Client, _names: Sequence[str], today: date) -> CarePlan:
    manager = client.details.case_manager or ""
    ours = [what for what, provider in life["interventions"] if not provider]
    planned = client.planned
    contacts = (
        (StandingContact("c1", planned.who, planned.every_days, where="Hemma", first=planned.next),) if planned else ()
    )
    return CarePlan(
        needs=tuple(MappedNeed(f"n{n}", LifeArea(area), need, by) for n, (area, need, by) in enumerate(life["needs"])),
        goals=_goals(life, today),
        interventions=tuple(Intervention(f"i{n}", what, who=manager) for n, what in enumerate(ours)),
        contacts=contacts,
        decisions=tuple(
            SharedDecision(f"d{n}", about, tuple(options), wish, chosen, against, today - timedelta(days=9))
            for n, (about, options, wish, chosen, against) in enumerate(life["decisions"])
        ),
    )


def social_plan(life: Life, _client: Client, _names: Sequence[str], today: date) -> SocialPlan:
    theirs = [(what, provider) for what, provider in life["interventions"] if provider]
    return SocialPlan(
        goals=_goals(life, today)[:1],
        interventions=tuple(Intervention(f"i{n}", what, provider) for n, (what, provider) in enumerate(theirs)),
    )


def _goals(life: Life, today: date) -> tuple[Goal, ...]:
    by = today + timedelta(days=180)
    return tuple(Goal(f"g{n}", goal, tuple(steps), by) for n, (goal, *steps) in enumerate(life["goals"]))


def crisis_plan(life: Life, _client: Client, names: Sequence[str], _today: date) -> WrittenCrisisPlan:
    near = [(name, who) for name, (who, kind, *_) in zip(names, life["group"], strict=False) if kind == "private"]
    return WrittenCrisisPlan(
        signs=tuple(life["signs"]),
        triggers=tuple(life["triggers"]),
        i_do=tuple(life["i_do"]),
        others_do=tuple(life["others_do"]),
        others_do_not=tuple(life["others_do_not"]),
        call=tuple(ToCall(f"t{n}", name, who, FICTION.format(60 + n)) for n, (name, who) in enumerate(near[:2])),
        care_wishes=life["care_wishes"],
        at_home=life["at_home"],
    )


def resource_group(life: Life, _client: Client, names: Sequence[str], today: date) -> ResourceGroup:
    since = today - timedelta(days=60)
    return ResourceGroup(
        members=tuple(
            GroupMember(
                id=f"m{n}",
                name=name,
                kind=PersonKind(kind),
                role=who,
                organisation=organisation,
                phone=FICTION.format(70 + n),
                told=Told(told),
                consent_on=since,
                consent_until=today + timedelta(days=400),
                first=since,
            )
            for n, (name, (who, kind, organisation, told)) in enumerate(zip(names, life["group"], strict=False))
        ),
        works_for=tuple(goal for goal, *_ in life["goals"]),
    )


def network(life: Life, _client: Client, names: Sequence[str], _today: date) -> Network:
    theirs = [(what, provider) for what, provider in life["interventions"] if provider]
    actors = [
        NetworkActor(f"a{n}", _actor(by), f"{names[n]}, {by}", does=(what,), coordinates=n == 0)
        for n, (what, by) in enumerate(theirs)
    ]
    health = ("Kroppslig hälsa, en gång om året",)
    return Network(actors=(*actors, NetworkActor("p", Actor.PRIMARY_CARE, "Exempelstads vårdcentral", does=health)))


def _actor(provider: str) -> Actor:
    return next((actor for word, actor in PROVIDERS.items() if word in provider.lower()), Actor.OTHER)


def strengths(life: Life, _client: Client, _names: Sequence[str], _today: date) -> Strengths:
    return Strengths(
        domains=tuple(
            LifeDomain(f"l{n}", LifeArea(area), now, wishes, earlier)
            for n, (area, now, wishes, earlier) in enumerate(life["strengths"])
        ),
        priorities=tuple(life["matters"][:2]),
    )


def sip(life: Life, client: Client, names: Sequence[str], today: date) -> Sip:
    """One that was made a month ago; where the municipality has nothing to do yet, one to which nobody is called."""
    theirs = [(what, provider) for what, provider in life["interventions"] if provider]
    consent = "Kommunen och vårdcentralen får veta vad jag vill och vad som görs. Inget om mina anhöriga."
    if not theirs:
        return Sip(consent_on=today - timedelta(days=3), consent_to=consent, needed_since=today - timedelta(days=4))
    met = today - timedelta(days=28)
    called, copied = met - timedelta(days=14), met + timedelta(days=7)
    rows = [(what, Principal.MUNICIPALITY, by) for what, by in theirs]
    rows += [(what, Principal.REGION, "FACT-teamet") for what, by in life["interventions"] if not by]
    rows.append(("Hälsosamtal och blodprov en gång om året", Principal.REGION, "Exempelstads vårdcentral"))
    parties = [(client.details.first_name, "själv"), (names[0], theirs[0][1]), (names[1], "Exempelstads vårdcentral")]
    return Sip(
        consent_on=called - timedelta(days=2),
        consent_to=consent,
        needed_since=called - timedelta(days=4),
        wish=life["matters"][0],
        meeting_on=met,
        meeting_at=time(13, 0),
        place="Hemma vid köksbordet",
        parties=tuple(
            SipParty(f"p{n}", name, where, called, came=n < 2, copy_on=copied)
            for n, (name, where) in enumerate(parties)
        ),
        goals=tuple(goal for goal, *_ in life["goals"]),
        interventions=tuple(SipIntervention(f"i{n}", what, of, by) for n, (what, of, by) in enumerate(rows)),
        responsible="Case manager i FACT-teamet",
        follow_up_on=today + timedelta(days=170 + 7 * (len(client.details.surname) + len(life["matters"][0])) % 150),
        follow_up_who="Case manager",
    )


def supervision(life: Life, client: Client, names: Sequence[str], today: date) -> Supervision:
    """The case brought to colleagues; what came of their ideas with the client."""
    manager = client.details.case_manager or ""
    goal, *steps = life["goals"][0]
    return Supervision(
        on=today - timedelta(days=20),
        led_by=manager,
        brought_by=manager,
        present=tuple(names[:4]),
        asked=f"Vi står stilla med målet: {goal}. Vad har vi inte prövat?",
        ideas=(
            f"Fråga vad som var lättast senast: {life['good_at'][0]}",
            f"Börja där det redan fungerar: {life['helps'][0]}",
            f"Dela upp det: {steps[0]}",
            "Gör det tillsammans ute, inte på mottagningen",
        ),
        taken_back="De två första idéerna, på nästa hembesök",
        back_by=today - timedelta(days=6),
        came_of_it=f"Vi prövade den första: {life['good_at'][0]}. Det gick bättre än väntat.",
    )


WRITE: dict[Kind, Callable[[Life, Client, Sequence[str], date], Content]] = {
    Kind.ABOUT: about,
    Kind.WISH: wish,
    Kind.CARE_PLAN: care_plan,
    Kind.SOCIAL_PLAN: social_plan,
    Kind.CRISIS_PLAN: crisis_plan,
    Kind.RESOURCE_GROUP: resource_group,
    Kind.NETWORK: network,
    Kind.STRENGTHS: strengths,
    Kind.SIP: sip,
    Kind.SUPERVISION: supervision,
}
