"""Speaking for the client: never without saying towards whom, of what and on whose word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import documents
from factboard.domain import events as e
from factboard.domain.events.contents import Advocacy, Together
from factboard.domain.events.contents.words import Actor, Mandate
from factboard.domain.refusal import Invalid
from tests.domain.given import TODAY, Refusal, a_client

LATER = TODAY + timedelta(days=1)
WHOLE = Advocacy(on=TODAY, towards="Försäkringskassan", about="Sjukpenning", mandate_of=Mandate.ASKED)


def typed(**other: object) -> dict[str, object]:
    content = replace(WHOLE, **other)  # type: ignore[arg-type]
    return {"ref": "advocacy.a1", "content": content, "together": Together.TOGETHER, "based_on": 0}


REFUSALS = [
    Refusal("no day", a_client(), documents.write, typed(on=None), "required", Invalid, "on"),
    Refusal(
        "not yet", a_client(), documents.write, typed(on=TODAY + timedelta(days=1)), "in_the_future", Invalid, "on"
    ),
    Refusal("to nobody", a_client(), documents.write, typed(towards=" "), "required", Invalid, "towards"),
    Refusal("of nothing", a_client(), documents.write, typed(about=""), "required", Invalid, "about"),
    Refusal(
        "on nobody's word", a_client(), documents.write, typed(mandate_of=None), "choose_one", Invalid, "mandate_of"
    ),
]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.says)
def test_no_is_said_beside_what_is_missing(row: Refusal) -> None:
    row.holds()


def test_a_party_by_its_kind_is_enough_and_the_outcome_comes_later() -> None:
    [entry] = documents.write(a_client().case(), **typed(towards="", actor=Actor.SOCIAL_INSURANCE))  # type: ignore[arg-type]
    assert isinstance(entry.fact, e.DocumentWritten)
    assert isinstance(entry.fact.content, Advocacy)
    assert entry.fact.content.came_of_it == ""
