"""SIP: consent first; what the law wants in it is missed until it is there; nobody forgets it."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import documents, sip
from factboard.domain.events.contents import Sip, SipIntervention, SipParty, Together
from factboard.domain.events.contents.words import Principal
from factboard.domain.refusal import Invalid
from factboard.domain.sip import Lacks
from factboard.domain.state import Coming
from tests.domain.given import TODAY, Refusal, a_client, table

DAY = timedelta(days=1)
CALLED = SipParty("a", "Eva Exempel", "Kommunen", TODAY - 9 * DAY)
CAME = replace(CALLED, came=True)
SIP = Sip(consent_on=TODAY - 20 * DAY, consent_to="Kommunen och arbetsgivaren får veta vad jag vill")
MET = replace(SIP, meeting_on=TODAY - 2 * DAY, parties=(CAME,))
WHOLE = replace(
    MET, goals=("Arbeta halvtid",), interventions=(SipIntervention("i", "Boendestöd", Principal.MUNICIPALITY),),
    responsible="Anna Test, FACT", follow_up_on=TODAY + 90 * DAY, follow_up_who="Anna Test", parties=(replace(CAME, copy_on=TODAY),),
)  # fmt: skip


def writing(content: Sip) -> dict[str, object]:
    return {"ref": "sip", "content": content, "together": Together.TOGETHER, "based_on": 0}


def no(says: str, content: Sip, key: str, field: str) -> Refusal:
    return Refusal(says, a_client(), documents.write, writing(content), key, Invalid, field)


REFUSALS = [
    no("without consent", replace(WHOLE, consent_on=None), "consent_first", "consent_on"),
    no("a consent to nothing", replace(SIP, consent_to=" "), "required", "consent_to"),
    no("a consent of tomorrow", replace(SIP, consent_on=TODAY + DAY), "in_the_future", "consent_on"),
    no(
        "a party without a name",
        replace(SIP, parties=(SipParty("a", came=False, invited=TODAY),)),
        "required",
        "parties-0-name",
    ),
    no("who came before the meeting", replace(MET, meeting_on=TODAY + DAY), "not_come_yet", "parties-0-came"),
    no(
        "a copy given tomorrow",
        replace(MET, parties=(replace(CAME, copy_on=TODAY + DAY),)),
        "in_the_future",
        "parties-0-copy_on",
    ),
    no(
        "an intervention of nothing",
        replace(SIP, interventions=(SipIntervention(who="Per"),)),
        "required",
        "interventions-0-what",
    ),
    no(
        "an intervention for which nobody answers",
        replace(SIP, interventions=(SipIntervention(what="Stöd"),)),
        "choose_one",
        "interventions-0-principal",
    ),
    no(
        "a follow-up before the meeting",
        replace(MET, follow_up_on=TODAY - 3 * DAY),
        "ends_before_it_begins",
        "follow_up_on",
    ),
]


@table(REFUSALS)
def test_no_is_said_beside_the_field(row: Refusal) -> None:
    row.holds()


LACKING = [
    ("only consent", SIP, [Lacks.MEETING, Lacks.INVITATION]),
    ("called to a meeting", replace(SIP, meeting_on=TODAY + DAY, parties=(CALLED,)), []),
    (
        "met, and nothing written",
        MET,
        [Lacks.GOALS, Lacks.INTERVENTIONS, Lacks.RESPONSIBLE, Lacks.FOLLOW_UP, Lacks.FOLLOW_UP_WHO, Lacks.COPIES],
    ),
    ("whole", WHOLE, []),
    ("ended", replace(SIP, ended_on=TODAY), []),
]


@pytest.mark.parametrize(("content", "lacks"), [row[1:] for row in LACKING], ids=[row[0] for row in LACKING])
def test_what_the_law_wants_is_missed_until_it_is_there(content: Sip, lacks: list[Lacks]) -> None:
    assert sip.lacks(content) == lacks


DATED = [
    ("started within a week of the need", replace(SIP, needed_since=TODAY - 30 * DAY), [(Coming.SIP_START, -23)]),
    ("or of the consent", SIP, [(Coming.SIP_START, -13)]),
    ("somebody is called", replace(SIP, parties=(CALLED,)), []),
    ("a meeting to be held, or written down", replace(SIP, meeting_on=TODAY - DAY, parties=(CALLED,)), [(Coming.SIP_MEETING, -1)]),
    ("held, and nobody has a copy", MET, [(Coming.SIP_COPIES, 5)]),
    ("whole", WHOLE, [(Coming.SIP_FOLLOW_UP, 90)]),
    ("ended", replace(WHOLE, ended_on=TODAY), []),
]  # fmt: skip


@pytest.mark.parametrize(("content", "days"), [row[1:] for row in DATED], ids=[row[0] for row in DATED])
def test_what_is_to_be_done_when(content: Sip, days: list[tuple[Coming, int]]) -> None:
    [entry] = documents.write(a_client().case(), **writing(content))  # type: ignore[arg-type]
    after = a_client().then(entry.fact).client
    assert [(one.what, (one.day - TODAY).days) for one in after.coming] == days
