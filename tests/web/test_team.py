"""A lead sets how the team works: settings, categories, members; two at once, bad input, and who may."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.case import Case
from factboard.domain.state import Team
from factboard.domain.team import PLACED
from factboard.storage import accounts, projections
from factboard.web.team.ordering import FIELD, OrderForm
from factboard.web.words import words_for
from tests.conftest import Clock
from tests.service import OWN, PASSWORD, Service
from tests.web.reading import JSON, facts, seq, typed, words

SETTINGS = {
    "name": "Team Kusten",
    "language": "sv",
    "country": "SE",
    "time_zone": "Europe/Stockholm",
    "meeting_days": ["0", "1", "2", "3", "4"],
    "meeting_time": "08:30",
    "meeting_minutes": "15",
    "client_word": "patient",
    "case_manager_word": "case_manager",
}


async def team(service: Service) -> Team:
    async with service.app.state.store.reading() as connection:
        known = await projections.team(connection, OWN)
    assert known
    return known


async def settings(lars: httpx2.AsyncClient, **changed: Any) -> dict[str, Any]:
    """The form as the lead would send it, with these fields changed."""
    page = await lars.get("/settings")
    return (
        SETTINGS
        | {"was": typed(page, "was"), "warning_signs": typed(page, "warning_signs"), "phrases": typed(page, "phrases")}
        | changed
    )


@pytest_asyncio.fixture
async def ingrid(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """The other team's lead."""
    async with service.person("ingrid") as client:
        yield client


async def test_the_teams_way_of_working_is_one_fact(service: Service, lars: httpx2.AsyncClient) -> None:
    before = await seq(service)
    form = await settings(
        lars,
        name="Team Kusten Söder",
        meeting_days=["1", "3"],
        meeting_time="09:15",
        closed_days="2026-12-24\r\n\r\n2026-12-25",
        client_word="brukare",
        case_manager_word="vard_och_stodsamordnare",
        warning_signs="Sover dåligt\nSvarar inte",
        phrases="Ringde i natt\n\nSämre än i går",
    )
    answer = await lars.post("/settings", data=form)
    assert answer.headers["location"] == f"/settings?saved={before + 1}"
    now = (await team(service)).settings
    assert (now.name, now.meeting_days, str(now.meeting_time)) == ("Team Kusten Söder", (1, 3), "09:15:00")
    assert [str(day) for day in now.closed_days] == ["2026-12-24", "2026-12-25"]
    assert now.warning_signs == ("Sover dåligt", "Svarar inte")
    assert now.phrases == ("Ringde i natt", "Sämre än i går")
    assert [fact.fact.kind for fact in await facts(service, before)] == ["team_settings_changed"]
    page = await lars.get(answer.headers["location"])
    assert "Sparat." in words(page)
    assert "Brukare" in page.text  # the team's own word, at once


async def test_the_page_sent_back_unchanged_changes_nothing(service: Service, lars: httpx2.AsyncClient) -> None:
    before = await seq(service)
    assert (await lars.post("/settings", data=await settings(lars))).status_code == 303
    assert await seq(service) == before


BAD_SETTINGS: list[tuple[str, Any, str]] = [
    ("name", "   ", "required"),
    ("name", "a\x00b", "control_characters"),
    ("name", "x" * 20_000, "too_long"),
    ("language", "klingon", "unknown_choice"),
    ("country", "Sverige", "unknown_choice"),
    ("time_zone", "Mars/Base", "unknown_choice"),
    ("time_zone", "../../etc/passwd", "unknown_choice"),
    ("meeting_days", ["7"], "day_out_of_range"),
    ("meeting_days", ["x"], "not_a_number"),
    ("meeting_time", "25:00", "not_a_time"),
    ("meeting_minutes", "0", "number_out_of_range"),
    ("meeting_minutes", "", "required"),
    ("closed_days", "2026-12-24\n31 februari", "not_a_date"),
    ("agenda_crisis", "0", "number_out_of_range"),
    ("agenda_crisis", "100", "number_out_of_range"),
    ("agenda_long", "först", "not_a_number"),
    ("wall_before", "721", "number_out_of_range"),
    ("wall_after", "-1", "number_out_of_range"),
    ("most_visits", "21", "number_out_of_range"),
    ("sheet_folder", "../blad", "not_a_folder_name"),
    ("out_of_hours", "x" * 501, "too_long"),
    ("client_word", "kund", "unknown_choice"),
    ("case_manager_word", "chef", "unknown_choice"),
    ("warning_signs", "\n".join(f"tecken {n}" for n in range(41)), "too_many"),
    ("phrases", "\n".join(f"skäl {n}" for n in range(21)), "too_many"),
    ("phrases", "x" * 81, "too_long"),
    ("phrases", "Sämre\x1b[31m", "control_characters"),
    ("return_time", "08:40", "return_before_meeting_ends"),
    ("return_time", "halv två", "not_a_time"),
    ("day_begins", "24:00", "not_a_time"),
    ("day_ends", "07:00", "ends_before_it_begins"),
    ("taken_minutes", "0", "number_out_of_range"),
    ("taken_minutes", "721", "number_out_of_range"),
    ("taken_minutes", "snart", "not_a_number"),
    ("agenda_ready", "0", "number_out_of_range"),
    ("agenda_announced", "100", "number_out_of_range"),
]


