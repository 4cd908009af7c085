"""The models of case management: what each means to begin with, how a team works by it, by which a client is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events import Cover, Treats
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client, Team
from factboard.domain.text import REASON, clean

MOST = 200  # clients for one person: more is a mistyped number
DEFAULT = "f_act"

# Domain page, section 7. Where each number comes from is told beside it (`web/words/terms/caseload`); a model of which
# no number was found has none.
STANDARD: Mapping[str, e.CareModel] = MappingProxyType(
    {
        one.code: one
        for one in (
            e.CareModel("f_act", most=25, treats=Treats.TEAM, cover=Cover.DAYTIME),
            e.CareModel("act", most=10, treats=Treats.TEAM, cover=Cover.ALWAYS, used=False),
            e.CareModel("intensive", most=20, treats=Treats.CASE_MANAGER, cover=Cover.DAYTIME, used=False),
            e.CareModel("clinical", most=30, treats=Treats.CASE_MANAGER, cover=Cover.DAYTIME, used=False),
            e.CareModel("strengths", most=20, treats=Treats.OTHERS, cover=Cover.DAYTIME, used=False),
            e.CareModel("resource", treats=Treats.OTHERS, cover=Cover.NONE, used=False),
            e.CareModel("rehabilitation", treats=Treats.CASE_MANAGER, cover=Cover.NONE, used=False),
            e.CareModel("broker", most=40, treats=Treats.OTHERS, cover=Cover.NONE, used=False),
            e.CareModel("personligt_ombud", most=20, treats=Treats.OTHERS, cover=Cover.NONE, mandate=True, used=False),
        )
    }
)


def models(team: Team) -> dict[str, e.CareModel]:
    """All that the team can work by: the standard ones as the team has set them, then its own."""
    return {**STANDARD, **team.care_models}


def default(team: Team) -> e.CareModel:
    """By which every client is met for whom nothing else was said."""
    return models(team)[team.care_model or DEFAULT]


def model_of(team: Team, client: Client) -> e.CareModel:
    """By which model this client is met."""
    return models(team).get(client.model) or default(team)


def offered(team: Team, client: Client) -> list[e.CareModel]:
    """What can be chosen for this client: what the team uses, and by what they are met now."""
    now = model_of(team, client)
    return [one for one in models(team).values() if one.used or one.code == now.code]


def set_model(case: Case, *, model: e.CareModel, default: bool = False) -> list[e.Entry]:
    """How the team works by a model, one of its own included; `default`: by it whoever has no other is met."""
    if not model.code:
        raise Invalid("required", "code")
    name = clean(model.name, "name", limit=60, required=model.code not in STANDARD)
    if not 0 <= model.most <= MOST:
        raise Invalid("number_out_of_range", "most", low=0, high=MOST)
    checked = replace(model, name=name)
    is_default = checked.code == (case.team.care_model or DEFAULT)
    if (default or is_default) and not checked.used:
        raise Invalid("default_model_is_used", "used")
    if models(case.team).get(checked.code) == checked and (is_default or not default):
        return []
    return [e.Entry(e.CareModelSet(checked, default and not is_default))]


def set_client_model(case: Case, *, model: str, reason: str = "") -> list[e.Entry]:
    """The client is met by this model from now on."""
    client = case.enrolled()
    if case.meanwhile(e.ClientModelSet):
        raise Conflict("changed_meanwhile")
    if model not in {one.code for one in offered(case.team, client)}:
        raise Invalid("unknown_choice", "model")
    now = model_of(case.team, client).code
    why = clean(reason, "reason", limit=REASON)
    return [] if model == now else [case.about(e.ClientModelSet(model, now, why))]
