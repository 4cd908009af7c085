"""The people around a client, walked as a case manager does, in both languages: the group, a meeting of it, what a
member may be told, a session of education, the network, a tip; and what is printed of them.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from factboard.domain import documents, enrolment
from factboard.domain import events as e
from factboard.domain.events.contents import (
    Attendance,
    Education,
    FollowedUp,
    GroupMeeting,
    GroupMember,
    Network,
    NetworkActor,
    ResourceGroup,
    Together,
    WrittenCrisisPlan,
)
from factboard.domain.events.contents.words import Actor, GoalState, PersonKind, Taught, Told, Topic
from factboard.storage.engine import Store
from factboard.web.language import catalogue
from tests.browser.conftest import NewPage
from tests.conftest import NOW, Clock
from tests.service import OWN, Service, a_service

TODAY = NOW.date()
DAY = timedelta(days=1)
GROUP = ResourceGroup(
    members=(
        GroupMember("eva", "Eva Exempel", PersonKind.PRIVATE, "syster", "", "070-174 06 05", TODAY - 90 * DAY, None,
                    Told.PLAN, "något om medicinen", TODAY - 90 * DAY, TODAY + 200 * DAY),
        GroupMember("nils", "Nils Provberg", PersonKind.PRIVATE, "granne", "", "070-174 06 06", TODAY - 20 * DAY, None,
                    Told.IN_CRISIS, "", TODAY - 20 * DAY),
        GroupMember("petra", "Petra Testman", PersonKind.PROFESSIONAL, "läkare", "Psykiatrin Kusten", "", None, None,
                    Told.EVERYTHING, "", TODAY - 90 * DAY),
        GroupMember("ove", "Ove Modell", PersonKind.PRIVATE, "kusin", "", "", TODAY - 90 * DAY, TODAY - 30 * DAY),
    ),
    works_for=("En egen lägenhet", "Börja måla igen"),
    agreed="Vi träffas var sjätte vecka hemma hos Stina. Stina säger vad vi ska tala om.",
    in_crisis="Eva ringer varje kväll. Nils tar hand om katten. Alla ringer teamet om Stina inte öppnar.",
)  # fmt: skip
CRISIS = WrittenCrisisPlan(
    signs=("Sover mindre än fyra timmar", "Drar för gardinerna"),
    others_do=("Sitt ned, prata lågt", "Fråga om hon har ätit"),
    others_do_not=("Kom många på en gång",),
)
MET = GroupMeeting(
    on=TODAY - 14 * DAY,
    place="Hemma hos Stina",
    agenda=("Flytten", "Vem som följer med till banken"),
    people=(Attendance("eva", "Eva Exempel", came=True), Attendance("petra", "Petra Testman")),
    goals=(
        FollowedUp("g1", "En egen lägenhet", GoalState.NEARER, "Jag står i kö nu"),
        FollowedUp("g2", "Sova hela natten", GoalState.REACHED),
    ),
    decided="Stina vill att Eva följer med till banken.",
)
SESSION = Education(
    on=TODAY - 7 * DAY, topic=Topic.COMMUNICATION, about="Att säga vad man vill", taught=Taught.BOTH, led_by="lars",
    present=("Stina", "Eva"), practised="Vi turades om att be om något.", home_task="Be om en sak om dagen.",
    follow_up=TODAY - DAY,
)  # fmt: skip
NETWORK = Network(
    actors=(
        NetworkActor("a1", Actor.SOCIAL_INSURANCE, "", "0771-524 524", ("Sjukersättning",)),
        NetworkActor("a2", Actor.HOUSING_SUPPORT, "Lag Norr", "08-100 00 01", ("Handlar på tisdagar", "Tvätt")),
        NetworkActor("a3", Actor.GUARDIAN, "Gun Provman", "", ("Räkningar",)),
        NetworkActor("a4", Actor.PRIMARY_CARE, "Husläkarna", "", ("Diabeteskontroll",), coordinates=True),
    )
)


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> AsyncIterator[Service]:
    path = tmp_path_factory.mktemp("group") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), Clock(NOW)) as running:
        yield running


async def somebody(service: Service, name: str, *written: Any) -> str:
    """A client of lars's with all this written."""
    change = service.recorder.change
    details = e.Details("Provgren", name, case_manager="lars")
    client = (await change(OWN, "lars", enrolment.enrol, details=details)).client
    for content in written:
        ref = content.document.value + (".a1" if hasattr(content, "on") else "")
        what = {"ref": ref, "content": content, "together": Together.TOGETHER, "based_on": 0}
        await change(OWN, "lars", documents.write, client=client, of_document=ref, **what)
    return str(client)


