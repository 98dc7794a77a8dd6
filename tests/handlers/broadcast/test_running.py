"""`/thongbao`: how far a notice has come; stopped, resumed, ended."""

from dataclasses import dataclass

import pytest

from bot.app import App
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press
from tests.handlers.scenes import said_since


@dataclass(frozen=True)
class Crowd:
    people: list[Person]

    @property
    def served(self) -> int:
        return sum(HEAD in m.text for person in self.people for m in person.messages)


@pytest.fixture
def crowd(cast: Cast) -> Crowd:
    return Crowd([cast.member(200 + n, f"Người Thử {n}", "quan-1", "focal") for n in range(6)])


async def test_the_result_is_told(thu: Person, lan: Person, press: Press) -> None:
    await press.send(thu)
    assert lan.messages
    assert "Kết quả gửi thông báo số 1" in thu.last.text
    assert "Đã gửi: 1/1" in thu.last.text
    before = len(thu.messages)
    await press.passes()
    assert said_since(thu, before) == []


@pytest.mark.usefixtures("lan")
async def test_who_blocked_the_bot_is_told_apart(thu: Person, cast: Cast, press: Press) -> None:
    minh = cast.minh()
    await press.compose(thu)
    await thu.send("gửi")
    minh.chat.blocked = True
    await press.passes()
    assert "Đã gửi: 1/2" in thu.last.text
    assert "Không liên lạc được: 1" in thu.last.text
    assert "Lê Văn Minh" in thu.last.text


async def test_stopped_and_resumed_everybody_gets_it_once(
    thu: Person, crowd: Crowd, press: Press, app: App
) -> None:
    await press.compose(thu)
    await thu.send("gửi")
    press.later(31)
    await app.tick()
    await app.sender.round()
    thu_said = await thu.send("/thongbao 1 dung")
    assert "Đã dừng gửi thông báo số 1" in thu_said
    served = crowd.served
    assert 0 < served < 6
    await press.passes()
    assert crowd.served == served
    await thu.click("Gửi tiếp")
    await press.passes()
    assert crowd.served == 6
    assert "Đã gửi: 6/6" in thu.last.text


async def test_ended_for_good_the_others_are_accounted_for(
    thu: Person, crowd: Crowd, press: Press, app: App
) -> None:
    await press.compose(thu)
    await thu.send("gửi")
    press.later(31)
    await app.tick()
    await app.sender.round()
    await thu.send("/thongbao 1 dung")
    served = crowd.served
    await thu.click("Kết thúc hẳn")
    await press.passes()
    assert crowd.served == served
    assert f"Đã gửi: {served}/6" in thu.last.text
    assert f"Không gửi nữa: {6 - served}" in thu.last.text
    assert press.notice().state == "finished"


async def test_each_reads_it_in_their_own_language(
    thu: Person, lan: Person, cast: Cast, press: Press
) -> None:
    minh = cast.minh()
    await minh.send("/ngonngu en")
    await press.send(thu)
    assert HEAD in lan.last.text
    assert "Notice from the standing agency" in minh.last.text
    assert minh.buttons == [["Received", "Ask about it"]]
