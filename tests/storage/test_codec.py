"""Facts and states as JSON text and back: whatever was written is read as it was."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.domain import events as e
from factboard.domain.chain import GENESIS, linked
from factboard.domain.state import Client, Meeting, Team
from factboard.storage.codec import (
    CLIENT,
    MEETING,
    TEAM,
    fact_from_text,
    fact_to_text,
    instant_from_text,
    instant_to_text,
    recorded,
)

AT = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
WRITTEN = json.loads(Path(__file__).with_name("as_of_0001.json").read_text())
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))  # every instant in a fact is UTC


@pytest.mark.parametrize("kind", sorted(e.KINDS))
def test_every_kind_of_fact_reads_as_it_was_written(kind: str) -> None:
    @given(st.from_type(e.KINDS[kind]))
    def check(fact: e.Fact) -> None:
        text = fact_to_text(fact)
        again = fact_from_text(kind, fact.version, text)
        assert again == fact
        assert type(again) is type(fact)
        assert fact_to_text(again) == text  # the text is what the chain has hashed
        assert isinstance(json.loads(text), dict)

    check()


@given(st.from_type(Client))
def test_a_clients_state_reads_as_it_was_written(state: Client) -> None:
    assert CLIENT.validate_json(CLIENT.dump_json(state)) == state


@given(st.from_type(Team))
def test_a_teams_state_reads_as_it_was_written(state: Team) -> None:
    assert TEAM.validate_json(TEAM.dump_json(state)) == state


@given(st.from_type(Meeting))
def test_a_meetings_state_reads_as_it_was_written(state: Meeting) -> None:
    assert MEETING.validate_json(MEETING.dump_json(state)) == state


@pytest.mark.parametrize("kind", ["team_settings_changed", "category_changed", "member_added", "client_enrolled"])
def test_what_an_older_release_wrote_without_todays_fields_is_read(kind: str) -> None:
    row = next(row for row in WRITTEN["history"] if row["kind"] == kind)
    fact = fact_from_text(kind, row["version"], row["payload"])
    assert json.loads(row["payload"]).items() != json.loads(fact_to_text(fact)).items()  # it has new fields since
    assert type(fact) is e.KINDS[kind]


@pytest.mark.parametrize(("kind", "version"), [("teleported", 1), ("returned", 2)])
def test_a_fact_from_a_newer_release_is_a_clear_error_and_never_a_guess(kind: str, version: int) -> None:
    with pytest.raises(e.UnknownFact, match=f"'{kind}' in version {version}"):
        fact_from_text(kind, version, '{"reason":"x"}')


def test_an_older_shape_is_read_in_todays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e.CrisisPlanReviewed, "version", 2)
    monkeypatch.setitem(e.UPCASTERS, ("crisis_plan_reviewed", 1), lambda old: {"on": old["day"], "with_client": True})
    read = fact_from_text("crisis_plan_reviewed", 1, '{"day":"2026-11-23"}')
    assert read == e.CrisisPlanReviewed(date(2026, 11, 23), True)


@pytest.mark.parametrize("payload", ["", "{", "null", "[]", '{"reason":1}', "{}"])
def test_a_payload_that_is_no_such_fact_is_an_error(payload: str) -> None:
    with pytest.raises(ValueError, match=r"Returned|JSON|reason"):
        fact_from_text("returned", 1, payload)


def test_a_row_without_its_payload_is_never_read_as_a_fact() -> None:
    row = linked(
        GENESIS, team="t", seq=1, at=instant_to_text(AT), actor="anna", kind="taken", version=1, client="c",
        placement="p", payload="{}", salt="s",
    )  # fmt: skip
    assert recorded(row) == e.Recorded(1, AT, "anna", e.Taken(), "c", "p")
    object.__setattr__(row, "payload", None)
    with pytest.raises(ValueError, match="row 1"):
        recorded(row)


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_kept_to_the_microsecond_and_sorts_as_text(at: datetime) -> None:
    text = instant_to_text(at)
    assert instant_from_text(text) == at
    assert instant_from_text(text).tzinfo is UTC
    assert len(text) == 27
    assert (text < instant_to_text(AT)) == (at < AT)


def test_an_instant_of_any_zone_is_written_in_utc() -> None:
    local = datetime(2026, 11, 23, 9, 40, tzinfo=timezone(timedelta(hours=1)))
    assert instant_to_text(local) == "2026-11-23T08:40:00.000000Z"
