import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.inviting import InviteError, create
from bot.settings import Settings
from sandbox.telegram import Telegram
from storage.database import Database
from storage.invites import Invites

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)


async def invite(settings: Settings, agency: str = "quan-1", role: str = "focal") -> str:
    return await asyncio.to_thread(create, settings, agency, role, "tok", days=3, now=NOW)


async def test_the_link_names_the_bot_and_carries_the_token(
    settings: Settings, database: Database
) -> None:
    assert "https://t.me/tiendo_bot?start=tok" in await invite(settings)
    with database.transaction() as session:
        made = Invites(session).usable("tok", NOW)
        assert made is not None
        assert (made.agency_id, made.role) == ("quan-1", "focal")
        assert made.expires_at == NOW + timedelta(days=3)


async def test_the_link_can_be_made_while_telegram_is_away(
    settings: Settings, telegram: Telegram
) -> None:
    await telegram.stop()
    text = await invite(settings)
    assert "https://t.me/<bot>?start=tok" in text
    assert "/start tok" in text


async def test_where_the_name_is_set_nobody_is_asked(
    settings: Settings, telegram: Telegram
) -> None:
    settings.bot_username = "tiendo_hcm_bot"
    assert "https://t.me/tiendo_hcm_bot?start=tok" in await invite(settings)
    assert telegram.counts.requests["getMe"] == 0


async def test_the_name_is_asked_by_the_proxy(settings: Settings, telegram: Telegram) -> None:
    settings.telegram_proxy = "socks5://127.0.0.1:9"
    assert "https://t.me/<bot>?start=tok" in await invite(settings)
    assert telegram.counts.requests["getMe"] == 0


@pytest.mark.parametrize(
    ("agency", "role", "words"),
    [("quan-1", "chief", "no role 'chief'"), ("quan-99", "focal", "no agency 'quan-99'")],
    ids=["role", "agency"],
)
async def test_an_unknown_role_or_agency_is_refused(
    settings: Settings, database: Database, agency: str, role: str, words: str
) -> None:
    with pytest.raises(InviteError, match=words):
        await invite(settings, agency, role)
    with database.transaction() as session:
        assert Invites(session).usable("tok", NOW) is None
