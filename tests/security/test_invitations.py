"""Guessing at invitations is slow, and whoever guesses learns nothing."""

from datetime import timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.knocks import HOUR, WRONG_INVITES
from tests.handlers.scenes import Office

INVALID = "không hợp lệ, đã được sử dụng hoặc đã hết hạn"
LATER = "thử lại đường dẫn từ 10:00 16/09/2024"
POLITE = "Hệ thống chỉ phục vụ người được mời"


@pytest.fixture
async def guesser(an: Person, office: Office) -> Person:
    """After the last wrong guess that is free, with a right link at hand."""
    office.invite("thu-moi")
    for n in range(WRONG_INVITES):
        said = await an.send(f"/start doan-{n}")
        assert INVALID in said
        assert "thử lại" not in said
    return an


async def test_after_five_wrong_links_even_the_right_one_waits(guesser: Person) -> None:
    wrong, right = [await guesser.send(f"/start {token}") for token in ("doan-6", "thu-moi")]
    assert LATER in wrong
    assert right == wrong


async def test_after_an_hour_the_right_link_opens(guesser: Person, clock: PushedClock) -> None:
    clock.push_to(clock.now() + HOUR)
    assert "Ủy ban nhân dân Quận 3" in await guesser.send("/start thu-moi")


async def test_waiting_is_not_made_longer_by_asking(guesser: Person, clock: PushedClock) -> None:
    for _ in range(5):
        clock.push_to(clock.now() + timedelta(minutes=10))
        assert LATER in await guesser.send("/start thu-moi")


async def test_a_right_link_in_between_resets_nothing(
    an: Person, office: Office, clock: PushedClock
) -> None:
    office.invite("thu-moi")
    for token in ("a", "b", "c", "d", "thu-moi", "e"):
        clock.push_to(clock.now() + timedelta(minutes=1))
        await an.send(f"/start {token}")
    assert "thử lại đường dẫn từ 10:01 16/09/2024" in await an.send("/start thu-moi")


async def test_one_who_guesses_holds_up_nobody_else(
    guesser: Person, lan: Person, office: Office
) -> None:
    office.invite("vai-hai", "so-vhtt", "official")
    assert "cán bộ tổng hợp" in await lan.send("/start vai-hai")
    assert guesser


async def test_guesses_are_forgotten_with_the_hour(
    guesser: Person, lan: Person, clock: PushedClock, office: Office
) -> None:
    clock.push_to(clock.now() + HOUR)
    await lan.send("/start doan")
    with office.app.database.transaction() as session:
        found = session.connection().exec_driver_sql("SELECT address FROM knock").all()
    assert [address for (address,) in found] == ["101"]
    assert guesser


async def test_a_stranger_is_answered_once_a_minute(an: Person, clock: PushedClock) -> None:
    assert POLITE in await an.send("xin chào")
    for words in ("/tiendo", "12/15", "/start", "alo"):
        await an.send(words)
    assert len(an.messages) == 1
    clock.push_to(clock.now() + timedelta(minutes=1))
    assert POLITE in await an.send("xin chào")


async def test_who_was_turned_away_may_join_at_once(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("xin chào")
    for words in ("/start thu-moi", "đúng", "/tiendo", "đồng ý"):
        assert await an.send(words)
    assert "Cảm ơn anh/chị" in await an.send("Võ Bình An")


async def test_a_revoked_invitation_looks_like_any_other_wrong_one(
    an: Person, office: Office
) -> None:
    office.invite("thu-moi")
    with office.app.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE invite SET revoked_at = created_at")
    said = await an.send("/start thu-moi")
    assert said == await an.send("/start doan")
    assert INVALID in said
