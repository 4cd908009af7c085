"""What the fields of the care plan, the social plan and the evaluation of their goals are called."""

from __future__ import annotations

from factboard.domain.events.contents import (
    CarePlan,
    Evaluation,
    Goal,
    GoalEvaluated,
    Intervention,
    MappedNeed,
    SharedDecision,
    SocialPlan,
    StandingContact,
)
from factboard.web.language import N_

PLAN = {
    "needs": (N_("Needs"), N_("What life is like now, area by area, and what is missing.")),
    "goals": (N_("Goals"), N_("In the words of %(the_client)s. Small steps under each.")),
    "interventions": (N_("Interventions"), N_("What is done, and who does it.")),
    "contacts": (
        N_("Standing schedule"),
        N_("Who meets %(the_client)s how often. A time on the board lies over it; afterwards it goes on."),
    ),
    "decisions": (N_("Decided together"), N_("What there was to choose from, and what %(the_client)s wished.")),
    "note": (N_("Anything else"), ""),
}

LABELS = {
    CarePlan: PLAN,
    SocialPlan: PLAN,
    MappedNeed: {
        "area": (N_("Area of life"), ""),
        "need": (N_("Need"), ""),
        "met_by": (N_("Who helps with it now"), ""),
    },
    Goal: {
        "goal": (N_("Goal"), ""),
        "subgoals": (N_("Steps"), N_("One step a line.")),
        "by": (N_("To be reached by"), ""),
        "reached": (N_("Reached on"), ""),
    },
    Intervention: {
        "what": (N_("What is done"), ""),
        "provider": (N_("Who provides it"), N_("The team, the municipality, primary care ...")),
        "who": (N_("Who in the team"), ""),
        "note": (N_("How often, where"), ""),
    },
    StandingContact: {
        "who": (N_("Who"), ""),
        "every_days": (N_("Every so many days"), N_("7: once a week. Counted anew from each contact.")),
        "weekdays": (N_("Or on these days"), N_("With 14 days: every other week.")),
        "where": (N_("Where"), ""),
        "first": (N_("First time"), N_("Empty: within that many days from now.")),
    },
    SharedDecision: {
        "about": (N_("About what"), ""),
        "options": (N_("What there was to choose from"), N_("One thing a line.")),
        "wish": (N_("What %(the_client)s wishes"), ""),
        "chosen": (N_("What was chosen"), ""),
        "disagreement": (N_("Who disagrees, and why"), ""),
        "on": (N_("Decided on"), ""),
    },
    Evaluation: {
        "on": (N_("Day"), ""),
        "goals": (N_("The goals, one by one"), N_("How it stands now, as %(the_client)s sees it.")),
        "note": (N_("Anything else"), ""),
    },
    GoalEvaluated: {
        "words": (N_("Goal"), ""),
        "state": (N_("How it stands"), ""),
        "said": (N_("What %(the_client)s says"), ""),
    },
}

ONE_ROW = {
    MappedNeed: (N_("Need"), N_("Add a need")),
    Goal: (N_("Goal"), N_("Add a goal")),
    Intervention: (N_("Intervention"), N_("Add an intervention")),
    StandingContact: (N_("Standing contact"), N_("Add a standing contact")),
    SharedDecision: (N_("Decision"), N_("Add a decision")),
    GoalEvaluated: (N_("Goal"), N_("Add a goal")),
}
