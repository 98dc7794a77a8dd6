"""`/thongbao`: confirmed once, agreed to by a second admin, taken back in time."""

from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press
from tests.handlers.scenes import Office, button, said_since


async def test_a_confirmed_notice_leaves_after_half_a_minute(
    thu: Person, lan: Person, press: Press
) -> None:
    await press.compose(thu)
    said = await thu.click("Gửi")
    assert "Đã tiếp nhận thông báo số 1, gửi đến 1 người" in said
    assert "có thể hoàn tác trước 09:00:30" in said
    await press.passes(28)
    assert HEAD in lan.last.text


async def test_a_notice_can_be_sent_by_typing_alone(thu: Person, lan: Person, press: Press) -> None:
    await thu.send("thong bao")
    assert "Anh/chị gửi thông báo này đến ai" in await thu.send("Mời họp")
    await thu.send("tat ca moi nguoi")
    await thu.send("gui di")
    await press.passes()
    assert HEAD in lan.last.text


async def test_a_double_tap_sends_once(
    thu: Person, lan: Person, office: Office, press: Press
) -> None:
    await press.compose(thu)
    card, before = thu.last, len(thu.messages)
    await office.press(card, button(card, "1. Gửi"), times=2)
    await press.passes()
    assert [HEAD in message.text for message in lan.messages] == [True]
    assert any(
        "Nút này đã được sử dụng hoặc đã hết hiệu lực" in said for said in said_since(thu, before)
    )


async def test_it_is_taken_back_in_time(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu)
    await thu.send("gửi")
    assert "Đã hoàn tác thông báo số 1; chưa ai nhận được" in await thu.click("Hoàn tác")
    await press.passes(60)
    assert not lan.messages
    await thu.send("gửi")
    await press.passes()
    assert HEAD in lan.last.text


async def test_it_is_too_late_to_take_it_back(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu)
    await thu.send("gửi")
    card = thu.last
    await press.passes()
    assert "Không hoàn tác được nữa" in await thu.click("Hoàn tác", card)
    assert len(lan.messages) == 1


async def test_outside_office_hours_it_waits(
    thu: Person, lan: Person, press: Press, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 20, 14, 0, tzinfo=UTC))
    await press.compose(thu)
    assert "trong giờ hành chính, bắt đầu từ 07:30 23/09/2024" in await thu.send("gửi")
    await press.passes()
    assert not lan.messages
    clock.push_to(datetime(2024, 9, 23, 0, 30, tzinfo=UTC))
    await press.passes()
    assert HEAD in lan.last.text


class TestAboveTheLimit:
    """Two people are more than one administrator may write to alone."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"notice_approval_above": 1})

    @pytest.fixture
    def minh(self, cast: Cast) -> Person:
        return cast.minh()

    async def test_another_agrees(
        self, thu: Person, binh: Person, lan: Person, minh: Person, press: Press
    ) -> None:
        assert "Cần một quản trị viên khác duyệt" in await press.compose(thu)
        assert "chờ quản trị viên khác duyệt" in await thu.send("gửi")
        await press.passes()
        assert not lan.messages
        assert "Người soạn: Trần Minh Thu" in binh.last.text
        assert "Đã tiếp nhận thông báo số 1" in await binh.click("Duyệt gửi")
        assert "Đặng Thái Bình đã duyệt" in thu.last.text
        await press.passes()
        assert HEAD in lan.last.text
        assert HEAD in minh.last.text

    @pytest.mark.usefixtures("minh")
    async def test_another_refuses(
        self, thu: Person, binh: Person, lan: Person, press: Press
    ) -> None:
        await press.compose(thu)
        await thu.send("gửi")
        await binh.click("Không duyệt")
        assert "Đặng Thái Bình không duyệt thông báo số 1" in thu.last.text
        await press.passes()
        assert not lan.messages

    @pytest.mark.usefixtures("minh", "binh")
    async def test_the_author_does_not_agree_to_it(
        self, thu: Person, lan: Person, press: Press
    ) -> None:
        await press.compose(thu)
        await thu.send("gửi")
        assert "không tự duyệt được" in await thu.send("/thongbao 1 duyet 2")
        await press.passes()
        assert not lan.messages

    @pytest.mark.usefixtures("minh")
    async def test_what_was_changed_since_is_not_agreed_to(
        self, thu: Person, binh: Person, lan: Person, press: Press
    ) -> None:
        await press.compose(thu)
        await thu.send("gửi")
        asked = binh.last
        await thu.click("Hoàn tác")
        await thu.send("sửa")
        await thu.send("Hoãn họp")
        await thu.send("gửi")
        assert "đã được sửa sau khi gửi anh/chị xem" in await binh.click("Duyệt gửi", asked)
        await binh.click("Duyệt gửi")
        await press.passes()
        assert lan.last.text.endswith("Hoãn họp")

    @pytest.mark.usefixtures("minh")
    async def test_two_who_agree_at_once_send_once(
        self, thu: Person, binh: Person, lan: Person, press: Press
    ) -> None:
        await press.compose(thu)
        await thu.send("gửi")
        card = binh.last
        await binh.click("Duyệt gửi", card)
        assert "không còn chờ duyệt" in await binh.click("Duyệt gửi", card)
        await press.passes()
        assert len(lan.messages) == 1

    @pytest.mark.usefixtures("minh")
    async def test_who_sends_what_another_wrote_is_the_second(
        self, thu: Person, binh: Person, lan: Person, press: Press
    ) -> None:
        await press.compose(thu)
        await binh.send("/thongbao 1")
        assert "Đã tiếp nhận thông báo số 1" in await binh.send("gửi")
        await press.passes()
        assert HEAD in lan.last.text

    @pytest.mark.usefixtures("minh", "lan")
    async def test_without_another_the_draft_is_kept(self, thu: Person, press: Press) -> None:
        await press.compose(thu)
        assert "chưa có quản trị viên nào khác" in await thu.send("gửi")
        assert press.notice().state == "draft"