async def saved(page: Page) -> None:
    await page.locator("form[data-draft] > .buttons .primary").click()
    await page.locator(".saved").wait_for()


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_case_manager_writes_the_group_and_meets_it(service: Service, new_page: NewPage, language: str) -> None:
    said = catalogue(language).gettext
    page = await new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    await service.sign_in(page, "lars")
    client = await somebody(service, f"Ny {language}")
    at = f"{service.url}/clients/{client}/plans"

    await page.goto(f"{at}/resource_group/edit")
    await page.fill("[name=members-0-name]", "Eva Exempel")
    await page.select_option("[name=members-0-kind]", "private")
    await page.fill("[name=members-0-role]", "syster")
    await page.select_option("[name=members-0-told]", "in_crisis")
    await page.click("[data-more][value=members]")
    await page.fill("[name=members-1-name]", "Nils Provberg")
    await page.fill("[name=works_for]", "En egen lägenhet")
    await page.check("[name=together][value=together]")
    await page.locator("form[data-draft] > .buttons .primary").click()
    problem = page.locator("#e-members-0-consent_on")  # nothing may be told before the client has agreed on a day
    assert said("Give the day on which %(the_client)s agreed to it. Without it nothing may be told.")[:14] in (
        await problem.inner_text()
    )
    await page.fill("[name=members-0-consent_on]", TODAY.isoformat())
    await saved(page)
    told = page.locator(".group-people li")
    assert said("that there is a crisis, and what they can do") in await told.nth(0).inner_text()
    assert said("May be told nothing: listen, and tell nothing back") in await told.nth(1).inner_text()

    await page.click(f"text={said('A meeting of the group')}")
    assert await page.input_value("[name=people-0-name]") == "Eva Exempel"  # who is in the group is invited
    assert await page.input_value("[name=goals-0-goal]") == "En egen lägenhet"
    await page.fill("[name=on]", TODAY.isoformat())
    await page.check("[name=people-0-came]")
    await page.select_option("[name=goals-0-state]", "nearer")
    await page.fill("[name=decided]", "Eva följer med till banken")
    await page.fill("#f-next", (TODAY + 30 * DAY).isoformat())
    await page.check("[name=together][value=together]")
    await saved(page)
    await page.goto(f"{at}/resource_group")
    assert await page.locator(".dated li").count() == 2  # the one that was held, and the next one, planned by it
    assert said("meeting of the resource group") in await page.locator(".dated li").nth(0).inner_text()
    assert [one for one in page.errors if "422" not in one] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_member_takes_home_what_they_may_know_on_one_sheet(
    service: Service, new_page: NewPage, language: str, tmp_path: Path
) -> None:
    said = catalogue(language).gettext
    page = await new_page()
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    await service.sign_in(page, "lars")
    client = await somebody(service, f"Blad {language}", GROUP, CRISIS, MET, SESSION, NETWORK)
    for member, knows, not_knows in (
        ("eva", ["En egen lägenhet", "Drar för gardinerna", "Sitt ned, prata lågt"], []),
        ("nils", ["Nils tar hand om katten"], ["En egen lägenhet", "Drar för gardinerna", "Sitt ned, prata lågt"]),
    ):
        await page.goto(f"{service.url}/clients/{client}/sheets/members/{member}")
        text = await page.locator(".paper").inner_text()
        assert all(one in text for one in (*knows, said("If you are worried"))), member
        assert not any(one in text for one in not_knows), member
        assert "070-174 06 0" not in text  # nobody's number goes to another
    async with service.person("lars") as lars:  # who has left the group has no sheet
        assert (await lars.get(f"/clients/{client}/sheets/members/ove")).status_code == 404
    await page.goto(f"{service.url}/clients/{client}/sheets/members/eva")
    sheet = await page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") in (1, 2)
    for document in ("resource_group", "group_meeting.a1", "education.a1", "network"):
        await page.goto(f"{service.url}/clients/{client}/plans/{document}")
        assert await page.locator(".paper").inner_text()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), document
    assert said("Coordinates the whole") in await page.locator(".network .self").inner_text()
    assert not page.errors


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_tip_is_written_down_while_they_are_on_the_phone_and_becomes_a_flag(
    service: Service, new_page: NewPage, language: str
) -> None:
    said = catalogue(language).gettext
    page = await new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(10_000)
    await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
    await service.sign_in(page, "anna")
    client = await somebody(service, f"Tips {language}", GROUP)
    at = f"{service.url}/clients/{client}"
    await page.goto(f"{at}/tip")
    await page.fill("[name=text]", "Hon svarar inte sedan i fredags")
    await page.fill("[name=said_by]", "Eva Exempel")
    await page.locator("form .primary").last.click()
    await page.locator("#head-tips").wait_for()
    assert "Eva Exempel" in await page.locator(".tips").inner_text()
    await page.click(f".tips >> text={said('Put on the board')}")
    assert await page.input_value("[name=reason]") == "Hon svarar inte sedan i fredags"
    assert await page.input_value("[name=source]") == "relative"
    await page.locator(".send .primary").click()
    await page.locator("[data-state=saved]").wait_for()
    await page.goto(at)
    assert await page.locator("#head-tips").count() == 0  # the flag has answered it
    assert not page.errors
