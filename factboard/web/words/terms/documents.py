"""What the documents about planned care are called, and what can be chosen in them."""

from factboard.domain.events import TipEnd
from factboard.domain.events.contents import Kind, Together
from factboard.domain.events.contents.words import (
    Actor,
    GoalState,
    LifeArea,
    Mandate,
    PersonKind,
    Principal,
    Taught,
    Told,
    Topic,
    Weekday,
)
from factboard.domain.sip import Lacks
from factboard.domain.state import Coming
from factboard.web.language import N_

DOCUMENTS = {
    Kind.ABOUT: N_("who I am"),
    Kind.WISH: N_("my wishes about the board"),
    Kind.CARE_PLAN: N_("care plan"),
    Kind.SOCIAL_PLAN: N_("social plan"),
    Kind.EVALUATION: N_("evaluation of the goals"),
    Kind.CRISIS_PLAN: N_("crisis plan"),
    Kind.RESOURCE_GROUP: N_("resource group"),
    Kind.GROUP_MEETING: N_("meeting of the resource group"),
    Kind.EDUCATION: N_("education"),
    Kind.NETWORK: N_("network of actors"),
    Kind.SIP: N_("coordinated individual plan (SIP)"),
    Kind.STRENGTHS: N_("strengths assessment"),
    Kind.SUPERVISION: N_("group supervision"),
    Kind.ADVOCACY: N_("advocacy"),
}

TOGETHER = {
    Together.TOGETHER: N_("written together with %(the_client)s"),
    Together.READ: N_("read and agreed to by %(the_client)s"),
    Together.DECLINED: N_("%(the_client)s did not want to take part"),
    Together.WITHOUT: N_("written without %(the_client)s"),
}

AREAS = {
    LifeArea.DAILY_LIVING: N_("daily living"),
    LifeArea.FINANCES: N_("finances"),
    LifeArea.WORK: N_("work and education"),
    LifeArea.SOCIAL: N_("relations and support"),
    LifeArea.HEALTH: N_("health"),
    LifeArea.LEISURE: N_("leisure"),
    LifeArea.SPIRITUALITY: N_("spirituality and culture"),
}

WEEKDAYS = {
    Weekday.MONDAY: N_("Monday"),
    Weekday.TUESDAY: N_("Tuesday"),
    Weekday.WEDNESDAY: N_("Wednesday"),
    Weekday.THURSDAY: N_("Thursday"),
    Weekday.FRIDAY: N_("Friday"),
    Weekday.SATURDAY: N_("Saturday"),
    Weekday.SUNDAY: N_("Sunday"),
}

GOALS = {
    GoalState.FURTHER: N_("further away"),
    GoalState.SAME: N_("where it was"),
    GoalState.NEARER: N_("nearer"),
    GoalState.REACHED: N_("reached"),
    GoalState.GIVEN_UP: N_("no longer my goal"),
}

PERSONS = {PersonKind.PROFESSIONAL: N_("professional"), PersonKind.PRIVATE: N_("private")}

TOLD = {
    Told.NOTHING: N_("nothing"),
    Told.IN_CRISIS: N_("that there is a crisis, and what they can do"),
    Told.PLAN: N_("the crisis plan and the goals"),
    Told.EVERYTHING: N_("everything"),
}

TOPICS = {
    Topic.COMMUNICATION: N_("communication"),
    Topic.PROBLEM_SOLVING: N_("problem solving"),
    Topic.ILLNESS: N_("knowing the illness"),
    Topic.EARLY_SIGNS: N_("early warning signs"),
    Topic.TREATMENT: N_("treatment and medicine"),
    Topic.OTHER: N_("something else"),
}

TAUGHT = {
    Taught.CLIENT: N_("with %(the_client)s"),
    Taught.NETWORK: N_("with the network"),
    Taught.BOTH: N_("with %(the_client)s and the network"),
}

ACTORS_AROUND = {
    Actor.SOCIAL_INSURANCE: N_("social insurance"),
    Actor.PRIMARY_CARE: N_("primary care"),
    Actor.ADDICTION_CARE: N_("addiction care"),
    Actor.SOCIAL_SERVICES: N_("social services"),
    Actor.HOUSING_SUPPORT: N_("housing support"),
    Actor.SCHOOL: N_("school"),
    Actor.EMPLOYER: N_("workplace"),
    Actor.EMPLOYMENT_SERVICE: N_("employment service"),
    Actor.GUARDIAN: N_("guardian"),
    Actor.OMBUD: N_("personal ombud"),
    Actor.WARD: N_("hospital ward"),
    Actor.OTHER: N_("another"),
}

MANDATES = {
    Mandate.ASKED: N_("%(the_client)s asked for it"),
    Mandate.AGREED: N_("offered, and %(the_client)s agreed"),
    Mandate.GUARDIAN: N_("a guardian's, within their mandate"),
}

PRINCIPALS = {
    Principal.REGION: N_("region"),
    Principal.MUNICIPALITY: N_("municipality"),
    Principal.OTHER: N_("another party"),
}

LACKS = {
    Lacks.MEETING: N_("a day for the meeting"),
    Lacks.INVITATION: N_("who is invited, and when they were"),
    Lacks.GOALS: N_("goals that can be evaluated"),
    Lacks.INTERVENTIONS: N_("the interventions, and who answers for each"),
    Lacks.RESPONSIBLE: N_("who has the overall responsibility"),
    Lacks.FOLLOW_UP: N_("the day of the follow-up"),
    Lacks.FOLLOW_UP_WHO: N_("who calls to the follow-up"),
    Lacks.COPIES: N_("a copy to everybody in it"),
}

COMING = {
    Coming.GROUP_MEETING: N_("meeting of the resource group"),
    Coming.CONSENT_ENDS: N_("a consent of the resource group ends"),
    Coming.EDUCATION: N_("education"),
    Coming.EDUCATION_FOLLOW_UP: N_("home task to follow up"),
    Coming.REVIEW: N_("to be looked at again"),
    Coming.SIP_START: N_("SIP to be started: call to a meeting"),
    Coming.SIP_MEETING: N_("SIP meeting"),
    Coming.SIP_COPIES: N_("the SIP to be given to everybody in it"),
    Coming.SIP_FOLLOW_UP: N_("the SIP to be followed up"),
    Coming.SUPERVISION_BACK: N_("colleagues' ideas to be talked over"),
}

TIP_ENDS = {
    TipEnd.TALKED: N_("talked with %(the_client)s"),
    TipEnd.PLANNED: N_("something is planned"),
    TipEnd.FLAGGED: N_("put on the board"),
    TipEnd.KNOWN: N_("known already, and in the plan"),
    TipEnd.NOTHING: N_("looked into, nothing to do"),
}
