"""What the fields of the crisis plan are called: in the client's own words, so "I"."""

from __future__ import annotations

from factboard.domain.events.contents import ToCall, WrittenCrisisPlan
from factboard.web.language import N_

LABELS = {
    WrittenCrisisPlan: {
        "signs": (
            N_("What shows that I am getting worse"),
            N_("Early warning signs, one a line, short: they are the ones to tick when a worry is written down."),
        ),
        "triggers": (N_("What can set it off"), N_("One thing a line.")),
        "i_do": (N_("What I do myself"), N_("One thing a line.")),
        "others_do": (N_("What others should do"), N_("One thing a line. It stands first for whoever is at the door.")),
        "others_do_not": (N_("What others should not do"), N_("One thing a line.")),
        "call": (N_("Whom to call"), N_("The one to call first stands first.")),
        "care_wishes": (
            N_("What I wish if I need care"),
            N_("Where, medicines that help or do not, who is told, who may visit."),
        ),
        "at_home": (N_("What must be seen to at home"), N_("Children, animals, keys, post.")),
    },
    ToCall: {
        "name": (N_("Name"), ""),
        "relation": (N_("Who that is"), N_("Sister, neighbour, the team, the ward ...")),
        "phone": (N_("Phone"), ""),
        "when": (N_("When"), N_("For example: not after 21.")),
    },
}

ONE_ROW: dict[type, tuple[str, str]] = {ToCall: (N_("Person"), N_("Add somebody to call"))}
