"""A notice that leaves later, and the calendar of campaigns."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from bot.app import App
from handlers.broadcast.scheduling import read_time
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.tables import Broadcast
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press
from tests.handlers.scenes import Office

HERITAGE = "ngay-di-san-van-hoa"
TODAY = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("20/11 08:30", datetime(2024, 11, 20, 1, 30, tzinfo=UTC)),
        ("20/11", datetime(2024, 11, 20, 1, 0, tzinfo=UTC)),
        ("8h30 20-11", datetime(2024, 11, 20, 1, 30, tzinfo=UTC)),
        ("14 giờ ngày 20/11/2025", datetime(2025, 11, 20, 7, 0, tzinfo=UTC)),
        ("15/9", datetime(2025, 9, 15, 1, 0, tzinfo=UTC)),
        ("31/2", None),
        ("20/11 25:00", None),
        ("mai", None),
    ],
)
def test_times_as_they_are_typed(said: str, at: datetime | None) -> None:
    assert read_time(said, TODAY) == at


async def test_it_leaves_at_its_time(
    thu: Person, lan: Person, press: Press, clock: PushedClock
) -> None:
    await press.compose(thu)
    await thu.send("hẹn giờ")
    assert "chưa đọc được thời điểm “mai”" in await thu.send("mai")
    assert "Gửi lúc: 14:00 17/09/2024" in await thu.send("17/9 14:00")
    assert "sẽ gửi lúc 14:00 17/09/2024" in await thu.send("gửi")
    await press.passes()
    assert not lan.messages
    clock.push_to(datetime(2024, 9, 17, 7, 0, tzinfo=UTC))
    await press.passes(1)
    assert HEAD in lan.last.text


@pytest.mark.usefixtures("lan")
async def test_office_hours_are_kept(thu: Person, press: Press) -> None:
    await press.compose(thu)
    await thu.send("hẹn giờ")
    said = await thu.send("21/9 20:00")
    assert "ngoài giờ hành chính nên thông báo sẽ gửi lúc 07:30 23/09/2024" in said


async def test_a_scheduled_notice_is_listed_changed_and_stopped(
    thu: Person, lan: Person, press: Press, clock: PushedClock
) -> None:
    await press.compose(thu)
    await thu.send("hẹn giờ")
    await thu.send("17/9")
    await thu.send("gửi")
    assert "Số 1, đã hẹn giờ" in await thu.send("/thongbao")
    await thu.send("/thongbao 1")
    await thu.click("Hẹn giờ gửi")
    await thu.send("18/9")
    await thu.send("gửi")
    assert "sẽ gửi lúc 08:00 18/09/2024" in await thu.send("/thongbao 1")
    assert "Đã hoàn tác" in await thu.click("Hoàn tác")
    clock.push_to(datetime(2024, 9, 18, 2, 0, tzinfo=UTC))
    await press.passes()
    assert not [m for m in lan.messages if HEAD in m.text]


async def test_it_survives_its_authors_leaving(
    thu: Person, binh: Person, lan: Person, press: Press, office: Office, clock: PushedClock
) -> None:
    await press.compose(thu)
    await thu.send("hẹn giờ")
    await thu.send("17/9")
    await thu.send("gửi")
    office.revoke(thu)
    clock.push_to(datetime(2024, 9, 17, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert HEAD in lan.last.text
    assert "Đã gửi: 1/1" in binh.last.text


async def test_whom_it_is_for_is_asked_when_it_leaves(
    thu: Person, lan: Person, press: Press, office: Office, clock: PushedClock, cast: Cast
) -> None:
    ba = cast.member(110, "Trần Thị Ba", "quan-3", "focal")
    await press.compose(thu, "3")
    await thu.send("hẹn giờ")
    await thu.send("17/9")
    await thu.send("gửi")
    office.reported("quan-1", 2024, {})
    clock.push_to(datetime(2024, 9, 17, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert [HEAD in m.text for m in ba.messages] == [True]
    assert not [m for m in lan.messages if HEAD in m.text]


class TestCampaigns:
    """Of Heritage Day, Saturday 23 November 2024: drafted on Friday, 8 November."""

    @pytest.fixture
    async def offered(self, thu: Person, lan: Person, press: Press, clock: PushedClock) -> Person:
        await press.passes(1)
        clock.push_to(datetime(2024, 11, 8, 1, 0, tzinfo=UTC))
        await press.passes(1)
        offer = "Chiến dịch: Ngày Di sản văn hóa Việt Nam, năm 2024"
        assert any(offer in message.text for message in thu.messages)
        return lan

    def notices(self, app: App) -> list[Broadcast]:
        with app.database.transaction() as session:
            query = select(Broadcast).where(Broadcast.campaign == HERITAGE)
            found = list(session.exec(query.order_by(col(Broadcast.id))))
            session.expunge_all()
            return found

    async def test_agreed_to_it_leaves_on_the_last_working_day(
        self, offered: Person, thu: Person, press: Press, clock: PushedClock
    ) -> None:
        number = await self.press_it(thu, "Gửi theo lịch")
        assert "sẽ gửi lúc 08:00 22/11/2024" in number
        clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
        await press.passes(1)
        said = [m.text for m in offered.messages if "Di sản" in m.text and HEAD in m.text]
        assert len(said) == 1
        assert "Kính gửi anh/chị Lan" in said[0]
        assert "diễn ra ngày 23/11/2024. Đề nghị Quận 1" in said[0]

    async def test_changed_first(
        self, offered: Person, thu: Person, press: Press, clock: PushedClock
    ) -> None:
        await self.press_it(thu, "Sửa bản nháp")
        await thu.send("sửa")
        await thu.send("Mời dự lễ Ngày Di sản")
        assert "sẽ gửi lúc" in await thu.send("gửi")
        clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
        await press.passes(1)
        assert [m for m in offered.messages if "Mời dự lễ Ngày Di sản" in m.text]

    async def test_left_out_this_year_it_comes_back_the_next(
        self, offered: Person, thu: Person, app: App, press: Press, clock: PushedClock
    ) -> None:
        assert "được bỏ qua năm nay" in await self.press_it(thu, "Bỏ qua năm nay")
        clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
        await press.passes(1)
        assert not [m for m in offered.messages if "Di sản" in m.text and HEAD in m.text]
        clock.push_to(datetime(2025, 11, 10, 1, 0, tzinfo=UTC))
        await press.passes(1)
        assert [(n.year, n.state) for n in self.notices(app)] == [
            (2024, "cancelled"),
            (2025, "draft"),
        ]

    @pytest.mark.usefixtures("offered")
    async def test_it_is_prepared_once(self, app: App, press: Press, clock: PushedClock) -> None:
        for day in (11, 12):
            clock.push_to(datetime(2024, 11, day, 1, 0, tzinfo=UTC))
            await press.passes(1)
        assert len(self.notices(app)) == 1

    async def press_it(self, thu: Person, label: str) -> str:
        card = next(m for m in reversed(thu.messages) if "Chiến dịch: Ngày Di sản" in m.text)
        return await thu.click(label, card)


async def test_a_template_is_changed_and_stopped(
    thu: Person, press: Press, clock: PushedClock
) -> None:
    await press.passes(1)
    assert "Ngày Di sản văn hóa Việt Nam, 23/11/2024: soạn bản nháp ngày 08/11/2024" in (
        await thu.send("/thongbao lich")
    )
    await thu.click("Mẫu: Ngày Di sản")
    assert "không có chỗ điền {abc}" in await thu.send("{abc}")
    assert "Đã lưu mẫu" in await thu.send("{su_kien}: mời {don_vi} tham dự")
    assert "trước 21 ngày" in await thu.send(f"/thongbao mau {HERITAGE} 21")
    assert "01/11/2024" in await thu.send("/thongbao lich")
    assert "ngừng soạn" in await thu.send(f"/thongbao mau {HERITAGE} tat")
    clock.push_to(datetime(2024, 11, 8, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert not [m for m in thu.messages if "Chiến dịch: Ngày Di sản" in m.text]


async def test_a_notice_may_come_back_every_year(
    thu: Person, lan: Person, press: Press, clock: PushedClock
) -> None:
    await press.compose(thu, text="Mừng Ngày Di sản, {xung_ho} {ten}")
    await thu.send("hẹn giờ")
    assert "Hằng năm trước Ngày Di sản" in await thu.send("Hằng năm: Ngày Di sản văn hóa Việt Nam")
    assert "Gửi lúc: 08:00 22/11/2024" in thu.last.text
    await thu.send("gửi")
    clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert any("Mừng Ngày Di sản, anh/chị Lan" in m.text for m in lan.messages)
    clock.push_to(datetime(2025, 11, 10, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert any("Chiến dịch: Ngày Di sản văn hóa Việt Nam, năm 2025" in m.text for m in thu.messages)


async def test_a_file_comes_back_every_year(
    thu: Person, press: Press, clock: PushedClock, cast: Cast
) -> None:
    cast.lan()
    await press.compose(thu, text="Mừng Ngày Di sản")
    await thu.send("tệp")
    await thu.send_photo()
    await thu.send("hẹn giờ")
    await thu.send("Hằng năm: Ngày Di sản văn hóa Việt Nam")
    await thu.send("gửi")
    clock.push_to(datetime(2025, 11, 10, 1, 0, tzinfo=UTC))
    await press.passes(1)
    sample = [m for m in thu.messages if "Mừng Ngày Di sản" in m.text][-1]
    assert "photo" in sample.attachment
    assert sample.text.startswith("Bản trình duyệt")


async def test_a_template_s_file_is_shown_replaced_and_removed(thu: Person, press: Press) -> None:
    await press.passes(1)
    asked = f"/thongbao mau {HERITAGE}"
    await thu.send(asked)
    await thu.send_photo(caption="{su_kien}: mời {don_vi} tham dự")
    assert "Đã lưu mẫu" in thu.last.text
    await thu.send(asked)
    shown = thu.messages[-2]
    assert "photo" in shown.attachment
    assert "{su_kien}: mời {don_vi} tham dự" in shown.text
    await thu.send_document(b"%PDF-1.4", "ke-hoach.pdf")
    assert "Tệp kèm: ke-hoach.pdf" in await thu.send(asked)
    await thu.click("Không kèm tệp")
    assert "Tệp kèm" not in await thu.send(asked)


async def test_a_template_that_is_too_long_under_its_file_is_refused(
    thu: Person, press: Press
) -> None:
    await press.passes(1)
    await thu.send(f"/thongbao mau {HERITAGE}")
    assert "768" in await thu.send_photo(caption="x" * 800)
    assert "Đã lưu mẫu" in await thu.send_photo(caption="x" * 700)
