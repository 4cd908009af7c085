"""What the fields of facts mean to a sentence: who is a person, what is counted in days, what is not worth a word."""

from __future__ import annotations

from factboard.domain import events as e

UNSAID = frozenset({e.Informed.UNKNOWN, e.Source.TEAM})  # what everybody takes for granted
PEOPLE = frozenset(
    {
        "agreed_with",
        "asked_by",
        "backup",
        "by",
        "case_manager",
        "chair",
        "named",
        "others",
        "owner",
        "present",
        "recorder",
        "user",
        "who",
    }
)
DAYS = frozenset({"review_days", "every_days", "before", "stable_days", "unseen_days"})
IF_ANY = frozenset(  # not of none
    {"announced", "returning", "not_explained", "to_follow_up", "retention_years", "most"}
)
CATEGORIES = frozenset({"category", "previous"})
CLIENTS = frozenset({"focus"})
RECORDS = frozenset({"other", "into"})  # another record of the client's: told by its code
COUNTED = frozenset({"held_back"})  # of these it is said how many they are
MODELS = frozenset({"model", "care_model"})
READ_AS = {  # fields that mean another thing here than elsewhere
    ("chair_changed", "previous"): "chair",
    ("case_manager_changed", "previous"): "who",
    ("client_model_set", "previous"): "model",
}
EVIDENCED = frozenset({"ratings", "contacts", "grounds", "rule", "cause"})  # said apart where little is to be read
# Facts that carry one of these speak of its fields.
INSIDE = (e.Settings, e.Told, e.Category, e.Policy, e.Member, e.Grounds, e.CareModel, e.HandoverNote)
