"""`/phone`: whose phone is told, and until when; a test; quiet hours. Everything on it works without script but turning
notifications on, which only a browser can.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import team
from factboard.recorder import users
from tests.conftest import until
from tests.push.service import Phone, PushService
from tests.service import OWN, PASSWORD, Service
from tests.web.reading import words

JSON = {"Accept": "application/json"}


@pytest_asyncio.fixture
async def lars(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("lars") as browser:
        yield browser


async def comes(service: Service, phone: Phone) -> bool:
    """Is this phone told of a flag now?"""
    before, tries = len(phone.messages), service.last_flag
    await service.put_on("Stina Exempel" if not tries else "Åke Provström", actor="anna")
    await service.app.state.pusher.run()
    return len(phone.messages) > before


async def page(browser: httpx2.AsyncClient) -> str:
    return (await browser.get("/phone", params={"lang": "en"})).text


class TestOnAndOff:
    async def test_a_phone_is_told_once_it_is_on_and_the_page_lists_it(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        assert 'data-on=""' in await page(lars)
        phone = pushes.phone()
        answer = await phone.subscribe(lars)
        assert answer.json() == {"on": True}
        cookie = answer.headers["set-cookie"]
        assert "httponly" in cookie.lower()
        assert 'data-on="yes"' in await page(lars)
        assert await comes(service, phone)
        assert "last told" in await page(lars)

    async def test_and_off_again(self, service: Service, pushes: PushService, lars: httpx2.AsyncClient) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        assert (await lars.post("/phone/push/off")).headers["location"] == "/phone?done=off"
        assert 'data-on=""' in await page(lars)
        assert not await comes(service, phone)

    async def test_the_same_phone_with_another_address_is_one_phone(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        old, new = pushes.phone(), pushes.phone()
        await old.subscribe(lars)
        assert (await new.subscribe(lars, renews="yes")).json() == {"on": True}
        assert (await page(lars)).count('name="device"') == 1
        assert await comes(service, new)
        assert old.messages == []

    async def test_a_browser_renews_nothing_for_somebody_who_has_not_asked(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        assert (await phone.subscribe(lars, renews="yes")).json() == {"on": False}
        assert not await comes(service, phone)

    @pytest.mark.parametrize(
        ("wrong", "field", "key"),
        [
            ({"endpoint": "https://10.0.0.1/x"}, "endpoint", "not_a_push_service"),
            ({"endpoint": ""}, "endpoint", "required"),
            ({"p256dh": "BB"}, "p256dh", "not_understood"),
            ({"p256dh": "A" * 87}, "p256dh", "not_understood"),
            ({"auth": "%%%"}, "auth", "not_understood"),
            ({"auth": "A"}, "auth", "not_understood"),
        ],
    )
    async def test_what_is_no_subscription_is_refused(
        self, pushes: PushService, lars: httpx2.AsyncClient, wrong: dict[str, str], field: str, key: str
    ) -> None:
        answer = await pushes.phone().subscribe(lars, **wrong)
        assert (answer.status_code, answer.json()) == (422, {"on": False, "errors": {field: key}})

    async def test_a_person_has_ten_phones_and_with_one_more_the_oldest_goes(
        self, service: Service, pushes: PushService
    ) -> None:
        phones = [pushes.phone() for _ in range(11)]
        for phone in phones:
            async with service.person("lars") as browser:
                await phone.subscribe(browser)
        await service.put_on("Stina Exempel", actor="anna")
        await service.app.state.pusher.run()
        assert [len(phone.messages) for phone in phones] == [0, *[1] * 10]

    async def test_a_test_comes_to_each_of_ones_own_phones_and_to_nobody_elses(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        own, other, annas = pushes.phone(), pushes.phone(), pushes.phone()
        async with service.person("lars") as second, service.person("anna") as anna:
            for phone, browser in ((own, lars), (other, second), (annas, anna)):
                await phone.subscribe(browser)
            answer = await lars.post("/phone/push/test", follow_redirects=True)
            assert "A test is on its way" in words(await lars.get(answer.url, params={"lang": "en", "done": "tested"}))
            await until(lambda: own.messages and other.messages)
        assert [one.said["tag"] for one in own.messages] == [f"test {OWN}"]
        assert annas.messages == []

    async def test_a_device_is_forgotten_by_its_owner_and_by_nobody_else(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        found = re.search(r'name="device" value="([0-9a-f]+)"', await page(lars))
        assert found
        async with service.person("anna") as anna:
            await anna.post("/phone/push/forget", data={"device": found[1]})
            assert found[1] not in await page(anna)
        assert found[1] in await page(lars)
        async with service.person("lars") as elsewhere:
            await elsewhere.post("/phone/push/forget", data={"device": found[1]})
        assert not await comes(service, phone)


class TestUntilWhen:
    """A phone is told for as long as its person has not signed out there, whatever the session's limits."""

    async def test_signing_out_ends_it_and_signing_in_again_resumes_it(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        await lars.post("/logout")
        assert not await comes(service, phone)
        await lars.post("/login", data={"username": "lars", "password": PASSWORD})
        assert 'data-on="yes"' in await page(lars)
        assert await comes(service, phone)

    async def test_after_the_session_ran_out_it_goes_on_and_the_next_one_signed_out_of_ends_it(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        lars.cookies.delete("factboard")  # as a browser does when its time is over
        await lars.post("/login", data={"username": "lars", "password": PASSWORD})
        assert await comes(service, phone)
        await lars.post("/logout")
        assert not await comes(service, phone)

    async def test_somebody_else_who_signs_in_on_it_ends_it_and_is_told_nothing(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        await lars.post("/login", data={"username": "anna", "password": PASSWORD})
        assert 'data-on=""' in await page(lars)
        await lars.post("/login", data={"username": "lars", "password": PASSWORD})
        assert 'data-on=""' in await page(lars), "it was another's meanwhile: it is asked for anew"
        assert not await comes(service, phone)

    @pytest.mark.parametrize("how", ["closed account", "left the team", "new password"])
    async def test_it_ends_with(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient, how: str
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        recorder = service.recorder
        if how == "closed account":
            await users.close_user(recorder, "admin", "lars")
        elif how == "left the team":
            await recorder.change(OWN, "command_line", team.remove_member, user="lars")
        else:
            await users.set_password(recorder, "admin", "lars", "ett annat långt lösenord")
        assert not await comes(service, phone)

    async def test_ones_own_new_password_ends_it_on_the_other_phones_only(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        here, there = pushes.phone(), pushes.phone()
        async with service.person("lars") as elsewhere:
            await here.subscribe(lars)
            await there.subscribe(elsewhere)
        changed = {"old": PASSWORD, "password": "ett annat långt lösenord"}
        assert (await lars.post("/password", data=changed)).status_code == 303
        assert await comes(service, here)
        assert there.messages == []


class TestQuietHours:
    async def test_are_saved_and_shown_and_taken_away_again(self, lars: httpx2.AsyncClient) -> None:
        for begins, ends in (("22:00", "07:00"), ("", "")):
            answer = await lars.post("/phone/quiet", data={"quiet_from": begins, "quiet_to": ends})
            assert (answer.status_code, answer.headers["location"]) == (303, "/phone?done=quiet")
            assert shown(await page(lars)) == (begins, ends)

    @pytest.mark.parametrize(
        ("begins", "ends", "field", "key"),
        [
            ("22:00", "", "quiet_to", "quiet_both"),
            ("", "07:00", "quiet_from", "quiet_both"),
            ("07:00", "07:00", "quiet_to", "quiet_all_day"),
            ("tio", "07:00", "quiet_from", "not_a_time"),
        ],
    )
    async def test_that_are_none_are_told_beside_their_field_and_what_was_typed_stays(
        self, lars: httpx2.AsyncClient, begins: str, ends: str, field: str, key: str
    ) -> None:
        sent = {"quiet_from": begins, "quiet_to": ends}
        answer = await lars.post("/phone/quiet", data=sent)
        assert (answer.status_code, shown(answer.text)) == (422, (begins, ends))
        assert f'id="e-{field}"' in answer.text
        assert (await lars.post("/phone/quiet", data=sent, headers=JSON)).json()["errors"] == {field: key}

    async def test_are_kept(self, service: Service, pushes: PushService, lars: httpx2.AsyncClient) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        await lars.post("/phone/quiet", data={"quiet_from": "00:00", "quiet_to": "23:59"})
        assert not await comes(service, phone)
        await lars.post("/phone/push/test")
        await until(lambda: phone.messages)  # whoever asks for a test wants it now


def shown(page: str) -> tuple[str, ...]:
    return tuple(re.findall(r'name="quiet_\w+" type="time" value="([^"]*)"', page))


async def test_the_page_says_who_is_told_and_is_two_touches_from_any_page(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    assert 'href="/phone"' in (await lars.get("/board")).text
    text = words(await lars.get("/phone", params={"lang": "en"}))
    assert "whoever is on duty, the case manager, the team lead" in text
    async with service.person("anna") as anna:
        assert "/settings" not in (await anna.get("/phone")).text


class TestTheTeamsRules:
    """The grid on /settings."""

    async def send(self, lars: httpx2.AsyncClient, *told: str, **more: Any) -> httpx2.Response:
        from tests.web.test_team import settings

        form = await settings(lars, shown="yes", public_holidays="yes", told=list(told), **more)
        return await lars.post("/settings", data=form)

    def ticked(self, page: str) -> list[str]:
        boxes = re.findall(r'<input type="checkbox" name="told" value="([\w ]+)"[^>]*?( checked)?>', page)
        assert len(boxes) == 12
        return [value for value, checked in boxes if checked]

    async def test_are_ticks_that_are_kept_as_a_fact(self, service: Service, lars: httpx2.AsyncClient) -> None:
        standard = self.ticked((await lars.get("/settings")).text)
        assert standard == [
            "flag on_duty", "flag case_manager", "flag lead", "untaken on_duty", "untaken case_manager",
            "untaken lead", "announced case_manager", "returned case_manager",
        ]  # fmt: skip
        assert (await self.send(lars, "returned lead", "flag lead")).status_code == 303
        assert self.ticked((await lars.get("/settings")).text) == ["flag lead", "returned lead"]
        async with service.person("maria") as maria:
            told = words(await maria.get("/history", params={"lang": "en"}))
        assert "Told at once of a new worry: the team lead. Of somebody back in planned care: the team lead." in told

    async def test_with_no_tick_at_all_nobody_is_told(
        self, service: Service, pushes: PushService, lars: httpx2.AsyncClient
    ) -> None:
        phone = pushes.phone()
        await phone.subscribe(lars)
        assert (await self.send(lars)).status_code == 303
        assert not await comes(service, phone)

    async def test_what_is_none_of_them_is_refused(self, lars: httpx2.AsyncClient) -> None:
        for wrong in ("flag everybody", "lunch lead", "flag", "x"):
            answer = await self.send(lars, wrong)
            assert answer.status_code == 422
            assert 'id="e-told"' in answer.text
