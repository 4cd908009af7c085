"""The kinds of facts: each with a name of its own, frozen, and readable for as long as the history lives."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

from factboard.domain import events as e


@pytest.mark.parametrize("kind", sorted(e.KINDS))
def test_a_kind_is_one_frozen_past_tense_fact(kind: str) -> None:
    shape = e.KINDS[kind]
    assert re.fullmatch("[a-z_]{3,40}", kind)
    assert shape.kind == kind
    assert shape.__name__ == "".join(word.title() for word in kind.split("_"))
    assert is_dataclass(shape)
    assert shape.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(shape)


def test_no_two_facts_share_a_kind() -> None:
    def all_below(base: type) -> set[type]:
        return {base, *(one for child in base.__subclasses__() for one in all_below(child))}

    kept = {shape for shape in all_below(e.Fact) - {e.Fact} if shape in e.KINDS.values()}
    assert {shape.__qualname__ for shape in all_below(e.Fact) - {e.Fact}} == {shape.__qualname__ for shape in kept}
    assert len({shape.kind for shape in kept}) == len(e.KINDS)


@pytest.mark.parametrize("kind", sorted(e.KINDS))
def test_every_older_version_has_its_way_up(kind: str) -> None:
    assert [version for version in range(1, e.KINDS[kind].version) if (kind, version) not in e.UPCASTERS] == []


def test_an_older_shape_is_taken_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e.Returned, "version", 3)
    monkeypatch.setitem(e.UPCASTERS, ("returned", 1), lambda payload: {"why": payload["text"]})
    monkeypatch.setitem(e.UPCASTERS, ("returned", 2), lambda payload: {"reason": payload["why"]})
    assert e.upcast("returned", 1, {"text": "Sover"}) == {"reason": "Sover"}
    assert e.upcast("returned", 2, {"why": "Sover"}) == {"reason": "Sover"}
    assert e.upcast("returned", 3, {"reason": "Sover"}) == {"reason": "Sover"}


def test_the_words_of_facts_are_kept_as_they_were_written() -> None:
    """What stands in histories already: a value may be added, never changed or taken away."""
    assert {value.value for value in e.Rating} >= {"worse", "unchanged", "better", "at_usual_level", "not_assessed"}
    assert {value.value for value in e.Basis} >= {"seen", "spoken_with", "told_by_others", "none"}
    assert {value.value for value in e.ContactKind} >= {
        "home", "office", "street", "ward", "phone", "video", "tried_and_missed",
    }  # fmt: skip
    assert {value.value for value in e.EndReason} >= {"moved", "died", "completed", "other_team", "other"}


def test_an_unknown_fact_says_what_to_do() -> None:
    said = str(e.UnknownFact("meeting_opened", 2))
    assert "'meeting_opened' in version 2" in said
    assert "newer" in said


def test_the_genesis_fact_names_the_team() -> None:
    assert [field.name for field in fields(e.HistoryStarted)] == ["name"]
