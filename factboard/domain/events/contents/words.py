"""The closed lists that documents choose from."""

from __future__ import annotations

from enum import StrEnum


class LifeArea(StrEnum):
    """The domains of life of the strengths assessment (Rapp and Goscha; domain page, section 7), also for needs."""

    DAILY_LIVING = "daily_living"
    FINANCES = "finances"
    WORK = "work"  # and education
    SOCIAL = "social"  # supports and relations
    HEALTH = "health"
    LEISURE = "leisure"
    SPIRITUALITY = "spirituality"  # and culture


class Weekday(StrEnum):
    MONDAY = "0"
    TUESDAY = "1"
    WEDNESDAY = "2"
    THURSDAY = "3"
    FRIDAY = "4"
    SATURDAY = "5"
    SUNDAY = "6"


class GoalState(StrEnum):
    """How a goal stands, from furthest away to reached."""

    FURTHER = "further"
    SAME = "same"
    NEARER = "nearer"
    REACHED = "reached"
    GIVEN_UP = "given_up"


class PersonKind(StrEnum):
    PROFESSIONAL = "professional"
    PRIVATE = "private"


class Told(StrEnum):
    """What a member of the resource group may be told."""

    NOTHING = "nothing"
    IN_CRISIS = "in_crisis"
    PLAN = "plan"
    EVERYTHING = "everything"


class Topic(StrEnum):
    """What a session is about (R-ACT: education in communication and problem solving)."""

    COMMUNICATION = "communication"
    PROBLEM_SOLVING = "problem_solving"
    ILLNESS = "illness"
    EARLY_SIGNS = "early_signs"
    TREATMENT = "treatment"
    OTHER = "other"


class Taught(StrEnum):
    """With whom a session is."""

    CLIENT = "client"
    NETWORK = "network"
    BOTH = "both"


class Actor(StrEnum):
    """Who beside the team does something for the client."""

    SOCIAL_INSURANCE = "social_insurance"
    PRIMARY_CARE = "primary_care"
    ADDICTION_CARE = "addiction_care"
    SOCIAL_SERVICES = "social_services"
    HOUSING_SUPPORT = "housing_support"
    SCHOOL = "school"
    EMPLOYER = "employer"
    EMPLOYMENT_SERVICE = "employment_service"
    GUARDIAN = "guardian"
    OMBUD = "ombud"
    WARD = "ward"
    OTHER = "other"


class Mandate(StrEnum):
    """On whose word somebody speaks for the client towards others. Without one nobody does."""

    ASKED = "asked"  # the client asked for it
    AGREED = "agreed"  # it was offered, and the client agreed
    GUARDIAN = "guardian"  # a guardian or administrator, within their own mandate


class Principal(StrEnum):
    """Who answers for an intervention of a SIP."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    OTHER = "other"
