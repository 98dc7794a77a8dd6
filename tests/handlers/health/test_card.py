"""`/suckhoe`: is the bot well, and where not, what is to be done?"""

from datetime import UTC, datetime, timedelta

import pytest

from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.requests import Requests
from tests.cast import Cast
from tests.handlers.health.ward import Ward
from tests.handlers.scenes import Office

LONG = "Công Tằng Tôn Nữ Thị Hồng Nhung Phương Thảo Nguyên"


@pytest.mark.parametrize("words", ["/suckhoe", "suckhoe", "sức khỏe", "Sức khỏe Hệ thống"])
async def test_the_verdict_comes_first(thu: Person, ward: Ward, words: str) -> None:
    await ward.well()
    said = await thu.send(words)
    assert said.startswith("TỐT – tình trạng Hệ thống lúc 09:00 16/09/2024\n")
    assert "CẦN XEM" not in said
    assert thu.buttons == []


async def test_facts_are_told_where_all_is_well(thu: Person, lan: Person, ward: Ward) -> None:
    await ward.well()
    ward.put_off(lan, ward.now + timedelta(days=1))
    said = await thu.send("/suckhoe")
    for line in (
        "Liên lạc với Telegram gần nhất: 09:00:00",
        "Bộ hẹn giờ nhắc việc chạy gần nhất: 09:00:00",
        "Tin hẹn gửi sau: 1",
        "Tin đến chờ xử lý: 0",
        "Sao lưu gần nhất: 08:00:00",
        "Số ngày nghỉ đã biết của năm 2025: 13",
    ):
        assert f"\n{line}" in said


async def test_the_database_is_named_with_its_schema(thu: Person, ward: Ward) -> None:
    await ward.well()
    said = await thu.send("/suckhoe")
    kind = "SQLite 3" if ward.app.database.is_sqlite else "PostgreSQL 1"
    assert f"Cơ sở dữ liệu: {kind}" in said
    assert "phiên bản cấu trúc 2026" in said


async def test_who_does_the_work_is_told_where_several_could(thu: Person, ward: Ward) -> None:
    await ward.well()
    said = await thu.send("/suckhoe")
    host = ward.app.leasing.owner.partition(":")[0]
    told = f"Máy chủ đảm nhiệm – nhận tin: {host}, nhắc việc: {host}, gửi tin: {host}"
    assert (told in said) is not ward.app.database.is_sqlite


async def test_work_that_nobody_does_is_broken(thu: Person, ward: Ward) -> None:
    await ward.well()
    await ward.app.desks[0].run(ward.give_up_ticking)
    said = await thu.send("/suckhoe")
    assert ("nhắc việc: chưa có" in said) is not ward.app.database.is_sqlite
    assert said.startswith("TỐT" if ward.app.database.is_sqlite else "HỎNG")


async def test_what_awaits_a_decision_leads_to_its_list(
    thu: Person, lan: Person, ward: Ward
) -> None:
    await ward.well()
    ward.letter(lan)
    ward.letter(lan, "failed")
    await ward.dead(lan, "12/15")
    said = await thu.send("/suckhoe")
    assert said.startswith("CẦN XEM – ")
    assert "CẦN XEM: Chưa rõ kết quả gửi: 1 tin. Quyết định tại /khongro." in said
    assert "CẦN XEM: Gửi không được trong 30 ngày qua: 1 tin. Quyết định tại /tindi." in said
    assert "CẦN XEM: Tin đến chưa xử lý được: 1. Quyết định tại /tinden." in said
    labels = ["Tin chưa rõ kết quả", "Tin gửi không được", "Tin đến bị lỗi"]
    assert [label for row in thu.buttons for label in row] == labels


async def test_a_button_opens_its_list(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan)
    await thu.send("/suckhoe")
    assert "Chưa rõ đã đến người nhận hay chưa: 1 tin" in await thu.click("Tin chưa rõ kết quả")


async def test_people_who_cannot_be_reached_are_named(
    thu: Person, lan: Person, vy: Person, ward: Ward, clock: PushedClock
) -> None:
    await ward.well()
    await vy.block()
    clock.push_to(clock.now() + timedelta(minutes=1))
    await ward.well()
    await lan.block()
    said = await thu.send("/suckhoe")
    assert "CẦN XEM: Không liên lạc được: 2 người." in said
    assert "Nguyễn Thị Lan (Quận 1), Đỗ Tường Vy (Quận 1). Đề nghị gọi điện" in said


async def test_a_clock_that_stands_still_is_broken(
    thu: Person, ward: Ward, clock: PushedClock
) -> None:
    await ward.well()
    clock.push_to(clock.now() + timedelta(minutes=6))
    said = await thu.send("/suckhoe")
    assert said.startswith("HỎNG – ")
    assert "HỎNG: Bộ hẹn giờ nhắc việc chạy gần nhất: 09:00:00. Lời nhắc đang ngừng" in said


