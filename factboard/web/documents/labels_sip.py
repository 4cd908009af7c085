"""What the fields are called of SIP, the strengths assessment and group supervision."""

from __future__ import annotations

from factboard.domain.events.contents import LifeDomain, Sip, SipIntervention, SipParty, Strengths, Supervision
from factboard.web.language import N_

LABELS = {
    Sip: {
        "consent_on": (N_("%(The_client)s consented on"), N_("Consent comes first: without it there is no SIP.")),
        "consent_to": (
            N_("To what"),
            N_("Who may be told what, and who may be at the meeting. What nobody may be told."),
        ),
        "needed_since": (
            N_("The need was seen on"),
            N_("The work begins without delay: within a week somebody is called."),
        ),
        "wish": (N_("What is important to %(the_client)s"), N_("In their own words.")),
        "meeting_on": (N_("Day of the meeting"), ""),
        "meeting_at": (N_("Time"), ""),
        "place": (N_("Place"), N_("Where %(the_client)s wants it, or by video.")),
        "parties": (
            N_("Who is called, who came, who has a copy"),
            N_("%(The_client)s too, and who is near, if they want."),
        ),
        "goals": (N_("Goals"), N_("One a line, so that it can be seen whether they were reached.")),
        "interventions": (N_("Interventions"), N_("What is done, who answers for it, and who does it.")),
        "responsible": (N_("Overall responsibility"), N_("The person, and where they work.")),
        "follow_up_on": (
            N_("Followed up on"),
            N_("When it has been, give the next day, or the day on which the SIP ended."),
        ),
        "follow_up_who": (N_("Who calls to the follow-up"), ""),
        "followed_up": (N_("What the follow-up said"), ""),
        "ended_on": (N_("Ended on"), N_("Also when %(the_client)s takes the consent back.")),
    },
    SipIntervention: {
        "what": (N_("What is done"), ""),
        "principal": (N_("Who answers for it"), ""),
        "who": (N_("Who does it"), ""),
        "by": (N_("To be done by"), ""),
    },
    SipParty: {
        "name": (N_("Name"), ""),
        "organisation": (N_("Where they work"), N_("Or how they are related.")),
        "invited": (N_("Called on"), ""),
        "came": (N_("Was there"), ""),
        "copy_on": (N_("Got a copy on"), ""),
    },
    Strengths: {
        "domains": (
            N_("The domains of life"),
            N_("What is strong, not what is wrong. Start where %(the_client)s wants."),
        ),
        "priorities": (
            N_("What comes first"),
            N_("What %(the_client)s wants to begin with, the most important first."),
        ),
        "note": (N_("Anything else"), ""),
    },
    LifeDomain: {
        "area": (N_("Domain"), ""),
        "now": (N_("Now"), N_("What is there already: what they have, do and can.")),
        "wishes": (N_("Wishes"), N_("What they want, in their own words.")),
        "earlier": (N_("Earlier"), N_("What they have had, done and used before.")),
    },
    Supervision: {
        "on": (N_("Day"), ""),
        "led_by": (N_("Led by"), ""),
        "brought_by": (N_("The case was brought by"), ""),
        "present": (N_("Who was there"), N_("One name a line.")),
        "asked": (N_("What help was asked for"), N_("What they want, what has been tried.")),
        "ideas": (N_("Colleagues' ideas"), N_("All of them, one a line.")),
        "taken_back": (N_("What was taken back to %(the_client)s"), N_("Which ideas, and who talks them over.")),
        "back_by": (N_("To be talked over by"), ""),
        "came_of_it": (N_("What came of it"), N_("Empty until they have been talked over.")),
    },
}

ONE_ROW = {
    SipIntervention: (N_("Intervention"), N_("Add an intervention")),
    SipParty: (N_("Party"), N_("Add a party")),
    LifeDomain: (N_("Domain"), N_("Add a domain")),
}