async def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    for field, value, key in BAD_SETTINGS:
        form = await settings(lars, **{field: value})
        assert (await lars.post("/settings", data=form, headers=JSON)).json()["errors"] == {field: key}, field
        answer = await lars.post("/settings", data=form)
        assert answer.status_code == 422, field
        assert f'id="e-{field}"' in answer.text or f'id="f-{field}"' in answer.text, field
        if isinstance(value, str) and f'<select id="f-{field}"' not in answer.text:
            assert (
                typed(answer, field).split() == value.replace("\x00", "\ufffd").split() or key == "control_characters"
            )
    assert await seq(service) == before


async def test_how_long_it_is_kept_is_said_twice_where_something_goes_for_good(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    assert typed(await lars.get("/settings"), "retention_years") == "0"  # for good, until a team says otherwise
    answer = await lars.post("/settings?lang=en", data=await settings(lars, retention_years="5"))
    assert answer.status_code == 422
    assert "more than 5 years ago is taken away for ever" in words(answer)
    assert 'name="retention_sure"' in answer.text
    assert (await team(service)).settings.retention_years == 0
    sure = await settings(lars, retention_years="5", retention_sure="yes")
    assert (await lars.post("/settings", data=sure)).status_code == 303
    assert (await team(service)).settings.retention_years == 5
    longer = await settings(lars, retention_years="10")
    assert (await lars.post("/settings", data=longer)).status_code == 303  # less goes than before


async def test_countries_to_choose_from_are_countries_and_the_teams_own_comes_first(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    listed = (await lars.get("/settings")).text.split('id="f-country"')[1].split("</select>")[0]
    codes = re.findall(r'value="([A-Z]{2})"', listed)
    assert codes[0] == "SE"
    assert codes[-2:] == ["AT", "TL"]  # Österrike, Östtimor: the Swedish order
    assert {"NO", "FI", "DK", "ZA"} <= set(codes)
    assert not {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"} & set(codes)


@pytest.mark.parametrize(("language", "told"), [("sv", "Fyll i det här."), ("en", "Fill this in.")])
async def test_mistakes_are_told_in_the_readers_language(service: Service, language: str, told: str) -> None:
    async with service.person("lars", language) as lars:
        assert told in words(await lars.post("/settings", data=await settings(lars, name="")))


async def test_two_leads_at_once_and_the_second_sees_it(service: Service, lars: httpx2.AsyncClient) -> None:
    form = await settings(lars, name="Team Lars")
    other = await settings(lars, name="Team Ingrid")
    assert (await lars.post("/settings", data=form)).status_code == 303
    answer = await lars.post("/settings", data=other)
    assert answer.status_code == 409
    assert 'class="meanwhile"' in answer.text
    assert typed(answer, "name") == "Team Ingrid"
    assert (await team(service)).settings.name == "Team Lars"
    again = await lars.post("/settings", data=other | {"was": typed(answer, "was")})
    assert again.status_code == 303
    assert (await team(service)).settings.name == "Team Ingrid"


async def test_a_mistake_in_an_old_form_does_not_let_it_overwrite_what_others_did(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    mine = await settings(lars, meeting_time="09:45", closed_days="jul")
    await lars.post("/settings", data=await settings(lars, meeting_time="09:00"))
    wrong = await lars.post("/settings", data=mine)
    assert wrong.status_code == 422
    mended = mine | {"closed_days": "", "was": typed(wrong, "was")}
    assert (await lars.post("/settings", data=mended)).status_code == 409
    assert str((await team(service)).settings.meeting_time) == "09:00:00"


class TestTheDay:
    """When somebody is here, when whoever goes back goes, and on which days nobody is."""

    async def test_is_the_teams_own(self, service: Service, lars: httpx2.AsyncClient) -> None:
        hours = {"return_time": "14:30", "day_begins": "07:30", "day_ends": "19:00", "taken_minutes": "45"}
        before = await seq(service)
        assert (await lars.post("/settings", data=await settings(lars, shown="yes", **hours))).status_code == 303
        now = (await team(service)).settings
        assert [str(one)[:5] for one in (now.return_time, now.day_begins, now.day_ends)] == ["14:30", "07:30", "19:00"]
        assert (now.taken_minutes, now.public_holidays) == (45, False)
        assert [fact.fact.kind for fact in await facts(service, before)] == ["team_settings_changed"]
        page = await lars.get("/settings")
        assert [typed(page, name) for name in hours] == list(hours.values())
        ticked = re.search(r'<input[^>]*id="f-public_holidays"[^>]*>', page.text)
        assert ticked
        assert "checked" not in ticked.group()

    async def test_stays_as_it_is_where_the_form_says_nothing_of_it(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = (await team(service)).settings
        empty = dict.fromkeys(("return_time", "day_begins", "day_ends", "taken_minutes"), "")
        for sent in ({}, empty):
            form = await settings(lars, name="Team Norr", **sent)
            assert (await lars.post("/settings", data=form)).status_code == 303
        now = (await team(service)).settings
        assert now.name == "Team Norr"
        for name in (*empty, "public_holidays"):
            assert getattr(now, name) == getattr(before, name), name

    async def test_a_meeting_moved_to_after_the_return_time_is_told_beside_the_return_time(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        form = await settings(lars, meeting_time="13:00", return_time="13:10")
        answer = await lars.post("/settings", data=form)
        assert answer.status_code == 422
        told = answer.text.split('id="e-return_time"')[1].split("</p>")[0]
        assert words_for(e.Settings(""), "sv").problem("return_before_meeting_ends") in told
        assert (typed(answer, "meeting_time"), typed(answer, "return_time")) == ("13:00", "13:10")
        assert str((await team(service)).settings.meeting_time) == "08:30:00"

    @pytest.mark.parametrize(
        ("language", "country", "named"),
        [
            ("sv", "SE", ["Juldagen", "Annandag jul"]),
            ("en", "SE", ["Christmas Day", "Second Day of Christmas"]),
            ("sv", "FI", ["Juldagen", "Annandag jul"]),
            ("sv", "DE", ["Erster Weihnachtstag", "Zweiter Weihnachtstag"]),  # no Swedish there: the country's own
            ("en", "AC", []),  # Ascension, of which no table is kept
        ],
    )
    async def test_days_off_are_listed_by_name_in_the_readers_language(
        self, service: Service, language: str, country: str, named: list[str]
    ) -> None:
        async with service.person("lars", language) as lars:
            form = await settings(lars, country=country, closed_days="2026-12-24", shown="yes", public_holidays="yes")
            assert (await lars.post("/settings", data=form)).status_code == 303
            page = await lars.get("/settings")
            listed = page.text.split('class="days-off"')[1].split("</details>")[0]
            days = dict(re.findall(r'<time datetime="([\d-]+)">[^<]*</time> ([^<]*?)\s*</li>', listed))
        found = [days.get("2026-12-25"), days.get("2026-12-26")]
        assert found == (named or [None, None])
        assert days["2026-12-24"] not in named
        assert ("The public holidays of your country are not known here" in words(page)) == (not named)
        assert all("2026-11-23" <= day < "2027-11-23" for day in days)

    async def test_without_the_countrys_holidays_the_teams_own_are_left(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        await lars.post("/settings", data=await settings(lars, closed_days="2026-12-24", shown="yes"))
        listed = (await lars.get("/settings")).text.split('class="days-off"')[1].split("</details>")[0]
        assert re.findall(r'datetime="([\d-]+)"', listed) == ["2026-12-24"]

    async def test_a_holiday_is_closed_on_the_roster_too(
        self, service: Service, lars: httpx2.AsyncClient, clock: Clock
    ) -> None:
        await lars.post("/settings", data=await settings(lars, closed_days="2026-12-24"))
        clock.forward(days=28)  # Monday 21 December
        async with service.person("anna", "en") as anna:
            days = re.findall(r'<label for="f-duty-([\d-]+)">(.*?)</label>', (await anna.get("/roster")).text)
        closed = [day for day, said in days if "<small>" in said]
        assert closed == ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01"]


class TestNobodyCanEverGoBack:
    """A team whose meetings let nobody return is told so, plainly, and what to do."""

    async def told(self, lars: httpx2.AsyncClient, **changed: Any) -> str:
        form = await settings(lars, **changed)
        assert (await lars.post("/settings", data=form)).status_code == 303
        return words(await lars.get("/settings?lang=en")).split("Automatic returns")[2].split("Who is here")[0]

    async def test_where_it_meets_on_fridays_only(self, lars: httpx2.AsyncClient) -> None:
        said = await self.told(lars, meeting_days=["4"])
        assert "Nobody can ever go back by itself: each of your meeting days is the last one before days off." in said
        assert "Meet on a day that has a working day after it" in said

    async def test_where_it_never_meets(self, lars: httpx2.AsyncClient) -> None:
        assert "the team has no meeting days" in await self.told(lars, meeting_days=[])

    async def test_and_not_where_one_day_does(self, lars: httpx2.AsyncClient) -> None:
        said = await self.told(lars, meeting_days=["3", "4"])
        assert "can ever" not in said
        assert "Days on which a meeting can let somebody go back: Thursday." in said

    async def test_where_a_category_returns_before_a_meeting_that_was_moved(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        known = (await team(service)).categories["short_intensive"]
        early = replace(known, policy=replace(known.policy, return_time=time(9)))
        await service.recorder.change(OWN, "lars", rules.set_category, category=early)
        said = await self.told(lars, meeting_time="09:30")
        assert "Nobody in “short-term intensive” can ever go back by itself: its return time, 09:00" in said
        assert "“long-term intensive”" not in said

    async def test_where_it_meets_after_the_return_time_of_a_release_that_asked_for_none(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        """From before there was a return time: the standard one is there, and the settings have never been saved."""

        def met_already(case: Case) -> list[e.Entry]:
            return [e.Entry(e.TeamSettingsChanged(replace(case.team.settings, meeting_time=time(14))))]

        await service.recorder.change(OWN, "lars", met_already)
        said = words(await lars.get("/settings?lang=en"))
        assert "Nobody in “short-term intensive” can ever go back by itself: its return time, 13:00" in said
        assert "Nobody in “admitted”" not in said


class TestTheOrderOfAMeeting:
    async def test_is_a_number_for_each_group(self, service: Service, lars: httpx2.AsyncClient) -> None:
        assert {FIELD.format(group) for group in PLACED} == set(OrderForm.model_fields)
        page = await lars.get("/settings")
        assert [typed(page, FIELD.format(group)) for group in PLACED] == list("123456789")
        numbers = {"agenda_crisis": "1", "agenda_untaken": "2", "agenda_legal": "2", "agenda_long": ""}
        assert (await lars.post("/settings", data=await settings(lars, **numbers))).status_code == 303
        assert [group.value for group in (await team(service)).settings.agenda] == [
            "crisis",
            "untaken",
            "legal",
            "rest",
        ]
        page = await lars.get("/settings")
        shown = re.findall(r'id="f-agenda_(\w+)" [^>]* value="(\d*)"', page.text)
        assert shown[:4] == [("crisis", "1"), ("untaken", "2"), ("legal", "3"), ("changed", "")]

    async def test_stays_as_it_is_where_the_form_says_nothing_of_it(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = (await team(service)).settings.agenda
        await lars.post("/settings", data=await settings(lars, name="Team Norr"))
        await lars.post("/settings", data=await settings(lars, **{FIELD.format(group): "" for group in PLACED}))
        now = (await team(service)).settings
        assert (now.name, now.agenda) == ("Team Kusten", before)


class TestCategories:
    async def test_one_is_added_renamed_retired_and_brought_back(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        new = {"name": "Nattvak", "colour": "teal", "shape": "ring", "order": "9", "review_days": "3"}
        form = await lars.get("/settings/categories/new")
        await lars.post("/settings/categories", data=new | {"was": typed(form, "was")})
        (code,) = [known.code for known in (await team(service)).categories.values() if known.name == "Nattvak"]
        for changed in ({"name": "Natt"}, {"retired": "yes"}, {}):
            form = await lars.get(f"/settings/categories/{code}")
            data = new | {"code": code, "name": "Natt", "was": typed(form, "was")} | changed
            assert (await lars.post("/settings/categories", data=data)).status_code == 303
            assert (await team(service)).categories[code].retired == ("retired" in changed)
        assert (await team(service)).categories[code] == e.Category(code, "Natt", "teal", "ring", 9, 3)

    async def test_a_standard_one_keeps_its_word_in_each_language_until_it_is_renamed(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        form = await lars.get("/settings/categories/admitted")
        data = {"code": "admitted", "name": "", "colour": "grey", "shape": "cross", "order": "1", "review_days": "2"}
        await lars.post("/settings/categories", data=data | {"was": typed(form, "was")})
        assert (await team(service)).categories["admitted"].name == ""
        assert "inlagd" in words(await lars.get("/settings"))
        assert "admitted" in words(await lars.get("/settings?lang=en"))

    async def test_the_table_says_what_each_asks_for(self, lars: httpx2.AsyncClient) -> None:
        page = words(await lars.get("/settings?lang=en"))
        asks = "the meeting announces it 3 ratings by 2 people, over at least 14 days 5 3 days 14 days yes"
        assert f"hort-term intensive {asks}" in page
        assert "admitted never by itself 1 7 days 7 days yes" in page

    async def test_bad_ones_are_refused(self, service: Service, lars: httpx2.AsyncClient) -> None:
        before = await seq(service)
        form = await lars.get("/settings/categories/new")
        new = {"name": "Natt", "colour": "teal", "shape": "ring", "order": "9", "review_days": "3"}
        for field, value, key in (
            ("name", "", "required"),
            ("name", "n" * 61, "too_long"),
            ("colour", "beige", "unknown_choice"),
            ("shape", "", "required"),
            ("review_days", "0", "number_out_of_range"),
            ("review_days", "9" * 30, "number_out_of_range"),
            ("review_days", "tre", "not_a_number"),
            ("order", "-1", "not_understood"),
        ):
            data = new | {"was": typed(form, "was"), field: value}
            answer = await lars.post("/settings/categories", data=data)
            assert answer.status_code == 422, field
            keys = (await lars.post("/settings/categories", data=data, headers=JSON)).json()["errors"]
            assert keys == {field: key}
        assert await seq(service) == before

    async def test_an_unknown_one_is_not_found(self, lars: httpx2.AsyncClient) -> None:
        assert (await lars.get("/settings/categories/nothing")).status_code == 404
        data = {"code": "nothing", "name": "x", "colour": "teal", "shape": "ring", "review_days": "3"}
        assert (await lars.post("/settings/categories", data=data)).status_code == 404


NEW = {
    "username": "Nora.N",
    "name": "Nora Ny",
    "password": "en lång hemlighet",
    "role": "clinician",
    "profession": "Sjuksköterska",
    "employer": "Kommunen",
}


class TestMembers:
    async def test_somebody_new_gets_an_account_and_can_sign_in(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        assert (await lars.post("/settings/members", data=NEW)).status_code == 303
        (nora,) = [known for known in (await team(service)).members.values() if known.name == "Nora Ny"]
        assert (nora.username, nora.role, nora.employer) == ("nora.n", e.Role.CLINICIAN, "Kommunen")
        async with httpx2.AsyncClient(base_url=service.url) as browser:
            data = {"username": "nora.n", "password": NEW["password"]}
            assert (await browser.post("/login", data=data)).status_code == 303
            assert (await browser.get("/board")).status_code == 200

    async def test_weekdays_and_phone_come_with_whoever_joins(self, service: Service, lars: httpx2.AsyncClient) -> None:
        form = await lars.get("/settings/members/new")
        assert len(re.findall(r'name="works"[^>]*checked', form.text)) == 5
        days = {"shown": typed(form, "shown"), "phone": "070-174 06 58", "works": ["0", "3"]}
        assert (await lars.post("/settings/members", data=NEW | days)).status_code == 303
        bo = {"username": "bo", "role": "clinician"}
        assert (await lars.post("/settings/members", data=bo | days | {"works": []})).status_code == 303
        known = {member.name: (member.phone, member.works) for member in (await team(service)).members.values()}
        assert known["Nora Ny"] == ("070-174 06 58", (0, 3))
        assert known["Bo Test"] == ("070-174 06 58", ())

    async def test_whoever_has_an_account_joins_with_it(self, service: Service, lars: httpx2.AsyncClient) -> None:
        assert (await lars.post("/settings/members", data={"username": "bo", "role": "clinician"})).status_code == 303
        assert (await team(service)).members["bo"].name == "Bo Test"

    async def test_who_cannot_join_is_told_why_and_no_account_is_made(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        async with service.app.state.store.reading() as connection:
            count = await accounts.count(connection)
        for field, value, key in (
            ("username", "", "not_a_username"),
            ("username", "å ä ö", "not_a_username"),
            ("username", "x\x00y", "not_a_username"),
            ("username", "factboard", "not_a_username"),
            ("username", "anna", "already_member"),
            ("username", "admin", "not_for_a_team"),
            ("name", " ", "required"),
            ("name", "a\x07b", "control_characters"),
            ("password", "kort", "password_too_short"),
            ("password", "", "password_too_short"),
            ("password", "x" * 201, "too_long"),
            ("role", "admin", "unknown_choice"),
            ("role", "chef", "unknown_choice"),
            ("profession", "x" * 61, "too_long"),
            ("phone", "0" * 61, "too_long"),
        ):
            answer = await lars.post("/settings/members", data=NEW | {field: value})
            assert answer.status_code == 422, (field, value)
            assert NEW["password"] not in answer.text
            keys = (await lars.post("/settings/members", data=NEW | {field: value}, headers=JSON)).json()["errors"]
            assert keys == {field: key}
        async with service.app.state.store.reading() as connection:
            assert await accounts.count(connection) == count
        assert await seq(service) == before

    async def test_a_role_changes_what_the_person_may_at_once(
        self, service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient
    ) -> None:
        form = await lars.get("/settings/members/anna")
        data = {"user": "anna", "role": "auditor", "was": typed(form, "was")}
        assert (await lars.post("/settings/members", data=data)).status_code == 303
        assert (await anna.get("/board")).status_code == 403
        assert (await anna.get("/history")).status_code == 200
        stale = data | {"role": "lead"}
        assert (await lars.post("/settings/members", data=stale)).status_code == 409

    async def test_whoever_is_removed_sees_nothing_more_and_keeps_their_name(
        self, service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient
    ) -> None:
        await service.put_on("Stina Exempel", "anna")
        assert (await lars.post("/settings/members/anna/remove")).status_code == 303
        assert (await anna.get("/board")).status_code == 403
        assert "Anna Test" not in words(await lars.get("/settings"))
        async with service.person("maria") as maria:
            assert "Anna Test satte upp" in words(await maria.get("/history"))
        assert (await lars.post("/settings/members/anna/remove")).status_code == 404

    async def test_nobody_changes_their_own_place(self, service: Service, lars: httpx2.AsyncClient) -> None:
        form = await lars.get("/settings/members/lars")
        data = {"user": "lars", "role": "clinician", "was": typed(form, "was")}
        assert (await lars.post("/settings/members", data=data)).status_code == 403
        assert (await lars.post("/settings/members/lars/remove")).status_code == 403
        assert (await team(service)).members["lars"].role is e.Role.LEAD


async def test_only_the_teams_own_lead(
    service: Service, anna: httpx2.AsyncClient, ingrid: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    assert (await anna.get("/settings")).status_code == 403
    assert (await anna.post("/settings", data=SETTINGS)).status_code == 403
    assert "Team Kusten" not in (await ingrid.get("/settings")).text
    assert (await ingrid.get("/settings/members/anna")).status_code == 404
    assert (await ingrid.post("/settings/members/anna/remove")).status_code == 404
    assert (await nobody.get("/settings")).headers["location"].startswith("/login")
    assert (await nobody.post("/settings", data=SETTINGS)).status_code == 401
    assert await seq(service) == before


async def test_passwords_are_never_stored_as_they_are(service: Service) -> None:
    async with service.app.state.store.reading() as connection:
        known = await accounts.by_username(connection, "anna")
    assert known
    assert known.password.startswith("$argon2id$")
    assert PASSWORD not in known.password