async def test_a_silence_that_has_ended_is_told(
    thu: Person, ward: Ward, clock: PushedClock
) -> None:
    await ward.well()
    clock.push_to(clock.now() + timedelta(minutes=5))
    said = await thu.send("/suckhoe")
    assert "CẦN XEM: Không liên lạc được với Telegram từ 09:00:00 đến lúc này." in said


@pytest.mark.parametrize(
    ("hours", "verdict"), [(26, "TỐT"), (27, "CẦN XEM"), (72, "CẦN XEM"), (73, "HỎNG")]
)
async def test_a_backup_grows_old(thu: Person, ward: Ward, hours: int, verdict: str) -> None:
    await ward.well()
    ward.beat("backup", ward.now - timedelta(hours=hours))
    said = await thu.send("/suckhoe")
    assert said.startswith(f"{verdict} – ")
    assert "Sao lưu gần nhất: " in said


async def test_a_backup_of_a_clock_that_was_ahead_counts_for_nothing(
    thu: Person, ward: Ward
) -> None:
    await ward.well()
    ward.beat("backup", ward.now + timedelta(days=730))
    assert "CẦN XEM: Sao lưu gần nhất: " in await thu.send("/suckhoe")


@pytest.mark.parametrize(("days", "verdict"), [(-1, "CẦN XEM"), (2, "CẦN XEM"), (4, "TỐT")])
async def test_a_request_on_paper_is_pointed_out_before_it_is_due(
    thu: Person, ward: Ward, days: int, verdict: str
) -> None:
    await ward.well()
    due_at = ward.now + timedelta(days=days)
    with ward.app.database.transaction() as session:
        requests = Requests(session)
        requests.file("restrict", None, "paper", ward.now - timedelta(days=14), due_at)
        requests.file("erase", None, "paper", ward.now, ward.now)  # by the program
    said = await thu.send("/suckhoe")
    assert said.startswith(verdict)
    day = f"{due_at.astimezone(ZONE):%d/%m/%Y}"
    assert f"Đề nghị về dữ liệu cá nhân cần xử lý: 1, hạn gần nhất {day}" in said


async def test_a_backup_that_never_was_is_missed(thu: Person) -> None:
    assert "CẦN XEM: Sao lưu gần nhất: chưa lần nào." in await thu.send("/suckhoe")


async def test_a_refused_token_is_told_when_it_is_right_again(thu: Person, ward: Ward) -> None:
    await ward.well()
    ward.beat("token", ward.now - timedelta(hours=2))
    said = await thu.send("/suckhoe")
    assert "CẦN XEM: Telegram từ chối mã truy cập lúc 07:00:00. Đề nghị kiểm tra BOT_TOKEN" in said


async def test_letters_that_wait_too_long_are_told(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    """Since dawn, and the office has been open for more than half an hour."""
    clock.push_to(datetime(2024, 9, 17, 1, 5, tzinfo=UTC))
    await ward.well()
    ward.app.sender.stopping = True
    ward.queue(lan, "digest", now=ward.now - timedelta(hours=3))
    said = await ward.unsent(thu, "/suckhoe")
    assert "CẦN XEM</b>: Lời nhắc chờ gửi: 1, từ 05:05:00. Đề nghị kiểm tra đường truyền" in said


async def test_letters_that_wait_for_the_office_are_no_trouble(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 17, 14, 0, tzinfo=UTC))
    await ward.well()
    ward.queue(lan, "digest", now=ward.now - timedelta(hours=5))
    said = await thu.send("/suckhoe")
    assert said.startswith("TỐT")
    assert "Lời nhắc chờ gửi: 1, từ 16:00:00" in said


async def test_the_card_is_short_when_everything_is_wrong(
    thu: Person, lan: Person, ward: Ward, cast: Cast, clock: PushedClock
) -> None:
    for state in ("unknown", "failed"):
        for _ in range(3):
            ward.letter(lan, state)
    await ward.dead(lan, "12/15")
    for n in range(9):
        await cast.member(300 + n, f"{LONG} {n}", "quan-3", "focal").block()
    clock.push_to(clock.now() + timedelta(days=3))
    ward.beat("token", ward.now)
    said = await thu.send("/suckhoe")
    assert "và 3 người khác" in said
    assert len(said) < 2000


@pytest.mark.parametrize("words", ["/suckhoe", "Sức khỏe", "/khongro", "/tindi", "/tinden"])
async def test_only_administrators_see_it(lan: Person, hoa: Person, words: str) -> None:
    assert "không thuộc vai trò" in await lan.send(words)
    assert "không thuộc vai trò" in await hoa.send(words)


async def test_the_open_question_is_kept(thu: Person, office: Office) -> None:
    office.appoint(thu, "quan-1", "focal")
    await thu.send("/baocao")
    assert "Câu 1/10" in await thu.send("/suckhoe")


async def test_words_that_look_like_a_list_are_an_answer(lan: Person) -> None:
    await lan.send("/baocao")
    assert "không thuộc vai trò" not in await lan.send("không rõ")
