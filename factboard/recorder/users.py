"""Accounts: each change is a fact of the system's own history and a row of the user table, in one transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from factboard.domain import accounts as rules
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Forbidden, Invalid, Unknown
from factboard.domain.team import set_member
from factboard.domain.text import clean
from factboard.passwords import hash_password
from factboard.recorder.desk import Receipt
from factboard.recorder.door import Recorder
from factboard.storage import accounts, projections


async def add_user(
    recorder: Recorder, actor: str, *, username: str, name: str, password: str, admin: bool = False
) -> accounts.User:
    """A new account, in no team yet. Raises `Invalid`."""
    login = rules.username(username)
    shown = clean(name, "name", required=True)
    hashed = await asyncio.to_thread(hash_password, rules.password(password, login))
    new = accounts.User(recorder.ids(), login, shown, hashed, admin, closed=False, language=None)
    async with recorder.system(actor, e.UserAdded(new.id, login, shown, admin)) as connection:
        if await accounts.by_username(connection, login):
            raise Invalid("username_taken", "username")
        await accounts.add(connection, new.id, login, shown, hashed, admin)
    return new


async def add_member(
    recorder: Recorder,
    actor: str,
    team: str,
    *,
    username: str,
    name: str,
    password: str,
    role: e.Role,
    profession: str = "",
    employer: str = "",
    phone: str = "",
    works: tuple[int, ...] = (0, 1, 2, 3, 4),
    leads_supervision: bool = False,
) -> Receipt:
    """A person joins a team: by the account they have, else by a new one. Raises `Invalid`, `Unknown`."""
    login = rules.username(username)
    async with recorder.store.reading() as connection:
        state = await projections.team(connection, team)
        account = await accounts.by_username(connection, login)
    if state is None:
        raise Unknown("unknown_team", "team")
    if account and (account.admin or account.closed):
        raise Invalid("not_for_a_team", "username")
    here = state.members.get(account.id) if account else None
    if here and not here.left:
        raise Invalid("already_member", "username")
    known = e.Member(account.id, login, account.name, role) if account else e.Member("", login, name, role)
    said = {"profession": profession, "employer": employer, "phone": phone, "works": works}
    member = replace(known, **said, leads_supervision=leads_supervision)  # type: ignore[arg-type]
    if account is None:
        # The rule is asked before there is an account: one whose place in the team is refused is not made.
        set_member(Case(state, None, actor, recorder.clock(), recorder.ids), member=member)
        made = await add_user(recorder, actor, username=login, name=name, password=password)
        member = replace(member, user=made.id, name=made.name)
    return await recorder.change(team, actor, set_member, member=member)


async def set_password(recorder: Recorder, actor: str, user: str, password: str, *, keep: str | None = None) -> None:
    """A new password; whoever is signed in with the old one is signed out, but for the session `keep`.

    Raises `Invalid`, `Unknown`.
    """
    known = await _known(recorder, user)
    hashed = await asyncio.to_thread(hash_password, rules.password(password, known.username))
    async with recorder.system(actor, e.PasswordSet(user)) as connection:
        await accounts.change(connection, user, password=hashed)
        await accounts.sign_out_everywhere(connection, user, but=keep)


async def close_user(recorder: Recorder, actor: str, user: str) -> None:
    """The account can sign in no more; its open screens end. Nobody closes their own."""
    if user == actor:
        raise Forbidden("not_own_account")
    if (await _known(recorder, user)).closed:
        return
    async with recorder.system(actor, e.UserClosed(user)) as connection:
        await accounts.change(connection, user, closed=True)
        await accounts.sign_out_everywhere(connection, user)


async def reopen_user(recorder: Recorder, actor: str, user: str) -> None:
    if not (await _known(recorder, user)).closed:
        return
    async with recorder.system(actor, e.UserReopened(user)) as connection:
        await accounts.change(connection, user, closed=False)


async def _known(recorder: Recorder, user: str) -> accounts.User:
    async with recorder.store.reading() as connection:
        known = await accounts.by_id(connection, user)
    if known is None:
        raise Unknown("unknown_user")
    return known
