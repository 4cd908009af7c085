"""What the fields are called of what is written about the people around the client."""

from __future__ import annotations

from factboard.domain.events.contents import (
    Attendance,
    Education,
    FollowedUp,
    GroupMeeting,
    GroupMember,
    Network,
    NetworkActor,
    ResourceGroup,
)
from factboard.web.language import N_

LABELS = {
    ResourceGroup: {
        "members": (
            N_("Who is in the group"),
            N_("%(The_client)s chooses. Whoever leaves keeps their row, with a last day."),
        ),
        "works_for": (N_("What the group works for"), N_("The goals of %(the_client)s, one a line.")),
        "agreed": (N_("How the group works"), N_("How often it meets, who calls, how decisions are made.")),
        "in_crisis": (N_("What its members do when things get worse"), ""),
    },
    GroupMember: {
        "name": (N_("Name"), ""),
        "kind": (N_("Private or professional"), ""),
        "role": (N_("Role"), N_("Sister, neighbour, physician, housing support ...")),
        "organisation": (N_("Workplace"), ""),
        "phone": (N_("Phone"), ""),
        "first": (N_("In the group from"), ""),
        "last": (N_("Last day in the group"), N_("Empty while they are in it.")),
        "told": (N_("May be told"), N_("What %(the_client)s has agreed to.")),
        "not_told": (N_("But not"), N_("What %(the_client)s does not want them to know.")),
        "consent_on": (N_("Agreed on"), ""),
        "consent_until": (N_("To the end of"), N_("At most two years on. Empty: until further notice.")),
    },
    GroupMeeting: {
        "on": (N_("Day"), N_("One to come, or one that was held.")),
        "at": (N_("Time"), ""),
        "place": (N_("Place"), ""),
        "agenda": (N_("What to talk about"), N_("%(The_client)s says first. One thing a line.")),
        "people": (N_("Who is invited, who came"), ""),
        "goals": (N_("The goals, followed up"), ""),
        "decided": (N_("What was said and decided"), N_("The group talks, %(the_client)s decides.")),
        "next": (
            N_("Next meeting"),
            N_("It is planned then, with the same people and the goals that are left."),
        ),
    },
    Attendance: {"name": (N_("Name"), ""), "came": (N_("Was there"), "")},
    FollowedUp: {
        "goal": (N_("Goal"), ""),
        "state": (N_("How it stands"), ""),
        "note": (N_("What %(the_client)s says of it"), ""),
    },
    Education: {
        "on": (N_("Day"), N_("One to come, or one that was held.")),
        "topic": (N_("Topic"), ""),
        "about": (N_("More about the topic"), ""),
        "taught": (N_("With whom"), ""),
        "led_by": (N_("Led by"), ""),
        "present": (N_("Who was there"), N_("One name a line.")),
        "practised": (N_("What was practised"), ""),
        "home_task": (N_("Until next time"), N_("What they try at home.")),
        "follow_up": (N_("To be followed up by"), ""),
        "followed_up": (N_("How it went"), ""),
    },
    Network: {
        "actors": (
            N_("Who does what"),
            N_("Everybody beyond the group who does something for %(the_client)s."),
        ),
        "note": (N_("Note"), ""),
    },
    NetworkActor: {
        "actor": (N_("Which"), ""),
        "name": (N_("Name"), ""),
        "contact": (N_("How to reach them"), ""),
        "does": (N_("What they do"), N_("One intervention a line.")),
        "coordinates": (N_("Coordinates the whole"), ""),
    },
}

ONE_ROW = {
    GroupMember: (N_("Member"), N_("Add a member")),
    Attendance: (N_("Person"), N_("Add a person")),
    FollowedUp: (N_("Goal"), N_("Add a goal")),
    NetworkActor: (N_("Actor"), N_("Add an actor")),
}
